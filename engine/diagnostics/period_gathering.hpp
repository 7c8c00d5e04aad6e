#pragma once
#include "base/archive.hpp"
#include "diagnostics/day_quality.hpp"

#include <string>
#include <vector>

namespace tq {

/// Of values in rising order, the one below which `percent` of them lie: X(s) + (X(s+1) - X(s)) (k - s) with
/// k = 1 + (n - 1) percent / 100 and s its whole part (HJ 663-2013, annex A; from memory). `highest`: the largest of the n
/// values in rising order, all of them or at least those from the percentile on. NaN if n is 0.
double percentile(std::span<const double> highest, std::size_t n, double percent);

/// Sum over the standard's pollutants of weight x concentration / class II limit: annual means, and where there is no annual
/// limit (CO, O3) the percentile against the day's. NaN where a concentration is.
double composite_index(const Standards& standards, const StandardEdition& edition, const ByPollutant<double>& mean,
                       const ByPollutant<double>& percentile);

/// A month, a year, or all days.
struct Period {
  enum class Kind { month, year, whole };
  Kind kind = Kind::whole;
  Instant start = 0, end = 0; // of the days in it that are gathered
  std::string label;          // "2019-03", "2019", "all"
};

/// What a period's days come to at one place. Concentrations [kg m-3] in the reference state of each day's date.
struct PeriodQuality {
  ByPollutant<double> mean{};       // of the 24-hour means; NaN if there are none
  ByPollutant<double> percentile{}; // of the judged values (O3: maximum 8-hour means), as DailyEvaluation says
  ByPollutant<int> mean_days{}, judged_days{};
  /// Days enough for the standard: in a month 27 (February 25), in a year those of every month and 324. For all days there is
  /// no rule: one is enough.
  ByPollutant<bool> mean_enough{}, percentile_enough{};
  ByPollutant<int> exceeded_days{};
  ByPollutant<int> primary_days{};
  int valid_days = 0, good_days = 0;
  std::array<int, 6> quality_days{}; // by DayQuality::quality() - 1
  double composite = 0;              // by the edition of the period's last day; NaN where a pollutant is missing
};

/// Gathers days into months, years and the whole, at many places at once. Of daily values it keeps only sums, counts and
/// the highest that percentiles need, of a period from its first day on: of a year about 130 numbers per place.
class PeriodGathering {
public:
  /// Days of [start, end), by the civil dates of `zone`, that of `start` from its beginning on. `edition` as of DayGathering. The standards must outlive this.
  PeriodGathering(const Standards& standards, const TimeZone& zone, Instant start, Instant end, std::size_t places,
                  const std::string& edition = "");

  /// Takes a day that begins at `day`, one per place. Throws std::logic_error for a day outside [start, end).
  void add(Instant day, std::span<const DayQuality> days);
  void serialise(Archive& archive);

  /// Months, years, then the whole, each by date.
  const std::vector<Period>& periods() const { return periods_; }
  std::size_t places() const { return places_; }
  PeriodQuality quality(std::size_t period, std::size_t place) const;
  /// Gives back the memory of a period whose percentiles are no longer asked for: they and the composite index are NaN then.
  void release(std::size_t period);

private:
  using Count = std::uint16_t; // of days: every grid cell of a year has fourteen tallies
  /// Trivially copyable, so that an archive takes it as it is.
  struct Tally {
    ByPollutant<double> mean_sum{};
    ByPollutant<Count> mean_days{}, judged_days{}, exceeded_days{}, primary_days{};
    Count valid_days = 0, good_days = 0;
    std::array<Count, 6> quality_days{};
  };
  struct Gathered {
    std::vector<Tally> tallies;    // by place; none before the first day
    ByPollutant<std::size_t> kept; // highest daily values that are kept, at most
    std::size_t width = 0;         // their sum
    std::vector<double> highest;   // [place * width + ...], by pollutant, in rising order; none after release()
  };

  void keep(Gathered& gathered, std::size_t place, const DayQuality& day) const;
  bool enough(std::size_t period, std::size_t place, std::size_t p, ByPollutant<Count> Tally::*days) const;

  const Standards& standards_;
  TimeZone zone_;
  std::string edition_;
  std::size_t places_ = 0;
  std::vector<Period> periods_;
  std::vector<Gathered> gathered_; // by period
};

} // namespace tq
