#include "meteorology/wrf_grid.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace tq {

using files::NetcdfFile;
using files::Position;
using physics::SphereMap;

namespace {

constexpr double tolerance = 0.02; // of a cell's width, of a sine: XLAT and XLONG are in single precision

/// The value of a surface variable at one cell; the time comes first where it has one.
double value_at(const NetcdfFile& file, const std::string& name, std::size_t record, std::size_t j, std::size_t i) {
  const bool timed = file.shape(name).size() == 3;
  return timed ? file.read(name, {record, j, i}, {1, 1, 1})[0] : file.read(name, {j, i}, {1, 1})[0];
}

/// Widest range of latitudes and longitudes as a text.
class Extent {
 public:
  void add(Position place) {
    low_ = {std::min(low_.x, place.x), std::min(low_.y, place.y)};
    high_ = {std::max(high_.x, place.x), std::max(high_.y, place.y)};
  }
  std::string text() const {
    return fmt::format("{:.3f} to {:.3f} degrees north, {:.3f} to {:.3f} degrees east", low_.y, high_.y, low_.x,
                       high_.x);
  }

 private:
  Position low_{1e9, 1e9}, high_{-1e9, -1e9};
};

/// The file's cells on its map: cell (i, j) lies at origin + (i width_x, j width_y).
struct Raster {
  SphereMap map;
  SphereMap::Point origin{0, 0};
  double width_x = 0, width_y = 0; // m
  std::size_t nx = 0, ny = 0;
  Extent extent;

  SphereMap::Point index(Position place) const {
    const SphereMap::Point point = map.project(place.x, place.y);
    return {(point.x - origin.x) / width_x, (point.y - origin.y) / width_y};
  }
};

Raster read_raster(const NetcdfFile& file, std::size_t record) {
  Raster raster;
  raster.map = read_wrf_map(file);
  const std::vector<std::size_t> shape = file.shape("XLAT");
  if (shape.size() < 2 || shape.size() > 3 || file.shape("XLONG") != shape) {
    throw InputError({file.path().string()}, "XLAT and XLONG must have two dimensions, or three with the time");
  }
  raster.ny = shape[shape.size() - 2];
  raster.nx = shape[shape.size() - 1];
  if (raster.nx < 2 || raster.ny < 2) {
    throw InputError({file.path().string()},
                     fmt::format("has {} x {} cells: at least 2 x 2 are needed", raster.nx, raster.ny));
  }
  const std::size_t i1 = raster.nx - 1, j1 = raster.ny - 1;
  struct Corner {
    std::size_t i, j;
    Position place;
  };
  std::array<Corner, 4> corners = {{{0, 0, {}}, {i1, 0, {}}, {0, j1, {}}, {i1, j1, {}}}};
  for (Corner& corner : corners) {
    corner.place = {value_at(file, "XLONG", record, corner.j, corner.i),
                    value_at(file, "XLAT", record, corner.j, corner.i)};
    raster.extent.add(corner.place);
  }
  raster.origin = raster.map.project(corners[0].place.x, corners[0].place.y);
  raster.width_x = (raster.map.project(corners[1].place.x, corners[1].place.y).x - raster.origin.x) / double(i1);
  raster.width_y = (raster.map.project(corners[2].place.x, corners[2].place.y).y - raster.origin.y) / double(j1);
  for (const Corner& corner : corners) {
    const SphereMap::Point index = raster.index(corner.place);
    if (!(std::hypot(index.x - double(corner.i), index.y - double(corner.j)) < tolerance)) {
      throw InputError(
          {file.path().string()},
          fmt::format("XLAT and XLONG put cell ({}, {}) at ({:.2f}, {:.2f}) of the map that MAP_PROJ, TRUELAT1, "
                      "TRUELAT2 and STAND_LON describe",
                      corner.i, corner.j, index.x, index.y));
    }
    if (file.has("SINALPHA") && file.has("COSALPHA")) { // of the angle from true north to the y axis
      const double angle = -raster.map.convergence(corner.place.x);
      const double sine = value_at(file, "SINALPHA", record, corner.j, corner.i);
      const double cosine = value_at(file, "COSALPHA", record, corner.j, corner.i);
      if (!(std::hypot(sine - std::sin(angle), cosine - std::cos(angle)) < tolerance)) {
        throw InputError(
            {file.path().string()},
            fmt::format("SINALPHA = {:.3f} and COSALPHA = {:.3f} of cell ({}, {}) are not those of its map, {:.3f} "
                        "and {:.3f}",
                        sine, cosine, corner.i, corner.j, std::sin(angle), std::cos(angle)));
      }
    }
  }
  return raster;
}

} // namespace

ColumnPlaces::ColumnPlaces(const Grid& grid) {
  constexpr double step = 1e-3; // degrees
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      const Position place = grid.projection().unproject({grid.x_center(i), grid.y_center(j)});
      const Position south = grid.projection().project({place.x, place.y - step});
      const Position north = grid.projection().project({place.x, place.y + step});
      positions.push_back(place);
      convergence.push_back(std::atan2(south.x - north.x, north.y - south.y));
    }
  }
}

SphereMap read_wrf_map(const NetcdfFile& file) {
  const auto number = [&](const std::string& name) {
    const std::optional<double> value = file.number_attribute(name);
    if (!value) {
      throw InputError({file.path().string()}, "has no attribute " + name + ": it is not a wrfout file");
    }
    return *value;
  };
  SphereMap map;
  const int kind = int(number("MAP_PROJ"));
  if (kind != 1 && kind != 2 && kind != 3 && kind != 6) {
    throw InputError({file.path().string()},
                     fmt::format("MAP_PROJ = {}: must be 1 (Lambert conformal), 2 (polar stereographic), "
                                 "3 (Mercator) or 6 (latitude and longitude)",
                                 kind));
  }
  map.kind = SphereMap::Kind(kind);
  map.standard_longitude = number("STAND_LON");
  if (map.kind == SphereMap::Kind::degrees) {
    if (const double pole = number("POLE_LAT"); pole != 90) {
      throw InputError({file.path().string()},
                       fmt::format("POLE_LAT = {:g}: must be 90; shifted poles are not read", pole));
    }
    return map;
  }
  map.true_latitude_1 = number("TRUELAT1");
  map.true_latitude_2 = map.kind == SphereMap::Kind::lambert ? number("TRUELAT2") : 0.0;
  return map;
}

WrfPlacement place_on_wrf(const NetcdfFile& file, std::size_t record, const ColumnPlaces& places) {
  const Raster raster = read_raster(file, record);
  std::vector<SphereMap::Point> at;
  Extent wanted;
  double west = double(raster.nx), east = -1, south = double(raster.ny), north = -1;
  for (const Position& place : places.positions) {
    at.push_back(raster.index(place));
    wanted.add(place);
    west = std::min(west, at.back().x);
    east = std::max(east, at.back().x);
    south = std::min(south, at.back().y);
    north = std::max(north, at.back().y);
  }
  if (!(west >= 0 && south >= 0 && east <= double(raster.nx - 1) && north <= double(raster.ny - 1))) {
    throw InputError({file.path().string()},
                     fmt::format("covers {}: must cover the grid, {}", raster.extent.text(), wanted.text()));
  }
  WrfPlacement placement;
  placement.i0 = std::min(std::size_t(west), raster.nx - 2);
  placement.j0 = std::min(std::size_t(south), raster.ny - 2);
  placement.nx = std::min(std::size_t(east) + 2, raster.nx) - placement.i0;
  placement.ny = std::min(std::size_t(north) + 2, raster.ny) - placement.j0;
  for (std::size_t n = 0; n < at.size(); ++n) {
    const std::size_t i = std::min(std::size_t(at[n].x), raster.nx - 2),
                      j = std::min(std::size_t(at[n].y), raster.ny - 2);
    const double turn = places.convergence[n] - raster.map.convergence(places.positions[n].x);
    placement.columns.push_back({.cell = (j - placement.j0) * placement.nx + (i - placement.i0),
                                 .x = at[n].x - double(i),
                                 .y = at[n].y - double(j),
                                 .cosine = std::cos(turn),
                                 .sine = std::sin(turn)});
  }
  return placement;
}

} // namespace tq
