#include "solutions.hpp"

#include <cmath>
#include <numbers>

namespace tq::validation {

double PowerLaw::wind(double z) const {
  return a * std::pow(z, p);
}

double PowerLaw::diffusivity(double z) const {
  return b * std::pow(z, n);
}

double PowerLaw::mean_wind(double bottom, double top) const {
  return a * (std::pow(top, 1 + p) - std::pow(bottom, 1 + p)) / ((1 + p) * (top - bottom));
}

double PowerLaw::width(double x) const {
  return alpha() * std::sqrt(b * x / (2 * a));
}

double PowerLaw::concentration(double x, double z) const {
  const double scale = a / (alpha() * alpha() * b * x);
  if (height == 0) {
    const double s = (1 + p) / alpha();
    return alpha() / (a * std::tgamma(s)) * std::pow(scale, s) * std::exp(-scale * std::pow(z, alpha()));
  }
  const double nu = (1 - n) / alpha();
  const double low = std::pow(z, 0.5 * alpha()), high = std::pow(height, 0.5 * alpha());
  if (z == 0) { // the limit: (z H)^((1-n)/2) cancels I_-nu's first term
    return std::pow(scale, -nu) / (alpha() * b * x * std::tgamma(1 - nu)) * std::exp(-scale * high * high);
  }
  return std::pow(z * height, 0.5 * (1 - n)) / (alpha() * b * x) * std::exp(-scale * (low - high) * (low - high)) *
         scaled_bessel_i(-nu, 2 * scale * low * high);
}

double scaled_bessel_i(double order, double x) {
  double sum = 0;
  if (x < 40) {
    double term = std::pow(0.5 * x, order) / std::tgamma(order + 1);
    for (int m = 1; sum + term != sum; ++m) {
      sum += term;
      term *= 0.25 * x * x / (m * (m + order));
    }
    return sum * std::exp(-x);
  }
  double term = 1;
  for (int m = 1; std::abs(term) > 1e-17; ++m) {
    sum += term;
    term *= -(4 * order * order - (2 * m - 1) * (2 * m - 1)) / (m * 8 * x);
  }
  return sum / std::sqrt(2 * std::numbers::pi * x);
}

double gaussian(double y, double sigma) {
  return std::exp(-0.5 * y * y / (sigma * sigma)) / (std::sqrt(2 * std::numbers::pi) * sigma);
}

double Rouse::concentration(double z, double speed) const {
  const double ratio = z / reference * (depth > 0 ? (depth - reference) / (depth - z) : 1);
  return std::pow(ratio, -speed / kappa_ustar);
}

double taylor_spread(double sigma_v, double time_scale, double t) {
  const double age = t / time_scale;
  return std::sqrt(2.0) * sigma_v * time_scale * std::sqrt(age + std::expm1(-age));
}

double taylor_dispersion(double diffusivity, double wind, double depth, double factor) {
  return diffusivity + factor * wind * wind * depth * depth / diffusivity;
}

PuffVariance shear_puff(double diffusivity, double shear, double t) {
  return {2 * diffusivity * t + 2.0 / 3 * shear * shear * diffusivity * t * t * t, shear * diffusivity * t * t,
          2 * diffusivity * t};
}

} // namespace tq::validation
