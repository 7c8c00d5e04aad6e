#pragma once
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Vehicles that live, grow in number and are scrapped.
///
///   S(a) = exp(-(a / tau)^k)                            share of a year's registrations alive at age a
///   N = N_s exp(alpha exp(beta G))                      stock per 1000 inhabitants
///   sales(t) = N(t) - sum over ages of sales(t - a) S(a)
///
/// a age and tau scale of life [yr], k shape; N_s saturation, alpha < 0, beta < 0 [1 per unit of G], G gross domestic
/// product per head; both N in vehicles per 1000 inhabitants. Sources: standard forms (Weibull; Gompertz as Dargay et
/// al. 2007, Energy J. 28, 143, use it for vehicles); tau and k of Chinese vehicles in data/emission/vehicles.toml.
/// Limits: one law of life per class, whatever the year of registration.

/// S; age [yr], at least 0.
TQ_HD inline double weibull_survival(double age, double scale, double shape) {
  return std::exp(-std::pow(age / scale, shape));
}

/// N in the unit of `saturation`.
TQ_HD inline double gompertz_stock(double saturation, double alpha, double beta, double product_per_head) {
  return saturation * std::exp(alpha * std::exp(beta * product_per_head));
}

/// sales: what is missing of `stock`; 0 where more survive than are wanted.
TQ_HD inline double registrations(double stock, double survivors) {
  return stock > survivors ? stock - survivors : 0.0;
}

/// Index of the standard that a vehicle registered at `when` meets: how many of the ascending `begins`, from which the
/// second, third ... standard hold, have come. Times in years, with fractions (2017.5 is the middle of 2017).
TQ_HD inline int standard_at(double when, const double* begins, int count) {
  int standard = 0;
  while (standard < count && when >= begins[standard]) {
    ++standard;
  }
  return standard;
}

} // namespace tq::physics
