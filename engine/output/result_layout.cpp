#include "base/version.hpp"
#include "output/result_writer.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tq {

using files::Hdf5Type;

ResultWriter::ResultWriter(const std::filesystem::path& file, const Grid& grid, const ManagementCells& cells,
                           const ResultHeader& header, const ResultOptions& options)
    : file_(files::Hdf5File::create(file, options.overwrite)), cells_(cells), header_(header), options_(options),
      cell_means_(cells, grid.nx()), receptor_values_(header.receptors, grid), nx_(std::size_t(grid.nx())),
      ny_(std::size_t(grid.ny())), nz_(std::size_t(grid.nz())),
      cell_sums_(header.pollutants.size() * cells.cells.size()), cell_row_(cells.cells.size()),
      receptor_row_(header.receptors.size()) {
  file_.set_attribute("/", "Conventions", std::string("CF-1.8"));
  file_.set_attribute("/", "title", header.title);
  file_.set_attribute("/", "source", fmt::format("tianqing {}", version::program));
  file_.set_attribute("/", "scenario", header.scenario);
  file_.set_attribute("/", "grid", grid.specification().name);
  file_.set_attribute("/", "time_zone", header.time_zone);
  file_.set_attribute("/", "tianqing_schema", std::string(result_schema));

  // Seconds in UTC without an offset: CDO ignores offsets. A time stamps the beginning of its interval.
  file_.create_unlimited("/time", Hdf5Type::float64, 256);
  records_["/time"] = {Hdf5Type::float64};
  describe("/time", "time", "beginning of the hour", "seconds since 1970-01-01 00:00:00");
  file_.set_attribute("/time", "calendar", std::string("standard"));
  file_.set_attribute("/time", "axis", std::string("T"));
  file_.set_attribute("/time", "bounds", std::string("time_bnds"));
  file_.create_dimension("/bound", 2);
  create_record("/time_bnds", {.type = Hdf5Type::float64, .dimensions = {"/time", "/bound"}, .chunk = {256, 2}});

  create_grid(grid);
  create_levels(grid);
  create_fields();
  create_cells(grid);
  create_receptors(grid);
  create_budget();
  create_run();
  file_.flush();
}

void ResultWriter::describe(const std::string& path, const std::string& standard_name, const std::string& long_name,
                            const std::string& units) {
  if (!standard_name.empty()) {
    file_.set_attribute(path, "standard_name", standard_name);
  }
  file_.set_attribute(path, "long_name", long_name);
  if (!units.empty()) {
    file_.set_attribute(path, "units", units);
  }
}

void ResultWriter::create_crs(const Projection& projection) {
  file_.create("/crs", {.type = Hdf5Type::int32});
  file_.write("/crs", double(projection.epsg()));
  for (const auto& [name, text] : projection.cf_texts()) {
    file_.set_attribute("/crs", name, text);
  }
  std::vector<std::pair<std::string, std::vector<double>>> numbers; // a name that comes twice is one attribute
  for (const auto& [name, number] : projection.cf_numbers()) {
    const auto same = std::find_if(numbers.begin(), numbers.end(), [&, &n = name](const auto& e) { return e.first == n; });
    if (same != numbers.end()) {
      same->second.push_back(number);
    } else {
      numbers.push_back({name, {number}});
    }
  }
  for (const auto& [name, values] : numbers) {
    file_.set_attribute("/crs", name, values.size() == 1 ? files::Hdf5Value(values[0]) : files::Hdf5Value(values));
  }
  file_.set_attribute("/crs", "crs_wkt", projection.wkt());
  file_.set_attribute("/crs", "epsg_code", fmt::format("EPSG:{}", projection.epsg()));
}

void ResultWriter::create_grid(const Grid& grid) {
  create_crs(grid.projection());
  std::vector<double> x, y;
  for (int i = 0; i < grid.nx(); ++i) {
    x.push_back(grid.x_center(i));
  }
  for (int j = 0; j < grid.ny(); ++j) {
    y.push_back(grid.y_center(j));
  }
  for (const auto& [axis, values] : {std::pair{"y", y}, std::pair{"x", x}}) {
    const std::string path = std::string("/") + axis;
    file_.create_coordinate(path, Hdf5Type::float64, values.size());
    file_.write(path, values);
    describe(path, fmt::format("projection_{}_coordinate", axis), fmt::format("{} of the cell's centre", axis), "m");
    file_.set_attribute(path, "axis", std::string(axis[0] == 'x' ? "X" : "Y"));
  }

  std::vector<double> lat, lon, lat_bounds, lon_bounds, area, altitude;
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
    }
  }
  file_.create_dimension("/vertex", 4);
  const auto create = [&](const std::string& path, const std::vector<double>& values, bool corners) {
    std::vector<std::string> dimensions = {"/y", "/x"};
    if (corners) {
      dimensions.emplace_back("/vertex");
    }
    file_.create(path, {.type = Hdf5Type::float64, .dimensions = dimensions});
    file_.write(path, values);
  };
  create("/lat", lat, false);
  describe("/lat", "latitude", "latitude of the cell's centre", "degrees_north");
  file_.set_attribute("/lat", "bounds", std::string("lat_bnds"));
  create("/lon", lon, false);
  describe("/lon", "longitude", "longitude of the cell's centre", "degrees_east");
  file_.set_attribute("/lon", "bounds", std::string("lon_bnds"));
  create("/lat_bnds", lat_bounds, true);
  create("/lon_bnds", lon_bounds, true);
  for (const auto& [path, standard_name, long_name, units, values] :
       {std::tuple{"/cell_area", "cell_area", "area in the plane of the projection", "m2", &area},
        std::tuple{"/surface_altitude", "surface_altitude", "terrain height above sea", "m", &altitude}}) {
    create(path, *values, false);
    describe(path, standard_name, long_name, units);
    file_.set_attribute(path, "grid_mapping", std::string("crs"));
    file_.set_attribute(path, "coordinates", std::string("lat lon"));
  }
}

void ResultWriter::create_levels(const Grid& grid) {
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
  file_.create_coordinate("/lev", Hdf5Type::float64, nz);
  describe("/lev", "atmosphere_hybrid_height_coordinate", "height of the layer's centre above flat ground", "m");
  file_.set_attribute("/lev", "axis", std::string("Z"));
  file_.set_attribute("/lev", "positive", std::string("up"));
  file_.set_attribute("/lev", "formula_terms", std::string("a: lev b: lev_b orog: surface_altitude"));
  file_.set_attribute("/lev", "computed_standard_name", std::string("altitude"));
  file_.set_attribute("/lev", "bounds", std::string("lev_bnds"));
  file_.write("/lev", a);
  file_.create("/lev_b", {.type = Hdf5Type::float64, .dimensions = {"/lev"}});
  describe("/lev_b", "", "share of the terrain height in the height of the layer's centre", "1");
  file_.write("/lev_b", b);
  for (const auto& [path, values] : {std::pair{"/lev_bnds", &a_bounds}, std::pair{"/lev_b_bnds", &b_bounds}}) {
    file_.create(path, {.type = Hdf5Type::float64, .dimensions = {"/lev", "/bound"}});
    file_.write(path, *values);
  }
  file_.set_attribute("/lev_bnds", "formula_terms", std::string("a: lev_bnds b: lev_b_bnds orog: surface_altitude"));
}

void ResultWriter::create_field(const std::string& path, const std::string& standard_name, const std::string& long_name,
                                const std::string& units, bool all_layers) {
  constexpr std::size_t longest = 512; // a chunk stays at or below the chunk cache's 1 MiB
  std::vector<std::string> dimensions = {"/time", "/y", "/x"};
  std::vector<std::size_t> chunk = {1, std::min(ny_, longest), std::min(nx_, longest)};
  if (all_layers) {
    dimensions.insert(dimensions.begin() + 1, "/lev");
    chunk.insert(chunk.begin() + 1, 1);
  }
  create_record(path, {.type = Hdf5Type::float32,
                       .dimensions = dimensions,
                       .chunk = chunk,
                       .compression = options_.compression,
                       .fill_missing = true});
  describe(path, standard_name, long_name, units);
  file_.set_attribute(path, "cell_methods", std::string("time: mean"));
  file_.set_attribute(path, "grid_mapping", std::string("crs"));
  file_.set_attribute(path, "coordinates", std::string("lat lon"));
  file_.set_attribute(path, "cell_measures", std::string("area: cell_area"));
}

void ResultWriter::create_series(const std::string& path, const std::string& standard_name,
                                 const std::string& long_name, const std::string& units,
                                 const std::string& cell_methods) {
  create_record(path, {.type = Hdf5Type::float64, .dimensions = {"/time"}, .chunk = {256}, .fill_missing = true});
  describe(path, standard_name, long_name, units);
  file_.set_attribute(path, "cell_methods", cell_methods);
}

namespace {

struct CfTendency {
  const char* pollutant;
  const char* constituent;
  bool dry, wet;
};

/// Where the CF table (version 79 and before) has tendency_of_atmosphere_mass_content_of_<x>_due_to_<dry|wet>_deposition.
constexpr CfTendency cf_tendencies[] = {{"so2", "sulfur_dioxide", true, true},
                                        {"no2", "nitrogen_dioxide", true, false},
                                        {"o3", "ozone", true, false},
                                        {"co", "carbon_monoxide", true, false}};

std::string cf_tendency(const std::string& pollutant, bool dry) {
  for (const CfTendency& row : cf_tendencies) {
    if (pollutant == row.pollutant && (dry ? row.dry : row.wet)) {
      return fmt::format("tendency_of_atmosphere_mass_content_of_{}_due_to_{}_deposition", row.constituent,
                         dry ? "dry" : "wet");
    }
  }
  return "";
}

} // namespace

void ResultWriter::create_fields() {
  for (const ResultPollutant& p : header_.pollutants) {
    create_field("/" + p.id, p.cf_name, p.name + " in the lowest layer, ambient conditions", "kg m-3");
  }
  for (const int n : header_.volume) {
    const ResultPollutant& p = header_.pollutants.at(std::size_t(n));
    create_field("/" + p.id + "_volume", p.cf_name, p.name + " in all layers, ambient conditions", "kg m-3", true);
  }
  for (const bool dry : {true, false}) {
    const std::string kind = dry ? "dry" : "wet";
    for (const ResultPollutant& p : header_.pollutants) {
      create_field("/" + p.id + "_tendency_due_to_" + kind + "_deposition", cf_tendency(p.id, dry),
                   fmt::format("change of {} in the air by {} deposition{}, a loss is negative", p.name, kind,
                               dry && p.particle ? ", fall included" : ""),
                   "kg m-2 s-1");
    }
  }
  create_series("/mixing_height", "atmosphere_boundary_layer_thickness", "mixing height above the ground", "m",
                "time: point");
  create_series("/friction_velocity", "", "friction velocity", "m s-1", "time: point");
  create_series("/x_wind", "x_wind", "wind along x at 10 m", "m s-1", "time: point");
  create_series("/y_wind", "y_wind", "wind along y at 10 m", "m s-1", "time: point");
  create_series("/air_temperature", "air_temperature", "air temperature at 2 m", "K", "time: point");
  create_series("/rainfall_flux", "rainfall_flux", "rain", "kg m-2 s-1", "time: mean");
}

} // namespace tq
