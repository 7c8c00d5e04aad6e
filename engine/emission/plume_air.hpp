#pragma once
#include "emission/weather.hpp"
#include "physics/plume_rise.hpp"

#include <array>

namespace tq {

/// The air above the station in an hour, for plumes: layers that do not depend on the grid, one face at the mixing
/// height. Profiles are those of the surface layer (physics/similarity.hpp) below the mixing height, with at most 0.035
/// K m-1 (the gradient of class F in ISC). Above, the wind is constant, and the gradient 0.01 K m-1: between that of
/// free air, 0.003 to 0.005, and of inversions that cap a mixed layer; an own choice.
class PlumeProfile {
 public:
  explicit PlumeProfile(const EmissionHour& hour);

  /// Valid as long as this is.
  physics::PlumeAir air() const { return {layers_.data(), int(layers_.size()), friction_velocity_, convective_scale_}; }

 private:
  static constexpr std::size_t count = 22;
  std::array<physics::PlumeLayer, count> layers_;
  double friction_velocity_ = 0;
  double convective_scale_ = 0;
};

} // namespace tq
