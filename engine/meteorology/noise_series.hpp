#pragma once
#include "base/random.hpp"

#include <array>
#include <cmath>
#include <cstdint>

namespace tq {

/// Standard normal series in time whose value at any hour is a pure function of (seed, purpose, hour): moving averages of
/// white noise that is drawn by counter. So any hour can be had in any order, and a run split in two sees the same hours.

/// Rough: x(t) = c sum over n of a^n xi(t - n), 0 <= n < 24, with c so that the variance is 1. Correlation over one hour:
/// a, to a^24.
class RoughNoise {
public:
  RoughNoise(std::uint64_t seed, std::uint64_t purpose, double correlation) : seed_(seed), purpose_(purpose) {
    double weight = 1, sum = 0;
    for (double& w : weights_) {
      w = weight;
      sum += w * w;
      weight *= correlation;
    }
    for (double& w : weights_) {
      w /= std::sqrt(sum);
    }
  }

  double at(std::int64_t hour) const {
    double value = 0;
    for (std::size_t n = 0; n < weights_.size(); ++n) {
      value += weights_[n] * RandomStream(seed_, purpose_, hour - std::int64_t(n)).normal();
    }
    return value;
  }

private:
  std::uint64_t seed_, purpose_;
  std::array<double, 24> weights_{};
};

/// Smooth: cubic B-spline through noise at nodes `spacing` hours apart, scaled to variance 1 at every hour. Correlated over
/// about two spacings.
class SmoothNoise {
public:
  SmoothNoise(std::uint64_t seed, std::uint64_t purpose, int spacing)
      : seed_(seed), purpose_(purpose), spacing_(spacing) {}

  double at(std::int64_t hour) const {
    const std::int64_t node = (hour >= 0 ? hour : hour - spacing_ + 1) / spacing_; // rounds down
    const double f = double(hour - node * spacing_) / spacing_;
    const double g = 1 - f;
    const double weights[4] = {g * g * g, 4 - 6 * f * f + 3 * f * f * f, 4 - 6 * g * g + 3 * g * g * g, f * f * f};
    double value = 0, sum = 0;
    for (int n = 0; n < 4; ++n) {
      value += weights[n] * RandomStream(seed_, purpose_, node + n - 1).normal();
      sum += weights[n] * weights[n];
    }
    return value / std::sqrt(sum);
  }

  /// How often an hour it rises through z, in the mean: Rice (1945) with the spline's own mean square of the slope,
  /// 210/151 per spacing squared.
  double rises_through(double z) const {
    constexpr double slope = 1.17929, two_pi = 6.283185307179586; // root of 210/151
    return slope / (two_pi * double(spacing_)) * std::exp(-0.5 * z * z);
  }

private:
  std::uint64_t seed_, purpose_;
  std::int64_t spacing_;
};

} // namespace tq
