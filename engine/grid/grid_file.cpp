#include "grid/grid_file.hpp"

#include "files/raster.hpp"
#include "grid/terrain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace tq {

namespace {

using config::Settings;
using config::Type;

constexpr double highest_top = 10000.0; // m: the reference air's lapse rate ends at the tropopause
constexpr double lowest_terrain = -500.0; // m; the lowest land lies at -430: below, "no data" was missed
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

/// What covers the domain; the default, with problems, where the settings do not say it well.
LandCover read_land_cover(const Settings& settings, const GridSpecification& s, ProblemList& problems) {
  LandCover cover(LandCover::load_classes(), s.nx, s.ny, 0);
  std::vector<std::string> ids;
  for (const LandCoverClass& c : cover.classes()) {
    ids.push_back(c.id);
  }
  const std::string id = settings.text("land_cover.class");
  const int everywhere = cover.find(id);
  if (everywhere < 0) {
    settings.problem(problems, "land_cover.class", "be a class of land cover" + suggestion(id, ids));
    return cover;
  }
  return LandCover(cover.classes(), s.nx, s.ny, everywhere);
}

/// The terrain; empty, with problems, where the raster does not suit the grid.
std::vector<double> checked_terrain(const Settings& settings, const files::AsciiRaster& raster,
                                    const GridSpecification& s, ProblemList& problems) {
  const double east = s.x_west + s.nx * s.dx, north = s.y_south + s.ny * s.dy;
  const double raster_east = raster.x_west + raster.columns * raster.cell_size;
  const double raster_north = raster.y_south + raster.rows * raster.cell_size;
  const double tolerance = 1e-6 * raster.cell_size;
  if (s.x_west < raster.x_west - tolerance || s.y_south < raster.y_south - tolerance ||
      east > raster_east + tolerance || north > raster_north + tolerance) {
    settings.problem(
        problems, "terrain.file",
        fmt::format("cover the whole grid (x {:.0f} to {:.0f}, y {:.0f} to {:.0f}), but covers x {:.0f} to "
                    "{:.0f}, y {:.0f} to {:.0f}",
                    s.x_west, east, s.y_south, north, raster.x_west, raster_east, raster.y_south,
                    raster_north));
    return {};
  }
  std::vector<double> terrain = average_over_cells(raster, s);
  const auto place = [&s](std::size_t cell) {
    return fmt::format("x {:.0f}, y {:.0f}", s.x_west + (double(cell % std::size_t(s.nx)) + 0.5) * s.dx,
                       s.y_south + (double(cell / std::size_t(s.nx)) + 0.5) * s.dy);
  };
  const double limit = highest_terrain_share * s.zeta_faces.back();
  std::size_t missing = 0, first_missing = 0, highest = 0;
  for (std::size_t cell = 0; cell < terrain.size(); ++cell) {
    if (std::isnan(terrain[cell])) {
      first_missing = missing == 0 ? cell : first_missing;
      ++missing;
    }
    highest = !(terrain[cell] <= terrain[highest]) && !std::isnan(terrain[cell]) ? cell : highest;
  }
  const std::size_t before = problems.problems().size();
  if (missing > 0) {
    settings.problem(problems, "terrain.file",
                     fmt::format("have data in the whole grid, but lacks some in {} of {} "
                                 "cells, the first at {}",
                                 missing, terrain.size(), place(first_missing)));
  }
  if (terrain[highest] >= limit) {
    settings.problem(problems, "terrain.file",
                     fmt::format("stay below 0.8 of the top of the levels ({:.0f} m), but has {:.0f} m at {}",
                                 limit, terrain[highest], place(highest)));
  }
  const auto lowest = std::find_if(raster.values.begin(), raster.values.end(),
                                   [](double height) { return height < lowest_terrain; });
  if (lowest != raster.values.end()) { // in the raster: the mean over a cell may hide it
    settings.problem(problems, "terrain.file",
                     fmt::format("not lie below {:.0f} m, but has {:.0f} m: is its NODATA_value missing?",
                                 lowest_terrain, *lowest));
  }
  return problems.problems().size() == before ? terrain : std::vector<double>();
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
  schema.add({.key = "terrain.file",
              .type = Type::path,
              .description =
                  "ESRI ASCII grid of heights above sea level [m] in the CRS of the grid, gzipped or not; "
                  "averaged over the cells. Without it the ground is flat, at 0",
              .required = true});
  schema.add({.key = "land_cover.class",
              .type = Type::text,
              .description = "class of data/land_cover.toml that covers the whole domain",
              .default_value = "low_town"});
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
  if (settings.given("terrain.file")) {
    try {
      if (const auto file = settings.existing_file("terrain.file", problems)) {
        specification.terrain = checked_terrain(settings, files::read_ascii_raster(*file), specification, problems);
      }
    } catch (const InputError& error) {
      problems.add(error);
    }
  }
  LandCover cover = read_land_cover(settings, specification, problems);
  GridFile result{Grid(std::move(specification)), std::move(cover), {}, settings.text("name"), settings.files()};
  if (settings.given("management.file")) {
    try {
      if (const auto file = settings.existing_file("management.file", problems)) {
        result.management = read_management_cells(result.grid, *file);
      }
    } catch (const InputError& error) {
      problems.add(error);
    }
  }
  problems.throw_if_any();
  return result;
}

} // namespace tq
