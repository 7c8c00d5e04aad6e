#include "emission/measures.hpp"

#include <algorithm>
#include <cmath>

namespace tq {

double MeasureCost::annuity() const {
  return discount_rate > 0 ? discount_rate / (1.0 - std::pow(1.0 + discount_rate, -lifetime)) : 1.0 / lifetime;
}

Measure with_efficiency(Measure measure, double multiple) {
  if (multiple != 1.0) { // which leaves every bit as it is
    for (double& efficiency : measure.efficiency) {
      efficiency *= multiple;
    }
    for (Measure::Facet& facet : measure.facets) {
      for (double& factor : facet.factor) {
        factor = 1.0 - multiple * (1.0 - factor);
      }
    }
  }
  return measure;
}

const std::vector<std::string>& day_names() {
  static const std::vector<std::string> names = {"monday", "tuesday",  "wednesday", "thursday",
                                                 "friday", "saturday", "sunday"};
  return names;
}

std::int64_t day_number(const CivilTime& civil) {
  return from_utc({civil.year, civil.month, civil.day, 0, 0, 0}) / seconds_per_day;
}

bool Measure::active(const CivilTime& civil) const {
  const std::int64_t day = day_number(civil);
  if ((first_day && day < *first_day) || (last_day && day > *last_day)) {
    return false;
  }
  if (!weekdays[std::size_t(weekday(civil))]) {
    return false;
  }
  return first_hour < last_hour ? civil.hour >= first_hour && civil.hour < last_hour
                                : civil.hour >= first_hour || civil.hour < last_hour;
}

std::optional<std::size_t> Measure::facet(const Source& source, const std::string& part) const {
  const auto fits = [&](const std::string& pattern) { return matches(pattern, part); };
  for (std::size_t f = 0; f < facets.size(); ++f) {
    const Facet& facet = facets[f];
    if ((facet.fleet == nullptr || facet.fleet == source.fleet) &&
        (facet.parts.empty() || std::any_of(facet.parts.begin(), facet.parts.end(), fits))) {
      return f;
    }
  }
  return {};
}

} // namespace tq
