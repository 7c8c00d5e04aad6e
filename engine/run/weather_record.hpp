#pragma once
#include "run/case.hpp"

#include <filesystem>
#include <vector>

namespace tq {

/// The weather of one hour and what the boundary layer makes of it.
struct WeatherHour {
  SurfaceWeather surface;
  BoundaryLayer layer;
};

/// All hours of the case, in order.
std::vector<WeatherHour> weather_hours(const Case& c);

/// Writes them as FILE (netCDF-4/CF); with `surface_wind` also the wind of the lowest layer on the grid. Nothing is
/// left of a file that is not complete.
void write_weather(const Case& c, const std::vector<WeatherHour>& hours, const std::filesystem::path& file,
                   bool surface_wind);

/// The commands (of gnuplot) for a picture of the seven days from `first` on: wind, temperature, mixing height, 1/L and
/// rain over time, and the wind rose of all hours.
std::string weather_plot(const Case& c, const std::vector<WeatherHour>& hours, Instant first);

} // namespace tq
