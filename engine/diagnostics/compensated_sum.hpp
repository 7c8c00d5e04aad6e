#pragma once
#include <cmath>

namespace tq {

/// A running sum that keeps what rounding takes away (Neumaier 1974, ZAMM 54, 39-51, the "improved Kahan-Babuska" sum):
/// its error stays at one rounding, however many terms it has. The result depends on the order of the terms.
struct CompensatedSum {
  double sum = 0;
  double lost = 0;

  void add(double term) {
    const double next = sum + term;
    lost += std::abs(sum) >= std::abs(term) ? (sum - next) + term : (term - next) + sum;
    sum = next;
  }
  double value() const { return sum + lost; }
};

} // namespace tq
