#pragma once
#include "grid/decomposition.hpp"
#include "grid/field.hpp"
#include "grid/grid.hpp"
#include "grid/land_cover.hpp"
#include "meteorology/boundary_layer.hpp"
#include "meteorology/gridded_weather.hpp"
#include "state/forcing.hpp"

#include <vector>

namespace tq {

/// Vertical mixing by turbulence, for this rank's cells.
///
/// Each cell has the u* and L of its own land cover (area mean of stress, buoyancy and heat over the hour's tiles); the
/// mixing height is the domain's. In gridded weather a cell has the model's own instead: u* and L where there are u* and
/// heat flux (known_surface_layer), the mixing height within its bounds. Exchange through a face rho K A / distance:
/// - below h: K = max((1 - f) K_parabola, K_min), physics/diffusivity.hpp, with f the share of convection;
/// - from h on: K = K_min + l^2 S f(Ri), with the shear S of the hour's own fluxes and the lapse aloft, in gridded
///   weather that between the centres of both cells, as neutral where it would be unstable;
/// - K_min: `k_minimum` over towns, 0.01 m2 s-1 over open country, by the cell's share of classes with heat of people.
/// Overturning where the cell's air is unstable (physics/overturning.hpp): D(1) = f times the exchange that the
/// parabola alone would make through the floor of layer 1; above, D(k)/D(1) is the mass of air between that floor and
/// h over that of the layers from 1 on.
/// Heights are above the ground, displacement is not taken off: between houses and trees air mixes as above open
/// ground.
///
/// Every value depends on global indices alone: any decomposition gives the same bits.
template <class T> class Turbulence {
public:
  /// `cover`: null for one class, the town, everywhere.
  Turbulence(const Grid& grid, const Subdomain& subdomain, const WeatherOptions& options, const LandCover* cover);

  /// Makes the hour's mixing; `air` holds its air_mass, flux_x and flux_y. `gridded`: the hour's weather where it is
  /// that of a model, else null.
  void update(const BoundaryLayer& layer, const Forcing<T>& air, const GriddedWeather* gridded = nullptr);

  /// Sets mixing_z and overturning_z, on interior cells; the views stay valid as long as this lives and show the hour
  /// of the latest update. overturning_z is empty where no class of land cover has unstable air.
  void fill(Forcing<T>& forcing) const;

  /// Of the hour, (i, j): u* [m s-1], 1/L [m-1] and the mixing height [m above ground].
  View2<const double> friction_velocity() const { return friction_velocity_.view2(); }
  View2<const double> inverse_obukhov_length() const { return inverse_length_.view2(); }
  View2<const double> mixing_height() const { return mixing_height_.view2(); }

private:
  void make_surface(const BoundaryLayer& layer, const GriddedWeather* gridded);
  void make_mixing(const Forcing<T>& air);
  void add_free_mixing(const BoundaryLayer& layer, const Forcing<T>& air, const GriddedWeather* gridded);
  void make_overturning(const Forcing<T>& air);

  Subdomain subdomain_;
  WeatherOptions options_;
  double dx_, dy_;
  int nz_;
  std::vector<double> zeta_faces_; // m, nz + 1
  double largest_jacobian_ = 0;
  Field<double> shares_;                                            // (i, j, class)
  Field<double> jacobian_, k_minimum_, town_;                       // (i, j); share of town
  Field<double> friction_velocity_, inverse_length_, convective_;   // (i, j), of the hour; share of convection f
  Field<double> mixing_height_;                                     // (i, j), of the hour
  Field<double> first_, mass_above_;                                // (i, j): work space of the overturning
  Field<T> mixing_z_, overturning_z_;
  bool overturns_ = false;
};

extern template class Turbulence<float>;
extern template class Turbulence<double>;

} // namespace tq
