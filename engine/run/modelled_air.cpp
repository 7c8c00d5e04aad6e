#include "run/modelled_air.hpp"

#include "diagnostics/air_quality_index.hpp"

#include <algorithm>
#include <limits>

namespace tq {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr double micrograms = 1e9; // ug per kg

} // namespace

ModelledAir::ModelledAir(const Case& c)
    : case_(c), standards_(Standards::load()), receptors_(c.receptors, c.grid->grid) {
  const Grid& grid = c.grid->grid;
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      air_density_ += grid.air_density(i, j, 0) / (double(grid.nx()) * grid.ny());
    }
  }
  const CivilTime first = c.zone.to_civil(c.start);
  day_ = day_number(first);
  triggers_.first_day = day_;
  hours_.assign(std::size_t(first.hour) * c.species.pollutants().size(), unknown);
}

std::vector<double> ModelledAir::reported(const ResultHour& hour) const {
  const Grid& grid = case_.grid->grid;
  const std::size_t plane = std::size_t(grid.nx()) * std::size_t(grid.ny());
  std::vector<double> means;
  for (std::size_t p = 0; p < case_.species.pollutants().size(); ++p) {
    const std::span<const double> field(hour.concentration.data() + p * plane, plane);
    std::vector<double> places(std::size_t(receptors_.count()));
    receptors_.apply(field, places);
    const std::span<const double> values = places.empty() ? field : std::span<const double>(places);
    double sum = 0;
    for (const double value : values) {
      sum += value;
    }
    const int member = case_.species.pollutants()[p].members.front();
    const bool particle = case_.species.species()[std::size_t(member)].particle;
    means.push_back(
        standards_.reference_state(hour.start).reported(sum / double(values.size()), particle, air_density_));
  }
  return means;
}

void ModelledAir::add(const ResultHour* hour, Communicator& communicator) {
  std::vector<double> means(case_.species.pollutants().size());
  Instant start = 0;
  if (hour != nullptr) {
    means = reported(*hour);
    start = hour->start;
  }
  communicator.broadcast(std::as_writable_bytes(std::span(means)));
  communicator.broadcast(std::as_writable_bytes(std::span(&start, 1)));
  hours_.insert(hours_.end(), means.begin(), means.end());
  if (day_number(case_.zone.to_civil(start + seconds_per_hour)) > day_) {
    end_day();
  }
}

void ModelledAir::end_day() {
  const std::vector<Pollutant>& pollutants = case_.species.pollutants();
  std::map<std::string, std::vector<double>> by_pollutant;
  for (std::size_t at = 0; at < hours_.size(); ++at) {
    by_pollutant[pollutants[at % pollutants.size()].id].push_back(hours_[at]);
  }
  const CivilTime civil = to_utc(day_ * seconds_per_day);
  const Instant midnight = case_.zone.to_instant({civil.year, civil.month, civil.day, 0, 0, 0});
  const StandardEdition& edition = standards_.edition(midnight);
  const std::optional<DailyIndex> index = daily_index(standards_, edition, by_pollutant);
  AirDay& day = triggers_.days.emplace_back();
  day.index = index ? double(index->index) : unknown;
  for (std::size_t p = 0; p < trigger_pollutants.size(); ++p) {
    const auto found = by_pollutant.find(trigger_pollutants[p]);
    if (found != by_pollutant.end()) {
      const std::optional<double> value =
          found->first == "o3" ? daily_maximum_8h(standards_, found->second, edition.limits.at("o3_8h").class_2)
                               : daily_mean(standards_, found->second);
      day.concentration[p] = value ? *value * micrograms : unknown;
    }
  }
  ++day_;
  hours_.clear();
}

void ModelledAir::serialise(Archive& archive, Communicator& communicator) {
  std::vector<double> days;
  for (const AirDay& day : triggers_.days) {
    days.push_back(day.index);
    days.insert(days.end(), day.concentration.begin(), day.concentration.end());
  }
  if (communicator.is_root()) {
    archive("modelled_air.day", day_);
    archive("modelled_air.hours", hours_);
    archive("modelled_air.days", days);
  }
  const auto share = [&](std::vector<double>& values) {
    std::size_t count = values.size();
    communicator.broadcast(std::as_writable_bytes(std::span(&count, 1)));
    values.resize(count);
    communicator.broadcast(std::as_writable_bytes(std::span(values)));
  };
  communicator.broadcast(std::as_writable_bytes(std::span(&day_, 1)));
  share(hours_);
  share(days);
  constexpr std::size_t width = 1 + trigger_pollutants.size();
  triggers_.days.assign(days.size() / width, {});
  for (std::size_t d = 0; d < triggers_.days.size(); ++d) {
    triggers_.days[d].index = days[d * width];
    std::copy_n(days.data() + d * width + 1, width - 1, triggers_.days[d].concentration.begin());
  }
}

} // namespace tq
