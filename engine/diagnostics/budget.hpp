#pragma once
/// Where each kilogram went, per tracer:
///
///   initial + emitted + inflow + produced = airborne + outflow + dry + settled + wet + consumed
///
/// all in kg over the whole domain; `dry` is what turbulence and contact bring to the ground, `settled` what falls there.
/// Every term is the sum over columns in global order, row first, with compensated sums, so that it is the same bit by
/// bit for any decomposition, and the rounding of a long run does not hide a leak.

#include "base/archive.hpp"
#include "base/communicator.hpp"
#include "diagnostics/compensated_sum.hpp"
#include "grid/decomposition.hpp"
#include "state/accounts.hpp"

#include <array>
#include <string>
#include <vector>

namespace tq {

/// One tracer's budget [kg].
struct BudgetTerms {
  double initial = 0;
  double emitted = 0;
  double inflow = 0;
  double produced = 0;
  double airborne = 0;
  double outflow = 0;
  double dry = 0;
  double settled = 0;
  double wet = 0;
  double consumed = 0;

  double left() const { return initial + emitted + inflow + produced; }
  /// What the equation leaves open, relative to its left-hand side; 0 where there never was anything.
  double residual() const;
};

class Budget {
public:
  /// nx, ny: of the whole grid.
  Budget(const Decomposition& decomposition, int nx, int ny, int tracers);

  // Collective over the ranks; totals arrive on rank 0.

  /// Sets the initial amounts from mixing ratios [kg kg-1] and air masses [kg] of this rank's cells.
  template <class T> void start(Communicator& communicator, View4<const T> mixing_ratio, View3<const T> air_mass);
  /// Adds what the accounts gathered since their last reset (the caller resets them) and takes stock of the air.
  template <class T>
  void update(Communicator& communicator, const AccountViews& accounts, View4<const T> mixing_ratio,
              View3<const T> air_mass);

  /// By tracer; on rank 0.
  std::vector<BudgetTerms> terms() const;
  /// Of tracers [first, last), on rank 0.
  void serialise(Archive& archive, int first, int last);

private:
  enum Term { emitted, inflow, outflow, dry, settled, wet, produced, consumed, term_count };

  template <class T>
  double airborne(Communicator& communicator, View3<const T> mixing_ratio, View3<const T> air_mass);
  /// Adds a two-dimensional amount per column [kg] to a running sum.
  void add(Communicator& communicator, View2<const double> columns, CompensatedSum& sum);

  Decomposition decomposition_;
  Field<double> columns_; // of this rank
  Field<double> global_;  // on rank 0
  std::vector<std::array<CompensatedSum, term_count>> sums_; // by tracer
  std::vector<double> initial_;
  std::vector<double> airborne_;
};

/// The budget as a table for people, one row per tracer with the residual last; `names` by tracer.
std::string budget_table(const std::vector<BudgetTerms>& terms, const std::vector<std::string>& names);

} // namespace tq
