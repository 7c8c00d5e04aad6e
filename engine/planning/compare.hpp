#pragma once
/// What strategies change for whom, and at which cost: results side by side, against the first.

#include "diagnostics/day_quality.hpp"
#include "diagnostics/uncertainty.hpp"
#include "files/vector_write.hpp"
#include "planning/comparable.hpp"
#include "planning/sampling.hpp"

#include <array>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <string>
#include <vector>

namespace tq {

/// Pollutants that comparisons show, in order.
inline constexpr std::array compared_pollutants = {"pm10", "pm2_5", "so2", "no2"};
template <class T> using ByCompared = std::array<T, compared_pollutants.size()>;

/// The emissions that go with them; nox in kg as NO2.
inline constexpr std::array compared_emissions = {"pm10", "pm2_5", "so2", "nox"};

/// A range that is not known.
inline constexpr Range no_range{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN(),
                                std::numeric_limits<double>::quiet_NaN()};
inline bool is_known(const Range& range) {
  return !std::isnan(range.low);
}

/// What one run says of one place.
struct PlaceResult {
  bool present = true; // false: a place of the base's that a result of another grid lacks; means are NaN
  /// Means over the run [kg m-3], in the reference state of each hour's date; order of compared_pollutants.
  ByCompared<double> mean{};
  /// 10 to 90 % of the mean and of its change against the base [kg m-3].
  ByCompared<Range> mean_range{no_range, no_range, no_range, no_range}, change_range = mean_range;
  ByCompared<double> avoided{};     // kg, order of compared_emissions; NaN if the run did not end
  int good_days = 0;                // AQI <= 100, of the days that count
  int days = 0;                     // that count: enough hours for the index of that day
  ByPollutant<int> exceeded_days{}; // above the limit of the place's class
  int days_above = 0;               // above any of them
};

/// What measures cost, in one currency.
struct Cost {
  MeasureFacts::Range period; // running cost of the run's period and its share of the capital's yearly payments
  double capital = 0;         // spent once
};

/// What a run costs above the base, in one currency, and what it gains for that in the city.
struct CostEffect {
  Range cost; // of the period; with the measures' efficiencies at their low and high ends
  double capital = 0;
  Range per_good_day;                // NaN where no good day is gained; the range is the cost's alone
  ByCompared<Range> per_microgram{}; // per ug m-3 by which the city's mean falls; NaN where it does not
};

struct RunResult {
  std::string scenario;
  std::string title;
  std::filesystem::path file;
  bool complete = false;
  std::vector<PlaceResult> places; // as Comparison::places
  std::vector<MeasureFacts> measures;
  ByCompared<MeasureFacts::Range> avoided{}; // in the domain, order of compared_emissions
  std::map<std::string, Cost> cost;          // by currency
  std::map<std::string, CostEffect> effect;  // by the same; not of the base
  std::vector<std::string> notes;            // in what else it differs from the base, and what is not known
};

struct Comparison {
  struct Place {
    std::string id;
    std::string name;
    double area = 0; // m2
    int function_class = 2;
  };
  std::string grid;
  Instant start = 0;
  Instant end = 0;
  std::string time_zone;
  std::string reference_state; // in words, at the start
  std::string edition;         // of the standard, at the start
  /// The city first (id ""): the area-weighted mean of all cells that are nobody's parent; then every management cell.
  std::vector<Place> places;
  std::vector<RunResult> runs; // the base first
  std::size_t samples = 0;     // that ranges are taken from
};

struct CompareOptions {
  AllowedDifferences allowed;
  /// What is uncertain besides the measures' efficiencies.
  std::vector<Uncertainty> uncertainties;
  SampleOptions sampling;
};

/// Days are civil days of the run's time zone; index of the standard's edition of the day, from the place's own hourly
/// means (the city's from its mean), by the limits of the place's class. Preliminary: without the standards' rules for
/// stations. Ranges of concentrations come from tags: what each tag brings is multiplied as the uncertainties say, what
/// it brings less than in the base as the efficiencies of all measures together are drawn. Results are read one by one.
/// Throws InputError with all reasons why files cannot be compared.
Comparison compare_results(const std::vector<std::filesystem::path>& files, const CompareOptions& options = {});

/// A run's place among all by what its gain costs.
struct RankedStrategy {
  std::size_t run = 0; // of Comparison::runs
  /// One more than there are strategies whose whole range is cheaper, so those whose ranges overlap the best's are all
  /// 1. 0: not ranked.
  int rank = 0;
  std::string currency;
  Range cost;         // per ug m-3 or good day
  std::string reason; // why it is not ranked
};

/// What strategies may be ranked by: compared_pollutants, per ug m-3 of the city's mean; or "good_days".
bool is_rank_kind(const std::string& by);

/// All runs but the base, by currency and cost; those not ranked last.
std::vector<RankedStrategy> rank_strategies(const Comparison& comparison, const std::string& by);

/// For the terminal, one block per run against the base: the city, then the cells whose concentrations change most (all
/// if `all_cells`), then measures: what they avoid, the cost of the period, its cost per kg avoided, and the capital
/// apart; then cost per gain; last, if there are several, all strategies ranked.
std::string comparison_table(const Comparison& comparison, bool all_cells = false,
                             const std::string& rank_by = "pm2_5");

/// One line per run and place, header with units: ug m-3 in the reference state, t avoided; costs in the lines of the
/// city, if all of a run are in one currency.
std::string comparison_csv(const Comparison& comparison);

/// A line per management cell: `cells` (as cell_table of the base) with the base's means and days, and the changes of
/// each run, in columns that begin with the run's scenario.
files::FeatureTable comparison_map(const Comparison& comparison, files::FeatureTable cells);

} // namespace tq
