#pragma once
#include "base/time.hpp"
#include "files/hdf5.hpp"
#include "grid/grid.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace tq {

/// Version of the layout, attribute `tianqing_schema` of the root.
inline constexpr const char* weather_schema = "weather/1";

/// What one number of each hour is.
struct WeatherColumn {
  std::string name;
  std::string standard_name; // of CF, or ""
  std::string long_name;
  std::string units;
  std::string cell_methods = "time: point";
};

struct WeatherHeader {
  std::string scenario; // its name
  std::string title;
  std::string scenario_text; // resolved, TOML
  std::string time_zone = "UTC";
  std::string weather; // where it comes from
  std::vector<WeatherColumn> columns;
  bool surface_wind = false; // on the grid, in the lowest layer
};

/// A file of hourly weather alone, netCDF-4 with CF metadata as results are (result_file.hpp). It bears a temporary
/// name until it is complete.
class WeatherFile {
 public:
  WeatherFile(const std::filesystem::path& file, const Grid& grid, const WeatherHeader& header);
  /// Without finish(): removes what was written.
  ~WeatherFile();
  WeatherFile(const WeatherFile&) = delete;
  WeatherFile& operator=(const WeatherFile&) = delete;

  /// The next hour: values in the order of the columns; wind [m s-1] along x and y, [j * nx + i], where the header has
  /// it.
  void append(Instant hour, std::span<const double> values, std::span<const double> x_wind,
              std::span<const double> y_wind);
  void finish();

 private:
  std::filesystem::path target_;
  files::Hdf5File file_;
  std::vector<WeatherColumn> columns_;
  bool surface_wind_;
  std::size_t hours_ = 0;
  bool finished_ = false;
};

} // namespace tq
