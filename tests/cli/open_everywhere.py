#!/usr/bin/python3
"""Opens a result file in the tools of others and checks that each reads the same thing.

    open_everywhere.py FILE --variable pm10 --shape 3,10,12 --epsg 32650 --west X --north Y --size DX,DY
        --start 2017-12-03T16:00:00 --at LON,LAT=VALUE ... [--cells N --cell-id ID] [--layers N] [--receptors N]

--shape is (hours, rows, columns); --west, --north is the outer corner of the domain and --size the cell, in metres; --at names
the centre of a cell and the first hour's value there (repeatable). --layers asks for VARIABLE_volume in N layers, the lowest of which
is VARIABLE; --receptors for N of them. Expectations must come from elsewhere than the file. Prints one line per
tool; exits 1 with all that is wrong. Run it with Debian's own python3: another one on the PATH lacks the modules.
"""
import argparse
import datetime
import json
import os
import re
import subprocess
import sys

import h5netcdf
import netCDF4
import numpy
import xarray

problems = []
checks = 0


def check(tool, what, good, seen=""):
    global checks
    checks += 1
    if not good:
        problems.append(f"{tool}: {what}: got {seen}")


def close(a, b, relative=1e-5):
    return abs(a - b) <= relative * max(abs(a), abs(b))


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True,
                          env=dict(os.environ, LC_ALL="C", TZ="Asia/Shanghai"))  # local time must not leak in
    if done.returncode != 0:
        problems.append(f"{command[0]}: exit {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def nearest(lat, lon, place):
    distance = (lat - place[1]) ** 2 + ((lon - place[0]) * numpy.cos(numpy.radians(place[1]))) ** 2
    return numpy.unravel_index(numpy.argmin(distance), lat.shape)


def check_netcdf4(want):
    with netCDF4.Dataset(want.file) as file:
        field = file[want.variable]
        check("netCDF4", "dimensions", field.dimensions == ("time", "y", "x"), field.dimensions)
        check("netCDF4", "shape", field.shape == want.shape, field.shape)
        times = netCDF4.num2date(file["time"][:], file["time"].units, file["time"].calendar)
        for n, time in enumerate(times):
            expected = want.start + datetime.timedelta(hours=n)
            check("netCDF4", f"time {n}", time.isoformat() == expected.isoformat(), time)
        check("netCDF4", "bounds are an hour", numpy.all(numpy.diff(file["time_bnds"][:]) == 3600))
        check("netCDF4", "unlimited time", file.dimensions["time"].isunlimited())
        check("netCDF4", "units", field.units == "kg m-3", field.units)
        check("netCDF4", "cell methods", field.cell_methods == "time: mean", field.cell_methods)
        check("netCDF4", "nothing missing", numpy.ma.count_masked(field[:]) == 0)
        lat, lon = file["lat"][:], file["lon"][:]
        for lon_lat, value in want.at:
            j, i = nearest(lat, lon, lon_lat)
            check("netCDF4", f"value at {lon_lat}", close(float(field[0, j, i]), value), field[0, j, i])
            check("netCDF4", f"place {lon_lat}", abs(lon[j, i] - lon_lat[0]) < 1e-7 and abs(lat[j, i] - lon_lat[1]) < 1e-7,
                  (lon[j, i], lat[j, i]))
            # The corners lie around the place, anticlockwise, one cell apart (a degree is 111 km, within 1 %).
            corners_x, corners_y = file["lon_bnds"][j, i], file["lat_bnds"][j, i]
            check("netCDF4", "bounds' middle", abs(corners_x.mean() - lon_lat[0]) < 1e-6
                  and abs(corners_y.mean() - lon_lat[1]) < 1e-6, (corners_x, corners_y))
            area = 0.5 * numpy.sum(corners_x * numpy.roll(corners_y, -1) - numpy.roll(corners_x, -1) * corners_y)
            square = area * 111e3**2 * numpy.cos(numpy.radians(lon_lat[1]))
            check("netCDF4", "bounds' area", close(square, want.size[0] * want.size[1], 0.02), square)
        if want.cells:
            check("netCDF4", "cells", file["cells"][want.variable].shape == (want.shape[0], want.cells),
                  file["cells"][want.variable].shape)
            check("netCDF4", "cell id", want.cell_id in list(file["cells"]["id"][:]), list(file["cells"]["id"][:]))
        if want.layers:
            volume = file[want.variable + "_volume"]
            check("netCDF4", "volume's dimensions", volume.dimensions == ("time", "lev", "y", "x"), volume.dimensions)
            check("netCDF4", "volume's shape", volume.shape == (want.shape[0], want.layers) + want.shape[1:], volume.shape)
            check("netCDF4", "volume's lowest layer", numpy.array_equal(volume[:, 0], field[:]))
        if want.receptors:
            series = file["receptors"][want.variable]
            check("netCDF4", "receptors", series.shape == (want.shape[0], want.receptors), series.shape)
            check("netCDF4", "feature type", file["receptors"].featureType == "timeSeries")
            check("netCDF4", "receptors' values", numpy.ma.count_masked(series[:]) == 0 and series[:].min() > 0)
        check("netCDF4", "resolved scenario", "schema" in str(file["run"]["scenario"][...]))


def check_xarray(want, engine):
    tool = f"xarray/{engine}"
    with xarray.open_dataset(want.file, engine=engine, decode_coords="all") as data:
        field = data[want.variable]
        check(tool, "shape", field.shape == want.shape, field.shape)
        check(tool, "first time", str(field.time.values[0]).startswith(want.start.isoformat()), field.time.values[0])
        check(tool, "coordinates", {"lat", "lon", "x", "y", "time", "crs"} <= set(field.coords), set(field.coords))
        check(tool, "x", close(float(data.x[0]) - want.size[0] / 2, want.west), float(data.x[0]))
        check(tool, "y", close(float(data.y[-1]) + want.size[1] / 2, want.north), float(data.y[-1]))
        for lon_lat, value in want.at:
            j, i = nearest(data.lat.values, data.lon.values, lon_lat)
            check(tool, f"value at {lon_lat}", close(float(field[0, j, i]), value), float(field[0, j, i]))
        if want.layers:
            volume = data[want.variable + "_volume"]
            check(tool, "volume", volume.dims == ("time", "lev", "y", "x")
                  and {"lev", "lat", "lon", "crs"} <= set(volume.coords), volume)
    if want.cells:
        with xarray.open_dataset(want.file, engine=engine, group="cells") as cells:
            check(tool, "cells", cells[want.variable].shape[1] == want.cells, cells[want.variable].shape)
            check(tool, "cell id", want.cell_id in list(cells["id"].values), list(cells["id"].values))
    if want.receptors:
        with xarray.open_dataset(want.file, engine=engine, group="receptors") as receptors:
            series = receptors[want.variable]
            check(tool, "receptors", series.shape == (want.shape[0], want.receptors), series.shape)
            check(tool, "receptors' coordinates", {"lat", "lon", "x", "y", "surface_altitude", "id", "name"}
                  <= set(series.coords), set(series.coords))


def check_h5netcdf(want):
    with h5netcdf.File(want.file, "r") as file:
        check("h5netcdf", "shape", file[want.variable].shape == want.shape, file[want.variable].shape)
        check("h5netcdf", "schema", file.attrs["tianqing_schema"] == "result/2")


def check_ncdump(want):
    text = run("ncdump", "-t", "-v", "time", want.file)
    hours, ny, nx = want.shape
    check("ncdump", "dimensions", f"time = UNLIMITED ; // ({hours} currently)" in text and f"x = {nx} ;" in text
          and f"y = {ny} ;" in text, text[:200])
    check("ncdump", "time", want.start.strftime('"%Y-%m-%d') in text, re.findall("time = .*", text))
    check("ncdump", "field", f"float {want.variable}(time, y, x)" in text)
    check("ncdump", "conventions", ':Conventions = "CF-1.8"' in text)


def check_cdo(want):
    stamps = run("cdo", "-s", "showtimestamp", "-selname," + want.variable, want.file).split()
    expected = [(want.start + datetime.timedelta(hours=n)).isoformat() for n in range(want.shape[0])]
    check("cdo", "times", stamps == expected, stamps)
    description = run("cdo", "-s", "griddes", "-selname," + want.variable, want.file)
    check("cdo", "grid size", f"gridsize  = {want.shape[1] * want.shape[2]}" in description, description[:300])
    check("cdo", "bounds", "xbounds" in description and "ybounds" in description)
    check("cdo", "grid mapping", "grid_mapping" in description, description[-800:])
    if want.layers:
        levels = run("cdo", "-s", "showlevel", f"-selname,{want.variable}_volume", want.file).split()
        check("cdo", "layers", len(levels) == want.layers, levels)
    for (lon, lat), value in want.at:
        seen = run("cdo", "-s", "outputf,%.9e,1", f"-remapnn,lon={lon}_lat={lat}", "-seltimestep,1",
                   "-selname," + want.variable, want.file).split()
        check("cdo", f"value at {lon},{lat}", len(seen) == 1 and close(float(seen[0]), value), seen)


def check_gdal(want):
    name = f'NETCDF:"{want.file}":{want.variable}'
    text = run("gdalinfo", "-json", name)
    if not text:
        return
    info = json.loads(text)
    hours, ny, nx = want.shape
    check("gdal", "size", info["size"] == [nx, ny], info["size"])
    check("gdal", "bands", len(info["bands"]) == hours, len(info["bands"]))
    transform = info.get("geoTransform", [0] * 6)
    expected = [want.west, want.size[0], 0, want.north, 0, -want.size[1]]
    check("gdal", "corner and cell", all(abs(a - b) < 1e-3 for a, b in zip(transform, expected)), transform)
    wkt = info.get("coordinateSystem", {}).get("wkt", "")
    if want.layers:
        volume = json.loads(run("gdalinfo", "-json", f'{name}_volume') or "{}")
        check("gdal", "layers", len(volume.get("bands", [])) == hours * want.layers, volume.get("size"))
    check("gdal", "CRS", re.search(rf'ID\["EPSG",{want.epsg}\]\]$', wkt.strip()) is not None, wkt[-200:])
    for (lon, lat), value in want.at:
        seen = run("gdallocationinfo", "-valonly", "-b", "1", "-wgs84", name, str(lon), str(lat)).strip()
        check("gdal", f"value at {lon},{lat}", seen and close(float(seen), value), seen)


def check_geojson(want):
    path = re.sub(r"\.nc$", "_cells.geojson", want.file)
    with open(path, encoding="utf-8") as file:
        features = json.load(file)["features"]
    check("json", "features", len(features) == want.cells, len(features))
    check("json", "ids", want.cell_id in [f["id"] for f in features])
    check("json", "means", all(f"{want.variable}_ug_m3" in f["properties"] for f in features))
    text = run("ogrinfo", "-so", "-al", path)
    check("ogrinfo", "features", f"Feature Count: {want.cells}" in text, text[:300])


def main():
    def numbers(text):
        return tuple(float(part) for part in text.split(","))

    def place(text):
        where, value = text.split("=")
        return numbers(where), float(value)

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--variable", default="pm10")
    parser.add_argument("--shape", required=True, type=lambda text: tuple(int(part) for part in text.split(",")))
    parser.add_argument("--epsg", required=True, type=int)
    parser.add_argument("--west", required=True, type=float)
    parser.add_argument("--north", required=True, type=float)
    parser.add_argument("--size", required=True, type=numbers)
    parser.add_argument("--start", required=True, type=datetime.datetime.fromisoformat)
    parser.add_argument("--at", action="append", default=[], type=place)
    parser.add_argument("--cells", type=int, default=0)
    parser.add_argument("--cell-id", default="")
    parser.add_argument("--layers", type=int, default=0)
    parser.add_argument("--receptors", type=int, default=0)
    want = parser.parse_args()
    tools = [("netCDF4", lambda: check_netcdf4(want)), ("xarray/netcdf4", lambda: check_xarray(want, "netcdf4")),
             ("xarray/h5netcdf", lambda: check_xarray(want, "h5netcdf")), ("h5netcdf", lambda: check_h5netcdf(want)),
             ("ncdump", lambda: check_ncdump(want)), ("cdo", lambda: check_cdo(want)), ("gdal", lambda: check_gdal(want))]
    if want.cells:
        tools.append(("geojson", lambda: check_geojson(want)))
    for tool, body in tools:
        before = checks
        try:
            body()
        except Exception as error:  # one tool's failure must not hide another's
            problems.append(f"{tool}: {type(error).__name__}: {error}")
        print(f"{tool}: {checks - before} checks")
    for problem in problems:
        print("WRONG", problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
