#pragma once
#include "base/macros.hpp"
#include "physics/exponential.hpp"

namespace tq::physics {

/// Silt on a paved road: what settles and is tracked out builds it up, traffic spends it, rain and cleaning take it.
///
///   dS/dt = (S_0 - S)/tau + F - w P S,   cleaning: S -> (1 - eta) S
///   with r = 1/tau + w P and S_e = (S_0/tau + F)/r:  S(t) = S_e + (S - S_e) exp(-r t)
///   mean over t = S_e + (S - S_e) (1 - exp(-r t))/(r t)
///
/// S silt loading [kg m-2], S_0 the loading in balance with usual supply and traffic (the default loadings of
/// data/emission/dust.toml), tau time of recovery [s], F supply beyond the usual, such as track-out from a site [kg m-2
/// s-1], P rain [kg m-2 s-1], w wash-off per rain [m2 kg-1], eta efficiency of a cleaning.
/// Sources: loadings reach a balance of supply and removal (U.S. EPA, AP-42, 13.2.1, section 13.2.1.1); wash-off
/// proportional to load and runoff: Sartor and Boyd 1972 (EPA-R2-72-081), 4.6 per inch of runoff; recovery within 24 h
/// in Barcelona and 72 h in Utrecht: Amato et al. 2012, Atmos. Environ. 62, 352. None was read at the source. Valid for
/// hours of constant rain. Limits: the balance itself does not follow the hour's traffic; drizzle that binds what
/// vehicles track out is not in it.
struct RoadSilt {
  double base = 0;     // S_0, kg m-2
  double recovery = 0; // tau, s
  double wash_off = 0; // w, m2 kg-1 of rain
};

/// kg m-2 at the end of a time, and mean over it.
struct SiltStep {
  double end = 0;
  double mean = 0;
};

/// `time` [s] from a loading `silt` [kg m-2] on, with `rain` [kg m-2 s-1] and a supply beyond the usual [kg m-2 s-1].
TQ_HD inline SiltStep silt_after(double silt, const RoadSilt& road, double rain, double supply, double time) {
  const double rate = 1.0 / road.recovery + road.wash_off * rain;
  const double balance = (road.base / road.recovery + supply) / rate;
  const double gone = one_minus_exp(rate * time);
  return {silt + (balance - silt) * gone, balance + (silt - balance) * gone / (rate * time)};
}

} // namespace tq::physics
