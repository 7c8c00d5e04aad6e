#pragma once
/// What another emission would make of the air, from the tags of a run: at once, without a run.

#include "diagnostics/period_gathering.hpp"
#include "planning/read_attribution.hpp"
#include "planning/read_result.hpp"
#include "planning/sampling.hpp"
#include "planning/scaled_tags.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tq {

/// A result with tags of pollutants of the standard, read at once.
class TaggedAir {
 public:
  /// Reads all but the tags. `pollutants`: those wanted; all that have tags if empty. Throws InputError: no result, no
  /// tags, a pollutant without tags or not of the standard.
  explicit TaggedAir(const std::filesystem::path& file, const std::vector<std::string>& pollutants = {});
  /// Reads the tags: a year of 26 in 48 cells takes 44 MB per pollutant.
  void read_tags();

  const ResultFacts& facts() const { return facts_; }
  /// Resolved, as the result holds it.
  const std::string& scenario_text() const { return scenario_; }
  /// Ids of the tags.
  const std::vector<std::string>& tags() const { return tags_; }
  const std::vector<std::string>& pollutants() const { return pollutants_; }
  /// Of an hour, kg m-3 ambient, [tag * cells + c].
  const float* hour(const std::string& pollutant, std::size_t hour) const;
  /// kg that each tag emitted in the run, as the result's budget tells it; nullptr for a species without tags, or where
  /// the run was killed before its end.
  const std::vector<double>* emitted(const std::string& species) const;

 private:
  ResultFacts facts_;
  AttributionReader reader_;
  std::string scenario_;
  std::vector<std::string> tags_, pollutants_;
  std::map<std::string, std::vector<float>> values_;  // by pollutant
  std::map<std::string, std::vector<double>> budget_; // by species: kg emitted, by tag
};

/// Amounts of one tag over the run.
struct PredictedTag {
  std::string id;
  std::string pollutant; // of which it is the emission, without what a smaller pollutant holds
  std::string beside;    // that smaller one, or ""
  TagFactors::Amounts amounts;
};

struct Prediction {
  struct Place {
    std::string id, name;
    double area = 0; // m2
    /// Means over the hours [kg m-3], in the reference state of each hour's date; NaN of what the result does not have.
    ByPollutant<double> run{}, asked{};
    /// By how much the mean asked about may be off because measures hit the sources of a tag unevenly.
    ByPollutant<double> error{};
    // Only if samples were asked for:
    ByPollutant<Range> mean{}, change{}; // of what is asked about, and against the run
    Range good_days, good_days_gained;
  };
  struct Day {
    Instant start = 0;
    std::vector<DayQuality> run, asked; // by place
  };

  std::filesystem::path result;
  std::string scenario, asked, title; // names
  std::string time_zone, edition, reference_state;
  Instant start = 0, end = 0;
  std::vector<Place> places; // the city first (id ""): all cells that are nobody's parent; then every management cell
  ByPollutant<bool> predicted{};  // have tags; the others stay as they are
  std::vector<PredictedTag> tags; // whose emission changes
  std::vector<Day> days;
  std::vector<Period> periods;                                        // months, years, all
  std::vector<std::vector<PeriodQuality>> run_quality, asked_quality; // [period][place]
  std::vector<std::string> cautions;                                  // what tags cannot tell
  std::size_t samples = 0, results = 1;
};

struct PredictOptions {
  SampleOptions sampling{.samples = 0, .seed = 1}; // 0: no ranges
  std::vector<Uncertainty> uncertainties = {};
  std::string asked = {}, title = {}; // of the scenario
};

/// Every hour's total plus, tag by tag, (factor - 1) x what the tag has brought; then days, indices and periods as of a
/// run. `airs` and `changes`: the run first, then runs of the same scenario in other weathers, of which every sample
/// takes one. Throws InputError: emission that is not that of the result (its files have changed), results that are not
/// of one city and length, an uncertainty that names no tag.
Prediction predict(const std::vector<TaggedAir>& airs, const std::vector<EmissionChange>& changes,
                   const PredictOptions& options);

/// For the terminal: tags that change, the city, then the cells that change most (all if `all_cells`), cautions.
std::string prediction_table(const Prediction& prediction, bool all_cells = false);
/// A line per place and day, month, year and all; header with units.
std::string prediction_csv(const Prediction& prediction);

} // namespace tq
