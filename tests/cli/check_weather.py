#!/usr/bin/python3
"""Uses `tianqing weather` as people do and checks what it says and writes.

usage: check_weather.py CASE PROGRAM    CASE: a function below whose name begins with case_, without that
"""
import os

import netCDF4
import numpy

import use
from use import BAD_INPUT, BASE, check, overlay, says, tianqing


def case_weather(folder):
    """The file agrees with the weather that a run of the scenario has, and the picture is one."""
    out = folder / "w"
    said = tianqing("weather", BASE, "-o", out, "--wind", "--week", "2017-12-04", "--threads", "2")
    check("says what it wrote", "24 hours of weather in" in said.err and "picture:" in said.err, said.err)
    check("nothing else is left", sorted(p.name for p in out.iterdir()) == ["small_weather.nc", "small_weather.png"], list(out.iterdir()))
    check("the picture is a PNG", (out / "small_weather.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n")
    check("the picture shows something", (out / "small_weather.png").stat().st_size > 20000)
    run = overlay(folder, "run", '[output]\nweather = ["surface_wind", "wind", "diffusivity", "rain", "cloud", "cloud_water", "surface_layer"]\n')
    tianqing("run", run, "-o", out, "--quiet")
    with netCDF4.Dataset(out / "small_weather.nc") as alone, netCDF4.Dataset(out / "run.nc") as result:
        check("schema", alone.tianqing_schema == "weather/1", alone.tianqing_schema)
        check("24 hours", alone["time"].shape == (24,), alone["time"].shape)
        check("hours have bounds", (numpy.diff(alone["time_bnds"][:]) == 3600).all())
        for name in ("mixing_height", "friction_velocity", "inverse_obukhov_length", "air_temperature", "rainfall_flux"):
            check(f"{name} is that of the run", (alone[name][:6] == result[name][:]).all(), alone[name][:6] - result[name][:])
        for name in ("surface_x_wind", "surface_y_wind"):
            difference = abs(alone[name][:6] - result[name][:]).max()
            check(f"{name} is that of the run, which has single precision", difference < 1e-5, difference)
        check("lowest layer of the wind", (result["x_wind_volume"][:, 0] == result["surface_x_wind"][:]).all())
        check("nothing mixes through the ground", (result["diffusivity_volume"][:, 0] == 0).all())
        check("but above", (result["diffusivity_volume"][:, 1] > 0).all())
        check("rain of cells is that of the station", numpy.allclose(result["surface_rainfall_flux"][:].max((1, 2)),
                                                                    result["rainfall_flux"][:], rtol=1e-6))
        cover, depth, path, water = (result[name][:] for name in ("cloud_area_fraction", "cloud_depth", "cloud_water_path", "cloud_water_volume"))
        check("cloud cover is the station's, full in rain", numpy.allclose(
            cover.max((1, 2)), numpy.where(result["rainfall_flux"][:] > 0, 1, alone["cloud_area_fraction"][:6]), rtol=1e-6), cover.max((1, 2)))
        check("there is cloud at some hour, and it has depth", cover.max() > 0 and ((cover > 0) == (depth > 0)).all())
        check("its base is one height above sea", numpy.ptp((result["cloud_base"][:] + result["surface_altitude"][:])[0][result["cloud_base"][0] > 0]) < 1e-2)
        check("water lies where the path says", ((water.max(1) > 0) == (path > 0)).all())
        check("surface layer: u* of cells is about the station's", 0.3 < (result["surface_friction_velocity"][:].mean((1, 2)) / result["friction_velocity"][:]).min())
        check("the mixing height is the domain's", numpy.allclose(result["surface_mixing_height"][:], result["mixing_height"][:][:, None, None], rtol=1e-6))
        for name in ("x_wind_volume", "y_wind_volume"):
            check(f"{name} has a CF name", result[name].standard_name == name[:6], result[name].ncattrs())
        check("air is unstable by day and stable by night", alone["inverse_obukhov_length"][12] < 0 < alone["inverse_obukhov_length"][3],
              alone["inverse_obukhov_length"][:])
        check("classes are Pasquill's", set(alone["stability_class"][:]) <= set(range(9)), alone["stability_class"][:])
        check("mixing height has a CF name", alone["mixing_height"].standard_name == "atmosphere_boundary_layer_thickness")
        for name, variable in alone.variables.items():
            check(f"{name} is finite", numpy.isfinite(numpy.ma.filled(variable[:], numpy.nan)).all())


def case_weather_stations(folder):
    """Wind of two stations: the same alone and in a run; both tell what became of the stations and the adjustment."""
    out = folder / "w"
    stations = use.SMALL / "stations.toml"
    said = tianqing("weather", stations, "-o", out, "--wind")
    says(said, "wind station hill: wind_speed: 2 of 24 hours filled (interpolate), at most 2 h on end",
         "warning: wind station hill: 5.9 km from the main station, ground at 157 m, without wind in 5 of 24 hours",
         "wind over terrain: 24 hours solved, at most ")
    run = overlay(folder, "run", '[output]\nweather = ["surface_wind"]\n', base=stations)
    says(tianqing("run", run, "-o", out), "without wind in 2 of 6 hours", "wind over terrain: 6 hours solved, at most ")
    with netCDF4.Dataset(out / "stations_weather.nc") as alone, netCDF4.Dataset(out / "run.nc") as result:
        check("both stations are named", "valley_station.csv" in alone.weather and "hill_station.csv" in alone.weather, alone.weather)
        for name in ("surface_x_wind", "surface_y_wind"):
            difference = abs(alone[name][:6] - result[name][:]).max()
            check(f"{name} is that of the run, which has single precision", difference < 1e-5, difference)
        speed = numpy.hypot(alone["surface_x_wind"][:], alone["surface_y_wind"][:])
        check("the hill's wind of hour 0 counts", speed[0].max() > 3, speed[0].max())
        check("but little where the valley's station is", speed[0, 13, 19] < 1.5, speed[0, 13, 19])
        check("in hour 5 the hill is silent", speed[5].max() < 2.5, speed[5].max())


def case_weather_refused(folder):
    out = folder / "w"
    says(tianqing("weather", status=BAD_INPUT), "weather: give one scenario file")
    says(tianqing("weather", BASE, BASE, status=BAD_INPUT), "weather: give one scenario file")
    for week in ("2017-12-03", "2017-12-05", "tomorrow"):
        says(tianqing("weather", BASE, "-o", out, "--week", week, status=BAD_INPUT),
             f"--week {week}: must be a date within the run, 2017-12-04 00:00 to 2017-12-05 00:00")
    check("nothing was written", not out.exists())
    without = dict(os.environ, PATH=str(folder))
    said = tianqing("weather", BASE, "-o", out, env=without)
    check("gnuplot is missing: a line says so", "no picture: gnuplot is missing (./setup installs it)" in said.err, said.err)
    check("the file alone", [p.name for p in out.iterdir()] == ["small_weather.nc"], list(out.iterdir()))
    before = use.fingerprint(out / "small_weather.nc")
    says(tianqing("weather", BASE, "-o", out, status=BAD_INPUT), "small_weather.nc: exists already: --overwrite replaces it")
    check("it is as it was", use.fingerprint(out / "small_weather.nc") == before)
    tianqing("weather", BASE, "-o", out, "--overwrite")
    check("the same bytes again", use.fingerprint(out / "small_weather.nc")[0] == before[0])


if __name__ == "__main__":
    use.main(__doc__, globals())
