#pragma once
#include "base/error.hpp"
#include "config/expression.hpp"
#include "physics/photolysis.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tq::gas {

/// The air that rates of reaction depend on.
struct RateConditions {
  double temperature = 298.15; // K
  double pressure = 101325.0;  // Pa
  double water = 0.0;          // molecules cm-3
  double sun = 0.0;            // 0 to 1: SUN of a mechanism that has its own course of the day
  physics::PhotolysisRates photolysis = {};

  /// Molecules of air per cm3.
  double air() const;
};

/// Shares of the air by volume, for what a mechanism calls O2 and N2.
inline constexpr double oxygen_share = 0.2095, nitrogen_share = 0.7808;

/// A rate constant [molecules, cm3, s] as a mechanism file writes it, compiled once. It may use
///   TEMP [K], PRES [Pa], SUN, M, O2, N2, H2O [molecules cm-3]; PHOTO(name) [s-1] of physics::photolysis_reactions;
///   EXP LOG LOG10 SQRT MIN MAX; + - * / ^ **, comparisons and ?:; numbers also as 1.2D-12 or 1.2E-12_dp;
///   ARR(A,B,C) = ARR_abc(A,B,C) = A exp(-B/TEMP) (TEMP/300)^C, ARR_ab(A,B), ARR_ac(A,C), ARR2(A,B) = A exp(B/TEMP);
///   EP2(A0,C0,A2,C2,A3,C3) = k0 + k3 M / (1 + k3 M / k2), EP3(A1,C1,A2,C2) = k1 + k2 M, with k = A exp(-C/TEMP);
///   FALL(A0,B0,C0,A1,B1,C1,F) = k0 M / (1 + x) F^(1 / (1 + log10(x)^2)), x = k0 M / k1, k as in ARR;
///   TROE(k0,k1,F): the same of rates, k0 times M in it, with log10(x) / N, N = 0.75 - 1.27 log10(F).
/// Sources: user's manual of KPP 3 (Lin et al. 2023, Geosci. Model Dev. 16), Fortran rate functions; FALL is the form of
/// JPL 15-10 (section 2.1), TROE that of IUPAC (Atkinson et al. 2004, Atmos. Chem. Phys. 4, 1461).
class Rate {
public:
  /// Nothing, and problems with their places, if `text`, which begins at line and column `where` of a file, is no rate.
  static std::optional<Rate> compile(std::string_view text, SourceLocation where, ProblemList& problems);

  double operator()(const RateConditions& conditions) const;

private:
  explicit Rate(config::Expression expression) : expression_(std::move(expression)) {}
  config::Expression expression_;
};

} // namespace tq::gas
