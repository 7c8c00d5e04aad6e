#pragma once
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Ammonia from manure and fertiliser, in units of that at a normal temperature and wind.
///
///   f = exp(0.0223 (T - T_n) + 0.0419 (u - u_n))
///
/// T temperature of the air [K], u wind [m s-1], T_n and u_n what gives the annual mean.
/// Source: Gyldenkaerne et al. (2005), J. Geophys. Res. 110, D07108, as used by Skjoth et al. (2011), Atmos. Chem.
/// Phys. 11, 5221-5236, for fields and open stores (from memory). Valid between -10 and 35 degC and below 10 m/s.
/// Limits: closed barns depend less on the air outside; rain and soil do not count.
TQ_HD inline double ammonia_factor(double temperature, double wind, double normal_temperature, double normal_wind) {
  return std::exp(0.0223 * (temperature - normal_temperature) + 0.0419 * (wind - normal_wind));
}

} // namespace tq::physics
