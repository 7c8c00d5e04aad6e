#!/usr/bin/env python3
"""Runs the default city with and without dust control for some hours and asks whether the air would do that.

usage: check_default_city.py PROGRAM PROJECT HOURS float|double
"""
import datetime
import pathlib
import subprocess
import sys
import tempfile

import netCDF4
import numpy

# of the budget, relative to all that was ever there: the figures that the project promises
TOLERANCE = {"float": 1e-5, "double": 1e-12}
POLLUTANTS = ["pm2_5", "pm10", "tsp", "so2", "no2", "no", "co", "o3"]

failures = []


def expect(truth, text):
    print(("ok    " if truth else "WRONG ") + text)
    if not truth:
        failures.append(text)


def run(program, project, hours, precision, folder):
    """Overlays that differ from the project's scenarios in length and precision alone; returns the two results."""
    start = datetime.datetime(2017, 12, 4)
    end = (start + datetime.timedelta(hours=hours)).isoformat() + "+08:00"
    overlays = []
    for name in ("base", "dust-control"):
        overlay = folder / f"{name}.toml"
        overlay.write_text(f'base = "{project}/scenarios/jingdezhen/{name}.toml"\nname = "{name}"\n'
                           f'[run]\nend = {end}\n[transport]\nprecision = "{precision}"\n')
        overlays.append(str(overlay))
    subprocess.run([program, "run", *overlays, "-o", str(folder), "--quiet"], check=True)
    return [netCDF4.Dataset(folder / f"{name}.nc") for name in ("base", "dust-control")]


def main():
    program, project, hours, precision = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    with tempfile.TemporaryDirectory() as folder:
        base, control = run(program, project, hours, precision, pathlib.Path(folder))
        for name, result in (("base", base), ("dust-control", control)):
            expect(len(result["time"]) == hours, f"{name}: {hours} hours")
            residual = numpy.abs(result["budget/residual"][:]).max()
            expect(residual <= TOLERANCE[precision], f"{name}: largest budget residual {residual:.1e}")
            lowest = min(float(result[p][:].min()) for p in POLLUTANTS)
            expect(lowest >= 0, f"{name}: lowest concentration {lowest:.1e} kg m-3")

        for p in ("so2", "no2", "no", "co", "o3"):
            expect((base[p][:] == control[p][:]).all(), f"{p} is untouched by dust control, to the bit")

        before = base["cells/pm10"][:].mean(axis=0) * 1e9
        change = control["cells/pm10"][:].mean(axis=0) * 1e9 - before
        fine = (control["cells/pm2_5"][:] - base["cells/pm2_5"][:]).mean(axis=0) * 1e9
        expect(change.max() < 0 and fine.max() < 0, f"PM falls in every management cell, least by {-change.max():.2f} ug m-3")
        field = (control["pm10"][:].mean(axis=0) - base["pm10"][:].mean(axis=0)) * 1e9
        # A bounded scheme is not linear in what it carries: at the edge of a plume that has become weaker, the bound may let
        # a little more pass than before. Measured: up to 0.24 ug m-3 in a day's mean, where others fall by 237, and 0.006 in
        # a week's.
        expect(field.max() < 0.002 * -field.min(), f"next to no grid cell's mean rises: at most by {field.max():+.5f} ug m-3")

        # where the most is avoided per area, PM10 falls most
        avoided = control["cells/avoided_emission_pm10"][:] / control["cells/area"][:]
        most = numpy.argsort(avoided)[-8:]
        least = numpy.argsort(avoided)[:8]
        expect(-change[most].mean() > 2 * -change[least].mean(),
               f"falls by {-change[most].mean():.1f} where most is avoided, {-change[least].mean():.1f} where least")

        if hours % 24 == 0:
            cycle = base["cells/pm10"][:].mean(axis=1).reshape(-1, 24).mean(axis=0) * 1e9
            night, afternoon = cycle[19:23].mean(), cycle[12:16].mean()
            expect(night > 1.2 * afternoon, f"PM10 peaks in the evening: {night:.0f}, afternoon {afternoon:.0f} ug m-3")
            ozone = base["cells/o3"][:].mean(axis=1).reshape(-1, 24).mean(axis=0) * 1e9
            expect(ozone[12:16].mean() > ozone[19:23].mean(), "ozone is eaten at night")
        base.close()
        control.close()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
