#include "output/result_grid.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tq {

using files::Hdf5File;
using files::Hdf5Type;

void describe(Hdf5File& file, const std::string& path, const std::string& standard_name, const std::string& long_name,
              const std::string& units) {
  if (!standard_name.empty()) {
    file.set_attribute(path, "standard_name", standard_name);
  }
  file.set_attribute(path, "long_name", long_name);
  if (!units.empty()) {
    file.set_attribute(path, "units", units);
  }
}

namespace {

void write_crs(Hdf5File& file, const Projection& projection) {
  file.create("/crs", {.type = Hdf5Type::int32});
  file.write("/crs", double(projection.epsg()));
  for (const auto& [name, text] : projection.cf_texts()) {
    file.set_attribute("/crs", name, text);
  }
  std::vector<std::pair<std::string, std::vector<double>>> numbers; // a name that comes twice is one attribute
  for (const auto& [name, number] : projection.cf_numbers()) {
    const auto same =
        std::find_if(numbers.begin(), numbers.end(), [&, &n = name](const auto& e) { return e.first == n; });
    if (same != numbers.end()) {
      same->second.push_back(number);
    } else {
      numbers.push_back({name, {number}});
    }
  }
  for (const auto& [name, values] : numbers) {
    file.set_attribute("/crs", name, values.size() == 1 ? files::Hdf5Value(values[0]) : files::Hdf5Value(values));
  }
  file.set_attribute("/crs", "crs_wkt", projection.wkt());
  file.set_attribute("/crs", "epsg_code", fmt::format("EPSG:{}", projection.epsg()));
}

} // namespace

void write_axes(Hdf5File& file, const std::string& group, const Grid& grid) {
  std::vector<double> x, y;
  for (int i = 0; i < grid.nx(); ++i) {
    x.push_back(grid.x_center(i));
  }
  for (int j = 0; j < grid.ny(); ++j) {
    y.push_back(grid.y_center(j));
  }
  for (const auto& [axis, values] : {std::pair{"y", y}, std::pair{"x", x}}) {
    const std::string path = group + "/" + axis;
    file.create_coordinate(path, Hdf5Type::float64, values.size());
    file.write(path, values);
    describe(file, path, fmt::format("projection_{}_coordinate", axis), fmt::format("{} of the cell's centre", axis),
             "m");
    file.set_attribute(path, "axis", std::string(axis[0] == 'x' ? "X" : "Y"));
  }
}

void write_grid(Hdf5File& file, const Grid& grid) {
  write_crs(file, grid.projection());
  write_axes(file, "", grid);
  std::vector<double> lat, lon, lat_bounds, lon_bounds, area, altitude, density;
  const double half_x = 0.5 * grid.dx(), half_y = 0.5 * grid.dy();
  constexpr int corner_x[] = {-1, 1, 1, -1}, corner_y[] = {-1, -1, 1, 1}; // anticlockwise from the south-west
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      const files::Position center{grid.x_center(i), grid.y_center(j)};
      const files::Position place = grid.projection().unproject(center);
      lon.push_back(place.x);
      lat.push_back(place.y);
      for (int n = 0; n < 4; ++n) {
        const files::Position corner =
            grid.projection().unproject({center.x + corner_x[n] * half_x, center.y + corner_y[n] * half_y});
        lon_bounds.push_back(corner.x);
        lat_bounds.push_back(corner.y);
      }
      area.push_back(grid.cell_area());
      altitude.push_back(grid.terrain(i, j));
      density.push_back(grid.air_density(i, j, 0));
    }
  }
  file.create_dimension("/vertex", 4);
  const auto create = [&](const std::string& path, const std::vector<double>& values, bool corners) {
    std::vector<std::string> dimensions = {"/y", "/x"};
    if (corners) {
      dimensions.emplace_back("/vertex");
    }
    file.create(path, {.type = Hdf5Type::float64, .dimensions = dimensions});
    file.write(path, values);
  };
  create("/lat", lat, false);
  describe(file, "/lat", "latitude", "latitude of the cell's centre", "degrees_north");
  file.set_attribute("/lat", "bounds", std::string("lat_bnds"));
  create("/lon", lon, false);
  describe(file, "/lon", "longitude", "longitude of the cell's centre", "degrees_east");
  file.set_attribute("/lon", "bounds", std::string("lon_bnds"));
  create("/lat_bnds", lat_bounds, true);
  create("/lon_bnds", lon_bounds, true);
  for (const auto& [path, standard_name, long_name, units, values] :
       {std::tuple{"/cell_area", "cell_area", "area in the plane of the projection", "m2", &area},
        std::tuple{"/surface_altitude", "surface_altitude", "terrain height above sea", "m", &altitude},
        std::tuple{"/air_density", "air_density", "air density of the lowest layer, to which concentrations refer",
                   "kg m-3", &density}}) {
    create(path, *values, false);
    describe(file, path, standard_name, long_name, units);
    file.set_attribute(path, "grid_mapping", std::string("crs"));
    file.set_attribute(path, "coordinates", std::string("lat lon"));
  }
}

void write_levels(Hdf5File& file, const Grid& grid) {
  const std::size_t nz = std::size_t(grid.nz());
  std::vector<double> a, b, a_bounds, b_bounds;
  for (int k = 0; k < grid.nz(); ++k) {
    a.push_back(grid.zeta_center(k));
    b.push_back(1 - grid.zeta_center(k) / grid.top());
    for (const int face : {k, k + 1}) {
      a_bounds.push_back(grid.zeta_face(face));
      b_bounds.push_back(1 - grid.zeta_face(face) / grid.top());
    }
  }
  file.create_coordinate("/lev", Hdf5Type::float64, nz);
  describe(file, "/lev", "atmosphere_hybrid_height_coordinate", "height of the layer's centre above flat ground", "m");
  file.set_attribute("/lev", "axis", std::string("Z"));
  file.set_attribute("/lev", "positive", std::string("up"));
  file.set_attribute("/lev", "formula_terms", std::string("a: lev b: lev_b orog: surface_altitude"));
  file.set_attribute("/lev", "computed_standard_name", std::string("altitude"));
  file.set_attribute("/lev", "bounds", std::string("lev_bnds"));
  file.write("/lev", a);
  file.create("/lev_b", {.type = Hdf5Type::float64, .dimensions = {"/lev"}});
  describe(file, "/lev_b", "", "share of the terrain height in the height of the layer's centre", "1");
  file.write("/lev_b", b);
  for (const auto& [path, values] : {std::pair{"/lev_bnds", &a_bounds}, std::pair{"/lev_b_bnds", &b_bounds}}) {
    file.create(path, {.type = Hdf5Type::float64, .dimensions = {"/lev", "/bound"}});
    file.write(path, *values);
  }
  file.set_attribute("/lev_bnds", "formula_terms", std::string("a: lev_bnds b: lev_b_bnds orog: surface_altitude"));
}

void describe_time(Hdf5File& file, const std::string& path, const std::string& long_name) {
  describe(file, path, "time", long_name, "seconds since 1970-01-01 00:00:00");
  file.set_attribute(path, "calendar", std::string("standard"));
}

void create_time(Hdf5File& file) {
  file.create_unlimited("/time", Hdf5Type::float64, 256);
  describe_time(file, "/time", "beginning of the hour");
  file.set_attribute("/time", "axis", std::string("T"));
  file.set_attribute("/time", "bounds", std::string("time_bnds"));
  file.create_dimension("/bound", 2);
  file.create("/time_bnds", {.type = Hdf5Type::float64, .dimensions = {"/time", "/bound"}, .chunk = {256, 2}});
}

} // namespace tq
