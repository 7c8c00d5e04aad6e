#pragma once
#include "physics/similarity.hpp"

#include <array>
#include <vector>

namespace tq::wind {

/// What hourly winds are sums of: for each class of stability, and each of a few heights, an eastward and a northward
/// wind that is 1 m s-1 at that height and falls to 0 at its neighbours, linearly in the logarithm of height. Below the
/// lowest height it follows the logarithmic law down to the roughness, above the highest it is constant. So a
/// logarithmic profile is exact, and direction may turn with height.
inline constexpr std::array heights = {10.0, 30.0, 100.0, 300.0, 1000.0}; // m above ground

/// Classes of stability by 1/L [m-1] and their alpha ratio a, from very unstable (Pasquill A) to very stable (F):
/// ratios as in WindNinja; 1/L at the middle of the classes of Gryning et al. (2007), Boundary-Layer Meteorol. 124,
/// 251-268 (limits |L| = 50, 100, 200, 500 m; not checked at the source), the last in the middle of 10 to 50 m.
struct StabilityClass {
  double inverse_obukhov_length;
  double alpha_ratio;
};
inline constexpr std::array classes = {StabilityClass{-0.015, 5.0},  StabilityClass{-0.0075, 3.5},
                                       StabilityClass{-0.0035, 2.0}, StabilityClass{0.0, 1.0},
                                       StabilityClass{0.0125, 0.5},  StabilityClass{0.06, 0.2}};

inline constexpr int neutral = 3; // the class without slope winds

/// For each height of each class two winds, and for each class but the neutral a slope wind of strength 1
/// (physics/slope_wind.hpp): upslope in the unstable, downslope in the stable.
inline constexpr int unit_count = 2 * int(heights.size() * classes.size()) + int(classes.size()) - 1;
/// Units come in pairs, eastward then northward, by height and then by class.
constexpr int unit_index(int stability, int level, bool northward) {
  return 2 * (stability * int(heights.size()) + level) + int(northward);
}

/// The slope wind of a class that is not neutral; they follow all others, by class.
constexpr int slope_unit_index(int stability) {
  return unit_index(int(classes.size()), 0, false) + stability - int(stability > neutral);
}
static_assert(classes[neutral].inverse_obukhov_length == 0);

/// The share of unit height `level` in the wind at `height` m above ground.
double shape(int level, double height, double roughness_length);

/// A unit and how much of it [m s-1; of a slope wind m^(2/3) s-1].
struct Part {
  int unit;
  double speed;
};

/// How the wind blows during an hour, before the terrain changes it.
struct StationWind {
  physics::WindProfile profile;
  double friction_velocity = 0; // m s-1
  double direction = 0;         // degrees from north, where the wind comes from at the ground
  double veering = 0;           // degrees clockwise from the ground to the profile's top, linear with height
};

struct Components {
  double u, v; // m s-1, eastward and northward
};
Components wind_at(const StationWind& wind, double height);

/// The alpha ratio at a stability 1/L [m-1], linear between the classes.
double alpha_ratio(double inverse_obukhov_length);

/// The units that make this wind, at most two classes of them, weighted linearly in 1/L between the classes.
std::vector<Part> parts_of(const StationWind& wind);

/// The slope winds of an hour: `strength` [m^(2/3) s-1] at a stability 1/L [m-1], weighted as above, so that they fade
/// towards neutral air, where wind stirs them away.
std::vector<Part> slope_parts_of(double strength, double inverse_obukhov_length);

} // namespace tq::wind
