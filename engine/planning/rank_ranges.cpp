#include "planning/rank_ranges.hpp"

#include "base/error.hpp"
#include "planning/origins.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utility>

namespace tq {

std::vector<Uncertainty> read_uncertainty_file(const std::filesystem::path& file) {
  config::Schema schema;
  schema.add({.key = "schema",
              .type = config::Type::text,
              .description = "form of the file",
              .required = true,
              .choices = {"uncertainty/1"}});
  declare_uncertainty(schema);
  ProblemList problems;
  const config::Settings settings = config::Settings::check(config::read_toml(file), schema, problems);
  problems.throw_if_any();
  return read_uncertainty(settings);
}

TagSums::TagSums(std::string of, std::string pollutant, std::vector<std::string> ids)
    : of_(std::move(of)), pollutant_(std::move(pollutant)), ids_(std::move(ids)) {}

double* TagSums::add_tag(const std::string& id) {
  tags_.push_back(id);
  values_.resize(values_.size() + ids_.size(), 0.0);
  return &values_[values_.size() - ids_.size()];
}

void TagSums::add_level(const ResultFacts& facts, const HourRange& hours, double sign) {
  const AttributionReader attribution(facts);
  const Origins origins = gather_origins(facts, &attribution, attribution.pollutant(pollutant_), hours);
  const std::vector<double> areas = city_areas(facts);
  const std::vector<std::size_t> place = places_of_cells(facts, of_, ids_);
  std::vector<double> whole(ids_.size(), 0.0);
  for (std::size_t c = 0; c < areas.size(); ++c) {
    if (place[c] != no_place) {
      whole[place[c]] += areas[c];
    }
  }
  for (std::size_t tag = 0; tag < origins.tags.size(); ++tag) {
    double* values = add_tag(origins.tags[tag].id);
    for (std::size_t c = 0; c < areas.size(); ++c) {
      if (place[c] != no_place) {
        values[place[c]] += sign * areas[c] / whole[place[c]] * origins.of_tag[tag * origins.cells + c];
      }
    }
  }
}

void TagSums::add_own(const ResultFacts& facts, const HourRange& hours) {
  const AttributionReader attribution(facts);
  const Origins origins = gather_origins(facts, &attribution, attribution.pollutant(pollutant_), hours);
  const std::vector<double> areas = city_areas(facts);
  double city = 0;
  for (const double area : areas) {
    city += area;
  }
  const std::vector<std::size_t> place = places_of_tags(facts, origins.tags, of_, ids_);
  for (std::size_t tag = 0; tag < origins.tags.size(); ++tag) {
    double* values = add_tag(origins.tags[tag].id);
    for (std::size_t c = 0; c < areas.size() && place[tag] != no_place; ++c) {
      values[place[tag]] += areas[c] / city * origins.of_tag[tag * origins.cells + c];
    }
  }
}

std::vector<Range> TagSums::ranges(const std::filesystem::path& file, const SampleOptions& options) const {
  const std::vector<Uncertainty> uncertainties = read_uncertainty_file(file);
  for (const Uncertainty& one : uncertainties) {
    const std::string& pollutant = one.pollutants.empty() ? pollutant_ : one.pollutants.front();
    if (std::none_of(tags_.begin(), tags_.end(), [&](const std::string& tag) { return one.names(tag, pollutant); })) {
      throw InputError({file.string()}, fmt::format("uncertainty \"{}\": must name a tag of the result, one of {}",
                                                    one.id, fmt::join(tags_, ", ")));
    }
  }
  return ranges_of_sums(sample_tags(uncertainties, tags_, pollutant_, options), values_, ids_.size());
}

} // namespace tq
