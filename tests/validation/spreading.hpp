#pragma once
/// Puffs of the engine in one direction and in shear, and particles that settle, beside their exact solutions. All in
/// double, planes and columns; `refinement` as in plume.hpp: cells smaller by it, steps by its square.

#include "solutions.hpp"

#include <vector>

namespace tq::validation {

/// A puff of 1 kg from x = 0 at t = 0 in wind u, diffusivity K [m2 s-1], lost at `loss` [s-1].
struct Pulse {
  double mass = 1, wind = 0, diffusivity = 0, loss = 0;
  double concentration(double x, double t) const; // kg m-1
};

struct PulseResult {
  std::vector<double> values; // kg m-1, at the places asked for
  double difference = 0;      // sum (q - e)^2 / sum e^2 over the cells that hold at least 10 % of the largest e
};

/// Released into one cell at t = 0 (`start` = 0), or with the exact means at t = start; to time t.
PulseResult run_pulse(const Pulse& pulse, double start, double t, int refinement, const std::vector<double>& at);

/// Variance along the wind [m2] at time t of a puff from a point in wind u = S z, K in x and z, that has the exact
/// means at t / 2.
double run_shear_puff(double diffusivity, double shear, double t, int refinement);

/// Effective diffusivity along a channel of depth h [m2 s-1]: growth of half the variance of a wide cloud once the
/// cross-section is mixed. Wind as in taylor_dispersion(): linear from 0 to `wind`, or a parabola with that mean.
enum class ChannelFlow { linear, parabola };
double run_channel(ChannelFlow flow, double diffusivity, double wind, double depth, int refinement);

} // namespace tq::validation
