"""What the checks of the command line share: using the program, reading results, telling what is wrong."""
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

import netCDF4
import numpy

HERE = Path(__file__).resolve().parent
SMALL = HERE.parent / "scenarios/small"
BASE = SMALL / "base.toml"
WATERED = SMALL / "watered.toml"
SUCCESS, BAD_INPUT, BAD_NUMBER, STOPPED, BAD_FILE = 0, 2, 3, 4, 5  # exit statuses, as README.md gives them
PATIENCE = 300  # s, for one command: the sanitizers are slow

problems = []
program = []


def check(what, good, seen=""):
    if not good:
        problems.append(f"{what}: got {seen}" if seen != "" else what)


class Said:
    def __init__(self, arguments, done):
        self.command = "tianqing " + " ".join(str(a) for a in arguments)
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr


def tianqing(*arguments, status=SUCCESS, **options):
    done = subprocess.run([*program, *map(str, arguments)], capture_output=True, text=True, timeout=PATIENCE, **options)
    said = Said(arguments, done)
    check(f"{said.command}: exit status {status}", said.status == status, f"{said.status}: {said.err[-1500:]}")
    return said


def says(said, *texts):
    """All of `texts` are among the errors."""
    for text in texts:
        check(f"{said.command}: says `{text}`", text in said.err, said.err)


def prints(said, *parts):
    for part in parts:
        check(f"{said.command}: prints `{part}`", part in said.out, said.out)


def overlay(folder, name, text="", end="2017-12-04T06:00:00+08:00", base=BASE):
    """A scenario of six hours, or until `end`."""
    path = folder / f"{name}.toml"
    path.write_text(f'base = "{base}"\nname = "{name}"\n[run]\nend = {end}\n{text}', encoding="utf-8")
    return path


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


def emitted_by_hour(result):
    """CO [kg] emitted until the end of each hour."""
    with netCDF4.Dataset(result) as file:
        return file["budget/emitted"][:, list(file["budget/name"][:]).index("co")]


def main(page, functions):
    """Runs the case that the command line names: `case_NAME` of `functions`, in a folder of its own."""
    cases = {name.removeprefix("case_"): body for name, body in functions.items() if name.startswith("case_")}
    if len(sys.argv) != 3 or sys.argv[1] not in cases:
        sys.exit(f"{page}\nCASE: {', '.join(cases)}")
    program.append(str(Path(sys.argv[2]).resolve()))
    os.environ["OMP_NUM_THREADS"] = "1"  # so small a case gains nothing from threads, and other tests run beside this
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # what lands in the working directory by mistake must not lie in the sources
        try:
            cases[sys.argv[1]](Path(folder))
        except Exception:  # what was found before must still be told
            problems.append(traceback.format_exc())
        os.chdir("/")
    print("\n".join(problems))
    sys.exit(1 if problems else 0)
