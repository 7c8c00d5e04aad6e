#!/usr/bin/env python3
"""Makes the files of the default city: terrain, land cover, management cells, activities and their geometries.

usage: make_city.py            writes the files beside this script
       make_city.py --check    writes nothing; fails if a file differs from what the script would write

Needs nothing but Python's standard library. README.md says what is measured and what is illustrative; every number in city/
carries its source ([U]: unverified, illustrative).
"""
import gzip
import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # no cache beside the sources

from city import land, people, streets, town, works
from city.plane import degrees, hexagon
from city.tables import Geometry

HERE = Path(__file__).resolve().parent


def geojson(features):
    lines = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def cells_text(cells):
    return geojson([{"type": "Feature", "properties": c["properties"],
                     "geometry": {"type": "Polygon", "coordinates": [[degrees(p) for p in c["ring"] + c["ring"][:1]]]}}
                    for c in cells])


def features_text(geometry):
    return geojson([{"type": "Feature", "properties": {"id": identity}, "geometry": {"type": kind, "coordinates": places}}
                    for identity, kind, places in geometry.features])


def towns_of(cells):
    """Rings of what is built or tended, with their codes of land cover."""
    towns = [(cell["ring"], land.GRASS if cell["id"] in town.SCENIC else land.DENSE_TOWN if cell["old"] else land.LOW_TOWN) for cell in cells]
    return towns + [(hexagon(centre, 2.0), land.LOW_TOWN) for centre in people.VILLAGES]


def make_files():
    """Texts by name, and the vehicle-km a year on drawn urban roads and on minor streets."""
    towns = town.Town()
    cells = town.make_cells(towns)
    codes = land.land_cover(towns_of(cells), works.discs())
    geometry = Geometry(cells)
    tables = {}
    tables["construction"], tables["machines"] = streets.sites(geometry)
    tables["roads"], tables["muck_trucks"], driven = streets.roads(geometry, towns)
    for name in ("energy", "boilers", "kilns", "stockpiles", "quarries", "haul_roads"):
        tables[name] = getattr(works, name)(geometry)
    urban, hamlets = people.town_cells(geometry), people.villages(geometry)
    tables["households"], tables["cooking"] = people.homes(urban, hamlets)
    tables["solvents"] = people.solvents(geometry, urban)
    tables["agriculture"], tables["farm_machines"], tables["burning"] = people.farms(hamlets)
    tables["fireworks"] = people.fireworks(urban, hamlets)
    tables["forest"], tables["bare_soil"] = people.forest(geometry, codes), people.bare_soil(geometry)
    files = {"terrain.asc.gz": land.terrain_text(), "land_cover.asc.gz": land.land_cover_text(codes),
             "management_cells.geojson": cells_text(cells), "sources.geojson": features_text(geometry)}
    files |= {f"activity/{name}.csv": table.text() for name, table in tables.items()}
    return files, driven


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit(__doc__)
    files, driven = make_files()
    wrong = []
    for name, text in files.items():
        path = HERE / name
        if check:
            there = gzip.decompress(path.read_bytes()).decode() if name.endswith(".gz") else path.read_text()
            if there != text:
                wrong.append(name)
        elif name.endswith(".gz"):
            path.write_bytes(gzip.compress(text.encode(), mtime=0))
        else:
            path.write_text(text)
    if wrong:
        sys.exit(f"not what make_city.py makes: {', '.join(wrong)}; edit the script and run it again")
    if not check:
        print("vehicle-km a year on drawn urban roads {:.3g}, on minor streets {:.3g}".format(*driven))


if __name__ == "__main__":
    main()
