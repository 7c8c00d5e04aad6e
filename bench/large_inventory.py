#!/usr/bin/env python3
"""Writes a scenario with 100 000 road links and 10 000 building sites on the default city's grid, to time the emission of large inventories.

usage: large_inventory.py DIRECTORY [LINKS SITES]

Then: /usr/bin/time -v tianqing emissions DIRECTORY/large.toml -o DIRECTORY. Links of 300 m and sites of 1 ha at random places; a year of generated
weather. Needs nothing but Python's standard library.
"""
import json
import math
import random
import sys
from pathlib import Path

CITY = Path(__file__).resolve().parents[1] / "grids" / "jingdezhen"
BASE = CITY.parents[1] / "scenarios" / "jingdezhen" / "base.toml"
CENTRE, REACH = (117.20, 29.29), (0.19, 0.16)  # degrees: within the domain
DEGREE = 111.2e3  # m of latitude
CLASSES = ("motorway", "trunk", "primary", "secondary", "tertiary", "residential")
PHASES = ("demolition", "earthworks", "building", "finishing")


def place(noise):
    return [CENTRE[0] + noise.uniform(-REACH[0], REACH[0]), CENTRE[1] + noise.uniform(-REACH[1], REACH[1])]


def offset(at, east, north):
    return [round(at[0] + east / DEGREE / math.cos(math.radians(at[1])), 7), round(at[1] + north / DEGREE, 7)]


def write_features(file, features):
    lines = [json.dumps({"type": "Feature", "properties": {"id": name}, "geometry": {"type": kind, "coordinates": places}})
             for name, kind, places in features]
    file.write_text('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n")


def main():
    if len(sys.argv) not in (2, 4):
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    links, sites = map(int, sys.argv[2:] or (100000, 10000))
    folder.mkdir(parents=True, exist_ok=True)
    noise = random.Random(1)
    features, rows = [], ["id,geometry,road_class,traffic [day-1],speed [km h-1]"]
    for n in range(links):
        at, turn = place(noise), noise.uniform(0, math.pi)
        ends = [offset(at, s * 150 * math.cos(turn), s * 150 * math.sin(turn)) for s in (-1, 1)]
        features.append((f"link-{n}", "LineString", ends))
        rows.append(f"link-{n},link-{n},{noise.choice(CLASSES)},{noise.randrange(200, 20000)},{noise.randrange(20, 90)}")
    (folder / "roads.csv").write_text("\n".join(rows) + "\n")
    rows = ["id,geometry,phase"]
    for n in range(sites):
        at = place(noise)
        ring = [offset(at, x, y) for x, y in ((-50, -50), (50, -50), (50, 50), (-50, 50), (-50, -50))]
        features.append((f"site-{n}", "Polygon", [ring]))
        rows.append(f"site-{n},site-{n},{noise.choice(PHASES)}")
    (folder / "construction.csv").write_text("\n".join(rows) + "\n")
    write_features(folder / "sources.geojson", features)
    text = BASE.read_text()
    head, tail = text[:text.index("# Who emits")], text[text.index("# Air that comes in"):]
    inventories = "".join(f'[[inventory]]\nid = "{kind}"\nkind = "{kind}"\nsources = "{kind}.csv"\ngeometry = "sources.geojson"\n\n'
                          for kind in ("roads", "construction"))
    head = head.replace("2017-12-04", "2017-01-01").replace("2017-12-11", "2018-01-01")
    head = head.replace('"../../grids/jingdezhen/', f'"{CITY}/')
    (folder / "large.toml").write_text(head + inventories + tail)


if __name__ == "__main__":
    main()
