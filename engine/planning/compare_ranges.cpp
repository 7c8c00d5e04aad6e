#include "planning/compare_ranges.hpp"

#include "base/error.hpp"
#include "diagnostics/standards.hpp"
#include "planning/read_attribution.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

namespace {

std::vector<std::string> ids(const AttributionReader& reader) {
  std::vector<std::string> ids;
  for (const AttributionReader::Tag& tag : reader.tags()) {
    ids.push_back(tag.id);
  }
  return ids;
}

bool names_any(const Uncertainty& one, const std::vector<std::string>& tags, const std::string& pollutant) {
  return std::any_of(tags.begin(), tags.end(), [&](const std::string& tag) { return one.names(tag, pollutant); });
}

/// Throws InputError for uncertainties of tags that there are not.
void check_tags(const std::vector<Uncertainty>& uncertainties, const std::vector<std::string>& tags,
                const std::filesystem::path& result) {
  ProblemList problems;
  for (const Uncertainty& one : uncertainties) {
    const std::string pollutant = one.pollutants.empty() ? "" : one.pollutants.front();
    if (!names_any(one, tags, pollutant)) {
      problems.add(one.where, fmt::format("uncertainty \"{}\": must name a tag of {}, one of {}", one.id,
                                          result.string(), fmt::join(tags, ", ")));
    }
  }
  problems.throw_if_any();
}

/// What each tag brings to each place in the mean of all hours [kg m-3], in the reference state of each hour's date:
/// [tag * places + place], the city first.
std::vector<double> tag_means(const ResultFacts& facts, const AttributionReader& reader, const std::string& pollutant,
                              const std::vector<double>& city_weight, const Standards& standards) {
  const std::size_t tags = reader.tags().size(), cells = facts.cells.size(), hours = facts.start.size();
  constexpr std::size_t at_once = 24;
  const bool particle = reader.is_particle(pollutant);
  std::vector<double> means(tags * (cells + 1));
  for (std::size_t first = 0; first < hours; first += at_once) {
    const std::size_t count = std::min(at_once, hours - first);
    const std::vector<float> values = reader.in_cells(pollutant, first, count);
    for (std::size_t h = 0; h < count; ++h) {
      const ReferenceState& state = standards.reference_state(facts.start[first + h]);
      for (std::size_t tag = 0; tag < tags; ++tag) {
        double* mean = &means[tag * (cells + 1)];
        for (std::size_t c = 0; c < cells; ++c) {
          const double value =
              state.reported(double(values[(h * tags + tag) * cells + c]), particle, facts.cells[c].air_density) /
              double(hours);
          mean[c + 1] += value;
          mean[0] += value * city_weight[c];
        }
      }
    }
  }
  return means;
}

/// Ends of a multiple of what measures avoid, by all their efficiencies together: of what they avoid above the base.
struct Ends {
  double low = 1, high = 1;
};

Ends efficiency_ends(const MeasureFacts::Range& base, const MeasureFacts::Range& run) {
  const double central = run.central - base.central;
  if (!(central > 0)) {
    return {};
  }
  return {std::clamp((run.low - base.low) / central, 0.0, 1.0), std::max((run.high - base.high) / central, 1.0)};
}

} // namespace

SampledChanges add_ranges(const ResultFacts& base_facts, const ResultFacts& run_facts, const RunResult& base,
                          const std::vector<double>& city_weight, const Standards& standards,
                          const CompareOptions& options, RunResult& run) {
  SampledChanges sampled;
  if (!run.notes.empty()) { // another grid, weather or period: changes are not the emission's alone
    run.notes.emplace_back("no ranges of concentrations: only results of one grid, weather and period have them");
    return sampled;
  }
  const bool tagged = has_tags(base_facts) && has_tags(run_facts);
  if (!tagged || ids(AttributionReader(base_facts)) != ids(AttributionReader(run_facts))) {
    run.notes.emplace_back("no ranges of concentrations: they take the same tags in both results ([attribution])");
    return sampled;
  }
  const AttributionReader before(base_facts), after(run_facts);
  const std::vector<std::string> tags = ids(before);
  check_tags(options.uncertainties, tags, base_facts.file);
  const std::size_t samples = options.sampling.samples, inputs = options.uncertainties.size();
  const LatinHypercube draws(options.sampling, inputs + 1);
  for (std::size_t s = 0; s < samples; ++s) {
    sampled.draws.push_back(draws.at(s, inputs));
  }
  const std::size_t places = run.places.size();
  std::vector<std::string> untagged, certain;
  for (std::size_t p = 0; p < compared_pollutants.size(); ++p) {
    const std::string pollutant = compared_pollutants[p];
    if (!before.has(pollutant) || !after.has(pollutant)) {
      untagged.push_back(pollutant);
      continue;
    }
    const Ends ends = efficiency_ends(base.avoided[p], run.avoided[p]);
    const bool is_uncertain = std::any_of(options.uncertainties.begin(), options.uncertainties.end(),
                                          [&](const Uncertainty& one) { return names_any(one, tags, pollutant); });
    if (ends.low == 1 && ends.high == 1 && !is_uncertain) {
      certain.push_back(pollutant);
      continue;
    }
    const std::vector<double> own = tag_means(run_facts, after, pollutant, city_weight, standards),
                              of_base = tag_means(base_facts, before, pollutant, city_weight, standards);
    const SampledTags multiples = sample_tags(options.uncertainties, tags, pollutant, options.sampling);
    for (std::size_t n = 0; n < places; ++n) {
      std::vector<double> means(samples), changes(samples);
      for (std::size_t s = 0; s < samples; ++s) {
        const double share = split_uniform(sampled.draws[s], ends.low, ends.high);
        for (std::size_t tag = 0; tag < tags.size(); ++tag) {
          const std::size_t at = tag * places + n;
          const double multiple = multiples.multiple[s * tags.size() + tag], change = share * (own[at] - of_base[at]);
          means[s] += multiple * (of_base[at] + change);
          changes[s] += multiple * change;
        }
      }
      if (n == 0) {
        sampled.of_city[p] = changes;
      }
      run.places[n].mean_range[p] = range_of(std::move(means), run.places[n].mean[p]);
      run.places[n].change_range[p] = range_of(std::move(changes), run.places[n].mean[p] - base.places[n].mean[p]);
    }
  }
  if (!untagged.empty()) {
    run.notes.push_back(fmt::format("no range of {}: the results do not both have tags of it", fmt::join(untagged, ", ")));
  }
  if (!certain.empty()) {
    run.notes.push_back(fmt::format("no range of {}: neither --uncertainty FILE nor a measure's efficiency_range says how "
                                    "well it is known",
                                    fmt::join(certain, ", ")));
  }
  return sampled;
}

} // namespace tq
