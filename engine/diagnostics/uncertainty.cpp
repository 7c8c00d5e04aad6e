#include "diagnostics/uncertainty.hpp"

#include "base/pattern.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

bool Uncertainty::names(const std::string& tag, const std::string& pollutant) const {
  return std::any_of(tags.begin(), tags.end(), [&](const std::string& form) { return matches(form, tag); }) &&
         (pollutants.empty() || std::find(pollutants.begin(), pollutants.end(), pollutant) != pollutants.end());
}

void declare_uncertainty(config::Schema& schema) {
  using config::Type;
  const auto multiple = [&](const char* key, const char* description, double minimum, double maximum) {
    schema.add({.key = key,
                .type = Type::number,
                .description = description,
                .required = true,
                .unit = "1",
                .minimum = minimum,
                .maximum = maximum});
  };
  schema.add({.key = "uncertainty[].tag",
              .type = Type::texts,
              .description = "tags of [attribution] whose emission is known within these limits, * for any characters; "
                             "outside and initial: the background",
              .required = true});
  schema.add({.key = "uncertainty[].pollutant",
              .type = Type::texts,
              .description = "pollutants for which it holds; absent: all"});
  multiple("uncertainty[].low", "multiple of what is stated, at least; as likely below 1 as above", 1e-3, 1);
  multiple("uncertainty[].high", "multiple of what is stated, at most", 1, 1e3);
}

void check_uncertainty(const config::Settings& scenario, const std::vector<std::string>& pollutants,
                       ProblemList& problems) {
  for (const Uncertainty& one : read_uncertainty(scenario)) {
    for (const std::string& id : one.pollutants) {
      if (std::find(pollutants.begin(), pollutants.end(), id) == pollutants.end()) {
        problems.add(one.where, fmt::format("uncertainty[{}].pollutant: must hold pollutants: {}; \"{}\" is none{}",
                                            one.id, fmt::join(pollutants, ", "), id, suggestion(id, pollutants)));
      }
    }
  }
}

std::vector<Uncertainty> read_uncertainty(const config::Settings& scenario) {
  std::vector<Uncertainty> all;
  for (const config::Settings& item : scenario.each("uncertainty")) {
    if (item.has("id") && item.has("tag") && item.has("low") && item.has("high")) { // else reported already
      all.push_back({.id = item.text("id"),
                     .tags = item.texts("tag"),
                     .pollutants = item.has("pollutant") ? item.texts("pollutant") : std::vector<std::string>{},
                     .low = item.number("low"),
                     .high = item.number("high"),
                     .where = item.where()});
    }
  }
  return all;
}

} // namespace tq
