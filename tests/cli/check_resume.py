#!/usr/bin/python3
"""Stops and kills runs, resumes them, and checks that the result is that of an unbroken run.

usage: check_resume.py CASE PROGRAM    CASE: a function below whose name begins with case_, without that

Uses the small scenario in a folder of its own; prints what is wrong and fails if there is anything. Run it with Debian's own
python3: another one on the PATH lacks netCDF4.
"""
import calendar
import random
import re
import shutil
import signal
import subprocess
import time
import zlib

import netCDF4
import numpy

import use
from use import (BAD_FILE, BAD_INPUT, BASE, PATIENCE, SMALL, STOPPED, SUCCESS, check, completed, emitted_by_hour, layout, overlay, same,
                 says, tianqing)

HOURS = 96
START = 1512316800  # 2017-12-04T00:00:00+08:00
END = "2017-12-08T00:00:00+08:00"
MORE = """
[output]
checkpoint_hours = {hours}
volume = ["pm10"]
[[receptor]]
id = "middle"
name = "Middle"
longitude = 117.06
latitude = 29.33
"""


def scenario(folder, name, hours, text=""):
    return overlay(folder, name, MORE.format(hours=hours) + text, end=END)


def checkpoints(folder):
    return sorted(path.name for path in folder.iterdir() if ".checkpoint-" in path.name)


def start(*arguments):
    return subprocess.Popen([*use.program, *map(str, arguments)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)


def stop(process, number=signal.SIGINT, after=r"\S+ +\d+ %"):
    """Sends a signal once the run has told of a day. Returns its exit status and errors."""
    try:
        text = ""
        for line in process.stderr:
            text += line
            if re.match(after, line):
                process.send_signal(number)
                break
        text += process.stderr.read()
        return process.wait(timeout=PATIENCE), text
    finally:
        process.kill()
        process.wait()


def check_same(what, whole, result):
    name = result.name.removesuffix(".nc")
    same(whole / result.name, result)
    check(f"{what}: structure", layout(whole / result.name) == layout(result))
    with netCDF4.Dataset(result) as file:
        quality = file["quality"]
        check(f"{what}: its days", list(quality["date"][:]) == [20171204, 20171205, 20171206, 20171207], quality["date"][:])
        check(f"{what}: its periods", (quality["map_valid_days"][:] == 4).all() and quality["good_days"][:].count() > 0)
    check(f"{what}: cells", (whole / f"{name}_cells.geojson").read_bytes() == (result.parent / f"{name}_cells.geojson").read_bytes())
    check(f"{what}: complete", completed(result) == (HOURS, 1), completed(result))
    check(f"{what}: nothing but results stays", not [p for p in result.parent.iterdir() if p.suffix not in (".nc", ".geojson")],
          list(result.parent.iterdir()))


def case_resume_stopped(folder):
    """By a signal: in either precision, with tags and without, on to other threads and ranks, several times, several runs."""
    single = scenario(folder, "single", 24)
    double = scenario(folder, "double", 0, '[transport]\nprecision = "double"\n[attribution]\nby = "cell"\npollutants = ["no2"]\n')
    tianqing("run", single, double, "-q", "-o", folder / "whole")
    check("a complete run leaves no checkpoint", checkpoints(folder / "whole") == [])
    ways = [("SIGINT", single, signal.SIGINT, [], ["--threads", "2", "--virtual-ranks", "2x3"]),
            ("SIGTERM", single, signal.SIGTERM, ["--virtual-ranks", "2x3"], ["--threads", "3"]),
            ("double", double, signal.SIGINT, ["--virtual-ranks", "3x2"], ["--threads", "7"])]
    for what, path, number, before, after in ways:
        results = folder / what
        result = results / f"{path.stem}.nc"
        status, text = stop(start("run", path, "-o", results, *before), number)
        check(f"{what}: exit status", status == STOPPED, (status, text))
        told = re.search(r"^\S+: stopped after (\d+) of (\d+) hours; (.*) holds those, `tianqing resume (.*)` goes on$", text, re.M)
        check(f"{what}: says what to do", told and told[3] == str(result) and told[4] == str(results), text[-500:])
        check(f"{what}: the result has these hours", told and completed(result) == (int(told[1]), 0), completed(result))
        hours = int(told[1]) if told else 0
        left = checkpoints(results)
        check(f"{what}: checkpoints", len(left) == (1 if path == double or hours == 24 else 2), (left, hours))
        stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(START + 3600 * hours))
        check(f"{what}: the newest is of the last hour", left[-1] == f"{path.stem}.checkpoint-{stamp}.tqc", (left, stamp))
        says(tianqing("run", path, "-o", results, status=BAD_INPUT), "exists already", "`tianqing resume` goes on with it")
        said = tianqing("resume", results, *after)
        says(said, f"{path.stem}: goes on from ", "checkpoint", f"{HOURS} hours in")
        check_same(what, folder / "whole", result)
        says(tianqing("resume", results, status=BAD_INPUT), "holds no checkpoint: there is nothing to resume")

    # Two runs in a folder, the second of them stopped twice.
    results = folder / "both"
    for path in (single, double):
        check(f"{path}: stopped", stop(start("run", path, "-o", results))[0] == STOPPED)
    status, text = stop(start("resume", results), after="double +50 %")
    check("stopped again", status == STOPPED and "double: stopped after" in text, (status, text[-500:]))
    check("the second has not begun", "single: " not in text, text)
    said = tianqing("resume", results, "--quiet")
    check("--quiet says nothing", said.err == "" and said.out == "", said.err + said.out)
    for path in (single, double):
        check_same("both", folder / "whole", results / f"{path.stem}.nc")


def case_resume_reacting(folder):
    """In the middle of a day, on to other ranks, with measures that the modelled air of the day before asks for."""
    # The second day is bad, so that it shows which day's index is whose. The unbroken run leaves no checkpoint: writing
    # one could spoil both runs alike.
    bad = '[[measure]]\nid = "smoke"\nkind = "activity"\nfactor = 100.0\nfrom = 2017-12-05\nto = 2017-12-05\n'
    react = "".join(f'[[measure]]\nid = "above-{above}"\nkind = "scale"\nefficiency = 0.5\nwhen = "aqi_yesterday > {above}"\n'
                    for above in (0, 100))
    for name, text in {"plain": bad, "reacting": bad + react}.items():
        tianqing("run", scenario(folder, name, 0, text), "-q", "-o", folder / "whole")
    plain, reacting = (numpy.diff(emitted_by_hour(folder / f"whole/{name}.nc")[23::24], prepend=0)
                       for name in ("plain", "reacting"))
    check("the measures act by the day before", numpy.allclose(reacting / plain, [1, 0.5, 0.25, 0.5], rtol=1e-6), reacting / plain)
    # From hour 40 or 60: a day that lacks its hours until then has no index.
    path = scenario(folder, "reacting", 20, bad + react)
    result = folder / "r/reacting.nc"
    status, text = stop(start("run", path, "-o", result.parent), signal.SIGKILL, r"\S+ +50 %")
    check("killed", status == -signal.SIGKILL, (status, text))
    tianqing("resume", result.parent, "-q", "--virtual-ranks", "2x3")
    same(folder / "whole/reacting.nc", result, ignored=("/run/scenario",))  # holds the checkpoints' hours


def case_resume_together(folder):
    """Scenarios that advanced together go on together; one whose result is damaged goes on alone from an older checkpoint."""
    bad = '[[measure]]\nid = "smoke"\nkind = "activity"\nfactor = 100.0\nfrom = 2017-12-05\nto = 2017-12-05\n'
    react = '[[measure]]\nid = "react"\nkind = "scale"\nefficiency = 0.5\nwhen = "aqi_yesterday > 100"\n'
    paths = [scenario(folder, "plain", 12), scenario(folder, "reacting", 12, bad + react),
             scenario(folder, "tagged", 12, '[attribution]\nby = "cell"\npollutants = ["pm10"]\n')]
    for path in paths:
        tianqing("run", path, "-q", "-o", folder / "whole")
    results = folder / "together"
    status, text = stop(start("run", *paths, "-o", results), after=r"plain and 2 others +\d+ %")
    check("stopped", status == STOPPED, (status, text))
    told = re.search(r"^plain and 2 others: stopped after (\d+) of 96 hours; (.*) hold those, `tianqing resume", text, re.M)
    check("says which", told and told[2] == ", ".join(str(results / f"{path.stem}.nc") for path in paths), text[-700:])
    shutil.copytree(results, folder / "damaged")
    said = tianqing("resume", results, "--virtual-ranks", "2x3")
    check("they go on together", "plain and 2 others 100 %" in said.err, said.err)
    for path in paths:
        check_same("together", folder / "whole", results / f"{path.stem}.nc")
    with netCDF4.Dataset(folder / "damaged/plain.nc", "a") as file:
        file["pm10"][3] = 0
    says(tianqing("resume", folder / "damaged"), "dataset /pm10 does not hold the first", "each run goes on alone")
    for path in paths:
        check_same("damaged", folder / "whole", folder / f"damaged/{path.stem}.nc")


def case_resume_killed(folder):
    """At any moment, also while it is resumed."""
    path = scenario(folder, "killed", 7)
    began = time.monotonic()
    tianqing("run", path, "-q", "-o", folder / "whole")
    duration = time.monotonic() - began
    seed = random.randrange(10**6)
    moments = random.Random(seed)
    resumed = 0
    for trial in range(5):
        what = f"seed {seed}, trial {trial}"
        results = folder / "r"
        shutil.rmtree(results, ignore_errors=True)
        arguments = ["run", path, "-q", "-o", results]
        while True:
            process = start(*arguments, "--virtual-ranks", moments.choice(["1x1", "2x1"]))
            try:
                status = process.wait(timeout=moments.uniform(0.1, 0.7) * duration)
            except subprocess.TimeoutExpired:
                process.kill()
                status = process.wait()
            if status == SUCCESS:
                break
            check(f"{what}: killed", status == -signal.SIGKILL, (status, process.stderr.read()))
            whole = [name for name in checkpoints(results) if name.endswith(".tqc")] if results.exists() else []
            if status != -signal.SIGKILL or not whole:
                break  # too early to be resumed: at most the first checkpoint was being written
            check(f"{what}: two checkpoints, and a third before the first goes", len(whole) <= 3, whole)
            resumed += 1
            arguments = ["resume", results, "-q"]
        if status == SUCCESS:
            check_same(what, folder / "whole", results / "killed.nc")
    check("most kills came late enough to go on from", resumed >= 4, resumed)


def stopped(folder, path, name="r"):
    """A folder with a stopped run that has two checkpoints."""
    shutil.rmtree(folder / name, ignore_errors=True)
    stop(start("run", path, "-o", folder / name), after=r"\S+ +50 %")
    found = checkpoints(folder / name)
    check("two checkpoints", len(found) == 2, found)
    return folder / name, [folder / name / one for one in found]


def hours_of(checkpoint):
    stamp = checkpoint.name.split("checkpoint-")[1].removesuffix(".tqc")
    return (calendar.timegm(time.strptime(stamp, "%Y%m%dT%H%M%SZ")) - START) // 3600


def flip(path, at):
    content = bytearray(path.read_bytes())
    content[at] ^= 0x10
    path.write_bytes(content)


def case_resume_damaged(folder):
    path = scenario(folder, "damaged", 24)
    tianqing("run", path, "-q", "-o", folder / "whole")

    results, (older, newer) = stopped(folder, path)
    newer.write_bytes(newer.read_bytes()[:-1000])
    said = tianqing("resume", results)
    says(said, f"warning: {newer}: is damaged: its checksum is ", f"damaged: goes on from {time.strftime('%Y-%m-%dT%H:00:00Z', time.gmtime(START + 3600 * hours_of(older)))}")
    check_same("a cut checkpoint", folder / "whole", results / "damaged.nc")

    results, (older, newer) = stopped(folder, path)
    flip(newer, 5000)
    flip(older, 5000)
    before = (results / "damaged.nc").read_bytes()
    said = tianqing("resume", results, status=BAD_FILE)
    says(said, f"warning: {newer}: is damaged", f"warning: {older}: is damaged",
         f"{results}/damaged.nc: no checkpoint of it can be read; `tianqing run SCENARIO --overwrite` starts again")
    check("all is as it was", (results / "damaged.nc").read_bytes() == before and checkpoints(results) == [older.name, newer.name])

    # The result's hours: after the older checkpoint, before both.
    for what, goes_on in (("one", "from {older}"), ("both", "from its first hour")):
        results, (older, newer) = stopped(folder, path)
        with netCDF4.Dataset(results / "damaged.nc", "a") as file:
            file["pm10"][hours_of(older) if what == "one" else 1, 3, 4] = 0
        said = tianqing("resume", results, "-q")
        says(said, f"warning: {results}/damaged.nc: dataset /pm10 does not hold the first ",
             "warning: damaged: goes on " + goes_on.format(older=older))
        check_same(f"a damaged result, {what}", folder / "whole", results / "damaged.nc")
    results, (older, newer) = stopped(folder, path)
    (results / "damaged.nc").write_bytes(b"no result")
    says(tianqing("resume", results, "-q"), f"warning: {results}/damaged.nc: its first ", "hours cannot be read back: ")
    check_same("no result", folder / "whole", results / "damaged.nc")


def case_resume_refused(folder):
    check("usage", "give one folder" in tianqing("resume", status=BAD_INPUT).err)
    says(tianqing("resume", folder, folder, status=BAD_INPUT), "resume: give one folder of results", "--help")
    says(tianqing("resume", folder, "--threads", "0", status=BAD_INPUT), "--threads 0: must be in [1, 1024]")
    says(tianqing("resume", folder / "nix", status=BAD_INPUT), f"{folder}/nix: no such folder")
    says(tianqing("resume", BASE, status=BAD_INPUT), f"{BASE}: is not a folder")
    says(tianqing("resume", folder, status=BAD_INPUT), f"{folder}: holds no checkpoint: there is nothing to resume")

    for name in ("sources.csv", "sources.geojson", "profiles.toml", "terrain.asc", "cells.geojson", "grid.toml", "base.toml"):
        shutil.copy(SMALL / name, folder)
    path = overlay(folder, "own", MORE.format(hours=24), end=END, base="base.toml")
    results, (older, newer) = stopped(folder, path)
    before = (results / "own.nc").read_bytes()
    again = "own cannot go on; run the scenario again, or give back what it was"

    def refused(status, *texts):
        says(tianqing("resume", results, status=status), *texts)
        check(f"{texts}: nothing has changed", (results / "own.nc").read_bytes() == before and len(checkpoints(results)) >= 1)

    says(tianqing("resume", results, "--virtual-ranks", "99x1", status=BAD_INPUT), "--virtual-ranks 99x1: cannot cut 24 cells")
    text = path.read_text()
    path.write_text(text + "[background]\nco = 401.0\n")
    refused(BAD_INPUT, f"{path}: has changed since {newer} was written, from `co = 400.0` to `co = 401.0`: {again}")
    path.write_text(text + "[background]\ncolour = 401.0\n")
    refused(BAD_INPUT, "background.colour: unknown")
    path.write_text("# a comment changes nothing\n" + text)
    for name in ("sources.csv", "terrain.asc"):
        content = (folder / name).read_text()
        (folder / name).write_text(content + "\n")
        refused(BAD_INPUT, f"{folder}/{name}: has changed since {newer} was written: {again}")
        (folder / name).write_text(content)
    path.rename(folder / "away.toml")
    refused(BAD_INPUT, f"{path}: cannot be opened: No such file or directory")
    (folder / "away.toml").rename(path)

    body = newer.read_bytes()[:-4].replace(b"checkpoint/1\n", b"checkpoint/2\n", 1)
    good = newer.read_bytes()
    newer.write_bytes(body + zlib.crc32(body).to_bytes(4, "little"))
    refused(BAD_INPUT, f'{newer}: has the layout "checkpoint/2": this program reads "checkpoint/1"')
    newer.write_bytes(good)
    other = results / newer.name.replace("own.", "other.")
    newer.rename(other)
    refused(BAD_INPUT, f'{other}: is a checkpoint of "own": its name must say that')
    other.rename(newer)

    (results / "own.nc").rename(folder / "away.nc")
    says(tianqing("resume", results, status=BAD_FILE),
         f"{results}/own.nc: no such file, but {newer} goes on with it; `tianqing run {path} -o {results}` starts again")
    (folder / "away.nc").rename(results / "own.nc")

    # A run that still goes on is left alone; afterwards all is well.
    process = start("resume", results)
    process.stderr.readline()
    process.send_signal(signal.SIGSTOP)
    refused(BAD_INPUT, f"{newer}: is of a run that still goes on")
    process.send_signal(signal.SIGCONT)
    process.communicate(timeout=PATIENCE)
    check("it ends", process.returncode == SUCCESS and completed(results / "own.nc") == (HOURS, 1), process.returncode)


if __name__ == "__main__":
    use.main(__doc__, globals())
