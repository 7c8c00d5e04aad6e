#include "meteorology/wind/yielding.hpp"

#include "base/constants.hpp"

#include <algorithm>
#include <cmath>

namespace tq::wind {
namespace {

/// The profile at a height between the levels' middles, linear in the logarithm of height.
double speed_at(const Grid& grid, const std::vector<double>& speed, double height) {
  const int last = grid.nz() - 1;
  int above = 0;
  while (above < last && grid.zeta_center(above) < height) {
    ++above;
  }
  if (above == 0 || grid.zeta_center(above) < height) {
    return speed[std::size_t(above)];
  }
  const double from = std::log(grid.zeta_center(above - 1)), to = std::log(grid.zeta_center(above));
  const double part = (std::log(height) - from) / (to - from);
  return (1 - part) * speed[std::size_t(above) - 1] + part * speed[std::size_t(above)];
}

} // namespace

double inner_layer_depth(const Grid& grid) {
  double sum = 0, squares = 0, slopes = 0;
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      const double height = grid.terrain(i, j);
      const double slope_x = (grid.terrain(i + 1, j) - grid.terrain(i - 1, j)) / (2 * grid.dx());
      const double slope_y = (grid.terrain(i, j + 1) - grid.terrain(i, j - 1)) / (2 * grid.dy());
      sum += height;
      squares += height * height;
      slopes += slope_x * slope_x + slope_y * slope_y;
    }
  }
  const double count = double(grid.nx()) * grid.ny(), mean = sum / count;
  const double variance = std::max(squares / count - mean * mean, 0.0);
  return slopes > 0 ? inner_layer_share * 0.5 * constants::pi * std::sqrt(variance * count / slopes) : 0.0;
}

std::vector<double> yielding(const Grid& grid, double inner, const std::vector<double>& speed) {
  const double fastest = *std::max_element(speed.begin(), speed.end());
  if (!(fastest > 0)) {
    return {};
  }
  const double speed_there = speed_at(grid, speed, inner);
  std::vector<double> result;
  for (int k = 0; k < grid.nz(); ++k) {
    const double felt = grid.zeta_center(k) < inner ? speed_there : speed[std::size_t(k)];
    result.push_back(std::min(fastest / felt, most_yielding));
  }
  return result;
}

} // namespace tq::wind
