#pragma once
#include "diagnostics/day_gathering.hpp"
#include "output/result_file.hpp"
#include "run/case.hpp"

#include <string>

namespace tq {

/// Rank 0's account of the days and periods of a run's air: hours go in, what the result's group /quality holds comes
/// out as it ends. Values are those that the date's reference state asks for; a pollutant that the run lacks is a gap.
/// Days are civil ones; of the first and the last, the hours outside the run are gaps.
class QualityRecord {
 public:
  /// The case must outlive this.
  explicit QualityRecord(const Case& c);
  QualityRecord(const QualityRecord&) = delete;
  QualityRecord& operator=(const QualityRecord&) = delete;

  ResultQualityHeader header() const;
  /// Takes up an hour; returns the day and the periods that end with it.
  ResultQuality add(const ResultHour& hour);
  /// The last day, if it is not over, and what is left of the periods; no hour may follow.
  ResultQuality finish();
  void serialise(Archive& archive);

  /// The city's days until now in a line, for people; "" where there are no management cells.
  std::string describe() const;

 private:
  void take_day(Instant day, std::span<const DayQuality> places);
  void end_period();

  const Case& case_;
  Standards standards_;
  std::vector<ResultPollutant> pollutants_;
  QualityPlaces places_;
  DayGathering days_;
  PeriodGathering periods_;
  std::vector<std::size_t> order_; // of the periods, as they end
  std::vector<int> pollutant_;     // index of pollutants_ by the standard's; -1: the run lacks it
  std::vector<double> values_;     // [p * places + place]
  std::size_t ended_ = 0;          // periods
  int largest_index_ = -1;         // of the city's days
  Instant largest_day_ = 0;
  ResultQuality ready_;
};

} // namespace tq
