#pragma once
/// The daily air quality index of HJ 633-2012 and HJ 633-2026.
///
///   IAQI = (I_hi - I_lo) / (B_hi - B_lo) (C - B_lo) + I_lo, rounded up to an integer;  AQI = max IAQI
///
/// C [kg m-3] is a concentration in the reference state of its date (ReferenceState), B the breakpoints and I the index
/// values of data/standards.toml. Beyond the last breakpoint the index stays at its last value (500), or there is none
/// where the edition says so. Daily maximum 8-hour mean: windows that end at 08:00 ... 24:00 of the civil day, each of the
/// eight hours before (convention of HJ 663; from memory). Gaps: Standards::hours_in_24() and so on.

#include "diagnostics/standards.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tq {

/// The index of one indicator ("pm10_24h"), or nothing if the edition gives none. Throws std::out_of_range for an
/// indicator that the edition does not have.
std::optional<int> individual_index(const StandardEdition& edition, const std::string& indicator, double concentration);

/// The same of a scale of the edition.
std::optional<int> individual_index(const StandardEdition& edition, const StandardEdition::Scale& scale,
                                    double concentration);
/// A concentration as the scale takes it: rounded where the edition rounds.
double rounded(const StandardEdition::Scale& scale, double concentration);

/// Mean of a day's hourly values [any unit]; NaN is a gap. Nothing if there are too few.
std::optional<double> daily_mean(const Standards& standards, std::span<const double> hours);
/// Largest hourly value, or nothing if all are gaps.
std::optional<double> daily_maximum(std::span<const double> hours);
/// Largest 8-hour mean. Nothing if too few 8-hour means are valid and none of them exceeds `limit`.
std::optional<double> daily_maximum_8h(const Standards& standards, std::span<const double> hours, double limit);

struct DailyIndex {
  int index = 0;
  std::vector<std::string> primary; // pollutants with the largest individual index, where it exceeds 50
  bool good() const { return index <= 100; }
};

/// One civil day's index from hourly concentrations [kg m-3, reference state] by pollutant id ("pm2_5"), one value per
/// hour from the day's first hour on. Nothing if a pollutant of the edition's daily index is absent or has too many gaps.
std::optional<DailyIndex> daily_index(const Standards& standards, const StandardEdition& edition,
                                      const std::map<std::string, std::vector<double>>& hours);

} // namespace tq
