#include "scores.hpp"

#include <cmath>

namespace tq::validation {

Scores scores_of(const std::vector<double>& observed, const std::vector<double>& predicted) {
  const double count = double(observed.size());
  double sum_o = 0, sum_p = 0, logarithms = 0, squares = 0, near = 0;
  for (std::size_t n = 0; n < observed.size(); ++n) {
    const double o = observed[n], p = predicted[n];
    sum_o += o;
    sum_p += p;
    logarithms += std::log(o / p);
    squares += (o - p) * (o - p);
    near += p >= 0.5 * o && p <= 2 * o;
  }
  const double mean_o = sum_o / count, mean_p = sum_p / count;
  double covariance = 0, variance_o = 0, variance_p = 0;
  for (std::size_t n = 0; n < observed.size(); ++n) {
    const double o = observed[n] - mean_o, p = predicted[n] - mean_p;
    covariance += o * p;
    variance_o += o * o;
    variance_p += p * p;
  }
  return {2 * (mean_o - mean_p) / (mean_o + mean_p), squares / count / (mean_o * mean_p), near / count,
          covariance / std::sqrt(variance_o * variance_p), std::exp(logarithms / count)};
}

} // namespace tq::validation
