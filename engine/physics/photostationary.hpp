#pragma once
#include "base/macros.hpp"
#include "physics/exponential.hpp"

#include <cmath>

namespace tq::physics {

/// NO, NO2 and O3 on their way to the photostationary state.
///
///   NO + O3 -> NO2 (+ O2)   k [per amount and second]
///   NO2 + hv -> NO + O3     J [s-1]
///
/// With NOx = NO + NO2 and Ox = O3 + NO2 conserved, x = NO2 follows dx/dt = k (NOx - x)(Ox - x) - J x. Its roots are
/// x1 <= min(NOx, Ox) (the photostationary state) and x2 = NOx Ox / x1; with y = x - x1 and the rate of approach
/// lambda = k (x2 - x1) = k (NO + O3) + J taken at that state, the exact solution over a time t is
///
///   y(t) = y0 exp(-lambda t) / (1 - k y0 (1 - exp(-lambda t)) / lambda).
///
/// So a step of any length is exact for constant k and J, two half steps equal one whole, and the plain relaxation
/// f_eq + (f - f_eq) exp(-lambda t) of Denby et al. (2020), Geosci. Model Dev. 13, 6303-6323, is its limit near the
/// state. k(O3 + NO) = 3.0e-12 exp(-1500 / T) cm3 s-1 (JPL 15-10, table 1-1; T = 195 to 443 K).
/// Limits: no other reaction; without the peroxy radicals O3 is only shifted, never formed.

/// Rate constant of O3 + NO [cm3 s-1] at T [K].
TQ_HD inline double rate_o3_no(double temperature) { return 3.0e-12 * std::exp(-1500.0 / temperature); }

/// Amounts in one common unit that counts molecules: ppb, molecules cm-3 or mol m-3. None negative.
struct NitrogenOzone {
  double no = 0;
  double no2 = 0;
  double o3 = 0;
};

/// Of the nitrogen in NO the share that is in NO2 some time later, and the other way round.
struct NitrogenExchange {
  double oxidised = 0;   // of NO
  double photolysed = 0; // of NO2
};

/// What happened to the nitrogen atoms between two states `seconds` apart of one relaxation: an atom of NO turns at the
/// rate k O3, one of NO2 at J, back and forth (a chain of two states, with the mean of O3 over the time); the shares are
/// then such that `before` becomes `after` exactly. All within [0, 1].
TQ_HD inline NitrogenExchange nitrogen_exchange(NitrogenOzone before, NitrogenOzone after, double rate_o3_no,
                                                double photolysis, double seconds) {
  const double oxidation = rate_o3_no * 0.5 * (before.o3 + after.o3), both = oxidation + photolysis;
  const double back = both > 0 ? photolysis / both * -std::expm1(-both * seconds) : 0.0;
  const double gained = after.no - before.no; // = photolysed NO2 - oxidised NO
  const double least = gained > 0 ? gained : 0.0, most = before.no2 < after.no ? before.no2 : after.no;
  double amount = back * before.no2;
  amount = amount < least ? least : amount > most ? most : amount;
  const double forth = amount - gained;
  const auto share = [](double part, double whole) {
    return !(whole > 0) || part <= 0 ? 0.0 : part < whole ? part / whole : 1.0;
  };
  return {share(forth, before.no), share(amount, before.no2)};
}

/// Rate [s-1] at which NO2 approaches the photostationary state: the distance of the two roots times k. Written without
/// the cancellation of (sum)^2 - 4 k^2 NOx Ox.
TQ_HD inline double photostationary_approach(double nox, double ox, double rate_o3_no, double photolysis) {
  const double difference = rate_o3_no * (nox - ox);
  return std::sqrt(difference * difference + photolysis * (photolysis + 2.0 * rate_o3_no * (nox + ox)));
}

/// NO2 in the photostationary state, in the amounts' unit; `rate_o3_no` in s-1 per that unit, `photolysis` in s-1. One
/// of the two must be above 0.
TQ_HD inline double photostationary_no2(double nox, double ox, double rate_o3_no, double photolysis) {
  const double sum = rate_o3_no * (nox + ox) + photolysis + photostationary_approach(nox, ox, rate_o3_no, photolysis);
  return sum > 0 ? 2.0 * rate_o3_no * nox * ox / sum : 0.0;
}

/// The state after `seconds`, same units. NO + NO2 and O3 + NO2 are kept to rounding; nothing becomes negative.
TQ_HD inline NitrogenOzone relax_photostationary(NitrogenOzone now, double rate_o3_no, double photolysis,
                                                 double seconds) {
  const double nox = now.no + now.no2;
  const double ox = now.o3 + now.no2;
  const double lambda = photostationary_approach(nox, ox, rate_o3_no, photolysis);
  const double equilibrium = photostationary_no2(nox, ox, rate_o3_no, photolysis);
  const double decayed = one_minus_exp(lambda * seconds);
  // decayed / lambda tends to t where the roots meet (J = 0, NOx = Ox)
  const double span = lambda > 0 ? decayed / lambda : seconds;
  const double y = now.no2 - equilibrium;
  const double least = 0.0, most = nox < ox ? nox : ox;
  const double no2 = equilibrium + y * (1.0 - decayed) / (1.0 - rate_o3_no * y * span);
  const double bounded = no2 > most ? most : no2 < least ? least : no2; // against rounding
  return {nox - bounded, bounded, ox - bounded};
}

} // namespace tq::physics
