#include "emission/drivers.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace tq {

std::size_t Drivers::add(std::optional<std::size_t> profile, const Response& response) {
  const auto [driver, fresh] = known_.emplace(std::pair(profile ? *profile + 1 : 0, response.key), drivers_.size());
  if (fresh) {
    Driver& made = drivers_.emplace_back();
    made.profile = profile;
    if (!response.key.empty()) {
      const auto [series, first] = known_responses_.emplace(response.key, responses_.size());
      if (first) {
        responses_.push_back({response, 1, {}});
      }
      made.response = series->second;
    }
  }
  return driver->second;
}

void Drivers::prepare(const EmissionWeather& weather, std::size_t hours, std::size_t species) {
  species_ = species;
  for (Series& series : responses_) {
    series.values = series.response.factors(weather);
    series.width = series.values.size() == hours ? 1 : species;
    const bool finite = std::all_of(series.values.begin(), series.values.end(),
                                    [](double factor) { return factor >= 0 && factor < 1e30; });
    if (series.values.size() != hours * series.width || !finite) {
      throw std::logic_error(fmt::format("response {}: {} factors for {} hours, or not all of them 0 or more",
                                         series.response.key, series.values.size(), hours));
    }
  }
}

void Drivers::factors(std::size_t hour, const CivilTime& civil, const ProfileClock& clock,
                      std::vector<double>& result) const {
  std::vector<double> profiles;
  for (std::size_t p = 0; p < clock.profiles().size(); ++p) {
    profiles.push_back(clock.factor(p, civil));
  }
  result.resize(drivers_.size() * species_);
  for (std::size_t d = 0; d < drivers_.size(); ++d) {
    const Driver& driver = drivers_[d];
    const double profile = driver.profile ? profiles[*driver.profile] : 1.0;
    double* factor = result.data() + d * species_;
    if (!driver.response) {
      std::fill_n(factor, species_, profile);
      continue;
    }
    const Series& series = responses_[*driver.response];
    const double* value = series.values.data() + hour * series.width;
    for (std::size_t n = 0; n < species_; ++n) {
      factor[n] = profile * value[series.width == 1 ? 0 : n];
    }
  }
}

} // namespace tq
