#pragma once
/// From cell means to points, and back.
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace tq::validation {

/// The three cells nearest to a point, and what each mean counts there: weights of the parabola in w = s^power whose
/// means over the cells (in s) are theirs. `faces`: edges of at least three cells, rising; at least 0 unless power = 1.
/// Third order in the cells' size where the field is smooth in w.
struct PointWeights {
  int first = 0;
  std::array<double, 3> weight = {};
};

inline PointWeights weights_at(const std::vector<double>& faces, double at, double power = 1) {
  const int cells = int(faces.size()) - 1;
  const int inside = int(std::upper_bound(faces.begin(), faces.end(), at) - faces.begin()) - 1;
  PointWeights out;
  out.first = std::clamp(inside - 1, 0, cells - 3);
  // Shifted to `at` and scaled, so that the basis 1, v, v^2 has the value 1, 0, 0 there.
  const double origin = std::pow(at, power);
  const double size =
      std::pow(faces[std::size_t(out.first) + 3], power) - std::pow(faces[std::size_t(out.first)], power);
  double mean[3][3]; // of v^m over cell c
  for (int c = 0; c < 3; ++c) {
    const double low = faces[std::size_t(out.first + c)], high = faces[std::size_t(out.first + c) + 1];
    const auto moment = [&](double exponent) {
      return (std::pow(high, exponent + 1) - std::pow(low, exponent + 1)) / ((exponent + 1) * (high - low));
    };
    const double w = moment(power), w2 = moment(2 * power);
    mean[c][0] = 1;
    mean[c][1] = (w - origin) / size;
    mean[c][2] = (w2 - 2 * origin * w + origin * origin) / (size * size);
  }
  // Weights that give each basis function its value: sum_c weight_c mean[c][m] = (m == 0), by Cramer's rule.
  const auto minor = [&](int a, int b) { return mean[a][1] * mean[b][2] - mean[b][1] * mean[a][2]; };
  const double determinant = minor(1, 2) + minor(2, 0) + minor(0, 1);
  out.weight = {minor(1, 2) / determinant, minor(2, 0) / determinant, minor(0, 1) / determinant};
  return out;
}

/// Share of a source in layer k: all in the lowest for a source on the ground, else in the two layers whose middles
/// enclose it, with their mean height at it.
inline double share_of_source(const std::vector<double>& faces, double height, int k) {
  const auto middle = [&](int layer) { return 0.5 * (faces[std::size_t(layer)] + faces[std::size_t(layer) + 1]); };
  const double here = middle(k);
  if (height <= middle(0)) {
    return k == 0;
  }
  const double reach = here < height ? middle(k + 1) - here : here - middle(k - 1);
  return std::max(0.0, 1 - std::abs(here - height) / reach);
}

} // namespace tq::validation
