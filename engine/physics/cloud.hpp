#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"
#include "physics/humidity.hpp"

#include <algorithm>
#include <cmath>

namespace tq::physics {

/// Base, depth and water of a layer of cloud, from what a station sees.
///
///   T_L = 1 / (1/(T_d - 56) + ln(T/T_d)/800) + 56,   base = (c_p/g) (T - T_L)                        (1)
///   gamma_m = g (1 + L r_s/(R T)) / (c_p + L^2 r_s e/(R T^2)),   r_s = e e_s/(p - e_s)               (2)
///   dq_l/dz = (c_p/L) (g/c_p - gamma_m)                                                              (3)
///
/// T, T_d temperature and dew point at the ground [K], T_L temperature where a parcel lifted from there condenses, base
/// above ground [m], gamma_m moist-adiabatic lapse [K m-1], r_s saturation mixing ratio, e_s saturation pressure, e =
/// 0.622, L = 2.5e6 J kg-1, q_l adiabatic liquid water [kg kg-1], which grows linearly with height over the base.
/// Sources: (1) Bolton (1980), Mon. Wea. Rev. 108, 1046-1053, eq. 15 (Espy's 125 m per K of T - T_d is its linear form,
/// within 3 %); (2) AMS Glossary, moist-adiabatic lapse rate; (3) Albrecht et al. (1990), Atmos. Res. 25, 89-109. Valid
/// for cloud that the ground feeds: cumulus, stratocumulus, fog. Limit: layers aloft have bases of their own; of those
/// the ground knows nothing.

inline constexpr double latent_heat = 2.5e6;       // J kg-1, of vaporisation
inline constexpr double vapour_mass_share = 0.622; // molar mass of water over that of dry air

/// Height [m] above ground at which air from there condenses.
TQ_HD inline double condensation_level(double temperature, double dew_point) {
  const double lifted = 1.0 / (1.0 / (dew_point - 56.0) + std::log(temperature / dew_point) / 800.0) + 56.0;
  return std::max(constants::dry_air_heat_capacity / constants::gravity * (temperature - lifted), 0.0);
}

/// K m-1.
TQ_HD inline double moist_adiabatic_lapse(double temperature, double pressure) {
  const double saturation = saturation_pressure(temperature);
  const double ratio = vapour_mass_share * saturation / (pressure - saturation);
  const double heat = latent_heat * ratio / (constants::dry_air_gas * temperature);
  return constants::gravity * (1.0 + heat) /
         (constants::dry_air_heat_capacity + latent_heat * vapour_mass_share * heat / temperature);
}

/// Rise of adiabatic liquid water with height over the cloud's base [kg kg-1 m-1], at the base's temperature and
/// pressure.
TQ_HD inline double liquid_water_lapse(double temperature, double pressure) {
  const double dry = constants::gravity / constants::dry_air_heat_capacity;
  return constants::dry_air_heat_capacity / latent_heat * (dry - moist_adiabatic_lapse(temperature, pressure));
}

/// What the ground cannot see of a cloud. The figures are choices within what is usual; none was checked at its source.
struct CloudRule {
  double dry_depth = 350;       // m, of cloud without rain: stratocumulus has some 200 to 500 m
  double rain_depth = 2500;     // m, of cloud that rains: the liquid part of nimbostratus
  double adiabatic_share = 0.7; // 1, of the adiabatic water that mixing with dry air leaves
  double most_water = 0.3e-3;   // kg kg-1: stratiform cloud holds 0.05 to 0.3 g m-3
};

struct CloudLayer {
  double base = 0;  // m above ground
  double depth = 0; // m; 0: no cloud
  double lapse = 0; // kg kg-1 m-1: rise of liquid water over the base
  double most = 0;  // kg kg-1

  /// Liquid water [kg kg-1] at a height above ground [m]; nil outside.
  TQ_HD double water(double height) const {
    const double above = height - base;
    return above < 0 || above > depth ? 0.0 : std::min(lapse * above, most);
  }
};

/// The layer over a station with `rain` [mm h-1] and `cloud_cover` [0..1]. Rain needs cloud: it counts as covered.
TQ_HD inline CloudLayer cloud_layer(double temperature, double dew_point, double pressure, double cloud_cover,
                                    double rain, CloudRule rule = {}) {
  if (cloud_cover <= 0 && rain <= 0) {
    return {};
  }
  CloudLayer layer;
  layer.base = condensation_level(temperature, dew_point);
  layer.depth = rain > 0 ? rule.rain_depth : rule.dry_depth;
  const double base_temperature = temperature - constants::gravity / constants::dry_air_heat_capacity * layer.base;
  const double base_pressure =
      pressure * std::pow(base_temperature / temperature, constants::dry_air_heat_capacity / constants::dry_air_gas);
  layer.lapse = rule.adiabatic_share * liquid_water_lapse(base_temperature, base_pressure);
  layer.most = rule.most_water;
  return layer;
}

} // namespace tq::physics
