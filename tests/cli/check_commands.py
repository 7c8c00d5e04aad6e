#!/usr/bin/python3
"""Uses every command as people do and checks what it says, writes and returns.

usage: check_commands.py CASE PROGRAM    CASE: a function below whose name begins with case_, without that

Uses the small scenario in a folder of its own; prints what is wrong and fails if there is anything. Run it with Debian's own
python3: another one on the PATH lacks netCDF4.
"""
import csv
import json
import re
import subprocess
from pathlib import Path

import netCDF4

import use
from use import (BAD_FILE, BAD_INPUT, BAD_NUMBER, BASE, PATIENCE, SMALL, WATERED, check, completed, fingerprint, overlay,
                 says, tianqing)


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
