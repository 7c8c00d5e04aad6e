#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Wind along a slope whose air is cooled (downslope, katabatic) or warmed (upslope, anabatic) from the ground.
///
///   S = s c,  s = (g |H|/(rho cp T))^(1/3)
///   c = (R/(C_D + C_E))^(1/3) [(1 - exp(-x/L_e))^(1/3) downslope],  R = min(x sin a, D),  L_e = 0.05 D/(C_D + C_E)
///   downslope C_D = 1e-4, C_E = 0.01, depth 0.05 D;  upslope C_D = C_E = 0.2, depth 100 m
///
/// S speed, mean over the layer [m s-1], s strength of the hour [m^(2/3) s-1], c of the place [m^(1/3)], H sensible
/// heat [W m-2], x length of the slope above the place (downslope) or below it (upslope) [m], D its drop [m], a its
/// angle here, C_D drag and C_E entrainment, L_e the length within which the flow comes to balance.
/// Source: the balance of buoyancy with drag and entrainment of Mahrt (1982), J. Atmos. Sci. 39, 2701-2711, the depth
/// of Horst and Doran (1986), Boundary-Layer Meteorol. 34, 149-173 (neither checked at the source), in the form and
/// with the constants of WindNinja (Forthofer et al. 2009; its source, cellDiurnal.cpp, was read). Own choices: R
/// upslope too (WindNinja takes D there, which gives a valley's flat floor wind), R <= 300 m (3 m/s at 30 W m-2 of
/// loss), and the depth upslope (layers of 50 to 200 m are reported).
/// Valid for slopes of some 100 m to 10 km in weak wind.
/// Limits: in balance with the hour's heat; air that is stratified already, valley axes and the return flow aloft are
/// not in it.

struct Slope {
  double length = 0; // x, m along the slope
  double drop = 0;   // D, m
  double sine = 0;   // sin a
};

inline constexpr double katabatic_drag = 0.0101; // C_D + C_E
inline constexpr double anabatic_drag = 0.4;
inline constexpr double katabatic_depth_share = 0.05; // of the drop
inline constexpr double anabatic_depth = 100;         // m
inline constexpr double longest_fall = 300;           // m, of R

/// s [m^(2/3) s-1] of a heat flux [W m-2] of either sign in air of `heat_capacity` rho cp [J m-3 K-1].
TQ_HD inline double slope_wind_strength(double heat, double heat_capacity, double temperature) {
  return std::cbrt(constants::gravity * std::fabs(heat) / (heat_capacity * temperature));
}

/// R [m].
TQ_HD inline double slope_fall(const Slope& slope) {
  const double fall = std::fmin(slope.length * slope.sine, slope.drop);
  return fall < longest_fall ? fall : longest_fall;
}

/// c [m^(1/3)] downslope; 0 at the crest.
TQ_HD inline double katabatic_shape(const Slope& slope) {
  if (!(slope.drop > 0)) {
    return 0.0;
  }
  const double balance = katabatic_depth_share * slope.drop / katabatic_drag;
  return std::cbrt(slope_fall(slope) / katabatic_drag * -std::expm1(-slope.length / balance));
}

/// c [m^(1/3)] upslope; 0 at the foot.
TQ_HD inline double anabatic_shape(const Slope& slope) {
  return std::cbrt(slope_fall(slope) / anabatic_drag);
}

} // namespace tq::physics
