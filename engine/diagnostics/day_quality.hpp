#pragma once
/// What a civil day's air comes to by GB 3095, HJ 633 and HJ 663: means, the index, the class, what is exceeded.

#include "diagnostics/air_quality_index.hpp"

#include <array>
#include <span>
#include <vector>

namespace tq {

/// The pollutants that make up the index, in the order of every ByPollutant.
inline constexpr std::array standard_pollutants = {"so2", "no2", "co", "o3", "pm10", "pm2_5"};
template <class T> using ByPollutant = std::array<T, standard_pollutants.size()>;

/// The longest civil day: one on which clocks go back.
inline constexpr std::size_t most_hours_of_day = 25;

/// One civil day at one place. Concentrations [kg m-3] in the reference state of the date; NaN where hours are too few.
struct DayQuality {
  static constexpr std::size_t classes = 6; // of the index

  ByPollutant<double> mean{};    // of 24 hours
  ByPollutant<double> maximum{}; // of an hour
  ByPollutant<double> judged{};  // what the day's limit is made for: the mean, of O3 the maximum 8-hour mean
  ByPollutant<int> individual{}; // largest of the pollutant's individual indices; -1: none
  int index = -1;                // AQI; -1: a value that it needs is missing
  unsigned primary = 0;          // bit p: its individual index is the largest, and above 50
  unsigned exceeded = 0;         // bit p: the judged value is above the limit

  bool valid() const { return index >= 0; }
  bool good() const { return valid() && index <= 100; }
  /// 1 (excellent) to 6 (severe); 0 of a day that is not valid.
  int quality() const;
};

/// "excellent" ... "severe", of quality() 1 to 6.
const char* quality_name(int quality);

/// Judges days by one edition and by the limits of one function class. An hour that is NaN is a gap; how many a mean bears
/// says Standards. Too few 8-hour means are enough if the largest exceeds the limit.
class DayJudge {
public:
  /// `function_class`: 1 or 2. The standards must outlive this.
  DayJudge(const Standards& standards, const StandardEdition& edition, int function_class);

  /// `hours`: [kg m-3], by pollutant those of the day from its first on, all gaps where a pollutant is not measured.
  DayQuality of_hours(const ByPollutant<std::span<const double>>& hours) const;
  /// A city's day: of each value the mean over its stations, where enough of them have it.
  DayQuality of_stations(std::span<const DayQuality> stations) const;

private:
  struct Indicator {
    std::size_t pollutant = 0;
    ByPollutant<double> DayQuality::*value = nullptr;
    const StandardEdition::Scale* scale = nullptr;
  };
  void judge(DayQuality& day) const;

  const Standards& standards_;
  const StandardEdition& edition_;
  std::vector<Indicator> indicators_;                       // of the daily index
  ByPollutant<bool> eight_hours_{};                         // judged by the maximum 8-hour mean
  ByPollutant<double> limit_{};                             // kg m-3, of the judged value
  ByPollutant<const StandardEdition::Scale*> judged_scale_{};
};

} // namespace tq
