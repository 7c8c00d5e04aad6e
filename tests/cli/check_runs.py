#!/usr/bin/python3
"""Runs the program, stops it, kills it, and checks what it leaves and shows.

usage: check_runs.py CASE PROGRAM    CASE: a function below whose name begins with case_, without that

Uses the small scenario in a folder of its own; prints what is wrong and fails if there is anything. Run it with Debian's own
python3: another one on the PATH lacks netCDF4.
"""
import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys

import netCDF4
import numpy
import xarray

import use
from use import (BAD_INPUT, BASE, HERE, PATIENCE, SMALL, STOPPED, SUCCESS, WATERED, check, completed, contents, emitted_by_hour, layout, overlay, same,
                 says, tianqing)


def long_run(folder):
    """Long enough to be stopped."""
    return overlay(folder, "long", end="2018-06-01T00:00:00+08:00")


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


def case_together(folder):
    """Scenarios that differ in their sources and measures alone advance together; each result is that of a lone run."""
    base = overlay(folder, "base")
    watered = overlay(folder, "watered", base=WATERED)
    plant = overlay(folder, "plant", base=SMALL / "plant.toml")  # its chimney reaches levels that no other source does
    tagged = overlay(folder, "tagged", '[attribution]\nby = "sector"\n')
    cold = overlay(folder, "cold", "[background]\nco = 399.0\n")  # other air: alone
    scenarios = [base, watered, cold, plant, tagged]
    said = tianqing("run", *scenarios, "-o", folder / "together", "--threads", "2")
    check("four advance together, one alone", "base and 3 others 100 %" in said.err and "cold 100 %" in said.err, said.err)
    cut = tianqing("run", *scenarios, "-q", "-o", folder / "cut", "--virtual-ranks", "2x3")
    check("quiet", cut.err == "", cut.err)
    tianqing("run", *scenarios, "-q", "-o", folder / "apart", "--apart")
    for path in scenarios:
        for way in ("together", "cut"):
            same(folder / f"apart/{path.stem}.nc", folder / f"{way}/{path.stem}.nc")
            cells = f"{path.stem}_cells.geojson"
            check(f"{way}: {cells}", (folder / "apart" / cells).read_bytes() == (folder / way / cells).read_bytes())
    a, b = contents(folder / "together/base.nc"), contents(folder / "together/plant.nc")
    check("they are not one and the same", a["/so2"] != b["/so2"] and a["@scenario"] != b["@scenario"])
    with netCDF4.Dataset(folder / "together/base.nc") as one, netCDF4.Dataset(folder / "apart/base.nc") as other:
        check("how many there were", (one["run/timing"].scenarios_together, other["run/timing"].scenarios_together) == (4, 1))


def case_reacts(folder):
    """Measures that the modelled air of the day before asks for: from the second day on, whatever the ranks are."""
    ban = '[[measure]]\nid = "halt"\nkind = "ban"\n'
    ways = {"formula": ban + 'when = "aqi_yesterday > 0"\n',
            "level": ban + 'level = "any"\n[[emergency]]\nid = "any"\nabove = 0\n',
            "never": ban + 'level = "worst"\n[[emergency]]\nid = "worst"\nabove = 500\n', "plain": ""}
    for name, text in ways.items():
        run = overlay(folder, name, text, end="2017-12-06T00:00:00+08:00")
        tianqing("run", run, "-q", "-o", folder / "one")
    tianqing("run", folder / "formula.toml", "-q", "-o", folder / "cut", "--virtual-ranks", "2x3")
    same(folder / "one/formula.nc", folder / "cut/formula.nc")
    emitted = {name: emitted_by_hour(folder / f"one/{name}.nc") for name in ways}
    check("without a measure all hours emit", (emitted["plain"][1:] > emitted["plain"][:-1]).all(), emitted["plain"])
    check("what is never asked for changes nothing", (emitted["never"] == emitted["plain"]).all(), emitted["never"])
    for name in ("formula", "level"):
        check(f"{name}: the first day is as without", (emitted[name][:24] == emitted["plain"][:24]).all(), emitted[name])
        check(f"{name}: the second does not emit", (emitted[name][23:] == emitted[name][23]).all(), emitted[name])


def stopped_run(folder, number, *arguments):
    """Starts a long run and, after its first simulated day, sends it a signal. Returns its exit status and errors."""
    process = subprocess.Popen([*use.program, "run", long_run(folder), overlay(folder, "next"), "-o", str(folder / "r"), *arguments],
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


def check_first_hours(folder, path, hours, whole_hours):
    """What a stopped run left is what a run of a few hours writes, and its `whole_hours` have no hole."""
    tianqing("run", overlay(folder, "short"), "-q", "-o", folder / "short", "--overwrite")
    with xarray.open_dataset(folder / "short/short.nc") as whole, xarray.open_dataset(path) as part:
        check(f"{path.name}: hours in xarray", part.sizes["time"] == hours, part.sizes["time"])
        for name in ("pm10", "o3", "mixing_height", "time"):
            check(f"{path.name}: {name}", numpy.array_equal(part[name][:6].values, whole[name].values))
        check(f"{path.name}: no hole", numpy.isfinite(part["pm10"][:whole_hours].values).all() and
              (numpy.diff(part["time"][:whole_hours].values) == numpy.timedelta64(1, "h")).all())


def check_stopped(folder, status, text, what):
    result = folder / "r/long.nc"
    check(f"{what}: exit status", status == STOPPED, (status, text))
    told = re.search(r"^long: stopped after (\d+) of (\d+) hours; (.*) holds those, `tianqing resume (.*)` goes on$", text, re.M)
    check(f"{what}: says how far it came", told and told[2] == "4296" and told[3] == str(result) and told[4] == str(folder / "r"),
          text[-500:])
    hours = int(told[1]) if told else 0
    check(f"{what}: a day or more, not all", 24 <= hours < 4296, hours)
    check(f"{what}: hours, not complete", completed(result) == (hours, 0), completed(result))
    check(f"{what}: the next scenario does not start", not (folder / "r/next.nc").exists())
    check_first_hours(folder, result, hours, hours)
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
    check_first_hours(folder, folder / "r/long.nc", hours, hours - 1)  # a flush may have been under way
    check("h5dump reads it", "pm10" in layout(folder / "r/long.nc"))


def on_terminal(arguments, when=None, send=b""):
    """Runs the program on a terminal of its own; once `when` has been seen, types `send`. Exit status and all it showed."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(use.program[0], [*use.program, *arguments])
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


if __name__ == "__main__":
    use.main(__doc__, globals())
