#if TIANQING_GEO // writes and reads netCDF
#include "wrf_sample.hpp"

#include "base/constants.hpp"
#include "physics/map_projection.hpp"

#include <algorithm>
#include <cmath>
#include <netcdf.h>
#include <stdexcept>

namespace tq::test {

namespace {

void check(int status) {
  if (status != NC_NOERR) {
    throw std::runtime_error(nc_strerror(status));
  }
}

/// Longitude and latitude of a point of the map, by Newton's method.
std::pair<double, double> unproject(const physics::SphereMap& map, physics::SphereMap::Point to, double longitude,
                                    double latitude) {
  constexpr double step = 1e-4; // degrees
  for (int n = 0; n < 20; ++n) {
    const auto p = map.project(longitude, latitude), east = map.project(longitude + step, latitude),
               north = map.project(longitude, latitude + step);
    const double a = (east.x - p.x) / step, b = (north.x - p.x) / step, c = (east.y - p.y) / step,
                 d = (north.y - p.y) / step;
    const double x = to.x - p.x, y = to.y - p.y, determinant = a * d - b * c;
    longitude += (d * x - b * y) / determinant;
    latitude += (a * y - c * x) / determinant;
  }
  return {longitude, latitude};
}

class Writer {
 public:
  Writer(const WrfSample& sample, const std::filesystem::path& path) : sample_(sample) {
    check(nc_create(path.c_str(), NC_CLOBBER | (sample.netcdf4 ? NC_NETCDF4 : 0), &file_));
    for (const auto& [name, length] :
         {std::pair{"Time", std::size_t(NC_UNLIMITED)}, std::pair{"DateStrLen", std::size_t(19)},
          std::pair{"west_east", std::size_t(sample.nx)}, std::pair{"south_north", std::size_t(sample.ny)},
          std::pair{"bottom_top", std::size_t(sample.nz)}, std::pair{"west_east_stag", std::size_t(sample.nx) + 1},
          std::pair{"south_north_stag", std::size_t(sample.ny) + 1},
          std::pair{"bottom_top_stag", std::size_t(sample.nz) + 1}}) {
      int id = -1;
      check(nc_def_dim(file_, name, length, &id));
    }
    std::map<std::string, double> attributes = {{"MAP_PROJ", sample.map_kind},
                                                {"TRUELAT1", sample.true_latitude_1},
                                                {"TRUELAT2", sample.true_latitude_2},
                                                {"STAND_LON", sample.standard_longitude},
                                                {"POLE_LAT", 90},
                                                {"BUCKET_MM", sample.bucket}};
    for (const auto& [name, value] : sample.attributes) {
      attributes[name] = value;
    }
    for (const auto& [name, value] : attributes) {
      check(nc_put_att_double(file_, NC_GLOBAL, name.c_str(), NC_DOUBLE, 1, &value));
    }
  }
  ~Writer() { nc_close(file_); }

  void times() {
    const std::optional<int> id = define("Times", NC_CHAR, {"Time", "DateStrLen"});
    if (!id) {
      return;
    }
    check(nc_enddef(file_));
    for (int t = 0; t < sample_.nt; ++t) {
      std::string text = format_utc(sample_.start + t * sample_.distance).substr(0, 19); // "2017-12-04T08:00:00"
      text[10] = '_';
      const std::size_t start[] = {std::size_t(t), 0}, count[] = {1, text.size()};
      check(nc_put_vara_text(file_, *id, start, count, text.c_str()));
    }
    check(nc_redef(file_));
  }

  /// `value(i, j, k, t)`; `stagger` is the dimension that has one more.
  template <class Value> void field(const std::string& name, bool layers, char stagger, Value value) {
    std::vector<std::string> dimensions = {"Time", "south_north", "west_east"};
    if (layers) {
      dimensions.insert(dimensions.begin() + 1, "bottom_top");
    }
    const int nx = sample_.nx + (stagger == 'x'), ny = sample_.ny + (stagger == 'y');
    const int nz = layers ? sample_.nz + (stagger == 'z') : 1;
    for (std::string& dimension : dimensions) {
      if ((stagger == 'x' && dimension == "west_east") || (stagger == 'y' && dimension == "south_north") ||
          (stagger == 'z' && dimension == "bottom_top")) {
        dimension += "_stag";
      }
    }
    const std::optional<int> id = define(name, NC_FLOAT, dimensions);
    if (!id) {
      return;
    }
    check(nc_enddef(file_));
    std::vector<std::size_t> start(dimensions.size(), 0), count = {1, std::size_t(ny), std::size_t(nx)};
    if (layers) {
      count.insert(count.begin() + 1, std::size_t(nz));
    }
    std::vector<double> values;
    for (int t = 0; t < sample_.nt; ++t) {
      values.clear();
      for (int k = 0; k < nz; ++k) {
        for (int j = 0; j < ny; ++j) {
          for (int i = 0; i < nx; ++i) {
            values.push_back(value(i, j, k, t));
          }
        }
      }
      start[0] = std::size_t(t);
      check(nc_put_vara_double(file_, *id, start.data(), count.data(), values.data()));
    }
    check(nc_redef(file_));
  }

 private:
  std::optional<int> define(const std::string& name, int type, const std::vector<std::string>& dimensions) {
    if (std::find(sample_.without.begin(), sample_.without.end(), name) != sample_.without.end()) {
      return std::nullopt;
    }
    std::vector<int> ids;
    for (const std::string& dimension : dimensions) {
      ids.push_back(-1);
      check(nc_inq_dimid(file_, dimension.c_str(), &ids.back()));
    }
    int id = -1;
    check(nc_def_var(file_, name.c_str(), type, int(ids.size()), ids.data(), &id));
    return id;
  }

  const WrfSample& sample_;
  int file_ = -1;
};

} // namespace

double WrfSample::layer_height(int k) const {
  double floor = 0;
  for (int below = 0; below < k; ++below) {
    floor += layer_depth(below);
  }
  return floor + 0.5 * layer_depth(k);
}

void WrfSample::write(const std::filesystem::path& path) const {
  const physics::SphereMap map{physics::SphereMap::Kind(map_kind), true_latitude_1, true_latitude_2,
                               standard_longitude};
  const physics::SphereMap::Point origin = map.project(longitude, latitude);
  const auto place = [&](int i, int j, int t) {
    return unproject(map, {origin.x + (i + shift(t)) * dx, origin.y + j * dx}, longitude, latitude);
  };
  const auto pressure = [&](int i, int j, double z) { // hydrostatic at 290 K
    return 1e5 * std::exp(-(terrain(i, j, 0, 0) + z) * constants::gravity / (constants::dry_air_gas * 290));
  };
  const auto surface = [](const Function& f, double z = 0) {
    return [&f, z](int i, int j, int, int t) { return f(i, j, z, t); };
  };
  const auto layers = [this](const Function& f) {
    return [this, &f](int i, int j, int k, int t) { return f(i, j, layer_height(k), t); };
  };

  Writer file(*this, path);
  file.times();
  file.field("XLONG", false, ' ', [&](int i, int j, int, int t) { return place(i, j, t).first; });
  file.field("XLAT", false, ' ', [&](int i, int j, int, int t) { return place(i, j, t).second; });
  file.field("SINALPHA", false, ' ',
             [&](int i, int j, int, int t) { return std::sin(-map.convergence(place(i, j, t).first)); });
  file.field("COSALPHA", false, ' ',
             [&](int i, int j, int, int t) { return std::cos(map.convergence(place(i, j, t).first)); });
  file.field("HGT", false, ' ', surface(terrain));
  file.field("U", true, 'x', [&](int i, int j, int k, int t) { return u(i - 0.5, j, layer_height(k), t); });
  file.field("V", true, 'y', [&](int i, int j, int k, int t) { return v(i, j - 0.5, layer_height(k), t); });
  file.field("U10", false, ' ', surface(u, 10));
  file.field("V10", false, ' ', surface(v, 10));
  file.field("PB", true, ' ', [&](int, int, int k, int) { return 9e4 - 1000.0 * k; });
  file.field("P", true, ' ',
             [&](int i, int j, int k, int) { return pressure(i, j, layer_height(k)) - (9e4 - 1000.0 * k); });
  file.field("T", true, ' ', [&](int i, int j, int k, int t) {
    return temperature(i, j, layer_height(k), t) * std::pow(1e5 / pressure(i, j, layer_height(k)), 2.0 / 7.0) - 300;
  });
  file.field("PHB", true, 'z', [&](int, int, int k, int) { return 300.0 * k; });
  file.field("PH", true, 'z', [&](int i, int j, int k, int) {
    const double height = k == 0 ? 0 : layer_height(k - 1) + 0.5 * layer_depth(k - 1);
    return constants::gravity * (terrain(i, j, 0, 0) + height) - 300.0 * k;
  });
  file.field("QVAPOR", true, ' ', layers(humidity));
  file.field("QCLOUD", true, ' ', layers(cloud_water));
  file.field("CLDFRA", true, ' ', layers(cloud_fraction));
  file.field("T2", false, ' ', surface(temperature, 2));
  file.field("Q2", false, ' ', surface(humidity, 2));
  file.field("PSFC", false, ' ', [&](int i, int j, int, int) { return pressure(i, j, 0); });
  file.field("RAINC", false, ' ', surface(convective_rain));
  file.field("RAINNC", false, ' ', surface(rain));
  file.field("I_RAINNC", false, ' ', surface(buckets));
  file.field("PBLH", false, ' ', [](int i, int, int, int t) { return 300.0 + 10 * i + 100 * t; });
  file.field("UST", false, ' ', [](int, int, int, int t) { return 0.2 + 0.1 * t; });
  file.field("HFX", false, ' ', [](int, int, int, int t) { return 50.0 * t; });
  file.field("SWDOWN", false, ' ', [](int, int, int, int t) { return 200.0 * t; });
}

} // namespace tq::test

#endif
