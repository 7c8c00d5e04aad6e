#pragma once
#include "base/macros.hpp"

#include <array>
#include <cmath>

namespace tq::physics {

/// Photolysis rates by zenith angle.
///
///   J = l cos(Z)^m exp(-n / cos(Z)),  0 where the sun is down
///
/// J rate [s-1], Z zenith angle, l [s-1], m, n constants of the reaction.
/// Source: Saunders et al. (2003), Atmos. Chem. Phys. 3, 161-180 (Master Chemical Mechanism v3), section on
/// photolysis. Valid for a clear sky near the ground, Z up to about 85 degrees; nothing for haze, ozone column or height.
struct PhotolysisConstants {
  double l = 0; // s-1
  double m = 0;
  double n = 0;
};

inline constexpr PhotolysisConstants photolysis_no2 = {1.165e-2, 0.244, 0.267};

/// What mechanisms name as PHOTO(name): the molecule and, where it has several ways to go, a product. Values: MCM v3.3.1.
struct PhotolysisReaction {
  const char* name;
  PhotolysisConstants constants;
};

inline constexpr std::array photolysis_reactions = {
    PhotolysisReaction{"NO2", photolysis_no2},                       // NO + O(3P); J4
    PhotolysisReaction{"O3_O1D", {6.073e-5, 1.743, 0.474}},          // O(1D) + O2; J1
    PhotolysisReaction{"O3_O3P", {4.775e-4, 0.298, 0.080}},          // O(3P) + O2; J2
    PhotolysisReaction{"H2O2", {1.041e-5, 0.723, 0.279}},            // 2 OH; J3
    PhotolysisReaction{"NO3_NO", {2.485e-2, 0.168, 0.108}},          // NO + O2; J5
    PhotolysisReaction{"NO3_NO2", {1.747e-1, 0.155, 0.125}},         // NO2 + O(3P); J6
    PhotolysisReaction{"HONO", {2.644e-3, 0.261, 0.288}},            // OH + NO; J7
    PhotolysisReaction{"HNO3", {9.312e-7, 1.230, 0.307}},            // OH + NO2; J8
    PhotolysisReaction{"HCHO_H", {4.642e-5, 0.762, 0.353}},          // H + HCO; J11
    PhotolysisReaction{"HCHO_H2", {6.853e-5, 0.477, 0.323}},         // H2 + CO; J12
    PhotolysisReaction{"CH3CHO", {7.344e-6, 1.202, 0.417}},          // CH3 + HCO; J13
    PhotolysisReaction{"CH3COCHO", {1.537e-4, 0.170, 0.208}},        // CH3CO + HCO; J34
    PhotolysisReaction{"CH3OOH", {7.649e-6, 0.682, 0.279}},          // CH3O + OH; J41
};

/// s-1, in the order of photolysis_reactions.
using PhotolysisRates = std::array<double, photolysis_reactions.size()>;

/// J [s-1] under a clear sky; `sun_sine` is the sine of the sun's elevation, which is cos(Z).
TQ_HD inline double clear_sky_photolysis(PhotolysisConstants reaction, double sun_sine) {
  return sun_sine <= 0 ? 0.0 : reaction.l * std::pow(sun_sine, reaction.m) * std::exp(-reaction.n / sun_sine);
}

/// What cloud leaves of it: 1 - 0.7 N^3.4, after the form of Kasten and Czeplak (1980) with a smaller share because
/// the ultraviolet is dimmed less; the 0.7 is an unverified choice.
TQ_HD inline double photolysis_cloud_factor(double cloud_cover) { return 1.0 - 0.7 * std::pow(cloud_cover, 3.4); }

/// J(NO2) [s-1] from the sun's elevation and cloud cover [0..1].
TQ_HD inline double photolysis_rate_no2(double sun_sine, double cloud_cover) {
  return clear_sky_photolysis(photolysis_no2, sun_sine) * photolysis_cloud_factor(cloud_cover);
}

/// All of them at once.
inline PhotolysisRates photolysis_rates(double sun_sine, double cloud_cover) {
  const double cloud = photolysis_cloud_factor(cloud_cover);
  PhotolysisRates rates;
  for (std::size_t n = 0; n < rates.size(); ++n) {
    rates[n] = clear_sky_photolysis(photolysis_reactions[n].constants, sun_sine) * cloud;
  }
  return rates;
}

} // namespace tq::physics
