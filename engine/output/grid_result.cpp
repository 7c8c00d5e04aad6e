#include "output/grid_result.hpp"

#include "base/version.hpp"
#include "output/result_grid.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <set>

namespace tq {

namespace {

using files::Hdf5File;
using files::Hdf5Type;

/// A field on (y, x), or on (first, y, x).
void write_field(Hdf5File& file, const std::string& path, const std::string& standard_name,
                 const std::string& long_name, const std::string& units, const std::vector<double>& values,
                 const std::string& first = "") {
  std::vector<std::string> dimensions = {"/y", "/x"};
  if (!first.empty()) {
    dimensions.insert(dimensions.begin(), first);
  }
  file.create(path, {.type = Hdf5Type::float64, .dimensions = dimensions, .fill_missing = true});
  file.write(path, values);
  describe(file, path, standard_name, long_name, units);
  file.set_attribute(path, "grid_mapping", std::string("crs"));
  file.set_attribute(path, "coordinates", std::string("lat lon"));
}

/// Numbers that stand for names: flags of CF.
void set_flags(Hdf5File& file, const std::string& path, std::vector<std::string> names) {
  std::vector<double> values;
  std::string meanings;
  for (std::string& name : names) {
    values.push_back(double(values.size()));
    std::replace(name.begin(), name.end(), ' ', '_');
    meanings += (meanings.empty() ? "" : " ") + name;
  }
  file.set_attribute(path, "flag_values", values);
  file.set_attribute(path, "flag_meanings", meanings);
}

void write_land_cover(Hdf5File& file, const Grid& grid, const LandCover& cover) {
  std::vector<std::string> ids;
  std::vector<double> shares, dominant;
  file.create_dimension("/land_cover_class", cover.classes().size());
  for (std::size_t c = 0; c < cover.classes().size(); ++c) {
    ids.push_back(cover.classes()[c].id);
    for (int j = 0; j < grid.ny(); ++j) {
      for (int i = 0; i < grid.nx(); ++i) {
        shares.push_back(cover.share(i, j, int(c)));
      }
    }
  }
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      dominant.push_back(cover.dominant(i, j));
    }
  }
  file.create("/land_cover_id", {.type = Hdf5Type::text, .dimensions = {"/land_cover_class"}});
  file.write("/land_cover_id", ids);
  describe(file, "/land_cover_id", "", "class of land cover", "");
  write_field(file, "/land_cover_share", "area_fraction", "share of a class of land cover", "1", shares,
              "/land_cover_class");
  file.set_attribute("/land_cover_share", "coordinates", std::string("lat lon land_cover_id"));
  write_field(file, "/land_cover", "", "class of land cover with the largest share", "", dominant);
  set_flags(file, "/land_cover", ids);
}

void write_management(Hdf5File& file, const GridFile& grid) {
  if (grid.management.cells.empty()) {
    return;
  }
  std::vector<std::string> ids;
  for (const ManagementCell& cell : grid.management.cells) {
    ids.push_back(cell.id);
  }
  std::vector<double> values;
  for (const int cell : largest_management_cell(grid)) {
    values.push_back(cell < 0 ? std::numeric_limits<double>::quiet_NaN() : cell);
  }
  write_field(file, "/management_cell", "", "management cell with the largest part", "", values);
  set_flags(file, "/management_cell", ids);
}

void write_all(Hdf5File& file, const GridFile& city) {
  const Grid& grid = city.grid;
  file.set_attribute("/", "Conventions", std::string("CF-1.8"));
  file.set_attribute("/", "title", fmt::format("grid {}", city.name));
  file.set_attribute("/", "source", fmt::format("tianqing {}", version::program));
  file.set_attribute("/", "grid", city.name);
  file.set_attribute("/", "tianqing_schema", std::string(grid_schema_version));
  file.set_attribute("/", "terrain_filled_share", city.terrain.filled);
  file.set_attribute("/", "terrain_slope_before_smoothing", city.terrain.raw_slope);
  file.set_attribute("/", "terrain_slope", city.terrain.slope);
  file.set_attribute("/", "terrain_smoothing_passes", std::int32_t(city.terrain.passes));
  file.create_dimension("/bound", 2);
  write_grid(file, grid);
  write_levels(file, grid);
  write_field(file, "/slope", "", "slope of the terrain between the centres of neighbouring cells", "1",
              terrain_slopes(grid));
  write_land_cover(file, grid, city.land_cover);
  write_management(file, city);
  std::vector<double> mass;
  for (int k = 0; k < grid.nz(); ++k) {
    for (int j = 0; j < grid.ny(); ++j) {
      for (int i = 0; i < grid.nx(); ++i) {
        mass.push_back(grid.air_mass(i, j, k));
      }
    }
  }
  write_field(file, "/air_mass", "", "mass of the reference air in the cell", "kg", mass, "/lev");
}

} // namespace

std::vector<double> terrain_slopes(const Grid& grid) {
  std::vector<double> slopes;
  const auto difference = [](double low, double high, int from, int to, double step) {
    return to > from ? (high - low) / ((to - from) * step) : 0.0;
  };
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      const int west = std::max(0, i - 1), east = std::min(grid.nx() - 1, i + 1);
      const int south = std::max(0, j - 1), north = std::min(grid.ny() - 1, j + 1);
      slopes.push_back(std::hypot(difference(grid.terrain(west, j), grid.terrain(east, j), west, east, grid.dx()),
                                  difference(grid.terrain(i, south), grid.terrain(i, north), south, north, grid.dy())));
    }
  }
  return slopes;
}

std::vector<int> largest_management_cell(const GridFile& city) {
  const std::size_t count = std::size_t(city.grid.nx()) * std::size_t(city.grid.ny());
  std::vector<int> largest(count, -1);
  std::vector<double> amounts(count, 0.0);
  std::set<std::string> parents;
  for (const ManagementCell& cell : city.management.cells) {
    parents.insert(cell.parent);
  }
  for (std::size_t cell = 0; cell < city.management.cells.size(); ++cell) {
    if (parents.contains(city.management.cells[cell].id)) {
      continue;
    }
    for (const CellShare& share : city.management.cells[cell].overlay.shares) {
      const std::size_t n = std::size_t(share.j) * std::size_t(city.grid.nx()) + std::size_t(share.i);
      if (share.amount > amounts[n]) {
        amounts[n] = share.amount;
        largest[n] = int(cell);
      }
    }
  }
  return largest;
}

void write_grid_result(const std::filesystem::path& path, const GridFile& grid) {
  const std::filesystem::path temporary = path.string() + ".part";
  try {
    Hdf5File file = Hdf5File::create(temporary, true);
    write_all(file, grid);
    file.move_to(path);
    file.close();
  } catch (...) {
    std::error_code status;
    std::filesystem::remove(temporary, status);
    throw;
  }
}

} // namespace tq
