#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Logarithmic wind profile of the neutral surface layer.
///
///   u(z) = (u* / kappa) ln(z / z0),  0 for z <= z0
///
/// u wind [m s-1] at z metres above the (displaced) ground, u* friction velocity [m s-1], kappa = 0.4, z0 roughness
/// length [m]. Source: Stull (1988), An Introduction to Boundary Layer Meteorology, section 9.7.
/// Valid in the surface layer (lowest tenth of the mixing layer, z >> z0) in neutral air. Limit: nothing for stability.

/// u* [m s-1] from the wind at `height` above the ground [m], height > roughness_length.
TQ_HD inline double friction_velocity(double wind_speed, double height, double roughness_length) {
  return constants::von_karman * wind_speed / std::log(height / roughness_length);
}

TQ_HD inline double logarithmic_wind(double friction_velocity, double height, double roughness_length) {
  return height > roughness_length
             ? friction_velocity / constants::von_karman * std::log(height / roughness_length)
             : 0.0;
}

} // namespace tq::physics
