#pragma once
#include "grid/decomposition.hpp"
#include "grid/field.hpp"
#include "grid/grid.hpp"
#include "meteorology/boundary_layer.hpp"
#include "state/forcing.hpp"

#include <vector>

namespace tq {

/// Air masses, their fluxes through faces, and horizontal diffusion, for this rank's cells.
///
///   F = s (u, v) U(z) rho A,   U(z) = (u*/kappa) ln(min(z, z_top)/z0),   (u, v) = -(sin d, cos d)
///
/// F air-mass flux [kg s-1], z height of the face's centre above ground [m], z_top lower of the mixing height and
/// `profile_top`, d direction the wind comes from, A area of the face, rho A taken as half the mass of the two cells over
/// their width, s one factor for each column of faces such that the column carries the same mass as over flat
/// ground at sea level. So the air squeezes over hills, streamlines follow the terrain, and nothing leaves through the lid
/// in uniform wind. Vertical fluxes close each column's continuity from the ground in T:
///   Fz(k+1) = Fz(k) - ((Fx(i+1) - Fx(i)) + (Fy(j+1) - Fy(j))).
/// Direction is constant with height. Inside the roughness elements (z < 1.1 z0) air moves as at 1.1 z0.
/// Horizontal diffusion along the levels: the given diffusivity. Limits: no flow around hills, no slope winds, one profile
/// for the domain.
///
/// Every value depends on global indices alone: any decomposition gives the same bits.
template <class T> class AirFlow {
public:
  /// horizontal_diffusivity in m2 s-1.
  AirFlow(const Grid& grid, const Subdomain& subdomain, const WeatherOptions& options, double horizontal_diffusivity);

  /// Makes the fluxes of an hour.
  void update(const BoundaryLayer& layer);

  /// Sets air_mass, flux_x, flux_y, flux_z, mixing_x and mixing_y; the views stay valid as long as this lives
  /// and show the hour of the latest update. Horizontal fluxes are filled on all faces i in [-3, nx + 3) (j likewise),
  /// flux_z on interior cells, mixing_x and mixing_y on all faces inside the domain.
  void fill(Forcing<T>& forcing) const;

private:
  void make_static(const Grid& grid, double horizontal_diffusivity);
  void make_horizontal(const BoundaryLayer& layer);
  void make_vertical();

  Subdomain subdomain_;
  WeatherOptions options_;
  int nz_;
  double dx_, dy_;
  std::vector<double> log_zeta_, flat_mass_; // per level; flat_mass: rho dzeta over flat ground, kg m-2
  Field<double> log_jacobian_x_, log_jacobian_y_;  // (i, j): ln of the faces' jacobians
  Field<double> scale_x_, scale_y_;                // (i, j): factor of the hour's column of faces
  Field<T> air_mass_, flux_x_, flux_y_, flux_z_, mixing_x_, mixing_y_;
};

extern template class AirFlow<float>;
extern template class AirFlow<double>;

} // namespace tq
