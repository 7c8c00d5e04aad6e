#pragma once
#include "base/macros.hpp"
#include "physics/particle_sizes.hpp"

#include <cmath>

namespace tq::physics {

/// Dust that vehicles raise from roads, per vehicle and metre of way.
///
///   paved:                E = k sL^0.91 W^1.02                                     (1)
///   unpaved, public:      E = k (s/12) (S/30)^d / (M/0.5)^c - C0, at least 0       (2)
///   unpaved, industrial:  E = k (s/12)^a (W/3)^b                                   (3)
///   rain, as a factor of annual amounts: paved 1 - P/(4 N) or 1 - n/N, unpaved 1 - P/N    (4)
///
/// sL silt (below 75 um) on the road [g m-2], W mean mass of the vehicles [short tons], s silt of the surface [%], S
/// mean speed [mph], M moisture of the surface [%], P and n days of more than 0.254 and 0.25 mm among N; k [g km-1] in
/// (1), k and C0 [lb per vehicle mile] in (2) and (3). The functions take and give SI units (kg m-1, kg m-2, kg, m s-1,
/// shares of 1) and convert; factors stand in data/emission/dust.toml. Sources: U.S. EPA, AP-42, 13.2.1 (January 2011),
/// eqs. 1 and 2; 13.2.2 (November 2006), eqs. 1a, 1b and 2; the second factor of paved roads is that of China's
/// guideline of 2014 (announcement 92), not seen at the source. Fitted to: sL 0.03 to 400 g m-2, W 1.8 to 38 t; public
/// s 1.8 to 35 %, S 16 to 88 km/h, M 0.03 to 13 %; industrial s 1.8 to 25.2 %, W 1.8 to 260 t. Limits: k is that of
/// towns of the United States; (4) is for annual amounts, hours follow ground_wetness.hpp. The two forms of (4) for
/// paved roads differ by a factor of four in what rain takes: at n = 150 they leave 0.59 and 0.90.

inline constexpr double short_ton = 907.18474;     // kg
inline constexpr double mile_per_hour = 0.44704;   // m s-1
inline constexpr double pound_per_mile = 281.9e-6; // kg m-1, as AP-42 rounds it (exact: 281.849e-6)

/// sL^0.91 of (1): also what dust is over that of another loading, given the ratio of the two.
TQ_HD inline double silt_power(double silt) {
  return std::pow(silt, 0.91);
}

/// (1), kg m-1 per vehicle. `k` [kg m-1], `silt_loading` [kg m-2], `vehicle_mass` [kg].
TQ_HD inline double paved_road_dust(double k, double silt_loading, double vehicle_mass) {
  return k * silt_power(silt_loading * 1000.0) * std::pow(vehicle_mass / short_ton, 1.02);
}
TQ_HD inline ParticleSizes paved_road_dust(const ParticleSizes& k, double silt_loading, double vehicle_mass) {
  return k * paved_road_dust(1.0, silt_loading, vehicle_mass);
}

/// Factors of (2) for one size.
struct PublicRoadFactors {
  double k = 0;        // kg m-1
  double moisture = 0; // c
  double speed = 0;    // d
  double other = 0;    // C0, kg m-1: exhaust, brakes and tyres of the 1980s fleet, which were in what was measured
};

/// The surface of an unpaved road.
struct UnpavedSurface {
  double silt = 0;     // s, 1
  double moisture = 0; // M, 1; of (2) alone
};

/// (2), kg m-1 per vehicle. `speed` [m s-1].
TQ_HD inline double unpaved_public_dust(const PublicRoadFactors& factors, const UnpavedSurface& surface, double speed) {
  const double raised = factors.k * (surface.silt * 100.0 / 12.0) *
                        std::pow(speed / mile_per_hour / 30.0, factors.speed) /
                        std::pow(surface.moisture * 100.0 / 0.5, factors.moisture);
  return std::fmax(raised - factors.other, 0.0);
}

/// Factors of (3) for one size.
struct IndustrialRoadFactors {
  double k = 0;    // kg m-1
  double silt = 0; // a
  double mass = 0; // b
};

/// (3), kg m-1 per vehicle. `vehicle_mass` [kg].
TQ_HD inline double unpaved_industrial_dust(const IndustrialRoadFactors& factors, const UnpavedSurface& surface,
                                            double vehicle_mass) {
  return factors.k * std::pow(surface.silt * 100.0 / 12.0, factors.silt) *
         std::pow(vehicle_mass / (3.0 * short_ton), factors.mass);
}

/// (4), shares of the annual amount without rain that are left: of paved roads after AP-42, and of unpaved roads (or of
/// paved ones after the guideline).
TQ_HD inline double paved_rain_factor(double wet_days, double days) {
  return 1.0 - wet_days / (4.0 * days);
}
TQ_HD inline double dry_days_factor(double wet_days, double days) {
  return 1.0 - wet_days / days;
}

} // namespace tq::physics
