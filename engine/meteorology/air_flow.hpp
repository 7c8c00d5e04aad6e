#pragma once
#include "grid/decomposition.hpp"
#include "grid/field.hpp"
#include "grid/grid.hpp"
#include "meteorology/boundary_layer.hpp"
#include "meteorology/wind/library.hpp"
#include "state/forcing.hpp"

#include <vector>

namespace tq {

/// The wind above the station during an hour.
wind::StationWind station_wind(const BoundaryLayer& layer, const WeatherOptions& options);

/// Air masses, their fluxes through faces, and horizontal diffusion, for this rank's cells.
///
/// Horizontal fluxes are the hour's sum of the adjusted unit winds of a library (wind/library.hpp): a profile by
/// similarity (physics/similarity.hpp), turned as its direction says, made free of divergence over the terrain.
/// Outside the domain the fluxes of its outermost faces go on. Vertical fluxes close each column's continuity from the
/// ground in T:
///   Fz(k+1) = Fz(k) - ((Fx(i+1) - Fx(i)) + (Fy(j+1) - Fy(j))),
/// so continuity holds whatever the adjustment has left; that, and the rounding of the library's floats, is what flows
/// through the lid beside the adjusted wind.
/// Slope winds (physics/slope_wind.hpp) are a part of the sum, as strong as the domain's mean heat makes them.
/// Where the station sees the valley, the sum is the one whose wind at the station is the measured one: two unknowns,
/// the first guess' components, from two equations, after slope winds, which are not stronger there than the measured
/// wind. The first guess is not made larger than three times the wind that it must give there.
/// Horizontal diffusion along the levels: the given diffusivity. Limits: one profile and one heat for the domain before
/// the adjustment.
///
/// Every value depends on global indices alone: any decomposition gives the same bits.
template <class T> class AirFlow {
public:
  /// horizontal_diffusivity in m2 s-1. Grid and library must outlive this.
  AirFlow(const Grid& grid, const Subdomain& subdomain, const WeatherOptions& options, const WindLibrary& library,
          double horizontal_diffusivity);

  /// Makes the fluxes of an hour.
  void update(const BoundaryLayer& layer);
  /// The same with a wind of the whole grid that was adjusted already (wind/hourly.hpp).
  void update(const FaceFlow& flow);

  /// Sets air_mass, flux_x, flux_y, flux_z and exchange_rate; the views stay valid as long as this lives and show the hour
  /// of the latest update. Horizontal fluxes are filled on all faces i in [-3, nx + 3) (j likewise), flux_z on interior
  /// cells.
  void fill(Forcing<T>& forcing) const;

private:
  void make_static(const Grid& grid, double horizontal_diffusivity);
  std::vector<wind::Part> parts_of(const BoundaryLayer& layer) const;
  /// Those that make the station's wind u, v [m s-1].
  std::vector<wind::Part> parts_seen(wind::StationWind wind, double u, double v) const;
  std::vector<wind::Part> slope_parts_of(const BoundaryLayer& layer) const;
  WindLibrary::Wind at_station(const std::vector<wind::Part>& parts) const;
  template <class RowX, class RowY>
  void make_horizontal(const std::vector<wind::Part>& parts, const RowX& row_x, const RowY& row_y);
  void make_vertical();

  const WindLibrary& library_;
  Subdomain subdomain_;
  WeatherOptions options_;
  double station_x_, station_y_; // m
  int nz_;
  double dx_, dy_;
  Field<T> air_mass_, flux_x_, flux_y_, flux_z_;
  Field<T> exchange_rate_; // (k, direction) as (i, j)
};

extern template class AirFlow<float>;
extern template class AirFlow<double>;

} // namespace tq
