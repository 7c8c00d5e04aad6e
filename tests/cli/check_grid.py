#!/usr/bin/python3
"""Writes grids alone and looks at what comes out.

usage: check_grid.py CASE PROGRAM    CASE: a function below whose name begins with case_, without that
"""
import os
import shutil
import subprocess

import netCDF4
import numpy

import use
from use import BAD_FILE, BAD_INPUT, BASE, PATIENCE, SMALL, check, overlay, says, tianqing


def case_grid(folder):
    said = tianqing("grid", SMALL / "grid.toml", "-o", folder / "g")
    check("says what it is", "small: 24 x 20 x 8 cells of 500 m x 500 m, top at 2000 m" in said.out, said.out)
    check("says where it lies", f"wrote {folder / 'g/small_grid.nc'}" in said.out, said.out)
    with netCDF4.Dataset(folder / "g/small_grid.nc") as file:
        check("schema", file.tianqing_schema == "grid_result/1", file.tianqing_schema)
        height, slope, share = (file[name][:].filled(numpy.nan) for name in ("surface_altitude", "slope", "land_cover_share"))
        check("shares sum to 1", numpy.allclose(share.sum(axis=0), 1, atol=1e-12))
        ids = list(file["land_cover_id"][:])
        check("one class where no land cover is given", (share[ids.index("low_town")] == 1).all(), ids)
        check("land_cover names it", (file["land_cover"][:] == ids.index("low_town")).all())
        check("flags", file["land_cover"].flag_meanings.split() == ids, file["land_cover"].flag_meanings)
        j, i = 7, 9  # inside: central differences
        gradient = numpy.hypot(height[j, i + 1] - height[j, i - 1], height[j + 1, i] - height[j - 1, i]) / 1000
        check("slope of a cell", abs(slope[j, i] - gradient) < 1e-12 and gradient > 0, (slope[j, i], gradient))
        steepest = max(numpy.abs(numpy.diff(height, axis=0)).max(), numpy.abs(numpy.diff(height, axis=1)).max()) / 500
        check("largest slope", abs(file.terrain_slope - steepest) < 1e-12, file.terrain_slope)
        # hydrostatic: what a column weighs is the standard atmosphere's pressure at its foot less that at 2000 m
        weight = file["air_mass"][:, j, i].sum() * 9.80665 / 500**2
        expected = 101325 * ((1 - 0.0065 * height[j, i] / 288.15)**5.25588 - (1 - 0.0065 * 2000 / 288.15)**5.25588)
        check("air of a column", abs(weight / expected - 1) < 1e-3, (weight, expected))
        names = file["management_cell"].flag_meanings.split()
        cells = file["management_cell"][:]
        check("every management cell has a cell", set(cells.compressed().astype(int)) == set(range(len(names))), names)
    again = folder / "again"
    tianqing("grid", SMALL / "grid.toml", "-o", again)
    check("two runs give the same bytes", (again / "small_grid.nc").read_bytes() == (folder / "g/small_grid.nc").read_bytes())
    by_scenario = overlay(folder, "named")
    tianqing("grid", by_scenario, "-o", folder / "s")
    check("a scenario names its grid", (folder / "s/small_grid.nc").read_bytes() == (again / "small_grid.nc").read_bytes())
    done = subprocess.run(["gdalinfo", f"NETCDF:{folder / 'g/small_grid.nc'}:surface_altitude"], capture_output=True, text=True,
                          timeout=PATIENCE)
    check("gdalinfo knows where it is", "UTM zone 50N" in done.stdout and "Size is 24, 20" in done.stdout, done.stdout[:500])


def case_grid_picture(folder):
    if shutil.which("gnuplot"):
        said = tianqing("grid", SMALL / "grid.toml", "-o", folder / "it's here")  # a quote in the name too
        picture = folder / "it's here/small_grid.png"
        check("says that it drew", f"wrote {picture}" in said.out, said.out)
        start = picture.read_bytes()[:24]
        check("a PNG of 1600 x 760", start[:8] == b"\x89PNG\r\n\x1a\n" and start[16:24] == (1600).to_bytes(4, "big")
              + (760).to_bytes(4, "big"), start)
    nowhere = folder / "empty"
    nowhere.mkdir()
    said = tianqing("grid", SMALL / "grid.toml", "-o", folder / "n", env={**os.environ, "PATH": str(nowhere)})
    check("without gnuplot it says so", "no picture: gnuplot is missing (./setup installs it)" in said.out, said.out)
    check("and draws none", sorted(p.name for p in (folder / "n").iterdir()) == ["small_grid.nc"])


def case_grid_refused(folder):
    says(tianqing("grid", status=BAD_INPUT), "grid: give one scenario or grid file")
    says(tianqing("grid", BASE, BASE, status=BAD_INPUT), "grid: give one scenario or grid file")
    text = (SMALL / "grid.toml").read_text().replace('"terrain.asc"', f'"{SMALL}/terrain.asc"').replace(
        '"cells.geojson"', f'"{SMALL}/cells.geojson"')
    broken = folder / "broken.toml"
    broken.write_text(text.replace("2000.0]", "100.0]"))
    says(tianqing("grid", broken, "-o", folder / "r", status=BAD_INPUT), "grid.levels")
    low = folder / "low.toml"
    low.write_text(text.replace("500.0, 1000.0, 2000.0]", "260.0]"))
    says(tianqing("grid", low, "-o", folder / "r", status=BAD_INPUT), "must stay below 0.8 of the top of the levels (208 m)")
    says(tianqing("grid", folder / "nix.toml", "-o", folder / "r", status=BAD_INPUT), "nix.toml: cannot be opened")
    check("nothing was written", not (folder / "r").exists())
    (folder / "file").write_text("")
    says(tianqing("grid", SMALL / "grid.toml", "-o", folder / "file", status=BAD_FILE), "cannot make the folder")


if __name__ == "__main__":
    use.main(__doc__, globals())
