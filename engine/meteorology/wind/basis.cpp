#include "meteorology/wind/basis.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tq::wind {

double shape(int level, double height, double roughness_length) {
  const double log_height = std::log(std::max(height, 1.1 * roughness_length));
  const auto log_of = [](int n) { return std::log(heights[std::size_t(n)]); };
  const int last = int(heights.size()) - 1;
  if (log_height <= log_of(0)) {
    const double log_roughness = std::log(roughness_length);
    return level == 0 ? (log_height - log_roughness) / (log_of(0) - log_roughness) : 0.0;
  }
  if (log_height >= log_of(last)) {
    return level == last ? 1.0 : 0.0;
  }
  const int neighbour = log_height < log_of(level) ? level - 1 : level + 1;
  if (neighbour < 0 || neighbour > last) {
    return 0.0; // beyond both ends `level` has no share; both were handled above
  }
  const double part = 1 - (log_height - log_of(level)) / (log_of(neighbour) - log_of(level));
  return std::max(part, 0.0);
}

Components wind_at(const StationWind& wind, double height) {
  const double speed = physics::similarity_wind(wind.friction_velocity, height, wind.profile);
  const double turned = wind.veering * std::min(height / wind.profile.top, 1.0);
  const double direction = (wind.direction + turned) * (constants::pi / 180.0);
  return {-std::sin(direction) * speed, -std::cos(direction) * speed};
}

namespace {

/// The class at or below a stability, and the share of the next one.
std::pair<int, double> class_of(double inverse_obukhov_length) {
  const double inside =
      std::clamp(inverse_obukhov_length, classes.front().inverse_obukhov_length, classes.back().inverse_obukhov_length);
  std::size_t low = 0;
  while (low + 2 < classes.size() && classes[low + 1].inverse_obukhov_length <= inside) {
    ++low;
  }
  const double from = classes[low].inverse_obukhov_length, to = classes[low + 1].inverse_obukhov_length;
  return {int(low), (inside - from) / (to - from)};
}

} // namespace

double alpha_ratio(double inverse_obukhov_length) {
  const auto [low, upper] = class_of(inverse_obukhov_length);
  return (1 - upper) * classes[std::size_t(low)].alpha_ratio + upper * classes[std::size_t(low) + 1].alpha_ratio;
}

std::vector<Part> parts_of(const StationWind& wind) {
  const auto [low, upper] = class_of(wind.profile.inverse_obukhov_length);
  std::vector<Part> parts;
  for (const auto& [stability, share] : {std::pair{low, 1 - upper}, {low + 1, upper}}) {
    if (share == 0) {
      continue;
    }
    for (int level = 0; level < int(heights.size()); ++level) {
      const Components there = wind_at(wind, heights[std::size_t(level)]);
      parts.push_back({unit_index(stability, level, false), share * there.u});
      parts.push_back({unit_index(stability, level, true), share * there.v});
    }
  }
  return parts;
}

std::vector<Part> slope_parts_of(double strength, double inverse_obukhov_length) {
  const auto [low, upper] = class_of(inverse_obukhov_length);
  std::vector<Part> parts;
  for (const auto& [stability, share] : {std::pair{low, 1 - upper}, {low + 1, upper}}) {
    if (share > 0 && stability != neutral) {
      parts.push_back({slope_unit_index(stability), share * strength});
    }
  }
  return parts;
}

} // namespace tq::wind
