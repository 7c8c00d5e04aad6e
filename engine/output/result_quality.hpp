#pragma once
/// What a run hands to the group /quality of its result.

#include "diagnostics/period_gathering.hpp"
#include "diagnostics/quality_places.hpp"

#include <string>
#include <vector>

namespace tq {

/// What is known before hour 0. Without periods there is no such group.
struct ResultQualityHeader {
  std::vector<QualityPlace> places;
  std::vector<Period> periods;      // in the order in which they end
  ByPollutant<double> percentile{}; // that periods tell, %
  std::string editions;             // by which the run's days are judged
  std::string reference_state;      // to which concentrations refer
};

struct ResultDay {
  Instant start = 0, end = 0;
  int date = 0;                   // civil, YYYYMMDD
  std::vector<DayQuality> places; // as in the header
};

struct ResultPeriod {
  std::vector<PeriodQuality> places; // as in the header
  std::vector<PeriodQuality> grid;   // [j * nx + i]
};

/// Days and periods that ended, by date; periods as in the header.
struct ResultQuality {
  std::vector<ResultDay> days;
  std::vector<ResultPeriod> periods;
};

} // namespace tq
