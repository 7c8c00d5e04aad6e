#pragma once
#include "files/netcdf.hpp"
#include "grid/grid.hpp"
#include "physics/map_projection.hpp"

#include <cstddef>
#include <vector>

namespace tq {

/// Where the columns of the engine's grid lie on the earth; [j * nx + i].
struct ColumnPlaces {
  std::vector<files::Position> positions; // degrees (WGS84), x east, y north
  std::vector<double> convergence;        // rad, by which true north lies to the left of the grid's y axis

  explicit ColumnPlaces(const Grid& grid);
};

/// Where the engine's columns lie on the grid of a wrfout file at one of its times (a nest may move).
struct WrfPlacement {
  /// The part of the file's grid that they need: cells [i0, i0 + nx) x [j0, j0 + ny).
  std::size_t i0 = 0, j0 = 0, nx = 0, ny = 0;
  struct Column {
    std::size_t cell;    // of the part, [j * nx + i]: the south-west one of the four around the column
    double x, y;         // shares of the eastern and the northern cells, bilinear
    double cosine, sine; // of the angle that turns vectors on the file's axes onto the engine's
  };
  std::vector<Column> columns; // [j * nx + i] of the engine
};

/// The map of a wrfout file by its attributes MAP_PROJ, TRUELAT1, TRUELAT2, STAND_LON. Throws InputError where one is
/// missing, or the map is none of those of SphereMap or has a shifted pole.
physics::SphereMap read_wrf_map(const files::NetcdfFile& file);

/// Lays the columns over the grid of record `record`. The grid is where XLAT and XLONG of its corners say; its map must
/// put the corners on a rectangle, and SINALPHA and COSALPHA, where the file has them, must be those of the map (both
/// within a fiftieth), or else the attributes are of another grid: InputError. So it is, with both extents, if a column
/// lies outside.
WrfPlacement place_on_wrf(const files::NetcdfFile& file, std::size_t record, const ColumnPlaces& places);

} // namespace tq
