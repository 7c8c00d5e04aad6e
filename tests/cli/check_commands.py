#!/usr/bin/python3
"""Uses every command as people do and checks what it says, writes and returns.

usage: check_commands.py CASE PROGRAM    CASE: a function below whose name begins with case_, without that

Uses the small scenario in a folder of its own; prints what is wrong and fails if there is anything. Run it with Debian's own
python3: another one on the PATH lacks netCDF4.
"""
import csv
import gzip
import json
import re
import sqlite3
import subprocess
from pathlib import Path

import netCDF4

import use
from use import (BAD_FILE, BAD_INPUT, BAD_NUMBER, BASE, PATIENCE, SMALL, WATERED, check, completed, fingerprint, overlay, same, says,
                 tianqing)


def case_help(folder):
    for arguments in (["--help"], ["-h"], ["help"]):
        said = tianqing(*arguments)
        check("general help names every command",
              all(re.search(rf"^  {c} +\w", said.out, re.M) for c in ("run", "resume", "check", "describe", "compare", "screen", "who", "ledger", "rank", "predict", "observe", "evaluate", "grid", "weather", "emissions",
                                                                  "bench")),
              said.out)
        check("help is no error", said.err == "", said.err)
    check("without a command: the help", "usage: tianqing" in tianqing(status=BAD_INPUT).out)
    flags = {"run": ["--output", "--threads", "--overwrite", "--virtual-ranks", "--quiet"],
             "resume": ["--threads", "--virtual-ranks", "--quiet"], "check": [], "describe": [],
             "compare": ["--all-cells", "--csv", "--export", "--rank-by", "--uncertainty", "--samples", "--seed", "--other-weather", "--other-period", "--other-grid"], "screen": ["--edition", "--all-cells", "--csv"], "grid": ["--output"],
             "weather": ["--output", "--week", "--wind", "--overwrite", "--threads"],
             "observe": ["--edition", "--class", "--without", "--time-zone", "--stamps", "--output", "--overwrite"],
             "evaluate": ["--observations", "--time-zone", "--stamps", "--seed", "--csv"],
             "ledger": ["--by", "--pollutant", "--from", "--to", "--rows", "--csv"],
             "rank": ["--by", "--of", "--pollutant", "--base", "--normalise", "--uncertainty", "--samples", "--seed", "--from", "--to", "--rows", "--csv"],
             "predict": ["--csv", "--overwrite", "--pollutant", "--all-cells", "--samples", "--seed", "--weather"],
             "emissions": ["--output", "--pollutant", "--overwrite"],
             "bench": ["--threads", "--size", "--tracers", "--precision", "--triad", "--json"]}
    for command, expected in flags.items():
        for flag in ("--help", "-h"):
            said = tianqing(command, flag)
            check(f"{command} {flag}: usage", said.out.startswith(f"usage: tianqing {command}"), said.out)
            check(f"{command} {flag}: all flags", all(text in said.out for text in expected + ["--help"]), said.out)
    version = tianqing("--version").out
    for pattern in (r"^tianqing \d+\.\d+\.\d+$", r"^compiler: +\w+ \d+", r"^flags: .*-ffp-contract=off", r"^libraries: .*HDF5 1\.",
                    r"PROJ \d", r"GEOS \d"):
        check(f"--version: {pattern}", re.search(pattern, version, re.M), version)


def case_usage(folder):
    says(tianqing("rnu", status=BAD_INPUT), 'unknown command "rnu"; did you mean "run"?', "--help")
    says(tianqing("chekc", BASE, status=BAD_INPUT), 'did you mean "check"?')
    for command in ("run", "check", "compare", "screen", "ledger", "rank", "predict", "observe", "evaluate"):
        says(tianqing(command, status=BAD_INPUT), "give")
    abbreviated = {"--thr": "1", "--over": "", "--virtual": "1x1", "--out": str(folder)}
    for flag, value in abbreviated.items():
        says(tianqing("run", BASE, flag, *filter(None, [value]), status=BAD_INPUT), f"'{flag}'")
    says(tianqing("check", BASE, "--threads", "2", status=BAD_INPUT), "--threads")
    for threads in ("0", "-1", "two", "1.5", "1000000", "99999999999"):
        says(tianqing("run", BASE, "-o", folder / "r", "--threads", threads, status=BAD_INPUT), "--threads", threads)
    for ranks in ("2", "0x1", "2x", "x2", "2x-1", "2x3x1", "2,3", "a x b"):
        says(tianqing("run", BASE, "-o", folder / "r", "--virtual-ranks", ranks, status=BAD_INPUT),
             f"--virtual-ranks {ranks}: must be")
    says(tianqing("run", BASE, "-o", folder / "r", "--virtual-ranks", "99x1", status=BAD_INPUT), "cannot cut 24 cells")
    check("nothing was written", not (folder / "r").exists())


def measured_air(path, station, days):
    """Hours of one station with PM2.5 of the given daily values; 2019-12."""
    with gzip.open(path, "wt") as file:
        file.write("time_local_utc+08,site,so2_ugm3,no2_ugm3,co_mgm3,o3_ugm3,pm10_ugm3,pm25_ugm3\n")
        for day, value in enumerate(days, 1):
            for hour in range(24):
                file.write(f"2019-12-{day:02}T{hour:02}:00,{station},5,10,0.5,60,40,{value}\n")


def prints(said, *parts):
    for part in parts:
        check(f"{said.command}: prints `{part}`", part in said.out, said.out)


def case_observe(folder):
    air = folder / "air.csv.gz"
    measured_air(air, "A", [30, 60, 80])
    prints(tianqing("observe", air), "1 station, 2019-12-01 00:00 to 2019-12-04 00:00 (UTC+08)",
           "2019: 2 good-air days of 3 valid days (66.7 %)", "days above the limit: PM2.5 1", "GB3095_2012, limits of class II")
    prints(tianqing("observe", air, "--class", "1", "-o", folder / "new/tables"), "limits of class I", "days above the limit: PM2.5 2")
    with open(folder / "new/tables/air_days.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    check("days", [row["aqi"] for row in rows] == ["43", "82", "107"], rows)
    with open(folder / "new/tables/air_periods.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    check("periods", [row["period"] for row in rows] == ["2019-12", "2019", "all"], rows)
    says(tianqing("observe", air, "-o", folder / "new/tables", status=BAD_INPUT), "air_days.csv: exists already", "air_periods.csv")
    prints(tianqing("observe", air, "--edition", "GB3095_2026_FINAL"), "2019: 2 good-air days", "days above the limit: PM2.5 2")
    says(tianqing("observe", air, "--edition", "2026", status=BAD_INPUT), "edition 2026: must be one of GB3095_2012")
    says(tianqing("observe", air, "--class", "3", status=BAD_INPUT), "--class 3: must be 1 or 2")
    says(tianqing("observe", air, "--stamps", "middle", status=BAD_INPUT), "--stamps middle: must be start or end")
    says(tianqing("observe", folder / "none.csv", status=BAD_INPUT), "none.csv")
    (folder / "broken.csv").write_text("time,so2\n2019-01-01T00:00,1\nyesterday,2\n")
    says(tianqing("observe", folder / "broken.csv", "-o", folder / "broken", status=BAD_INPUT),
         'broken.csv:3:1: time = "yesterday": must be a time such as 2019-01-31T23:00')
    check("nothing was written", not (folder / "broken").exists())


def case_evaluate(folder):
    scenario = overlay(folder, "short", '[[receptor]]\nid = "A"\nlongitude = 117.06\nlatitude = 29.33\n')
    tianqing("run", scenario, "-o", folder)
    result, air = folder / "short.nc", folder / "air.csv"
    lines = ["time,site,pm10 [ug m-3]"] + [f"2017-12-04T0{h}:00,A,{20 + h}" for h in range(6)]
    air.write_text("\n".join(lines) + "\n")
    said = tianqing("evaluate", result, "--observations", air, "--csv", folder / "scores.csv")
    prints(said, "2017-12-04 00:00 to 2017-12-04 06:00", "pm10, hours")
    check("the same again", tianqing("evaluate", result, "--observations", air).out == said.out)
    with open(folder / "scores.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    check("six pairs", rows[0]["pairs"] == "6" and float(rows[0]["observed_mean"]) == 22.5, rows[0])
    check("bias", abs(float(rows[0]["MB"]) - (float(rows[0]["modelled_mean"]) - 22.5)) < 1e-3, rows[0])
    check("hours of the day", [row["part"] for row in rows] == ["all", "DJF", "00", "01", "02", "03", "04", "05"], rows)
    air.write_text("time,site,pm10 [ug m-3]\n2018-12-04T00:00,A,20\n")
    says(tianqing("evaluate", result, "--observations", air, status=BAD_INPUT), "short.nc: has no hour in common with")


def case_refused(folder):
    """Scenarios that cannot be run: all that is wrong in one go, and nothing written."""
    (folder / "one.toml").write_text('schema = "scenario/1"\ncolour = 1\n')
    (folder / "two.toml").write_text(f'base = "{BASE}"\nname = "two"\n[transport]\nmax_courant = 3\n')
    (folder / "three.toml").write_text(f'base = "{BASE}"\nname = "three\n')
    absent = folder / "absent.toml"
    broken = [folder / "one.toml", absent, folder / "two.toml", folder / "three.toml"]
    for command in (["check"], ["run", "-o", folder / "r"]):
        says(tianqing(*command, *broken, status=BAD_INPUT), "one.toml:2:1: colour: unknown key", "one.toml:1:1: name: is required",
             "absent.toml: cannot be opened", "two.toml:4:1: transport.max_courant = 3: must be in (0, 1]",
             "three.toml:2:", "nothing was run")
    # A good scenario among broken ones does not run either.
    tianqing("run", BASE, absent, "-o", folder / "r", status=BAD_INPUT)
    says(tianqing("run", folder, "-o", folder / "r", status=BAD_INPUT), "is a folder")
    # Two results of one name.
    namesake = overlay(folder, "small")
    says(tianqing("run", BASE, namesake, "-o", folder / "r", status=BAD_INPUT), 'name = "small": must differ', str(BASE), str(namesake))
    check("nothing was written", not (folder / "r").exists())

    # Files that a scenario names are asked for where it names them.
    for table, key in (('[grid]\nfile = "nix"\n', "grid.file"),
                       ('[[inventory]]\nid = "valley"\nsources = "nix"\n', "inventory[valley].sources"),
                       ('[[inventory]]\nid = "valley"\ngeometry = "nix"\n', "inventory[valley].geometry"),
                       ('[[inventory]]\nid = "valley"\nprofiles = "nix"\n', "inventory[valley].profiles"),
                       ('[weather]\nsource = "epw"\n[weather.epw]\nfile = "nix"\n', "weather.epw.file"),
                       ('[weather]\nsource = "station"\n[weather.station]\nfile = "nix"\n', "weather.station.file")):
        path = folder / "names.toml"
        path.write_text(f'base = "{BASE}"\nname = "names"\n{table}')
        line = path.read_text().split("\n").index(next(t for t in table.split("\n") if "nix" in t)) + 1
        said = tianqing("check", path, status=BAD_INPUT)
        says(said, f'{path}:{line}:1: {key} = "nix": must be a file, but there is none at {folder / "nix"}')
    (folder / "names.toml").write_text(f'base = "{BASE}"\nname = "names"\n[grid]\nfile = "."\n')
    says(tianqing("check", folder / "names.toml", status=BAD_INPUT), 'names.toml:4:1: grid.file = "."', "is a folder")

    # Numbers that pass the check and cannot be computed with.
    wild = overlay(folder, "wild", "[transport]\nhorizontal_diffusivity = 1e30\n")
    says(tianqing("run", wild, "-o", folder / "w", status=BAD_NUMBER), "numerical error: wild, hour from 2017-12-03T16:00:00Z")


def case_existing(folder):
    """A result that exists is kept until its replacement is asked for."""
    short, other, broken = overlay(folder, "short"), overlay(folder, "other"), folder / "broken.toml"
    results = folder / "deep/results"
    tianqing("run", short, "-o", results)
    result, cells = results / "short.nc", results / "short_cells.geojson"
    check("result and cells, nothing else", sorted(p.name for p in results.iterdir()) == ["short.nc", "short_cells.geojson"],
          list(results.iterdir()))
    check("complete", completed(result) == (6, 1), completed(result))
    features = json.loads(cells.read_text())["features"]
    check("cells", [f["id"] for f in features] == ["A", "B"], features)
    before = fingerprint(result), fingerprint(cells)
    said = tianqing("run", other, short, "-o", results, status=BAD_INPUT)
    says(said, f"{result}: exists already: --overwrite")
    check("refused before any work", "period" not in said.err and not (results / "other.nc").exists(), said.err)
    cells.rename(folder / "kept")
    says(tianqing("run", short, "-o", results, status=BAD_INPUT), f"{result}: exists already")
    (folder / "kept").rename(cells)
    broken.write_text(f'base = "{BASE}"\nname = "short"\nnix = 1\n')
    tianqing("run", broken, "-o", results, "--overwrite", status=BAD_INPUT)
    check("the old result is untouched", (fingerprint(result), fingerprint(cells)) == before)
    overlay(folder, "short", "[background]\nco = 500.0\n", end="2017-12-04T02:00:00+08:00")
    tianqing("run", short, "-o", results, "--overwrite")
    check("replaced", completed(result) == (2, 1), completed(result))

    # Places where nothing can be written, each told before hour 0.
    a_file = folder / "file"
    a_file.write_text("kept")
    for place in (a_file, a_file / "below" / "it"):
        said = tianqing("run", short, "-o", place, "--overwrite", status=BAD_FILE)
        says(said, "cannot write", f"{a_file} is not a folder")
        check("told before hour 0", "period" not in said.err, said.err)
    says(tianqing("run", short, "-o", "/proc/nowhere", status=BAD_FILE), "cannot write /proc/nowhere/short.nc")
    check("the file is untouched", a_file.read_text() == "kept")
    (folder / "taken/short.nc").mkdir(parents=True)
    says(tianqing("run", short, "-o", folder / "taken", "--overwrite", status=BAD_INPUT), "is a folder")
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([*use.program, "describe"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=PATIENCE)
    check("a full disk is told", done.returncode == BAD_FILE and "No space left" in done.stderr, (done.returncode, done.stderr))


def rows_of(path):
    with open(path, encoding="utf-8") as file:
        return {(row["scenario"], row["cell"]): row for row in csv.DictReader(file)}


def case_compare(folder):
    results = folder / "r"
    renamed = folder / "renamed.toml"
    renamed.write_text(f'base = "{BASE}"\nname = "renamed"\n')
    tianqing("run", BASE, WATERED, renamed, "-q", "-o", results)
    base, watered, same_air = results / "small.nc", results / "small-watered.nc", results / "renamed.nc"
    same(base, same_air, ignored={"@scenario", "/run/scenario"})

    said = tianqing("compare", base, watered, same_air, "--csv", folder / "out.csv")
    check("the city has a row per scenario", len(re.findall(r"^city +\d", said.out, re.M)) == 2, said.out)
    check("all cells are there", all(re.search(rf"^{c} ", said.out, re.M) for c in "AB"), said.out)
    check("the table says that the index is preliminary", "preliminary" in said.out)
    rows = rows_of(folder / "out.csv")
    check("csv rows", set(rows) == {(s, c) for s in ("small", "small-watered", "renamed") for c in ("", "A", "B")}, set(rows))
    changes = [float(value) for key, row in rows.items() if key[0] == "renamed" for name, value in row.items() if "change" in name and value]
    check("another name changes nothing", changes and not any(changes), changes)
    # 98 t of PM10 a year, 20 of them PM2.5, on a Monday: a working day weighs 7/6 of the mean. Efficiency x coverage x compliance.
    avoided = (20 * 0.4 + 78 * 0.55) * 0.8 * 0.9 / 365 * 7 / 6
    seen = float(rows["small-watered", ""]["pm10_avoided [t]"])
    check("avoided emission", abs(seen - avoided) < 0.01 * avoided, (seen, avoided))
    check("less PM10 at the site, the rest as it was", float(rows["small-watered", "A"]["pm10_change [ug m-3]"]) < -0.1
          and float(rows["small-watered", "A"]["so2_change [ug m-3]"]) == 0, rows["small-watered", "A"])

    # The site is watered for 800 a day; what the measure makes of it stands in the result.
    check("the cost of the period", re.search(r"^water .* 800 CNY, paid by: developer$", said.out, re.M), said.out)
    price = re.search(r"^ +CNY per kg +([0-9.]+)", said.out, re.M)
    check("the cost of a kg of PM10", price and abs(float(price[1]) - 800 / (1000 * avoided)) < 0.01 * float(price[1]), said.out)
    with netCDF4.Dataset(watered) as file:
        table, factors = file["run/measures"], file["run/factors"]
        check("active hours and days", (table["active_hours"][0], table["active_days"][0]) == (24, 1), table)
        factor = dict(zip(factors["name"][:], factors["factor"][0]))
        check("resolved factors", list(factors["measures"][:]) == ["water"] and list(factors["sector"][:]) == ["construction"]
              and abs(factor["pm_fine"] - (1 - 0.4 * 0.72)) < 1e-12 and factor["so2"] == 1, factor)

    # What cannot be compared.
    shorter = overlay(folder, "shorter")
    (folder / "grid.toml").write_text(re.sub(r'"(\S+\.(asc|geojson))"', rf'"{SMALL}/\1"', (SMALL / "grid.toml").read_text())
                                      .replace("nx      = 24", "nx      = 23"))
    narrower = folder / "narrower.toml"
    narrower.write_text(f'base = "{BASE}"\nname = "narrower"\n[grid]\nfile = "grid.toml"\n')
    tianqing("run", shorter, narrower, "-q", "-o", results)
    said = tianqing("compare", base, results / "shorter.nc", results / "narrower.nc", status=BAD_INPUT)
    says(said, "shorter.nc: ", "narrower.nc: ", "2 problems")
    check("nothing is compared", said.out == "", said.out)
    says(tianqing("compare", base, folder / "nix.nc", BASE, status=BAD_INPUT), "nix.nc: no such file", "base.toml: cannot be opened as an HDF5")
    says(tianqing("compare", base, watered, "--csv", folder / "out.csv/out.csv", status=BAD_FILE), "cannot write")
    said = tianqing("compare", base, results / "narrower.nc", "--other-grid", "--other-weather")
    prints(said, "NOTE: narrower.nc lies on another grid")
    says(tianqing("compare", base, watered, "--rank-by", "o3", status=BAD_INPUT), "--rank-by o3: must be pm10, pm2_5, so2, no2 or good_days")
    says(tianqing("compare", base, watered, "--samples", "9", status=BAD_INPUT), "--samples 9: must be in [10, 100000]")
    says(tianqing("compare", base, watered, "--uncertainty", BASE, status=BAD_INPUT), "base.toml")
    (folder / "known.toml").write_text('schema = "uncertainty/1"\n[[uncertainty]]\nid = "roads"\ntag = "traffic"\nlow = 2\nhigh = 3\n')
    says(tianqing("compare", base, watered, "--uncertainty", folder / "known.toml", status=BAD_INPUT),
         "known.toml:5:1: uncertainty[roads].low = 2: must be in [0.001, 1]")

    # Maps of what changes, as other programs read them.
    says(tianqing("compare", base, watered, "-e", folder / "map.shp", status=BAD_INPUT), "map.shp: must end in .csv, .geojson or .gpkg")
    for ending in ("csv", "geojson"):
        tianqing("compare", base, watered, "-e", folder / f"maps/map.{ending}")
    features = {f["id"]: f for f in json.loads((folder / "maps/map.geojson").read_text())["features"]}
    lines = {row["id"]: row for row in csv.DictReader((folder / "maps/map.csv").open(encoding="utf-8"))}
    for cell in "AB":
        change = features[cell]["properties"]["small-watered_pm10_change_ug_m3"]
        check("map and table tell the same", change == float(lines[cell]["small-watered_pm10_change [ug m-3]"])
              and abs(change - float(rows["small-watered", cell]["pm10_change [ug m-3]"])) <= 1e-5 * abs(change), lines[cell])
        rings = features[cell]["geometry"]["coordinates"][0]
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(rings[0], rings[0][1:]))
        check("outer rings run anticlockwise", area > 0, rings)
    if "GDAL" in tianqing("--version").out:
        tianqing("compare", base, watered, "-e", folder / "maps/map.gpkg")
        tables = sqlite3.connect(folder / "maps/map.gpkg")
        seen = dict(tables.execute('SELECT id, "small-watered_pm10_change_ug_m3" FROM small'))
        check("the GeoPackage tells the same", all(abs(seen[c] - features[c]["properties"]["small-watered_pm10_change_ug_m3"])
                                                   <= 1e-5 * abs(seen[c]) for c in "AB"), seen)
        check("in WGS84", tables.execute("SELECT srs_id FROM gpkg_geometry_columns").fetchone() == (4326,))
        tables.close()
    check("nothing beside the maps", all(p.suffix in (".csv", ".geojson", ".gpkg") for p in (folder / "maps").iterdir()),
          list((folder / "maps").iterdir()))


def case_screen(folder):
    results = folder / "r"
    tianqing("run", BASE, SMALL / "plant.toml", "-q", "-o", results)
    base, plant = results / "small.nc", results / "small-plant.nc"
    said = tianqing("screen", base, plant, "--all-cells", "--csv", folder / "out.csv")
    for text in ("limits of GB3095_2012", "small-plant against small", "NOTE: shorter than a year", "grid cell of the highest sum",
                 "grid cell of the largest increment", "management cell A"):
        check(f"the table says `{text}`", text in said.out, said.out)
    with open(folder / "out.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        terms = [float(row[f"{name} [ug m-3]"]) for name in ("increment", "background", "sum")]
        check("increment + background = sum", abs(terms[0] + terms[1] - terms[2]) < 1e-4 * terms[2], row)
    most = {(r["pollutant"], r["average"]): float(r["largest_increment [ug m-3]"]) for r in rows
            if r["place"] == "grid cell of the largest increment"}
    check("every pollutant and average", len(most) == 8 * 3 + 1, most)
    check("the plant adds SO2", most["so2", "1h"] > most["so2", "24h"] > 0.1, most)
    check("less TSP than SO2", 0 < most["tsp", "24h"] < most["so2", "24h"], most)
    check("no year", all(("period mean" in row["verdict"]) == (row["average"] == "period mean" and row["limit [ug m-3]"] != "")
                         for row in rows), rows)
    said = tianqing("screen", base, base)
    check("nothing is added by nothing", "0.000" in said.out and not re.search(r" [1-9]\d*\.\d{3} ", said.out), said.out)
    check("other limits", "limits of GB3095_2026_FINAL" in tianqing("screen", base, plant, "--edition", "GB3095_2026_FINAL").out)

    says(tianqing("screen", base, status=BAD_INPUT), "give the result without the plant and the one with it")
    says(tianqing("screen", base, plant, "--edition", "GB3095", status=BAD_INPUT), "edition GB3095: must be one of GB3095_2012")
    tianqing("run", overlay(folder, "shorter"), "-q", "-o", results)
    says(tianqing("screen", base, results / "shorter.nc", status=BAD_INPUT), "shorter.nc: cannot be compared with", "another period")
    says(tianqing("screen", base, folder / "nix.nc", status=BAD_INPUT), "nix.nc: no such file")
    says(tianqing("screen", base, plant, "--csv", folder / "nix/out.csv", status=BAD_FILE), "cannot write")


def case_who(folder):
    path = overlay(folder, "followed", '[attribution]\nby = "cell"\npollutants = ["pm10", "no2"]\n[[receptor]]\nid = "middle"\n'
                   'longitude = 117.06\nlatitude = 29.33\n')
    plain = overlay(folder, "plain")
    results = folder / "r"
    tianqing("run", path, plain, "-q", "-o", results)
    with netCDF4.Dataset(results / "followed.nc") as followed, netCDF4.Dataset(results / "plain.nc") as other:
        tags = followed["attribution"]
        check("tags", list(tags["tag_id"][:]) == ["A", "B", "other", "outside", "initial"], list(tags["tag_id"][:]))
        check("kinds", list(tags["tag_kind"][:]) == ["cell", "cell", "other", "outside", "initial"], list(tags["tag_kind"][:]))
        for pollutant in ("pm10", "no2"):
            check(f"{pollutant}: its total is as without tags", (followed[pollutant][:] == other[pollutant][:]).all())
            for name, total in ((pollutant, "cells"), (f"{pollutant}_at_receptors", "receptors")):
                apart = abs(tags[name][:].sum(axis=1) / followed[total][pollutant][:] - 1).max()
                check(f"{name}: tags sum to the total", apart < 1e-5, apart)
        check("the works reach their own cell", tags["pm10"][-1, 1, 1] > 0, tags["pm10"][:])
        check("the start fades", (tags["pm10"][-1, 4] < tags["pm10"][0, 4]).all(), tags["pm10"][:, 4])
        residual = abs(tags["budget/residual"][:, 1]).max()
        check("the works' budgets close", residual < 1e-3, residual)
    said = tianqing("who", results / "followed.nc", "B", "--at", "2017-12-04T05:30")
    for text in ("B New works, pm10, 2017-12-04 05:00 to 2017-12-04 06:00 (Asia/Shanghai): followed", "home: B", "cell A Old street",
                 "from outside", "there at the start", "100.0 %  all"):
        check(f"who says `{text}`", text in said.out, said.out)
    rows = [float(line.split()[0]) for line in said.out.splitlines() if " %  " in line]
    check("rows sum to the total", abs(sum(rows[:5]) - rows[5]) < 0.003, said.out)
    check("-n", "4 more" in tianqing("who", results / "followed.nc", "middle", "--pollutant", "no2", "-n", "1").out)
    says(tianqing("who", results / "plain.nc", "B", status=BAD_INPUT), 'has no tags: run its scenario with a table [attribution]')
    says(tianqing("who", results / "followed.nc", "C", "--at", "2018-01-01", status=BAD_INPUT), 'has no management cell or receptor "C"')
    says(tianqing("who", results / "followed.nc", status=BAD_INPUT), "who: give a result and the id of a management cell or receptor")
    says(tianqing("who", results / "followed.nc", "B", "--at", "2017-12-04", "--to", "2017-12-05", status=BAD_INPUT), "give one of the two")
    says(tianqing("who", results / "followed.nc", "B", "-n", "0", status=BAD_INPUT), "--rows 0: must be at least 1")


def case_ledger_and_rank(folder):
    results, day = folder / "r", "2017-12-05T00:00:00+08:00"  # as WATERED
    by_cell = overlay(folder, "by-cell", '[attribution]\nby = "cell"\npollutants = ["pm10"]\n', end=day)
    by_department = overlay(folder, "by-department", '[attribution]\nby = "department"\npollutants = ["pm10"]\n', end=day)
    windy = overlay(folder, "windy", "[weather.generator]\nseed = 8\n", end=day)
    tianqing("run", by_cell, by_department, windy, WATERED, "-q", "-o", results)
    cells = results / "by-cell.nc"
    said = tianqing("ledger", cells, "--csv", folder / "books.csv")
    prints(said, "by-cell, 2017-12-04 00:00 to 2017-12-05 00:00 (Asia/Shanghai)", "A Old street", "in no cell", "emission of pm10")
    with open(folder / "books.csv") as file:
        rows = {row["id"] or row["by"]: row for row in csv.DictReader(file)}
    check("rows", sorted(rows) == ["A", "B", "all", "rest"], list(rows))
    for name, row in rows.items():
        if name != "rest":
            total = float(row["received [ug m-3]"])
            parts = sum(float(row[f"received_{part} [ug m-3]"]) for part in ("own", "others", "rest", "outside", "initial"))
            check(f"{name}: what is received sums up", abs(parts / total - 1) < 1e-5, row)
    caused = sum(float(rows[name]["caused [ug m-3 km2]"]) for name in ("A", "B", "rest"))
    received = sum(float(rows["all"][f"received_{part} [ug m-3]"]) for part in ("others", "rest")) * float(rows["all"]["area [km2]"])
    check("what is caused is received", abs(caused / received - 1) < 1e-4, (caused, received))
    emitted = [float(rows[name]["emitted [t]"]) for name in ("A", "B", "rest", "all")]
    check("emission sums up", abs(sum(emitted[:3]) - emitted[3]) < 1e-4 * emitted[3] and emitted[3] > 0, emitted)
    prints(tianqing("ledger", results / "by-department.nc", "--by", "department"), "ecology", "from outside")
    prints(tianqing("ledger", results / "small-watered.nc", "--by", "unit"), "Street office 1", "paid by developer",
           "NOTE: who made the air: the result has no tags")
    says(tianqing("ledger", cells, "--by", "department", status=BAD_INPUT), "has no tags by department, only by cell")
    says(tianqing("ledger", cells, "-n", "0", status=BAD_INPUT), "--rows 0: must be at least 1")
    says(tianqing("ledger", cells, cells, status=BAD_INPUT), "ledger: give one result")
    says(tianqing("ledger", cells, "--csv", folder / "books.csv/x.csv", status=BAD_FILE), "cannot")
    before = fingerprint(cells)
    for command in (["ledger", cells], ["rank", cells], ["compare", cells, results / "small-watered.nc"]):
        says(tianqing(*command, "--csv", cells, status=BAD_INPUT), "is read by this command: give another file to be written")
    check("nothing is written over what was read", fingerprint(cells) == before)

    prints(tianqing("rank", cells), "red list: the best", "black list: the worst", "A Old street")
    prints(tianqing("rank", cells, "--by", "own"), "what own sources add to the city's mean of pm10")
    prints(tianqing("rank", cells, "--pollutant", "aqi", "--of", "unit"), "mean daily index", "Street office 2")
    said = tianqing("rank", results / "small-watered.nc", "--base", cells, "--csv", folder / "list.csv")
    prints(said, "change of pm10, ug m-3 since by-cell")
    check("nothing of the weather", "NOTE" not in said.out, said.out)
    with open(folder / "list.csv") as file:
        changes = [float(row["change [ug m-3]"]) for row in csv.DictReader(file)]
    check("water helps where the site is, nobody else", changes[0] < -1 and abs(changes[1]) < 0.001, changes)
    prints(tianqing("rank", results / "windy.nc", "--base", cells), "NOTE: by-cell has another period or other weather")
    says(tianqing("rank", cells, "--by", "change", status=BAD_INPUT), "rank: a change needs --base RESULT")
    says(tianqing("rank", cells, "--by", "own", "--base", cells, status=BAD_INPUT), "rank: --base is for --by change")
    says(tianqing("rank", cells, "--normalise", cells, status=BAD_INPUT), "rank: --normalise is for --by change")
    says(tianqing("rank", cells, cells, status=BAD_INPUT), "rank: give one result")
    says(tianqing("rank", cells, "--rows", "0", status=BAD_INPUT), "--rows 0: must be at least 1")
    says(tianqing("rank", cells, "--samples", "3", status=BAD_INPUT), "--samples 3: must be in [10, 100000]")
    says(tianqing("rank", cells, "--seed", "-1", status=BAD_INPUT), "--seed -1: must be at least 0")
    says(tianqing("rank", folder / "none.nc", status=BAD_INPUT), "none.nc: no such file")


def case_predict(folder):
    noon = "2017-12-04T12:00:00+08:00"  # the site works by day
    followed = overlay(folder, "followed", '[attribution]\nby = "sector"\npollutants = ["pm2_5", "pm10"]\n'
                       '[[uncertainty]]\nid = "dust"\ntag = "construction"\nlow = 0.5\nhigh = 2\n', end=noon)
    other = overlay(folder, "other", '[attribution]\nby = "sector"\npollutants = ["pm2_5", "pm10"]\n[weather.generator]\nseed = 8\n', end=noon)
    plain = overlay(folder, "plain")
    results = folder / "r"
    tianqing("run", followed, other, plain, "-q", "-o", results)
    asked = folder / "asked.toml"
    asked.write_text(followed.read_text().replace("followed", "asked") +
                     '[[measure]]\nid = "water"\nkind = "scale"\nselect = { sector = "construction" }\nefficiency = 0.5\n'
                     'efficiency_range = [0.6, 1.2]\n')
    table = folder / "asked.csv"
    prints(tianqing("predict", results / "followed.nc", asked, "--csv", table), "pm10 - pm2_5", "construction", "-50.00 %",
           "uneven   0.0 %", "good days", "so2, no2, co, o3: no tags", f"wrote {table}")
    rows = list(csv.DictReader(table.open()))
    whole = {row["cell"]: row for row in rows if row["period"] == "all"}
    check("the city, both cells", set(whole) == {"", "A", "B"}, whole)
    check("the site's own cell gains most",
          float(whole["A"]["pm10_change [ug m-3]"]) < float(whole["B"]["pm10_change [ug m-3]"]) < 0, whole)
    check("what has no tag stays", whole["A"]["so2_change [ug m-3]"] == "0", whole)
    says(tianqing("predict", results / "followed.nc", asked, "--csv", table, status=BAD_INPUT), "asked.csv: exists already")
    ranged = ("predict", results / "followed.nc", asked, "--samples", "20", "--seed", "3")
    said = tianqing(*ranged)
    prints(said, "20 samples of 1 result", "10 to 90 %:")
    check("a seed repeats", said.out == tianqing(*ranged).out)
    prints(tianqing(*ranged, "--weather", results / "other.nc"), "20 samples of 2 results, a weather each")
    says(tianqing("predict", results / "plain.nc", asked, status=BAD_INPUT), "has no tags: run its scenario with a table [attribution]")
    says(tianqing("predict", results / "followed.nc", asked, "--pollutant", "so2", status=BAD_INPUT), 'has no tags of "so2"')
    says(tianqing("predict", results / "followed.nc", asked, "--pollutant", "pm2.5", status=BAD_INPUT), 'did you mean "pm2_5"?')
    says(tianqing("predict", results / "followed.nc", asked, "--samples", "9", status=BAD_INPUT), "--samples 9: must be in [10, 100000]")
    says(tianqing("predict", results / "followed.nc", asked, "--weather", results / "other.nc", status=BAD_INPUT), "give --samples too")
    says(tianqing("predict", results / "followed.nc", status=BAD_INPUT), "predict: give a result with tags and a scenario")
    longer = folder / "longer.toml"
    longer.write_text(asked.read_text() + "[transport]\nprecision = \"double\"\n")
    says(tianqing("predict", results / "followed.nc", longer, status=BAD_INPUT), "transport.precision = \"double\": must be \"float\", as in")
    paved = overlay(folder, "paved", '[[measure]]\nid = "pave"\nkind = "surface"\nselect = { sector = "construction" }\n'
                    'ground = { becomes = "dense_town" }\n', end=noon)
    says(tianqing("predict", results / "followed.nc", paved, status=BAD_INPUT), "has measures that change the ground")
    halted = overlay(folder, "halted", '[[measure]]\nid = "halt"\nkind = "ban"\nselect = { sector = "construction" }\n'
                     'hours = "09-11"\n', end=noon)
    prints(tianqing("predict", results / "followed.nc", halted), "emission changes with the hour in construction")


def case_release(folder):
    leak = overlay(folder, "leak", '''[[release]]
id = "late"
tracer = "lasting"
longitude = 117.06
latitude = 29.33
start = 2017-12-04T05:30:00+08:00
duration = 3600
amount = 10.0
[background]
lasting = 2.0
[[receptor]]
id = "school"
name = "School"
longitude = 117.06
latitude = 29.33
''', base=SMALL / "release.toml")
    said = tianqing("run", leak, "-o", folder)
    says(said, 'leak.toml:6: release "late" is partly outside the time of the run, which emits 50 % of it',
         "tracer lasting: 905 kg", "tracer ash: 900 kg")
    with netCDF4.Dataset(folder / "leak.nc") as file:
        names = list(file["budget/name"][:])
        budget = {name: {term: float(file[f"budget/{term}"][-1, n]) for term in ("emitted", "consumed", "wet", "residual")}
                  for n, name in enumerate(names)}
        near = file["receptors/lasting"][:, 0] * 1e9
        check("a field of its own", file["lasting"].units == "kg m-3" and file["ash"][:].max() > 0)
    check("tracers are in the budget", names[-3:] == ["short_lived", "lasting", "ash"], names)
    check("the last hour's half", abs(budget["lasting"]["emitted"] - 905) < 1e-3, budget)
    check("decay is consumed", budget["short_lived"]["consumed"] > 100 and budget["short_lived"]["wet"] == 0, budget)
    check("the budget closes", all(abs(terms["residual"]) < 1e-6 for terms in budget.values()), budget)
    check("the receptor sees background and plume", near.min() > 1 and near.max() > 100, near)


def case_emissions(folder):
    scenario = overlay(folder, "two-months", "start = 2017-11-29T00:00:00+08:00\n", base=WATERED)
    said = tianqing("emissions", scenario, "-o", folder)
    table = next(folder.glob("*_emissions.csv"))
    check("the table is named after the scenario", str(table) in said.out, said.out)
    with open(table) as file:
        head, *rows = csv.reader(line for line in file if not line.startswith("#"))
    check("columns carry units", head[:6] == ["period", "by", "name", "sources", "measures", "pm2_5 [t]"], head)
    pm10 = head.index("pm10 [t]")

    def total(period, by, measures):
        return sum(float(r[pm10]) for r in rows if r[0] == period and r[1] == by and r[4] == measures)

    for measures in ("with", "without"):
        whole = total("run", "all", measures)
        check(f"{measures} measures something is emitted", whole > 0, whole)
        months = {r[0] for r in rows} - {"run"}
        check("two months are told apart", months == {"2017-11", "2017-12"}, months)
        for sums in (total("run", "sector", measures), total("run", "department", measures),
                     sum(total(month, "all", measures) for month in months)):
            check("sectors, departments and months sum to all", abs(sums - whole) < 1e-7 * whole, f"{sums} {whole}")
    check("measures take away", total("run", "all", "with") < total("run", "all", "without"))
    says(tianqing("emissions", scenario, "-o", folder, status=BAD_INPUT), "exists already")
    tianqing("emissions", scenario, "-o", folder, "--overwrite", "--pollutant", "nox")
    says(tianqing("emissions", scenario, "-o", folder, "--pollutant", "pm25", status=BAD_INPUT), "must be one of")
    says(tianqing("emissions", status=BAD_INPUT), "give one scenario")


def case_check_and_describe(folder):
    said = tianqing("check", BASE, WATERED)
    check("two descriptions", re.findall(r"^(small\S*): ", said.out, re.M) == ["small", "small-watered"], said.out)
    check("estimates", re.search(r"^ +needs +about \d+ MB of memory, at most \d+ MB of disk$", said.out, re.M), said.out)
    for text in ("(24 h)", "24 x 20 x 8 cells", "EPSG:32650", "2 management cells", "8 species in single precision", "seed 7"):
        check(f"check says `{text}`", text in said.out, said.out)
    # t of PM10 on that Monday from the year's: 98 and 40 with a weekly profile (7/6 of the mean), 25 without.
    expected = ((98 + 40) * 7 / 6 + 25) / 365
    totals = re.search(r"^all +3 +\S+ +(\S+)", said.out, re.M)
    check("emission totals", totals and abs(float(totals[1]) - expected) < 0.01 * expected, (said.out, expected))
    check("check writes nothing", list(folder.iterdir()) == [] and not Path("results").exists())

    reference = tianqing("describe").out
    for key in ("schema", "name", "run.start", "grid.file", "weather.source", "inventory[].sources", "background.*", "measure[].select",
                "transport.max_courant", "output.compression"):
        check(f"describe: {key}", re.search(rf"^{re.escape(key)}\S*: ", reference, re.M))
    said = tianqing("describe", "transport.max_courant")
    check("one key", re.fullmatch(r"transport\.max_courant: number, must be in \(0, 1\], default \S+\n +\S.*\n", said.out), said.out)
    keys = re.findall(r"^(\S+): ", tianqing("describe", "transport", "output").out, re.M)
    check("all keys of two tables", len(keys) > 4 and all(k.startswith(("transport.", "output.")) for k in keys), keys)
    check("the keys of a grid file", "grid.epsg: " in tianqing("describe", "grid_file").out)
    # Columns of kinds: each with type, range and default in each unit of the header, choices, text.
    roads = tianqing("describe", "unpaved_roads").out
    for text in ("use: text, must be one of public, industrial, required\n    public: cars",
                 "speed: number\n    speed on a public road\n    [m s-1] must be in [1, 30], default 8.333333333\n"
                 "    [cm s-1] must be in [100, 3000], default 833.3333333\n    [km h-1] must be in [3.6, 108], default 30\n",
                 "silt: number\n    silt of the surface\n    [1], or no unit: must be in [0.001, 0.5], default 0.11\n"
                 "    [%] must be in [0.1, 50], default 11\n", "traffic: number, required\n", "from: date or time\n",
                 "sector: text, default unpaved_road\n", "lon: number, must be in [-180, 180]\n", "id: text, required\n"):
        check(f"describe unpaved_roads: {text}", text in roads, roads)
    check("stacks of kinds that have them", "stack_height" not in roads
          and "[degC] must be above -273.15\n" in tianqing("describe", "boilers").out)
    kinds = re.search(r"^inventory\[\]\.kind: text, must be one of (.*), default", reference, re.M)[1].replace('"', "").split(", ")
    check("all kinds", {"amounts", "roads", "construction", "ff10"} <= set(kinds), kinds)
    for kind in kinds:
        said = tianqing("describe", kind)
        check(f"describe {kind}", said.out.startswith(f'[[inventory]] kind = "{kind}": '), said.out)
        check(f"{kind}: a kind and no key", not re.search(rf"^{kind}\b", reference, re.M))
    ready = tianqing("describe", "ready_measures").out
    check("ready measures by sector", "sector road_dust:\n\nroad-water: Watering of paved roads twice a day\n    coarse 0.58 pm2_5 0.46; T/CSES" in ready, ready)
    says(tianqing("describe", "constuction", status=BAD_INPUT), 'constuction: unknown key; did you mean "construction"?')
    says(tianqing("describe", "transprot", status=BAD_INPUT), 'transprot: unknown key; did you mean "transport"?')


if __name__ == "__main__":
    use.main(__doc__, globals())
