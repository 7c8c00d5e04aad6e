#pragma once
#include <vector>

namespace tq::validation {

/// Pairs of observed O and predicted P, all above 0 (Chang and Hanna 2004, Meteorol. Atmos. Phys. 87, 167-196); a bar
/// is the mean.
struct Scores {
  double fractional_bias = 0; // 2 (Obar - Pbar)/(Obar + Pbar): positive where the model has too little
  double nmse = 0;            // mean((O - P)^2)/(Obar Pbar)
  double fac2 = 0;            // share with 0.5 <= P/O <= 2
  double correlation = 0;     // Pearson's; NaN where either does not vary
  double geometric_bias = 0;  // exp(mean ln O - mean ln P)
};

/// Of as many predictions as observations, at least one.
Scores scores_of(const std::vector<double>& observed, const std::vector<double>& predicted);

} // namespace tq::validation
