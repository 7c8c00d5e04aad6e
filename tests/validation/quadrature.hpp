#pragma once
#include <array>

namespace tq::validation {

/// Integral of f over [a, b] by `points` Gauss points, 4 or 8. Source of the table: Abramowitz and Stegun 1964, table
/// 25.4.
template <class F> double integral(double a, double b, int points, F f) {
  static constexpr std::array<double, 2> x4 = {0.339981043584856, 0.861136311594053};
  static constexpr std::array<double, 2> w4 = {0.652145154862546, 0.347854845137454};
  static constexpr std::array<double, 4> x8 = {0.183434642495650, 0.525532409916329, 0.796666477413627,
                                               0.960289856497536};
  static constexpr std::array<double, 4> w8 = {0.362683783378362, 0.313706645877887, 0.222381034453374,
                                               0.101228536290376};
  const double middle = 0.5 * (a + b), half = 0.5 * (b - a);
  double sum = 0;
  for (int n = 0; n < points / 2; ++n) {
    const std::size_t at = std::size_t(n);
    const double x = points == 4 ? x4[at] : x8[at], w = points == 4 ? w4[at] : w8[at];
    sum += w * (f(middle - half * x) + f(middle + half * x));
  }
  return half * sum;
}

} // namespace tq::validation
