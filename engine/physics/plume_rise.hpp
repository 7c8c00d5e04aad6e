#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Rise of a stack's plume, layer by layer.
///
///   F = g/4 v d^2 (T_s - T)/T_s,  S = max(g/T dtheta/dz, 3e-5 s-2),  H = g w'theta'/T
///   neutral   dh = min(10 h, 1.2 (F/(u u*^2))^0.6 (h + 1.3 F/(u u*^2))^0.4)
///   stable    dh = 2.6 (F/(u S))^(1/3)
///   unstable  dh = 30 (F/u)^0.6
///   momentum  dh = 3 d v/u
///             at most 0.646 (v^2 d^2/(T_s u))^(1/3) T^(1/2)/(dtheta/dz)^(1/6) where dtheta/dz > 0.001 K m-1
///   left of F above a layer, through whose top the plume's top would rise by r: F with 3/2 dh(F) = r in that layer;
///     unstable F = u (r/45)^(5/3), stable F = u S r^3/59.319, neutral by solving for F
///   downwash  h' = h + 2 (v/u - 1.5) d where v < 1.5 u
///
/// F flux of buoyancy [m4 s-3], v speed [m s-1], d diameter [m] and T_s temperature [K] at the stack's mouth, h its
/// height [m], T temperature of the air [K], u wind [m s-1, at least 1], u* friction velocity [m s-1, at least 0.1], S
/// stability [s-2], H convective scale [m2 s-3]. The plume reaches from dh/2 to 3/2 dh above the mouth.
/// Sources: Briggs (1975; 1984) in the form of SMOKE (its source, plmris.f and postplm.f, was read), with the downwash
/// of ISC; the stable momentum rise and Briggs' other formulas below: ISC in the form of EPISODE-CityChem (heff.f90).
/// Differences from SMOKE, on purpose: in every layer the lesser of two rises holds, so what is left of F above it is
/// the larger of their inverses, taken with wind and stability of the layer that the plume leaves. So rise grows with F
/// without steps, and cutting uniform air into layers changes nothing. (SMOKE inverts what was chosen, with the next
/// layer's wind, 30 for 45, and F = r^(5/3) u u*^2/(2.664 (h + 2/3 z)^(2/3)) in neutral air, z the top above the stack,
/// which lowers plumes the more the thinner the layers are; and it leaves an unstable plume neutral above its first
/// layer.) No rule of its own for stacks less than 200 m below the mixing height; momentum counts wherever it lifts
/// higher.
/// Valid for hot plumes of stacks in open terrain, hourly means. Limits: no building downwash, no moisture, no
/// neighbouring stacks that merge.

inline constexpr double least_plume_wind = 1.0;              // m s-1
inline constexpr double least_plume_friction_velocity = 0.1; // m s-1
inline constexpr double least_plume_stability = 3e-5;        // s-2
inline constexpr double convective_threshold = 3e-6;         // m2 s-3, of H
inline constexpr double stable_gradient = 1e-3;              // K m-1

struct Chimney {
  double height = 0;           // m above ground
  double diameter = 0;         // m, inner
  double exit_speed = 0;       // m s-1
  double exit_temperature = 0; // K
};

struct PlumeLayer {
  double top = 0;         // m above ground
  double wind = 0;        // m s-1
  double temperature = 0; // K
  double gradient = 0;    // dtheta/dz, K m-1
  bool mixed = true;      // below the mixing height
};

/// Air that a plume rises through: layers from the ground up, at least one.
struct PlumeAir {
  const PlumeLayer* layers = nullptr;
  int count = 0;
  double friction_velocity = 0;
  double convective_scale = 0; // H
};

/// What a plume's emission is spread over, m above ground.
struct PlumeReach {
  double bottom = 0;
  double top = 0;
};

TQ_HD inline double buoyancy_flux(const Chimney& stack, double temperature) {
  return 0.25 * constants::gravity * stack.exit_speed * stack.diameter * stack.diameter *
         (stack.exit_temperature - temperature) / stack.exit_temperature;
}

TQ_HD inline double plume_stability(double gradient, double temperature) {
  return std::fmax(constants::gravity / temperature * gradient, least_plume_stability);
}

TQ_HD inline double neutral_rise(double flux, double wind, double friction_velocity, double height) {
  const double length = flux / (wind * friction_velocity * friction_velocity);
  return std::fmin(10.0 * height, 1.2 * std::pow(length, 0.6) * std::pow(height + 1.3 * length, 0.4));
}

/// F of which that rise would come; below 10 h. Newton's method from above, in the logarithm of F/(u u*^2), where the
/// function is convex.
TQ_HD inline double neutral_flux(double rise, double wind, double friction_velocity, double height) {
  if (!(rise > 0)) {
    return 0.0;
  }
  const double target = std::log(rise / 1.2);
  double y = (target - 0.4 * std::log(height)) / 0.6;
  for (double step = 1; step > 1e-13;) {
    const double mixed = 1.3 * std::exp(y);
    step = (0.6 * y + 0.4 * std::log(height + mixed) - target) / (0.6 + 0.4 * mixed / (height + mixed));
    y -= step;
  }
  return std::exp(y) * wind * friction_velocity * friction_velocity;
}

TQ_HD inline double stable_rise(double flux, double wind, double stability) {
  return 2.6 * std::cbrt(flux / (wind * stability));
}

TQ_HD inline double unstable_rise(double flux, double wind) {
  return 30.0 * std::pow(flux / wind, 0.6);
}

TQ_HD inline double momentum_rise(double exit_speed, double diameter, double wind) {
  return 3.0 * diameter * exit_speed / wind;
}

TQ_HD inline double stable_momentum_rise(const Chimney& stack, double wind, double temperature, double gradient) {
  const double thrust = stack.exit_speed * stack.exit_speed * stack.diameter * stack.diameter;
  return 0.646 * std::cbrt(thrust / (stack.exit_temperature * wind)) * std::sqrt(temperature) /
         std::pow(gradient, 1.0 / 6.0);
}

/// h' - h [m], 0 or less.
TQ_HD inline double stack_tip_downwash(double exit_speed, double wind, double diameter) {
  return std::fmin(2.0 * (exit_speed / wind - 1.5) * diameter, 0.0);
}

/// Briggs' rise of unstable and neutral air, an alternative without u*.
TQ_HD inline double briggs_rise(double flux, double wind) {
  return (flux < 55.0 ? 21.425 * std::pow(flux, 0.75) : 38.71 * std::pow(flux, 0.6)) / wind;
}

/// The same in stable air, down to calm.
TQ_HD inline double briggs_stable_rise(double flux, double wind, double stability) {
  return std::fmin(4.0 * std::pow(flux, 0.25) * std::pow(stability, -0.375), stable_rise(flux, wind, stability));
}

/// Distance [m] at which that rise is complete.
TQ_HD inline double briggs_distance(double flux) {
  return flux < 55.0 ? 49.0 * std::pow(flux, 0.625) : 119.0 * std::pow(flux, 0.4);
}
TQ_HD inline double briggs_stable_distance(double wind, double stability) {
  return 2.0715 * wind / std::sqrt(stability);
}

enum class PlumeRegime { neutral, stable, unstable };

TQ_HD inline PlumeRegime plume_regime(const PlumeLayer& layer, double convective_scale) {
  if (layer.mixed && convective_scale > convective_threshold) {
    return PlumeRegime::unstable;
  }
  return !layer.mixed || convective_scale < -convective_threshold || layer.gradient > stable_gradient
             ? PlumeRegime::stable
             : PlumeRegime::neutral;
}

/// dh [m] by buoyancy in the air of one layer.
TQ_HD inline double layer_rise(double flux, const PlumeLayer& layer, const PlumeAir& air, double height) {
  const double wind = std::fmax(layer.wind, least_plume_wind);
  const double friction_velocity = std::fmax(air.friction_velocity, least_plume_friction_velocity);
  const double neutral = neutral_rise(flux, wind, friction_velocity, height);
  switch (plume_regime(layer, air.convective_scale)) {
  case PlumeRegime::stable:
    return std::fmin(neutral, stable_rise(flux, wind, plume_stability(layer.gradient, layer.temperature)));
  case PlumeRegime::unstable:
    return std::fmin(neutral, unstable_rise(flux, wind));
  default:
    return neutral;
  }
}

/// F of a plume of which the top would come `left` [m] higher in the air of one layer.
TQ_HD inline double residual_flux(double left, const PlumeLayer& layer, const PlumeAir& air, double height) {
  const double wind = std::fmax(layer.wind, least_plume_wind);
  const double friction_velocity = std::fmax(air.friction_velocity, least_plume_friction_velocity);
  const double neutral = neutral_flux(left / 1.5, wind, friction_velocity, height);
  switch (plume_regime(layer, air.convective_scale)) {
  case PlumeRegime::stable: {
    const double stability = plume_stability(layer.gradient, layer.temperature);
    return std::fmax(neutral, wind * stability * left * left * left / 59.319);
  }
  case PlumeRegime::unstable:
    return std::fmax(neutral, wind * std::pow(left / 45.0, 5.0 / 3.0));
  default:
    return neutral;
  }
}

/// The layer that holds `height`, the highest one if none does.
TQ_HD inline int plume_layer(const PlumeAir& air, double height) {
  int layer = 0;
  while (layer < air.count - 1 && air.layers[layer].top <= height) {
    ++layer;
  }
  return layer;
}

/// Where the emission of a stack goes.
TQ_HD inline PlumeReach plume_reach(const Chimney& stack, const PlumeAir& air) {
  const int first = plume_layer(air, stack.height);
  const PlumeLayer& mouth = air.layers[first];
  const double wind = std::fmax(mouth.wind, least_plume_wind);
  const double height = std::fmax(stack.height + stack_tip_downwash(stack.exit_speed, wind, stack.diameter), 1.0);
  double momentum = momentum_rise(stack.exit_speed, stack.diameter, wind);
  const double flux = buoyancy_flux(stack, mouth.temperature);
  if (!(flux > 0)) {
    const double jet = std::fmax(momentum, 2.0);
    return {height + 0.5 * jet, height + 1.5 * jet};
  }
  if (mouth.gradient > stable_gradient) {
    momentum = std::fmin(momentum, stable_momentum_rise(stack, wind, mouth.temperature, mouth.gradient));
  }
  int layer = plume_layer(air, height);
  double top = 1.5 * layer_rise(flux, air.layers[layer], air, height); // above the stack
  while (layer < air.count - 1 && height + top > air.layers[layer].top) {
    const double face = air.layers[layer].top - height;
    const double rest = residual_flux(top - face, air.layers[layer], air, height);
    ++layer;
    top = face + 1.5 * layer_rise(std::fmin(rest, flux), air.layers[layer], air, height);
  }
  top = std::fmax(top, 1.5 * momentum);
  return {height + top / 3.0, height + top};
}

/// Share of a plume between `low` and `high` [m above ground].
TQ_HD inline double plume_share(const PlumeReach& plume, double low, double high) {
  const double overlap = std::fmin(high, plume.top) - std::fmax(low, plume.bottom);
  return overlap > 0 ? overlap / (plume.top - plume.bottom) : 0.0;
}

} // namespace tq::physics
