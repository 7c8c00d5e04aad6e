#include "emission/plume_air.hpp"

#include "base/constants.hpp"
#include "physics/similarity.hpp"

#include <algorithm>
#include <cmath>

namespace tq {

namespace {

constexpr std::array<double, 21> faces{20,  40,  60,  80,  100, 125, 150,  175,  200,  250, 300,
                                       350, 400, 500, 600, 700, 850, 1000, 1250, 1600, 3000}; // m above ground
constexpr double steepest = 0.035;                                                            // K m-1
constexpr double free_gradient = 0.01;                                                        // K m-1
constexpr double vane = 10;                                                         // m, height of the station's wind
constexpr double dry_lapse = constants::gravity / constants::dry_air_heat_capacity; // K m-1

/// Height [m] that stands for `z` in the surface layer's functions: in stable air nothing changes above z/L = 1.
double surface_height(double z, const EmissionHour& hour) {
  return z * hour.inverse_obukhov_length > 1.0 ? 1.0 / hour.inverse_obukhov_length : z;
}

/// kappa u/u* but for a constant.
double wind_shape(double z, const EmissionHour& hour) {
  const double height = surface_height(z, hour);
  return std::log(height) - physics::psi_m(height * hour.inverse_obukhov_length);
}

} // namespace

PlumeProfile::PlumeProfile(const EmissionHour& hour)
    : friction_velocity_(std::max(hour.friction_velocity, physics::least_plume_friction_velocity)) {
  const double density = hour.pressure / (constants::dry_air_gas * hour.temperature);
  const double heat = hour.sensible_heat / (density * constants::dry_air_heat_capacity); // K m s-1
  convective_scale_ = constants::gravity * heat / hour.temperature;
  std::array<double, count> tops;
  std::copy(faces.begin(), faces.end(), tops.begin());
  tops.back() = std::clamp(hour.mixing_height, 10.0, faces.back());
  std::sort(tops.begin(), tops.end());
  double bottom = 0, warmer = 0; // potential temperature above that of the ground, K
  for (std::size_t k = 0; k < count; ++k) {
    physics::PlumeLayer& layer = layers_[k];
    const double middle = 0.5 * (bottom + tops[k]);
    layer.top = tops[k];
    layer.mixed = tops[k] <= hour.mixing_height;
    const double height = surface_height(middle, hour);
    const double surface_gradient = -heat / friction_velocity_ / (constants::von_karman * height) *
                                    physics::phi_h(height * hour.inverse_obukhov_length);
    layer.gradient = layer.mixed ? std::min(surface_gradient, steepest) : free_gradient;
    const double step = layer.gradient * (tops[k] - bottom);
    layer.temperature = hour.temperature + warmer + 0.5 * step - dry_lapse * middle;
    warmer += step;
    bottom = tops[k];
    const double rise = wind_shape(std::min(middle, std::max(hour.mixing_height, vane)), hour) - wind_shape(vane, hour);
    layer.wind = std::max(hour.wind_speed + friction_velocity_ / constants::von_karman * rise, 0.1);
  }
}

} // namespace tq
