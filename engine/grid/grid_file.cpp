#include "grid/grid_file.hpp"

#include "grid/land_cover_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace tq {

namespace {

using config::Settings;
using config::Type;

constexpr double highest_top = 10000.0; // m: the reference air's lapse rate ends at the tropopause
constexpr double largest_scale_error = 0.02; // beyond it, cells of dx by dy metres are not so on the ground

/// Problems of [grid] that the schema cannot see.
void check_grid(const Settings& settings, ProblemList& problems) {
  if (settings.has("grid.levels")) {
    const std::vector<double> faces = settings.numbers("grid.levels");
    if (faces.size() < 2 || faces.front() != 0 ||
        std::adjacent_find(faces.begin(), faces.end(), std::greater_equal<>()) != faces.end()) {
      settings.problem(problems, "grid.levels", "rise from 0, with two values or more");
    } else if (faces.back() > highest_top) {
      settings.problem(problems, "grid.levels", fmt::format("end at {:.0f} m or below", highest_top));
    }
  }
  if (settings.has("grid.epsg")) {
    try {
      const Projection projection(int(settings.integer("grid.epsg")));
    } catch (const std::invalid_argument& error) {
      settings.problem(problems, "grid.epsg", std::string(error.what()).substr(std::string("must ").size()));
    }
  }
  const bool west = settings.given("grid.x_west"), south = settings.given("grid.y_south");
  if (!settings.given("grid.center")) {
    if (!west || !south) {
      settings.problem(problems, "grid", "have either center, or x_west and y_south");
    }
  } else if (west || south) {
    settings.problem(problems, "grid.center", "not stand beside x_west and y_south: give one or the other");
  } else if (settings.has("grid.center")) {
    const std::vector<double> center = settings.numbers("grid.center");
    if (std::abs(center[0]) > 180 || std::abs(center[1]) > 90) {
      settings.problem(problems, "grid.center",
                       "be longitude (-180 to 180) and latitude (-90 to 90), in this order");
    }
  }
}

/// For settings without problems so far.
GridSpecification read_specification(const Settings& settings) {
  GridSpecification s;
  s.name = settings.text("name");
  s.epsg = int(settings.integer("grid.epsg"));
  s.nx = int(settings.integer("grid.nx"));
  s.ny = int(settings.integer("grid.ny"));
  s.dx = settings.number("grid.dx");
  s.dy = settings.number("grid.dy");
  s.zeta_faces = settings.numbers("grid.levels");
  if (settings.given("grid.center")) {
    const std::vector<double> center = settings.numbers("grid.center");
    const files::Position metres = Projection(s.epsg).project({center[0], center[1]});
    s.x_west = std::round(metres.x - 0.5 * s.nx * s.dx);
    s.y_south = std::round(metres.y - 0.5 * s.ny * s.dy);
  } else {
    s.x_west = settings.number("grid.x_west");
    s.y_south = settings.number("grid.y_south");
  }
  return s;
}

/// A CRS far from its own region gives cells that have not the size that they seem to have.
void check_scale(const Settings& settings, const GridSpecification& s, ProblemList& problems) {
  const Projection projection(s.epsg);
  for (const double across : {0.0, 0.5, 1.0}) {
    for (const double along : {0.0, 0.5, 1.0}) {
      const files::Position metres = {s.x_west + across * s.nx * s.dx, s.y_south + along * s.ny * s.dy};
      const files::Position place = projection.unproject(metres);
      const double error = projection.scale_error(place);
      if (!(error < largest_scale_error)) { // also where it is not a number
        settings.problem(
            problems, "grid.epsg",
            std::isfinite(error)
                ? fmt::format("be a CRS made for this region: at {:.2f} {:.2f} its metres are wrong by "
                              "{:.0f} %",
                              place.x, place.y, 100 * error)
                : "be a CRS made for this region: parts of the domain lie beyond its projection");
        return;
      }
    }
  }
}

/// Runs `part`; an InputError that it throws joins the problems.
template <class Part> void collect(ProblemList& problems, Part part) {
  try {
    part();
  } catch (const InputError& error) {
    problems.add(error);
  }
}

} // namespace

config::Schema grid_schema() {
  config::Schema schema;
  schema.add({.key = "schema",
              .type = Type::text,
              .description = "form of the file",
              .required = true,
              .choices = {"grid/1"}});
  schema.add(
      {.key = "name", .type = Type::text, .description = "name of the city or grid", .required = true});
  schema.add(
      {.key = "grid.epsg",
       .type = Type::integer,
       .description = "EPSG code of the projected CRS with axes in metres, such as 32650 for UTM zone 50N",
       .required = true,
       .minimum = 1});
  schema.add({.key = "grid.center",
              .type = Type::numbers,
              .description =
                  "longitude and latitude (WGS84, degrees) of the domain's centre; its south-west corner is "
                  "rounded to whole metres. Instead of x_west and y_south",
              .length = 2});
  schema.add({.key = "grid.x_west", .description = "easting of the domain's western edge", .unit = "m"});
  schema.add({.key = "grid.y_south", .description = "northing of the domain's southern edge", .unit = "m"});
  schema.add({.key = "grid.nx",
              .type = Type::integer,
              .description = "number of cells from west to east",
              .required = true,
              .minimum = 1,
              .maximum = 10000});
  schema.add({.key = "grid.ny",
              .type = Type::integer,
              .description = "number of cells from south to north",
              .required = true,
              .minimum = 1,
              .maximum = 10000});
  schema.add({.key = "grid.dx",
              .description = "width of a cell",
              .required = true,
              .unit = "m",
              .minimum = 1,
              .maximum = 1e5});
  schema.add({.key = "grid.dy",
              .description = "length of a cell from south to north",
              .required = true,
              .unit = "m",
              .minimum = 1,
              .maximum = 1e5});
  schema.add({.key = "grid.levels",
              .type = Type::numbers,
              .description =
                  "heights of the level faces above flat ground, rising from 0 to the top of the model; "
                  "over terrain h they lie at h + level (1 - h/top)",
              .required = true,
              .unit = "m",
              .minimum = 0});
  declare_terrain(schema);
  declare_land_cover(schema);
  schema.add({.key = "management.file",
              .type = Type::path,
              .description =
                  "GeoJSON polygons (WGS84) of the management cells with the properties id, name, unit, "
                  "parent, district, key_area, function_class",
              .required = true});
  return schema;
}

GridFile read_grid_file(const std::filesystem::path& file) {
  ProblemList problems;
  const Settings settings = Settings::check(config::read_toml(file), grid_schema(), problems);
  check_grid(settings, problems);
  problems.throw_if_any();
  GridSpecification specification = read_specification(settings);
  check_scale(settings, specification, problems);
  problems.throw_if_any(); // a misplaced grid would fit neither terrain nor management cells
  TerrainReport report;
  collect(problems, [&] { specification.terrain = read_terrain(settings, specification, report, problems); });
  LandCover cover = read_land_cover(settings, specification, problems);
  GridFile result{Grid(std::move(specification)), std::move(cover), {}, report, settings.text("name"),
                  settings.files()};
  if (settings.given("management.file")) {
    collect(problems, [&] {
      if (const auto file = settings.existing_file("management.file", problems)) {
        result.management = read_management_cells(result.grid, *file);
      }
    });
  }
  problems.throw_if_any();
  return result;
}

} // namespace tq
