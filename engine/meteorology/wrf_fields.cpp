#include "meteorology/wrf_fields.hpp"

#include "base/constants.hpp"
#include "base/error.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <functional>

namespace tq {

using files::NetcdfFile;

namespace {

using Values = std::vector<double>;

/// Reads the part of the file's grid that the engine's columns need: surface fields [j][i], layers [k][j][i].
class WrfReader {
 public:
  WrfReader(const NetcdfFile& file, std::size_t record, const WrfPlacement& part)
      : file_(file), record_(record), part_(part), nz_(file.shape("T")[1]) {}

  std::size_t layers() const { return nz_; }
  std::size_t plane() const { return part_.nx * part_.ny; }

  Values surface(const std::string& name) const {
    return file_.shape(name).size() == 3 ? file_.read(name, {record_, part_.j0, part_.i0}, {1, part_.ny, part_.nx})
                                         : file_.read(name, {part_.j0, part_.i0}, {part_.ny, part_.nx});
  }
  /// Empty where the file does not have it.
  Values optional_surface(const std::string& name) const { return file_.has(name) ? surface(name) : Values(); }
  Values volume(const std::string& name, std::size_t more_k = 0, std::size_t more_j = 0, std::size_t more_i = 0) const {
    return file_.read(name, {record_, 0, part_.j0, part_.i0}, {1, nz_ + more_k, part_.ny + more_j, part_.nx + more_i});
  }
  Values optional_volume(const std::string& name) const { return file_.has(name) ? volume(name) : Values(); }

  /// Sum of two variables of one shape.
  Values sum(const std::string& one, const std::string& other, std::size_t more_k = 0) const {
    Values values = volume(one, more_k);
    const Values second = volume(other, more_k);
    std::transform(values.begin(), values.end(), second.begin(), values.begin(), std::plus<>());
    return values;
  }

  Values accumulated_rain() const {
    const double bucket = std::max(file_.number_attribute("BUCKET_MM").value_or(0), 0.0);
    Values rain(plane(), 0.0);
    const auto add = [&](const std::string& name, double factor) {
      const Values part = optional_surface(name);
      for (std::size_t n = 0; n < part.size(); ++n) {
        rain[n] += factor * part[n];
      }
    };
    for (const char* name : {"RAINC", "RAINNC", "RAINSH"}) {
      add(name, 1);
    }
    if (bucket > 0) {
      add("I_RAINC", bucket);
      add("I_RAINNC", bucket);
    }
    return rain;
  }

 private:
  const NetcdfFile& file_;
  std::size_t record_;
  const WrfPlacement& part_;
  std::size_t nz_;
};

/// The file's columns in the engine's terms: layers [k][j][i] at heights above the file's own ground.
struct WrfColumns {
  std::size_t nz, plane;
  Values terrain, height, u, v, temperature, humidity, log_pressure, cloud_water; // cloud_water may be empty
  Values cloud_cover;

  explicit WrfColumns(const WrfReader& reader, const WrfPlacement& part)
      : nz(reader.layers()), plane(reader.plane()), terrain(reader.surface("HGT")), height(nz * plane), u(nz * plane),
        v(nz * plane), temperature(reader.volume("T")), humidity(reader.volume("QVAPOR")),
        log_pressure(reader.sum("P", "PB")), cloud_water(reader.optional_volume("QCLOUD")), cloud_cover(plane) {
    const Values wind_x = reader.volume("U", 0, 0, 1), wind_y = reader.volume("V", 0, 1, 0);
    const Values geopotential = reader.sum("PH", "PHB", 1);
    Values fraction = reader.optional_volume("CLDFRA");
    Values path(plane, 0.0); // kg m-2
    for (std::size_t k = 0; k < nz; ++k) {
      for (std::size_t n = 0; n < plane; ++n) {
        const std::size_t m = k * plane + n, row = k * part.ny + n / part.nx, i = n % part.nx;
        const double floor = geopotential[m] / constants::gravity, lid = geopotential[m + plane] / constants::gravity;
        height[m] = 0.5 * (floor + lid) - terrain[n];
        u[m] = 0.5 * (wind_x[row * (part.nx + 1) + i] + wind_x[row * (part.nx + 1) + i + 1]);
        v[m] = 0.5 * (wind_y[(row + k) * part.nx + i] + wind_y[(row + k + 1) * part.nx + i]);
        const double pressure = log_pressure[m];
        temperature[m] = (temperature[m] + 300.0) * std::pow(pressure / 1e5, 2.0 / 7.0);
        log_pressure[m] = std::log(pressure);
        humidity[m] = std::max(humidity[m], 0.0);
        if (!cloud_water.empty()) {
          cloud_water[m] = std::max(cloud_water[m], 0.0);
          path[n] += cloud_water[m] * pressure / (constants::dry_air_gas * temperature[m]) * (lid - floor);
        }
        if (!fraction.empty()) {
          cloud_cover[n] = std::clamp(fraction[m], cloud_cover[n], 1.0);
        }
      }
    }
    if (fraction.empty()) {
      std::transform(path.begin(), path.end(), cloud_cover.begin(),
                     [](double p) { return p >= cloud_path ? 1.0 : 0.0; });
    }
  }
};

/// Values over height, linear between their levels, constant beyond them.
class HeightProfile {
 public:
  void clear() {
    heights_.clear();
    values_.clear();
  }
  /// Levels rise; one that does not is left out (a level of its own that lies above the lowest layer).
  void add(double height, double value) {
    if (heights_.empty() || height > heights_.back()) {
      heights_.push_back(height);
      values_.push_back(value);
    }
  }
  double lowest() const { return heights_.front(); }
  double operator()(double height) const {
    const auto above = std::upper_bound(heights_.begin(), heights_.end(), height);
    if (above == heights_.begin()) {
      return values_.front();
    }
    if (above == heights_.end()) {
      return values_.back();
    }
    const std::size_t n = std::size_t(above - heights_.begin());
    const double share = (height - heights_[n - 1]) / (heights_[n] - heights_[n - 1]);
    return values_[n - 1] + share * (values_[n] - values_[n - 1]);
  }

 private:
  Values heights_, values_;
};

/// Share of the wind at the lowest level that is left below it, by the logarithmic profile.
double below_lowest(double height, double lowest, double roughness_length) {
  const double least = 1.1 * roughness_length; // inside the roughness elements air moves as at their top
  return height >= lowest || lowest <= least
             ? 1.0
             : std::log(std::max(height, least) / roughness_length) / std::log(lowest / roughness_length);
}

struct SurfaceVariable {
  const char* name;
  Field<double> GriddedWeather::*field;
};

constexpr SurfaceVariable copied[] = {
    {"T2", &GriddedWeather::surface_temperature}, {"Q2", &GriddedWeather::surface_humidity},
    {"PBLH", &GriddedWeather::mixing_height},     {"UST", &GriddedWeather::friction_velocity},
    {"HFX", &GriddedWeather::heat_flux},          {"SWDOWN", &GriddedWeather::global_radiation}};

} // namespace

void check_wrf_variables(const NetcdfFile& file) {
  ProblemList problems;
  for (const char* name : {"Times", "XLAT", "XLONG", "HGT", "U", "V", "T", "P", "PB", "PH", "PHB", "QVAPOR", "T2", "Q2",
                           "PSFC", "RAINC", "RAINNC"}) {
    if (!file.has(name)) {
      problems.add({file.path().string()}, fmt::format("has no variable {}", name));
    }
  }
  if (!file.has("QCLOUD") && !file.has("CLDFRA")) {
    problems.add({file.path().string()}, "has no variable QCLOUD or CLDFRA");
  }
  problems.throw_if_any();
  const std::vector<std::size_t> t = file.shape("T");
  if (t.size() != 4) {
    throw InputError({file.path().string()}, "variable T must have four dimensions");
  }
  struct Wanted {
    std::vector<const char*> names;
    std::size_t more_k, more_j, more_i;
  };
  for (const Wanted& wanted : {Wanted{{"P", "PB", "QVAPOR", "QCLOUD", "CLDFRA"}, 0, 0, 0},
                               Wanted{{"PH", "PHB"}, 1, 0, 0}, Wanted{{"V"}, 0, 1, 0}, Wanted{{"U"}, 0, 0, 1}}) {
    const std::vector<std::size_t> shape = {t[0], t[1] + wanted.more_k, t[2] + wanted.more_j, t[3] + wanted.more_i};
    for (const char* name : wanted.names) {
      if (file.has(name) && file.shape(name) != shape) {
        problems.add({file.path().string()}, fmt::format("variable {} has the shape {}: must have {}", name,
                                                         fmt::join(file.shape(name), " x "), fmt::join(shape, " x ")));
      }
    }
  }
  const std::vector<std::size_t> timed = {t[0], t[2], t[3]}, still = {t[2], t[3]};
  for (const char* name : {"XLAT", "XLONG", "HGT", "SINALPHA", "COSALPHA", "T2", "Q2", "PSFC", "U10", "V10", "RAINC",
                           "RAINNC", "RAINSH", "I_RAINC", "I_RAINNC", "PBLH", "UST", "HFX", "SWDOWN"}) {
    if (file.has(name) && file.shape(name) != timed && file.shape(name) != still) {
      problems.add({file.path().string()}, fmt::format("variable {} has the shape {}: must have {}", name,
                                                       fmt::join(file.shape(name), " x "), fmt::join(timed, " x ")));
    }
  }
  problems.throw_if_any();
}

GriddedWeather read_wrf_fields(const NetcdfFile& file, std::size_t record, const Grid& grid, const ColumnPlaces& places,
                               double roughness_length) {
  const WrfPlacement part = place_on_wrf(file, record, places);
  const WrfReader reader(file, record, part);
  const WrfColumns columns(reader, part);
  const Values surface_pressure = reader.surface("PSFC"), rain = reader.accumulated_rain();
  const Values u10 = reader.optional_surface("U10"), v10 = reader.optional_surface("V10");
  const bool wind_at_10 = !u10.empty() && !v10.empty();

  GriddedWeather weather(grid);
  const auto surface_field = [&] { return Field<double>(grid.nx(), grid.ny(), 1, 1, 0); };
  std::vector<std::pair<Values, Field<double>*>> copies;
  for (const SurfaceVariable& variable : copied) {
    copies.emplace_back(reader.optional_surface(variable.name), &(weather.*variable.field));
  }
  copies.emplace_back(rain, &weather.rain);
  copies.emplace_back(columns.cloud_cover, &weather.cloud_cover);
  for (const auto& [values, field] : copies) {
    if (!values.empty()) {
      *field = surface_field();
    }
  }
  if (!columns.cloud_water.empty()) {
    weather.cloud_water = Field<double>(grid.nx(), grid.ny(), grid.nz(), 1, 0);
  }

#pragma omp parallel for schedule(static)
  for (int j = 0; j < grid.ny(); ++j) {
    HeightProfile u, v, temperature, humidity, log_pressure, cloud_water;
    for (int i = 0; i < grid.nx(); ++i) {
      const WrfPlacement::Column& at = part.columns[std::size_t(j) * std::size_t(grid.nx()) + std::size_t(i)];
      const auto mix = [&](const Values& values, std::size_t k = 0) {
        const double* south = values.data() + k * columns.plane + at.cell;
        const double* north = south + part.nx;
        return (1 - at.y) * ((1 - at.x) * south[0] + at.x * south[1]) +
               at.y * ((1 - at.x) * north[0] + at.x * north[1]);
      };
      for (const auto& [values, field] : copies) {
        if (!values.empty()) {
          field->view2()(i, j) = mix(values);
        }
      }
      for (HeightProfile* profile : {&u, &v, &temperature, &humidity, &log_pressure, &cloud_water}) {
        profile->clear();
      }
      const double t2 = weather.surface_temperature.view2()(i, j);
      temperature.add(2, t2);
      humidity.add(2, weather.surface_humidity.view2()(i, j));
      log_pressure.add(0, std::log(mix(surface_pressure)));
      const double x10 = wind_at_10 ? mix(u10) : 0, y10 = wind_at_10 ? mix(v10) : 0;
      const auto add_wind = [&](double height, double x, double y) { // on the engine's axes
        u.add(height, at.cosine * x - at.sine * y);
        v.add(height, at.sine * x + at.cosine * y);
      };
      if (wind_at_10 && mix(columns.height) > 10) {
        add_wind(10, x10, y10);
      }
      for (std::size_t k = 0; k < columns.nz; ++k) {
        const double height = mix(columns.height, k);
        add_wind(height, mix(columns.u, k), mix(columns.v, k));
        temperature.add(height, mix(columns.temperature, k));
        humidity.add(height, mix(columns.humidity, k));
        log_pressure.add(height, mix(columns.log_pressure, k));
        if (!columns.cloud_water.empty()) {
          cloud_water.add(height, mix(columns.cloud_water, k));
        }
      }
      const double rise = grid.terrain(i, j) - mix(columns.terrain);
      const auto pressure = [&](double height, double kelvin) {
        return std::exp(log_pressure(height) - constants::gravity * rise / (constants::dry_air_gas * kelvin));
      };
      for (int k = 0; k < grid.nz(); ++k) {
        const double height = grid.height_above_ground(i, j, k);
        const double share = below_lowest(height, u.lowest(), roughness_length);
        weather.u.view3()(i, j, k) = share * u(height);
        weather.v.view3()(i, j, k) = share * v(height);
        weather.temperature.view3()(i, j, k) = temperature(height);
        weather.humidity.view3()(i, j, k) = humidity(height);
        weather.pressure.view3()(i, j, k) = pressure(height, temperature(height));
        if (!columns.cloud_water.empty()) {
          weather.cloud_water.view3()(i, j, k) = cloud_water(height);
        }
      }
      const double share = below_lowest(10, u.lowest(), roughness_length);
      weather.surface_u.view2()(i, j) = share * u(10);
      weather.surface_v.view2()(i, j) = share * v(10);
      weather.surface_pressure.view2()(i, j) = pressure(0, t2);
    }
  }
  return weather;
}

} // namespace tq
