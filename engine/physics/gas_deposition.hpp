#pragma once
/// Dry deposition of gases by resistances in a row.
///
///   v_d = 1 / (R_a + R_b + R_c)
///   R_a = (ln(z/z0) - psi_h(z/L) + psi_h(z0/L)) / (kappa u*)           through the air above (similarity.hpp)
///   R_b = 2 / (kappa u*) (Sc/Pr)^(2/3),  Sc = nu r / D_w               through the still film, Pr = 0.72
///   1/R_c = 1/(r_st + r_m) + 1/r_lux + 1/(r_dc + r_cl) + 1/(r_ac + r_gs)
///   r_st = r_i (1 + (200/(G + 0.1))^2) (400/(T (40 - T))) r            stomata; shut unless 0 < T < 40
///   r_m = 1/(H/3000 + 100 f0),  r_lux = r_lu/(1e-5 H + f0)             mesophyll, cuticles
///   r_dc = 100 (1 + 1000/(G + 10))                                     down into the canopy, on flat ground
///   r_cl = 1/(1e-5 H/r_clS + f0/r_clO),  r_gs = 1/(1e-5 H/r_gsS + f0/r_gsO)
///   frost, T < -1: 1000 exp(-T - 4) more on r_lu, r_cl and r_gs
///   rain on leaves: 1e-5 H (1/5000 + 1/(3 r_lu)) + f0 (1/1000 + 1/(3 r_lu)) in place of 1/r_lux
///
/// Resistances [s m-1]; z height [m], z0 roughness length [m], L Obukhov length [m], u* friction velocity [m s-1], nu
/// viscosity of air [m2 s-1], D_w diffusivity of water vapour [m2 s-1], r its ratio to the gas's, G sun [W m-2], T
/// [degC] here, H effective Henry constant at pH 7 [M atm-1], f0 reactivity [1]. r_gsS counts as 1 at least: over water
/// Wesely has 0, which would leave ozone no resistance either.
///
/// Source: Wesely 1989, Atmos. Environ. 23, 1293. Limits: no dew, no snow but by season; rain on
/// leaves is known for SO2 and O3 (the two terms), others are put between; one-way (NH3 does not come back).
#include "physics/similarity.hpp"

namespace tq::physics {

/// What a surface has against gases [s m-1]; 1e25 is infinite.
struct CanopyResistances {
  double stomata = 0;    // r_i
  double cuticle = 0;    // r_lu
  double canopy_air = 0; // r_ac
  double ground_so2 = 0; // r_gsS
  double ground_o3 = 0;  // r_gsO
  double lower_so2 = 0;  // r_clS, of the lower canopy
  double lower_o3 = 0;   // r_clO
};

/// How a gas meets surfaces.
struct DepositingGas {
  double diffusivity_ratio = 0; // r, water vapour's over the gas's
  double henry = 0;             // H, M atm-1
  double reactivity = 0;        // f0
};

/// Diffusivity of water vapour in air [m2 s-1]: 2.42e-5 at 293 K and 101325 Pa, with T^1.75 / p (Fuller et al. 1966).
TQ_HD inline double vapour_diffusivity(double temperature, double pressure) {
  return 2.42e-5 * std::pow(temperature / 293.0, 1.75) * 101325.0 / pressure;
}

/// R_b [s m-1]; `viscosity`: kinematic [m2 s-1].
TQ_HD inline double film_resistance(double friction_velocity, double viscosity, double diffusivity) {
  return 2.0 / (constants::von_karman * friction_velocity) * std::pow(viscosity / (diffusivity * 0.72), 2.0 / 3.0);
}

/// R_c [s m-1]. `temperature` [K], `radiation` [W m-2].
TQ_HD inline double canopy_resistance(const DepositingGas& gas, const CanopyResistances& surface, double temperature,
                                      double radiation, bool rain) {
  const double celsius = temperature - constants::zero_celsius;
  const double sulfur = 1e-5 * gas.henry, ozone = gas.reactivity;
  const double frost = celsius < -1.0 ? 1000.0 * std::exp(-celsius - 4.0) : 0.0;
  const double dim = 200.0 / (radiation + 0.1);
  double open = 0; // conductance of the stomata
  if (celsius > 0 && celsius < 40) {
    const double stomata =
        surface.stomata * (1.0 + dim * dim) * 400.0 / (celsius * (40.0 - celsius)) * gas.diffusivity_ratio;
    const double dissolving = gas.henry / 3000.0 + 100.0 * gas.reactivity;
    open = dissolving > 0 ? 1.0 / (stomata + 1.0 / dissolving) : 0.0;
  }
  const double cuticle = surface.cuticle + frost;
  double leaves = (sulfur + ozone) / cuticle;
  if (rain) {
    leaves = sulfur * (1.0 / 5000.0 + 1.0 / (3.0 * cuticle)) + ozone * (1.0 / 1000.0 + 1.0 / (3.0 * cuticle));
  }
  const double into_canopy = 100.0 * (1.0 + 1000.0 / (radiation + 10.0));
  const auto behind = [&](double before, double so2, double o3) { // conductance of a way with a surface at its end
    const double taken = sulfur / (so2 + frost) + ozone / (o3 + frost);
    return taken > 0 ? 1.0 / (before + 1.0 / taken) : 0.0;
  };
  const double ground_so2 = surface.ground_so2 > 1.0 ? surface.ground_so2 : 1.0;
  const double conductance = open + leaves + behind(into_canopy, surface.lower_so2, surface.lower_o3) +
                             behind(surface.canopy_air, ground_so2, surface.ground_o3);
  return 1.0 / (conductance > 1e-25 ? conductance : 1e-25);
}

} // namespace tq::physics
