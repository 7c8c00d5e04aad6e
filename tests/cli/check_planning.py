#!/usr/bin/python3
"""Uses the commands that read results and measurements as planners do, and checks what they say, write and return.

usage: check_planning.py CASE PROGRAM    CASE: a function below whose name begins with case_, without that

Uses the small scenario in a folder of its own; prints what is wrong and fails if there is anything. Run it with Debian's own
python3: another one on the PATH lacks netCDF4.
"""
import csv
import gzip
import json
import re
import sqlite3

import netCDF4

import use
from use import (BAD_FILE, BAD_INPUT, BASE, SMALL, WATERED, check, fingerprint, overlay, prints, same, says, tianqing)


def measured_air(path, station, days):
    """Hours of one station with PM2.5 of the given daily values; 2019-12."""
    with gzip.open(path, "wt") as file:
        file.write("time_local_utc+08,site,so2_ugm3,no2_ugm3,co_mgm3,o3_ugm3,pm10_ugm3,pm25_ugm3\n")
        for day, value in enumerate(days, 1):
            for hour in range(24):
                file.write(f"2019-12-{day:02}T{hour:02}:00,{station},5,10,0.5,60,40,{value}\n")


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
    prints(tianqing("predict", results / "followed.nc", halted), "emission changes by a factor that varies with the hour in construction")


if __name__ == "__main__":
    use.main(__doc__, globals())
