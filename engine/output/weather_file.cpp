#include "output/weather_file.hpp"

#include "base/error.hpp"
#include "base/version.hpp"
#include "output/result_grid.hpp"

#include <fmt/format.h>
#include <utility>

namespace tq {

using files::Hdf5Type;

namespace {

files::Hdf5File create(const std::filesystem::path& target) {
  if (target.has_parent_path()) {
    std::error_code error;
    std::filesystem::create_directories(target.parent_path(), error);
    if (error) {
      throw FileError("cannot write " + target.string() + ": creating its folder: " + error.message());
    }
  }
  return files::Hdf5File::create(target.string() + ".part", true);
}

} // namespace

WeatherFile::WeatherFile(const std::filesystem::path& file, const Grid& grid, const WeatherHeader& header)
    : target_(file), file_(create(file)), columns_(header.columns), surface_wind_(header.surface_wind) {
  for (const auto& [name, text] :
       {std::pair{"Conventions", std::string("CF-1.8")}, std::pair{"title", header.title},
        std::pair{"source", fmt::format("tianqing {}", version::program)}, std::pair{"weather", header.weather},
        std::pair{"scenario", header.scenario}, std::pair{"grid", grid.specification().name},
        std::pair{"time_zone", header.time_zone}, std::pair{"tianqing_schema", std::string(weather_schema)}}) {
    file_.set_attribute("/", name, text);
  }
  create_time(file_);
  for (const WeatherColumn& column : columns_) {
    const std::string path = "/" + column.name;
    file_.create(path, {.type = Hdf5Type::float64, .dimensions = {"/time"}, .chunk = {256}, .fill_missing = true});
    describe(file_, path, column.standard_name, column.long_name, column.units);
    file_.set_attribute(path, "cell_methods", column.cell_methods);
  }
  if (surface_wind_) {
    write_grid(file_, grid);
    for (const char* axis : {"x", "y"}) {
      const std::string path = fmt::format("/surface_{}_wind", axis);
      file_.create(path, {.type = Hdf5Type::float32,
                          .dimensions = {"/time", "/y", "/x"},
                          .chunk = {1, std::size_t(grid.ny()), std::size_t(grid.nx())},
                          .compression = 1,
                          .fill_missing = true});
      describe(file_, path, fmt::format("{}_wind", axis), fmt::format("wind along {} in the lowest layer", axis),
               "m s-1");
      file_.set_attribute(path, "cell_methods", std::string("time: point"));
      file_.set_attribute(path, "grid_mapping", std::string("crs"));
      file_.set_attribute(path, "coordinates", std::string("lat lon"));
    }
  }
  file_.create("/run/scenario", {.type = Hdf5Type::text});
  file_.write("/run/scenario", header.scenario_text);
  describe(file_, "/run/scenario", "", "resolved scenario, TOML", "");
}

WeatherFile::~WeatherFile() {
  if (!finished_) {
    std::error_code ignored;
    std::filesystem::remove(file_.path(), ignored);
  }
}

void WeatherFile::append(Instant hour, std::span<const double> values, std::span<const double> x_wind,
                         std::span<const double> y_wind) {
  for (std::size_t n = 0; n < columns_.size(); ++n) {
    file_.append("/" + columns_[n].name, hours_, values.subspan(n, 1));
  }
  if (surface_wind_) {
    file_.append("/surface_x_wind", hours_, x_wind);
    file_.append("/surface_y_wind", hours_, y_wind);
  }
  const double bounds[] = {double(hour), double(hour + seconds_per_hour)};
  file_.append("/time_bnds", hours_, std::span<const double>(bounds));
  file_.append("/time", hours_, std::span<const double>(bounds, 1));
  ++hours_;
}

void WeatherFile::finish() {
  file_.move_to(target_);
  file_.close();
  finished_ = true;
}

} // namespace tq
