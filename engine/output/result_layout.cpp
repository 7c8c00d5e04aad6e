#include "base/version.hpp"
#include "output/result_grid.hpp"
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
      cell_sums_(header.pollutants.size() * cells.cells.size()), dry_deposition_(cell_sums_.size()),
      wet_deposition_(cell_sums_.size()), cell_row_(cells.cells.size()),
      receptor_row_(header.receptors.size()) {
  file_.set_attribute("/", "Conventions", std::string("CF-1.8"));
  file_.set_attribute("/", "title", header.title);
  file_.set_attribute("/", "source", fmt::format("tianqing {}", version::program));
  file_.set_attribute("/", "scenario", header.scenario);
  file_.set_attribute("/", "grid", grid.specification().name);
  file_.set_attribute("/", "time_zone", header.time_zone);
  file_.set_attribute("/", "tianqing_schema", std::string(result_schema));

  create_time(file_);
  records_["/time"] = {Hdf5Type::float64, &ResultWriter::hours_};
  records_["/time_bnds"] = {Hdf5Type::float64, &ResultWriter::hours_};
  write_grid(file_, grid);
  write_levels(file_, grid);
  create_fields();
  create_cells(grid);
  create_receptors(grid);
  create_budget();
  create_attribution();
  create_quality(grid);
  create_run();
  file_.flush();
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
  describe(file_, path, standard_name, long_name, units);
  file_.set_attribute(path, "cell_methods", std::string("time: mean"));
  file_.set_attribute(path, "grid_mapping", std::string("crs"));
  file_.set_attribute(path, "coordinates", std::string("lat lon"));
  file_.set_attribute(path, "cell_measures", std::string("area: cell_area"));
}

void ResultWriter::create_series(const std::string& path, const std::string& standard_name,
                                 const std::string& long_name, const std::string& units,
                                 const std::string& cell_methods) {
  create_record(path, {.type = Hdf5Type::float64, .dimensions = {"/time"}, .chunk = {256}, .fill_missing = true});
  describe(file_, path, standard_name, long_name, units);
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
  for (const ResultField& field : header_.weather_fields) {
    create_field("/" + field.name, field.standard_name, field.long_name, field.units, field.all_layers);
  }
  create_series("/mixing_height", "atmosphere_boundary_layer_thickness", "mixing height above the ground", "m",
                "time: point");
  create_series("/friction_velocity", "", "friction velocity", "m s-1", "time: point");
  create_series("/inverse_obukhov_length", "", "inverse of the Obukhov length, negative in unstable air", "m-1",
                "time: point");
  create_series("/x_wind", "x_wind", "wind along x at 10 m", "m s-1", "time: point");
  create_series("/y_wind", "y_wind", "wind along y at 10 m", "m s-1", "time: point");
  create_series("/air_temperature", "air_temperature", "air temperature at 2 m", "K", "time: point");
  create_series("/rainfall_flux", "rainfall_flux", "rain", "kg m-2 s-1", "time: mean");
}

} // namespace tq
