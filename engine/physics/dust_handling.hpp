#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Dust of loose material: when it is dropped, and when wind blows over a pile.
///
///   E_h = k 0.0016 (u/2.2)^1.3 / (M/2)^1.4                                 per mass handled                      (1)
///   P = 58 (u* - u*t)^2 + 25 (u* - u*t) for u* > u*t, else 0                per area and disturbance              (2)
///   u* = kappa u_f / ln(z/z0)                                                                                     (3)
///
/// E_h [kg t-1] in (1), given as [kg kg-1]; u wind at 10 m [m s-1], M moisture [%], taken as share of 1; P erosion
/// potential [g m-2], given as [kg m-2]; u* friction velocity of the fastest mile since the pile was last disturbed,
/// u*t threshold [m s-1], u_f wind of the fastest mile at z [m s-1], z0 roughness [m]. Between two disturbances a pile
/// emits k P of the strongest wind in between, once. Hour by hour that is what the hour's P exceeds the largest P
/// before it since the disturbance: the hours add up to the annual form exactly. Sources: U.S. EPA, AP-42, 13.2.4
/// (November 2006), eq. 1; 13.2.5 (November 2006), eqs. 3 and 4; k and u*t in data/emission/dust.toml. Valid for u 0.6
/// to 6.7 m/s, M 0.25 to 4.8 %, silt 0.44 to 19 %. Limits: (2) is for flat and crusted surfaces alike; the shares of a
/// pile's area by exposure (13.2.5, table 3) are for the caller; all of an hour's potential goes in the hour.

/// (1), kg per kg handled. `k` [1], `wind_speed` [m s-1], `moisture` [1].
TQ_HD inline double handling_dust(double k, double wind_speed, double moisture) {
  return k * 1.6e-6 * std::pow(wind_speed / 2.2, 1.3) / std::pow(moisture * 100.0 / 2.0, 1.4);
}

/// (2), kg m-2.
TQ_HD inline double erosion_potential(double friction_velocity, double threshold) {
  const double excess = std::fmax(friction_velocity - threshold, 0.0);
  return (58.0 * excess + 25.0) * excess * 1e-3;
}

/// (3), m s-1, of a wind [m s-1] at `height` [m] over ground of `roughness` [m].
TQ_HD inline double neutral_friction_velocity(double wind_speed, double height, double roughness) {
  return constants::von_karman * wind_speed / std::log(height / roughness);
}

} // namespace tq::physics
