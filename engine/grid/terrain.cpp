#include "grid/terrain.hpp"

#include "base/log.hpp"
#include "grid/raster_file.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace tq {

namespace {

using config::Settings;
using config::Type;

constexpr double lowest_terrain = -500.0; // m; the lowest land lies at -430: below, "no data" was missed
constexpr double aim = 0.999;             // of the limit: so that it is reached in a finite number of passes
constexpr int most_passes = 20000;

/// Calls body(a, b, distance) for each pair of cells that share a side; b lies east or north of a.
template <class Body> void for_each_side(const GridSpecification& grid, Body body) {
  for (int j = 0; j < grid.ny; ++j) {
    for (int i = 0; i < grid.nx; ++i) {
      const std::size_t cell = std::size_t(j) * std::size_t(grid.nx) + std::size_t(i);
      if (i + 1 < grid.nx) {
        body(cell, cell + 1, grid.dx);
      }
      if (j + 1 < grid.ny) {
        body(cell, cell + std::size_t(grid.nx), grid.dy);
      }
    }
  }
}

double mean(const std::vector<double>& heights) {
  return std::accumulate(heights.begin(), heights.end(), 0.0) / double(heights.size());
}

/// Smooths as [terrain] says.
void smooth(const Settings& settings, std::vector<double>& heights, const GridSpecification& grid,
            TerrainReport& report, ProblemList& problems) {
  report.raw_slope = report.slope = largest_slope(heights, grid);
  if (!settings.has("terrain.maximum_slope") || report.raw_slope <= settings.number("terrain.maximum_slope")) {
    return;
  }
  const std::vector<double> raw = heights;
  const double limit = settings.number("terrain.maximum_slope");
  report.passes = smooth_terrain(heights, grid, limit, most_passes);
  report.slope = largest_slope(heights, grid);
  for (std::size_t cell = 0; cell < raw.size(); ++cell) {
    report.largest_change = std::max(report.largest_change, std::abs(heights[cell] - raw[cell]));
  }
  if (report.slope > limit) {
    settings.problem(problems, "terrain.maximum_slope",
                     fmt::format("be larger: after {} passes of smoothing the terrain still has slopes of {:.3f}, at "
                                 "first of {:.3f}",
                                 report.passes, report.slope, report.raw_slope));
    return;
  }
  log::info(
      "terrain smoothed in {} passes: largest slope between cells {:.3f} before, {:.3f} after; mean height {:.1f} m "
      "before, {:.1f} m after; largest change of a cell {:.1f} m",
      report.passes, report.raw_slope, report.slope, mean(raw), mean(heights), report.largest_change);
}

void check_heights(const Settings& settings, const std::vector<double>& heights, const GridSpecification& grid,
                   ProblemList& problems) {
  const double limit = highest_terrain_share * grid.zeta_faces.back();
  const auto highest = std::max_element(heights.begin(), heights.end());
  if (*highest >= limit) {
    settings.problem(problems, "terrain.file",
                     fmt::format("stay below 0.8 of the top of the levels ({:.0f} m), but has {:.0f} m at {}", limit,
                                 *highest, place_of_cell(grid, std::size_t(highest - heights.begin()))));
  }
}

} // namespace

void declare_terrain(config::Schema& schema) {
  schema.add({.key = "terrain.file",
              .type = Type::path,
              .description =
                  "raster of heights above sea level [m], averaged over the cells: an ESRI ASCII grid in the "
                  "CRS of the grid, gzipped or not, or with the component GEO any raster that GDAL reads, in "
                  "any CRS. Without it the ground is flat, at 0",
              .required = true});
  declare_raster(schema, "terrain");
  schema.add({.key = "terrain.maximum_slope",
              .description =
                  "largest slope between neighbouring cells; steeper terrain is smoothed, and its mean height "
                  "kept. Without it nothing is smoothed",
              .unit = "1",
              .minimum = 0,
              .maximum = 10,
              .minimum_open = true});
}

std::vector<double> read_terrain(const Settings& settings, const GridSpecification& grid, TerrainReport& report,
                                 ProblemList& problems) {
  const auto file = settings.given("terrain") ? settings.existing_file("terrain.file", problems) : std::nullopt;
  if (!file) {
    return {};
  }
  const files::PlacedRaster raster = read_raster_of(settings, "terrain", *file, grid);
  const std::size_t before = problems.problems().size();
  const std::string& unit = raster.unit;
  if (!unit.empty() && unit != "m" && unit != "metre" && unit != "meter" && unit != "metres" && unit != "meters") {
    settings.problem(problems, "terrain.file", fmt::format("be in metres, but its unit is \"{}\"", unit));
  }
  const auto lowest =
      std::find_if(raster.values.begin(), raster.values.end(), [](double height) { return height < lowest_terrain; });
  if (lowest != raster.values.end()) { // in the raster: the mean over a cell may hide it
    settings.problem(
        problems, "terrain.file",
        fmt::format("not lie below {:.0f} m, but has {:.0f} m: is its NODATA_value missing?", lowest_terrain, *lowest));
  }
  RasterMeans means = mean_over_cells(raster, grid.nx, grid.ny);
  if (!fill_gaps(settings, "terrain", raster, grid, means.covered, means.means, 1, report.filled, problems) ||
      problems.problems().size() > before) {
    return {};
  }
  smooth(settings, means.means, grid, report, problems);
  check_heights(settings, means.means, grid, problems);
  return problems.problems().size() == before ? means.means : std::vector<double>();
}

double largest_slope(const std::vector<double>& heights, const GridSpecification& grid) {
  double largest = 0;
  for_each_side(grid, [&](std::size_t a, std::size_t b, double distance) {
    largest = std::max(largest, std::abs(heights[b] - heights[a]) / distance);
  });
  return largest;
}

int smooth_terrain(std::vector<double>& heights, const GridSpecification& grid, double slope, int most_passes) {
  std::vector<double> change(heights.size());
  for (int pass = 0; pass < most_passes; ++pass) {
    if (largest_slope(heights, grid) <= slope) {
      return pass;
    }
    std::fill(change.begin(), change.end(), 0.0);
    for_each_side(grid, [&](std::size_t a, std::size_t b, double distance) {
      const double rise = heights[b] - heights[a];
      const double excess = std::abs(rise) - aim * slope * distance;
      if (excess > 0) {
        const double moved = std::copysign(0.25 * excess, rise);
        change[a] += moved;
        change[b] -= moved;
      }
    });
    for (std::size_t cell = 0; cell < heights.size(); ++cell) {
      heights[cell] += change[cell];
    }
  }
  return most_passes;
}

} // namespace tq
