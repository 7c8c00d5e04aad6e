#include "grid/raster_file.hpp"

#include "base/log.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace tq {

namespace {

using config::Settings;
using config::Type;

constexpr double round_off = 1e-6; // of the domain: edges of cells on edges of pixels

/// Metres without, degrees with decimals.
std::string to_text(const files::Extent& extent, bool degrees) {
  const int digits = degrees ? 4 : 0;
  return fmt::format("x {:.{}f} to {:.{}f}, y {:.{}f} to {:.{}f}", extent.west, digits, extent.east, digits,
                     extent.south, digits, extent.north, digits);
}

/// What is wrong with where the raster lies; "" if it covers the whole grid.
std::string extent_problem(const files::PlacedRaster& raster) {
  const files::Extent &a = raster.extent, &b = raster.cells;
  const double tolerance = round_off * std::max(b.east - b.west, b.north - b.south);
  const bool covers = b.west >= a.west - tolerance && b.east <= a.east + tolerance && b.south >= a.south - tolerance &&
                      b.north <= a.north + tolerance;
  if (covers) {
    return "";
  }
  const bool apart = b.west >= a.east || b.east <= a.west || b.south >= a.north || b.north <= a.south;
  const bool degrees = std::max({std::abs(a.west), std::abs(a.east), std::abs(a.south), std::abs(a.north)}) <= 360;
  return fmt::format("cover the whole grid ({}), but covers {}{}{}", to_text(b, degrees), to_text(a, degrees),
                     raster.crs.empty() ? "" : " in " + raster.crs, apart ? ", no part of it" : "");
}

std::string percent(double share) {
  return fmt::format("{:.3g} %", 100 * share);
}

} // namespace

void declare_raster(config::Schema& schema, const std::string& table) {
  schema.add({.key = table + ".epsg",
              .type = Type::integer,
              .description =
                  "EPSG code of the raster's CRS, for a raster that does not name it; an ESRI ASCII grid lies "
                  "in the CRS of the grid unless this says otherwise",
              .minimum = 1});
  schema.add({.key = table + ".fill",
              .description = "largest share of the domain without data that is filled from the cells around",
              .default_value = 0.0,
              .unit = "1",
              .minimum = 0,
              .maximum = 0.5});
}

files::PlacedRaster read_raster_of(const Settings& settings, const std::string& table,
                                   const std::filesystem::path& file, const GridSpecification& grid) {
  const int epsg = settings.has(table + ".epsg") ? int(settings.integer(table + ".epsg")) : 0;
  return files::read_placed_raster(file, cell_lattice(grid), epsg);
}

std::string place_of_cell(const GridSpecification& grid, std::size_t cell) {
  return fmt::format("x {:.0f}, y {:.0f}", grid.x_west + (double(cell % std::size_t(grid.nx)) + 0.5) * grid.dx,
                     grid.y_south + (double(cell / std::size_t(grid.nx)) + 0.5) * grid.dy);
}

namespace {

/// One ring of cells at the edge of what is known gets the mean of known cells around; returns what is left.
std::vector<std::size_t> fill_ring(const std::vector<std::size_t>& gaps, std::vector<char>& known, int nx, int ny,
                                   std::vector<double>& values, std::size_t components) {
  std::vector<std::size_t> filled, left;
  for (const std::size_t cell : gaps) {
    const int i = int(cell % std::size_t(nx)), j = int(cell / std::size_t(nx));
    std::vector<double> sum(components, 0.0);
    int neighbours = 0;
    for (int y = std::max(0, j - 1); y <= std::min(ny - 1, j + 1); ++y) {
      for (int x = std::max(0, i - 1); x <= std::min(nx - 1, i + 1); ++x) {
        const std::size_t other = std::size_t(y) * std::size_t(nx) + std::size_t(x);
        for (std::size_t n = 0; n < components && known[other]; ++n) {
          sum[n] += values[other * components + n];
        }
        neighbours += known[other];
      }
    }
    (neighbours > 0 ? filled : left).push_back(cell);
    for (std::size_t n = 0; n < components && neighbours > 0; ++n) {
      values[cell * components + n] = sum[n] / neighbours;
    }
  }
  for (const std::size_t cell : filled) {
    known[cell] = 1;
  }
  return left;
}

} // namespace

bool fill_gaps(const Settings& settings, const std::string& table, const files::PlacedRaster& raster,
               const GridSpecification& grid, const std::vector<double>& covered, std::vector<double>& values,
               std::size_t components, double& missing, ProblemList& problems) {
  double lacking = 0;
  std::size_t first = covered.size();
  std::vector<char> known;
  std::vector<std::size_t> gaps;
  for (std::size_t cell = 0; cell < covered.size(); ++cell) {
    lacking += std::max(0.0, 1 - covered[cell]);
    first = first == covered.size() && covered[cell] < 1 - round_off ? cell : first;
    known.push_back(covered[cell] > 0.5 - round_off);
    if (!known.back()) {
      gaps.push_back(cell);
    }
  }
  missing = lacking / double(covered.size());
  if (missing <= round_off) {
    missing = 0;
    return true;
  }
  if (missing > settings.number(table + ".fill")) {
    const std::string extent = extent_problem(raster);
    settings.problem(problems, table + ".file",
                     !extent.empty()
                         ? extent
                         : fmt::format("have data in the whole grid, but has none on {} of it, first in the "
                                       "cell at {}; {}.fill says how much may be filled",
                                       percent(missing), place_of_cell(grid, first), table));
    return false;
  }
  log::info("{}: no data on {} of the domain; filled from the cells around", table, percent(missing));
  while (!gaps.empty()) { // at most half of the domain lacks data, so some cell is known
    gaps = fill_ring(gaps, known, grid.nx, grid.ny, values, components);
  }
  return true;
}

} // namespace tq
