#pragma once
#include "emission/emission_model.hpp"

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "paths.hpp"

namespace tq::test {

inline std::filesystem::path emission_directory() {
  return source_directory() / "tests" / "unit" / "emission";
}

/// 10 km x 10 km around the made-up city of tests/unit/emission/data, with a hill in the west.
inline Grid city_grid() {
  GridSpecification s;
  s.name = "test";
  s.epsg = 32650;
  s.nx = 20;
  s.ny = 20;
  s.dx = s.dy = 500;
  s.x_west = 515000;
  s.y_south = 3235500;
  s.zeta_faces = {0, 12, 28, 50, 80, 120, 200, 400, 1000};
  s.terrain.assign(400, 20.0);
  for (int j = 0; j < 20; ++j) {
    for (int i = 0; i < 8; ++i) {
      s.terrain[std::size_t(j * 20 + i)] = 20.0 + 40.0 * (8 - i);
    }
  }
  return Grid(std::move(s));
}

inline config::Schema city_schema() {
  config::Schema schema;
  using config::Type;
  schema.add({.key = "schema", .type = Type::text, .description = "form"});
  schema.add({.key = "name", .type = Type::text, .description = "name"});
  schema.add({.key = "run.start", .type = Type::time, .description = "start"});
  schema.add({.key = "run.end", .type = Type::time, .description = "end"});
  schema.add({.key = "run.time_zone", .type = Type::text, .description = "zone"});
  declare_emission(schema);
  return schema;
}

/// Everything that an emission model is built from, and the problems found.
struct City {
  Grid grid = city_grid();
  ManagementCells cells = read_management_cells(grid, emission_directory() / "data" / "cells.geojson");
  SpeciesTable species = SpeciesTable::load();
  TimeZone zone{"Asia/Shanghai"};
  /// The weather of the run's hours; without it they are all alike, mild and dry.
  std::function<EmissionWeather(const config::Settings&, const TimeZone&)> hours;

  EmissionModel model(const std::filesystem::path& scenario, ProblemList& problems) const {
    const config::Settings settings =
        config::Settings::check(config::read_scenario(scenario), city_schema(), problems);
    const auto weather = [&] {
      const Instant period = settings.time("run.end", zone) - settings.time("run.start", zone);
      return hours ? hours(settings, zone) : EmissionWeather(std::size_t(period / seconds_per_hour));
    };
    return EmissionModel(grid, cells, species, settings, zone, weather, problems);
  }
  /// Throws InputError if there is any problem.
  EmissionModel model(const std::filesystem::path& scenario) const {
    ProblemList problems;
    EmissionModel made = model(scenario, problems);
    problems.throw_if_any();
    return made;
  }
  EmissionModel base() const { return model(emission_directory() / "data" / "scenario.toml"); }
  /// The base with an overlay of this text.
  EmissionModel overlay(const std::string& text) const {
    const std::filesystem::path folder = scratch_directory("emission");
    const std::filesystem::path file = folder / "overlay.toml";
    std::ofstream(file) << "base = \"" << (emission_directory() / "data" / "scenario.toml").string() << "\"\n"
                        << text;
    EmissionModel made = model(file);
    std::filesystem::remove_all(folder);
    return made;
  }
};

/// The emission of an hour on the whole grid, one tracer per species.
inline Field<double> hour_of(const City& city, const EmissionModel& model, Instant start) {
  const TracerSet tracers(1, city.species.count(), 0);
  Field<double> field(city.grid.nx(), city.grid.ny(), model.levels(), tracers.count(), 0);
  model.hour(start, Decomposition(city.grid.nx(), city.grid.ny(), 1, 1).of(0), 0, tracers, field.view());
  return field;
}

/// Sum over all cells, kg s-1.
inline double sum_of(const Field<double>& field, int tracer) {
  const View3<const double> view = field.view()[tracer];
  double sum = 0;
  for (int k = 0; k < field.nz(); ++k) {
    for (int j = 0; j < field.ny(); ++j) {
      for (int i = 0; i < field.nx(); ++i) {
        sum += view(i, j, k);
      }
    }
  }
  return sum;
}

} // namespace tq::test
