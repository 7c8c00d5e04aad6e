#include "run/modelled_air.hpp"

#include <algorithm>
#include <limits>
#include <string_view>

namespace tq {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr double micrograms = 1e9; // ug per kg

} // namespace

ModelledAir::ModelledAir(const Case& c)
    : case_(c), standards_(Standards::load()), receptors_(c.receptors, c.grid->grid),
      gathering_(standards_, c.zone, {2}, [this](Instant, std::span<const DayQuality> days) { take_day(days[0]); }) {
  const Grid& grid = c.grid->grid;
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      air_density_ += grid.air_density(i, j, 0) / (double(grid.nx()) * grid.ny());
    }
  }
  triggers_.first_day = day_number(c.zone.to_civil(c.start));
}

std::vector<double> ModelledAir::reported(const ResultHour& hour) const {
  const Grid& grid = case_.grid->grid;
  const std::size_t plane = std::size_t(grid.nx()) * std::size_t(grid.ny());
  std::vector<double> means;
  for (const char* id : standard_pollutants) {
    const int p = case_.species.find_pollutant(id);
    if (p < 0) {
      means.push_back(unknown);
      continue;
    }
    const std::span<const double> field(hour.concentration.data() + std::size_t(p) * plane, plane);
    std::vector<double> places(std::size_t(receptors_.count()));
    receptors_.apply(field, places);
    const std::span<const double> values = places.empty() ? field : std::span<const double>(places);
    double sum = 0;
    for (const double value : values) {
      sum += value;
    }
    const int member = case_.species.pollutants()[std::size_t(p)].members.front();
    const bool particle = case_.species.species()[std::size_t(member)].particle;
    means.push_back(
        standards_.reference_state(hour.start).reported(sum / double(values.size()), particle, air_density_));
  }
  return means;
}

void ModelledAir::add(const ResultHour* hour, Communicator& communicator) {
  if (hour != nullptr) {
    gathering_.add(hour->start, reported(*hour));
    if (start_of_day(case_.zone, hour->end) == hour->end) {
      gathering_.finish();
    }
  }
  share_days(communicator);
}

void ModelledAir::take_day(const DayQuality& quality) {
  AirDay& day = triggers_.days.emplace_back();
  day.index = quality.valid() ? double(quality.index) : unknown;
  for (std::size_t n = 0; n < trigger_pollutants.size(); ++n) {
    const auto found =
        std::find(standard_pollutants.begin(), standard_pollutants.end(), std::string_view(trigger_pollutants[n]));
    day.concentration[n] = quality.judged.at(std::size_t(found - standard_pollutants.begin())) * micrograms;
  }
}

void ModelledAir::share_days(Communicator& communicator) {
  std::size_t count = triggers_.days.size();
  communicator.broadcast(std::as_writable_bytes(std::span(&count, 1)));
  triggers_.days.resize(count);
  communicator.broadcast(std::as_writable_bytes(std::span(triggers_.days)));
}

void ModelledAir::serialise(Archive& archive, Communicator& communicator) {
  if (communicator.is_root()) {
    gathering_.serialise(archive);
    archive("modelled_air.days", triggers_.days);
  }
  share_days(communicator);
}

} // namespace tq
