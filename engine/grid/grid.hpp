#pragma once
#include "grid/projection.hpp"

#include <string>
#include <vector>

namespace tq {

/// What defines a grid.
struct GridSpecification {
  std::string name;
  int epsg = 0; // projected CRS, metres
  int nx = 0, ny = 0;
  double dx = 0, dy = 0;               // m
  double x_west = 0, y_south = 0;      // m, outer corner
  std::vector<double> zeta_faces;      // m, nz + 1 values from 0 to the top H, rising
  std::vector<double> terrain = {};    // m above sea, [j * nx + i], cell means, below 0.8 H; empty: flat, at 0
  double surface_pressure = 101325.0;  // Pa at z = 0, of the static reference air
  double surface_temperature = 288.15; // K at z = 0
  double lapse_rate = 0.0065;          // K m-1
};

/// Terrain must stay below this part of the model's top, so that layers keep their order and a sensible thickness.
inline constexpr double highest_terrain_share = 0.8;

/// The whole (global) grid: uniform dx, dy; terrain-following levels z = h + zeta (1 - h/H) (Gal-Chen and Somerville
/// 1975). Immutable. Indices i in [0, nx), j in [0, ny), k in [0, nz); zeta faces k in [0, nz].
class Grid {
public:
  /// Throws std::invalid_argument for a specification that makes no grid (files are checked by read_grid_file, which
  /// names lines).
  explicit Grid(GridSpecification specification);

  const GridSpecification& specification() const { return specification_; }
  int nx() const { return specification_.nx; }
  int ny() const { return specification_.ny; }
  int nz() const { return int(specification_.zeta_faces.size()) - 1; }
  double dx() const { return specification_.dx; }
  double dy() const { return specification_.dy; }
  double cell_area() const { return dx() * dy(); }            // m2, horizontal
  double top() const { return specification_.zeta_faces.back(); } // H, m
  double zeta_face(int k) const { return specification_.zeta_faces[std::size_t(k)]; }
  double zeta_center(int k) const { return 0.5 * (zeta_face(k) + zeta_face(k + 1)); }
  double x_center(int i) const { return specification_.x_west + (i + 0.5) * dx(); }
  double y_center(int j) const { return specification_.y_south + (j + 0.5) * dy(); }
  const Projection& projection() const { return projection_; }

  /// Terrain height, m above sea. Indices outside are clamped to the edge, so halos see flat continuations.
  double terrain(int i, int j) const;
  /// dz/dzeta = 1 - h/H.
  double jacobian(int i, int j) const { return 1.0 - terrain(i, j) / top(); }
  /// At the face between cells (i-1, j) and (i, j): from the mean of both terrains.
  double jacobian_xface(int i, int j) const;
  double jacobian_yface(int i, int j) const;

  double height_above_ground(int i, int j, int k) const { return zeta_center(k) * jacobian(i, j); } // m, centre
  double thickness(int i, int j, int k) const { return (zeta_face(k + 1) - zeta_face(k)) * jacobian(i, j); } // m
  double volume(int i, int j, int k) const { return thickness(i, j, k) * cell_area(); }              // m3
  /// kg m-3, static reference at the cell centre, z = h + zeta_center (1 - h/H). Against the mean over the cell this
  /// differs by (thickness / scale height)^2 / 24: below 1e-4 for layers of 400 m.
  double air_density(int i, int j, int k) const;
  double air_mass(int i, int j, int k) const { return air_density(i, j, k) * volume(i, j, k); } // kg
  /// Static reference at height z [m] above sea: hydrostatic with constant lapse rate L (ICAO standard atmosphere,
  /// troposphere): p = p0 (1 - L z/T0)^(g/(R L)) [Pa]; at L = 0, p = p0 exp(-g z/(R T0)).
  double reference_pressure(double z) const;
  /// p/(R T) [kg m-3] with T = T0 - L z.
  double reference_density(double z) const;

private:
  GridSpecification specification_;
  Projection projection_;
};

} // namespace tq
