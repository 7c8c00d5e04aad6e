#include "planning/predict_ranges.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace tq {

namespace {

constexpr std::size_t pollutants = standard_pollutants.size();

/// Multiples of what tags bring of a part in one result, by [sample * tags + tag].
struct Multiples {
  std::vector<double> run, asked;
};

/// Uncertain measures of both scenarios by id, in that order; one in both is one draw.
std::vector<std::string> uncertain_measures(const EmissionChange& change) {
  std::set<std::string> ids;
  for (const TagEmission* emission : {&change.run, &change.asked}) {
    for (const TagEmission::UncertainMeasure& measure : emission->measures) {
      ids.insert(measure.id);
    }
  }
  return {ids.begin(), ids.end()};
}

/// Efficiencies act on emission linearly; several measures on one source multiply, and so do their relative changes
/// here.
void multiply_measures(const PredictedDays& days, std::size_t part, const TagEmission& emission,
                       const std::vector<std::string>& ids, const LatinHypercube& draws, std::size_t first_input,
                       std::vector<double>& multiple) {
  for (std::size_t m = 0; m < emission.measures.size(); ++m) {
    const TagEmission::UncertainMeasure& measure = emission.measures[m];
    const std::size_t input = first_input + std::size_t(std::find(ids.begin(), ids.end(), measure.id) - ids.begin());
    const std::vector<double> slopes = days.factors().slopes(emission, part, m);
    for (std::size_t sample = 0; sample < draws.samples(); ++sample) {
      const double deviation = split_uniform(draws.at(sample, input), measure.low, measure.high) - 1;
      for (std::size_t tag = 0; tag < slopes.size(); ++tag) {
        multiple[sample * days.tags() + tag] *= std::max(0.0, 1 + deviation * slopes[tag]);
      }
    }
  }
}

std::vector<Multiples> multiples(const PredictedDays& days, const PredictOptions& options,
                                 const std::vector<std::string>& measures, const LatinHypercube& draws) {
  std::vector<Multiples> all;
  for (std::size_t part = 0; part < days.parts().size(); ++part) {
    const SampledTags sampled =
        sample_tags(options.uncertainties, days.air().tags(), days.parts()[part].pollutant, options.sampling);
    Multiples& own = all.emplace_back(Multiples{sampled.multiple, sampled.multiple});
    multiply_measures(days, part, days.change().run, measures, draws, options.uncertainties.size(), own.run);
    multiply_measures(days, part, days.change().asked, measures, draws, options.uncertainties.size(), own.asked);
  }
  return all;
}

/// Days as samples see them: of what is certain, whether it is good; of the rest, the 24-hour mean.
class SampledDays {
 public:
  SampledDays(const PredictedDays& days, const Standards& standards) : days_(days), standards_(standards) {
    for (std::size_t p = 0; p < pollutants; ++p) {
      parts_[p] = days.parts_of(p);
    }
  }

  /// A mean [kg m-3] with tags scaled: `stated` is the sum with all multiples 1.
  double scaled(double stated, std::size_t p, const std::vector<double>& tags, std::size_t place,
                const std::vector<Multiples>& multiples, std::vector<double> Multiples::*whose,
                std::size_t sample) const {
    const std::size_t count = days_.tags(), places = days_.places();
    for (const std::size_t part : parts_[p]) {
      const double* const multiple = &(multiples[part].*whose)[sample * count];
      const double* const values = &tags[part * count * places + place];
      for (std::size_t tag = 0; tag < count; ++tag) {
        stated += (multiple[tag] - 1) * values[tag * places];
      }
    }
    return stated;
  }

  int good_days(std::size_t place, const std::vector<Multiples>& multiples, std::vector<double> Multiples::*whose,
                std::size_t sample) const {
    const bool run = whose == &Multiples::run;
    int good = 0;
    for (std::size_t d = 0; d < days_.days().size(); ++d) {
      const Prediction::Day& day = days_.days()[d];
      const DayQuality& quality = run ? day.run[place] : day.asked[place];
      const std::vector<double>& tags = run ? days_.daily_tags()[d].run : days_.daily_tags()[d].asked;
      bool all = quality.valid();
      const StandardEdition& edition = standards_.edition(day.start);
      for (std::size_t p = 0; p < pollutants && all; ++p) {
        const bool certain = parts_[p].empty() || standards_.evaluation(standard_pollutants[p]).daily != "24h";
        all = certain ? quality.individual[p] <= 100
                      : is_good(edition, p, scaled(quality.mean[p], p, tags, place, multiples, whose, sample));
      }
      good += all ? 1 : 0;
    }
    return good;
  }

 private:
  /// Individual index of a 24-hour mean at most 100.
  static bool is_good(const StandardEdition& edition, std::size_t p, double mean) {
    static constexpr std::array names = {"so2_24h", "no2_24h", "co_24h", "o3_24h", "pm10_24h", "pm2_5_24h"};
    const StandardEdition::Scale& scale = edition.scales.at(names[p]);
    const std::size_t hundred =
        std::size_t(std::find(edition.index.begin(), edition.index.end(), 100.0) - edition.index.begin());
    return rounded(scale, mean) <= scale.breakpoints.at(hundred) * (1 + 1e-9); // limits are not exact in binary
  }

  const PredictedDays& days_;
  const Standards& standards_;
  std::array<std::vector<std::size_t>, pollutants> parts_;
};

} // namespace

void add_ranges(const PredictedDays& first, const std::vector<PredictedDays>& further, const Standards& standards,
                const PredictOptions& options, Prediction& prediction) {
  std::vector<const PredictedDays*> results = {&first};
  for (const PredictedDays& one : further) {
    results.push_back(&one);
  }
  const std::vector<std::string> measures = uncertain_measures(first.change());
  const std::size_t weather_input = options.uncertainties.size() + measures.size();
  const LatinHypercube draws(options.sampling, weather_input + 1);
  std::vector<std::vector<Multiples>> scales;
  std::vector<SampledDays> sampled;
  for (const PredictedDays* one : results) {
    scales.push_back(multiples(*one, options, measures, draws));
    sampled.emplace_back(*one, standards);
  }
  const std::size_t samples = options.sampling.samples;
#pragma omp parallel for schedule(dynamic)
  for (std::size_t n = 0; n < prediction.places.size(); ++n) {
    Prediction::Place& place = prediction.places[n];
    ByPollutant<std::vector<double>> mean, change;
    std::vector<double> good, gained;
    for (std::size_t sample = 0; sample < samples; ++sample) {
      const std::size_t r = std::size_t(draws.at(sample, weather_input) * double(results.size()));
      const PredictedDays& days = *results[r];
      for (std::size_t p = 0; p < pollutants; ++p) {
        const double asked = sampled[r].scaled(days.asked_mean()[n][p], p, days.tag_means().asked, n, scales[r],
                                               &Multiples::asked, sample);
        mean[p].push_back(asked);
        change[p].push_back(asked - sampled[r].scaled(days.run_mean()[n][p], p, days.tag_means().run, n, scales[r],
                                                      &Multiples::run, sample));
      }
      good.push_back(sampled[r].good_days(n, scales[r], &Multiples::asked, sample));
      gained.push_back(good.back() - sampled[r].good_days(n, scales[r], &Multiples::run, sample));
    }
    for (std::size_t p = 0; p < pollutants; ++p) {
      if (!std::isnan(place.asked[p])) { // which the result has
        place.mean[p] = range_of(std::move(mean[p]), place.asked[p]);
        place.change[p] = range_of(std::move(change[p]), place.asked[p] - place.run[p]);
      }
    }
    const int run_good = prediction.run_quality.back()[n].good_days;
    const int asked_good = prediction.asked_quality.back()[n].good_days;
    place.good_days = range_of(std::move(good), asked_good);
    place.good_days_gained = range_of(std::move(gained), asked_good - run_good);
  }
}

} // namespace tq
