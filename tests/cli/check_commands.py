#!/usr/bin/python3
"""Uses the program as people do and checks what it says, writes and returns.

usage: check_commands.py CASE PROGRAM    CASE: a function below whose name begins with case_, without that

Runs the small scenario in a folder of its own; prints what is wrong and fails if there is anything. Run it with Debian's own
python3: another one on the PATH lacks netCDF4.
"""
import csv
import hashlib
import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import netCDF4
import numpy
import xarray

HERE = Path(__file__).resolve().parent
SMALL = HERE.parent / "scenarios/small"
BASE = SMALL / "base.toml"
WATERED = SMALL / "watered.toml"
SUCCESS, BAD_INPUT, BAD_NUMBER, STOPPED, BAD_FILE = 0, 2, 3, 4, 5  # exit statuses, as README.md gives them
PATIENCE = 300  # s, for one command: the sanitizers are slow

problems = []
program = ""


def check(what, good, seen=""):
    if not good:
        problems.append(f"{what}: got {seen}" if seen != "" else what)


class Said:
    def __init__(self, arguments, done):
        self.command = "tianqing " + " ".join(str(a) for a in arguments)
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr


def tianqing(*arguments, status=SUCCESS, **options):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=PATIENCE, **options)
    said = Said(arguments, done)
    check(f"{said.command}: exit status {status}", said.status == status, f"{said.status}: {said.err[-1500:]}")
    return said


def says(said, *texts):
    """All of `texts` are among the errors."""
    for text in texts:
        check(f"{said.command}: says `{text}`", text in said.err, said.err)


def overlay(folder, name, text="", end="2017-12-04T06:00:00+08:00", base=BASE):
    """A scenario of six hours, or until `end`."""
    path = folder / f"{name}.toml"
    path.write_text(f'base = "{base}"\nname = "{name}"\n[run]\nend = {end}\n{text}', encoding="utf-8")
    return path


def long_run(folder):
    """Long enough to be stopped."""
    return overlay(folder, "long", end="2018-06-01T00:00:00+08:00")


def fingerprint(path):
    return hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns


# ---- what a result holds

def datasets(group, path=""):
    """All attributes and values below `group` by path, values as bytes; /run/timing alone may differ between runs."""
    held = {}
    for name in group.ncattrs():
        value = group.getncattr(name)
        held[f"{path}@{name}"] = value.tobytes() if isinstance(value, (numpy.ndarray, numpy.generic)) else value
    for name, variable in group.variables.items():
        variable.set_auto_maskandscale(False)
        value = variable[...]
        held[f"{path}/{name}"] = (variable.dtype, variable.dimensions, variable.shape,
                                  list(numpy.ravel(value)) if variable.dtype is str else numpy.asarray(value).tobytes())
        for attribute in variable.ncattrs():
            seen = variable.getncattr(attribute)
            held[f"{path}/{name}@{attribute}"] = \
                seen.tobytes() if isinstance(seen, (numpy.ndarray, numpy.generic)) else seen
    for name, inner in group.groups.items():
        if f"{path}/{name}" != "/run/timing":
            held.update(datasets(inner, f"{path}/{name}"))
    return held


def contents(path):
    with netCDF4.Dataset(path) as file:
        return datasets(file)


def layout(path):
    """The file's structure, types and attributes as HDF5's own tool tells them, without /run/timing."""
    text = subprocess.run(["h5dump", "-A", "-m", "%.17g", str(path)], check=True, capture_output=True, text=True).stdout
    return re.sub(r'^( +)GROUP "timing" \{.*?^\1\}\n', "", text.partition("\n")[2], flags=re.M | re.S)


def same(one, other, ignored=()):
    a, b = contents(one), contents(other)
    check(f"{one.name}: has fields", "/pm10" in a and "/budget/emitted" in a)
    different = sorted(key for key in a.keys() | b.keys() if a.get(key) != b.get(key) and key not in ignored)
    check(f"{one} and {other} are equal", not different, different)


def completed(path):
    """Hours in a result and whether it says that it is complete."""
    with netCDF4.Dataset(path) as file:
        return len(file.dimensions["time"]), int(file["run"].complete)


# ---- cases

def case_help(folder):
    for arguments in (["--help"], ["-h"], ["help"]):
        said = tianqing(*arguments)
        check("general help names every command",
              all(re.search(rf"^  {c} +\w", said.out, re.M) for c in ("run", "check", "describe", "compare")), said.out)
        check("help is no error", said.err == "", said.err)
    check("without a command: the help", "usage: tianqing" in tianqing(status=BAD_INPUT).out)
    flags = {"run": ["--output", "--threads", "--overwrite", "--virtual-ranks", "--quiet"], "check": [], "describe": [],
             "compare": ["--all-cells", "--csv"]}
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
    for command in ("run", "check", "compare"):
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
        done = subprocess.run([program, "describe"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=PATIENCE)
    check("a full disk is told", done.returncode == BAD_FILE and "No space left" in done.stderr, (done.returncode, done.stderr))


def case_same_bits(folder):
    short = overlay(folder, "short")
    ways = {"one": ["--threads", "1"], "two": ["--threads", "2"], "again": ["--threads", "2", "--virtual-ranks", "1x1"],
            "cut": ["--threads", "1", "--virtual-ranks", "2x3"]}
    for way, arguments in ways.items():
        tianqing("run", short, "-q", "-o", folder / way, *arguments)
    first = folder / "one/short.nc"
    structure = layout(first)
    check("timing alone is left out", "timing" not in structure and 'GROUP "run"' in structure)
    for way in list(ways)[1:]:
        same(first, folder / way / "short.nc")
        check(f"{way}: structure and attributes", layout(folder / way / "short.nc") == structure)
        check(f"{way}: cells", (folder / way / "short_cells.geojson").read_bytes() == (folder / "one/short_cells.geojson").read_bytes())
    # That the comparison sees a difference at all.
    tianqing("run", overlay(folder, "short", "[background]\nco = 400.001\n"), "-q", "-o", folder / "else")
    a, b = contents(first), contents(folder / "else/short.nc")
    check("a changed background shows", a["/co"] != b["/co"] and a["/pm10"] == b["/pm10"])


def stopped_run(folder, number, *arguments):
    """Starts a long run and, after its first simulated day, sends it a signal. Returns its exit status and errors."""
    process = subprocess.Popen([program, "run", long_run(folder), overlay(folder, "next"), "-o", str(folder / "r"), *arguments],
                               stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    try:
        text = ""
        for line in process.stderr:
            text += line
            if re.match(r"long +\d+ %", line):
                process.send_signal(number)
                break
        text += process.stderr.read()
        return process.wait(timeout=PATIENCE), text
    finally:
        process.kill()
        process.wait()


def check_first_hours(folder, path, hours):
    """What a stopped run left is what a run of a few hours writes."""
    tianqing("run", overlay(folder, "short"), "-q", "-o", folder / "short", "--overwrite")
    with xarray.open_dataset(folder / "short/short.nc") as whole, xarray.open_dataset(path) as part:
        check(f"{path.name}: hours in xarray", part.sizes["time"] == hours, part.sizes["time"])
        for name in ("pm10", "o3", "mixing_height", "time"):
            check(f"{path.name}: {name}", numpy.array_equal(part[name].values[:6], whole[name].values))
        check(f"{path.name}: no hole", numpy.isfinite(part["pm10"].values).all() and
              (numpy.diff(part["time"].values) == numpy.timedelta64(1, "h")).all())


def check_stopped(folder, status, text, what):
    result = folder / "r/long.nc"
    check(f"{what}: exit status", status == STOPPED, (status, text))
    told = re.search(r"^long: stopped after (\d+) of (\d+) hours; (.*) holds those$", text, re.M)
    check(f"{what}: says how far it came", told and told[2] == "4296" and told[3] == str(result), text[-500:])
    hours = int(told[1]) if told else 0
    check(f"{what}: a day or more, not all", 24 <= hours < 4296, hours)
    check(f"{what}: hours, not complete", completed(result) == (hours, 0), completed(result))
    check(f"{what}: the next scenario does not start", not (folder / "r/next.nc").exists())
    check_first_hours(folder, result, hours)
    check(f"{what}: cells", len(json.loads((folder / "r/long_cells.geojson").read_text())["features"]) == 2)


def case_interrupt(folder):
    for name, number, arguments in (("SIGINT", signal.SIGINT, ["--threads", "1"]),
                                    ("SIGTERM", signal.SIGTERM, ["--threads", "1", "--virtual-ranks", "2x1"])):
        shutil.rmtree(folder / "r", ignore_errors=True)
        check_stopped(folder, *stopped_run(folder, number, *arguments), name)
    says(tianqing("run", folder / "long.toml", "-o", folder / "r", status=BAD_INPUT), "exists already")


def case_kill(folder):
    status, _ = stopped_run(folder, signal.SIGKILL, "--threads", "1")
    check("killed", status == -signal.SIGKILL, status)
    hours, complete = completed(folder / "r/long.nc")
    check("not complete", complete == 0)
    # Of the 24 hours told, four may have waited to be written and one may have been in work.
    check("the hours before the kill are there", 19 <= hours < 4296, hours)
    check_first_hours(folder, folder / "r/long.nc", hours)
    check("h5dump reads it", "pm10" in layout(folder / "r/long.nc"))


def on_terminal(arguments, when=None, send=b""):
    """Runs the program on a terminal of its own; once `when` has been seen, types `send`. Exit status and all it showed."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(program, [program, *arguments])
    seen = b""
    try:
        while select.select([terminal], [], [], PATIENCE)[0]:
            try:
                piece = os.read(terminal, 65536)
            except OSError:  # its end
                break
            if not piece:
                break
            seen += piece
            if when and re.search(when, seen):
                os.write(terminal, send)
                when = None
    finally:
        os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), seen.decode()


def case_progress(folder):
    two_days = overlay(folder, "days", end="2017-12-06T00:00:00+08:00")
    said = tianqing("run", two_days, "-o", folder / "log")
    lines = re.findall(r"^days +(\d+) % \| (\S+) \|.* mass residual \S+ \| \d+ s left$", said.err, re.M)
    check("a plain line per day", lines == [("50", "2017-12-04T16:00:00Z"), ("100", "2017-12-05T16:00:00Z")], said.err)
    check("nothing for terminals in a log", "\r" not in said.err and "\033" not in said.err)
    for text in ("  needs    about", "construction", "million cell-tracer-steps per second", "time by part", "largest budget residual",
                 "airborne", f"result: {folder}/log/days.nc"):
        says(said, text)
    said = tianqing("run", two_days, "-o", folder / "quiet", "--quiet")
    check("--quiet says nothing", said.err == "" and said.out == "", said.err + said.out)

    status, text = on_terminal(["run", str(two_days), "-o", str(folder / "terminal"), "--threads", "1"])
    check("on a terminal: exit status", status == SUCCESS, (status, text[-500:]))
    check("a bar that is redrawn in place", re.search(r"\rdays \[ *\]|\rdays \[#+ *\] +\d+ %", text) and "\033[K" in text, text[:3000])
    check("the bar ends full, with a new line", re.search(r"\rdays \[#{24}\] 100 %[^\r\n]*\033\[K\r\n", text), text[-3000:])
    check("no plain lines beside the bar", not re.search(r"^days +\d+ % \|", text, re.M), text)
    status, text = on_terminal(["run", str(long_run(folder)), "-o", str(folder / "r"), "--threads", "1"], rb"long \[.*\d %", b"\x03")
    check("Ctrl-C: exit status", status == STOPPED, (status, text[-500:]))
    check("Ctrl-C: the message has its own line", re.search(r"\nlong: stopped after \d+ of 4296 hours", text), text[-500:])
    check("Ctrl-C: not complete", completed(folder / "r/long.nc")[1] == 0)


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
    changes = [float(value) for key, row in rows.items() if key[0] == "renamed" for name, value in row.items() if "change" in name]
    check("another name changes nothing", changes and not any(changes), changes)
    # 98 t of PM10 a year, 20 of them PM2.5, on a Monday: a working day weighs 7/6 of the mean. Efficiency x coverage x compliance.
    avoided = (20 * 0.4 + 78 * 0.55) * 0.8 * 0.9 / 365 * 7 / 6
    seen = float(rows["small-watered", ""]["pm10_avoided [t]"])
    check("avoided emission", abs(seen - avoided) < 0.01 * avoided, (seen, avoided))
    check("less PM10 at the site, the rest as it was", float(rows["small-watered", "A"]["pm10_change [ug m-3]"]) < -0.1
          and float(rows["small-watered", "A"]["so2_change [ug m-3]"]) == 0, rows["small-watered", "A"])

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
    says(tianqing("compare", base, watered, "--csv", folder / "nix/out.csv", status=BAD_FILE), "cannot write")


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
    says(tianqing("describe", "transprot", status=BAD_INPUT), 'transprot: unknown key; did you mean "transport"?')


def case_opens_everywhere(folder):
    """What the program wrote opens in the tools of others. Centres by the Krueger series of the transverse Mercator projection."""
    tianqing("run", BASE, "-q", "-o", folder)
    places = []
    for j, i, place in ((0, 0, "117.002573985,29.291210974"), (19, 23, "117.121078427,29.376898455")):
        text = subprocess.run(["h5dump", "-d", "/pm10", "-s", f"0,{j},{i}", "-c", "1,1,1", "-m", "%.9e", str(folder / "small.nc")],
                              check=True, capture_output=True, text=True).stdout
        places += ["--at", place + "=" + re.search(rf"\(0,{j},{i}\): (\S+)", text)[1]]
    done = subprocess.run([sys.executable, HERE / "open_everywhere.py", folder / "small.nc", "--shape", "24,20,24", "--epsg", "32650",
                           "--west", "500000", "--north", "3250000", "--size", "500,500", "--start", "2017-12-03T16:00:00",
                           "--cells", "2", "--cell-id", "A", *places], capture_output=True, text=True, timeout=PATIENCE)
    check("opens everywhere", done.returncode == 0, done.stdout + done.stderr)


def main():
    global program
    cases = {name.removeprefix("case_"): body for name, body in globals().items() if name.startswith("case_")}
    if len(sys.argv) != 3 or sys.argv[1] not in cases:
        sys.exit(f"{__doc__}\nCASE: {', '.join(cases)}")
    program = str(Path(sys.argv[2]).resolve())
    os.environ["OMP_NUM_THREADS"] = "1"  # so small a case gains nothing from threads, and other tests run beside this
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # what lands in the working directory by mistake must not lie in the sources
        cases[sys.argv[1]](Path(folder))
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
