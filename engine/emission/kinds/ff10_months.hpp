#pragma once
#include "emission/kinds/outside.hpp"

#include <array>
#include <optional>

namespace tq {

/// What is emitted in each month, spread over a common year [kg s-1], so that the sum is the annual rate.
using MonthlyRates = std::array<double, 12>;

/// What the rows of one source give, by year or by month [kg s-1].
struct Ff10Amounts {
  InventoryAmounts rates{};             // of rows without months
  std::vector<InventoryAmounts> months; // of rows with them, each spread over the year; twelve, or none
  GivenPollutants given{}, given_by_month{};

  void add(std::size_t pollutant, double rate);
  void add(std::size_t pollutant, const MonthlyRates& by_month);
  /// Mean over the year.
  InventoryAmounts total() const;
  /// True if pm10 is given by year and pm2_5 by month, or the other way round: their difference then has no months.
  bool particles_apart() const;
};

/// The columns jan_value to dec_value of an FF10 table: what a source emits in each month, in short tons unless the
/// header says otherwise (`jan_value [t]`).
class Ff10Months {
 public:
  /// Problems of the header: some of the twelve are missing, or a unit is not one of mass.
  Ff10Months(const files::CsvTable& table, ProblemList& problems);

  /// Nothing if the twelve fields are empty or not there; if only some are, or one is below 0, that is a problem.
  std::optional<MonthlyRates> read(std::size_t row, ProblemList& problems) const;
  /// The column of a month, 0 January.
  std::size_t column(std::size_t month) const { return columns_[month]; }

 private:
  const files::CsvTable& table_;
  bool there_ = false;
  std::array<std::size_t, 12> columns_{};
};

} // namespace tq
