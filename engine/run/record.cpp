#include "run/record.hpp"

#include "base/constants.hpp"
#include "diagnostics/air_fields.hpp"
#include "diagnostics/cell_means.hpp"
#include "diagnostics/collect.hpp"
#include "meteorology/precipitation.hpp"
#include "run/emission_weather.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <omp.h>

namespace tq {

void declare_output(config::Schema& schema) {
  using config::Type;
  schema.add({.key = "output.compression",
              .type = Type::integer,
              .description = "deflate level of hourly fields; 0: none",
              .default_value = std::int64_t{1},
              .minimum = 0,
              .maximum = 9});
  schema.add({.key = "output.mantissa_bits",
              .type = Type::integer,
              .description = "bits of the mantissa that hourly fields keep; 12 halve the file at a relative error of "
                             "1.2e-4; 0: all",
              .default_value = std::int64_t{0},
              .minimum = 0,
              .maximum = 23});
  schema.add({.key = "output.checkpoint_hours",
              .type = Type::integer,
              .description = "simulated hours between checkpoints, from which `tianqing resume` goes on; the last two are "
                             "kept until the run ends; 0: only when the run is stopped by a signal",
              .default_value = std::int64_t{24},
              .unit = "h",
              .minimum = 0,
              .maximum = 8784});
  schema.add({.key = "output.volume",
              .type = Type::texts,
              .description = "pollutants whose hourly means are written in all layers too, such as [\"pm10\"]",
              .default_value = std::vector<std::string>{}});
  declare_weather_fields(schema);
}

std::vector<int> read_volume(const config::Settings& scenario, const SpeciesTable& species, ProblemList& problems) {
  const std::string key = "output.volume";
  std::vector<int> volume;
  for (const std::string& id : scenario.texts(key)) {
    const int p = species.find_pollutant(id);
    if (p < 0) {
      scenario.problem(problems, key,
                       fmt::format("hold pollutants: {}; \"{}\" is none{}", fmt::join(species.pollutant_ids(), ", "), id,
                                   suggestion(id, species.pollutant_ids())));
    } else if (std::find(volume.begin(), volume.end(), p) != volume.end()) {
      scenario.problem(problems, key, fmt::format("name a pollutant once; \"{}\" stands there twice", id));
    } else {
      volume.push_back(p);
    }
  }
  return volume;
}

Instant read_checkpoint_interval(const config::Settings& scenario) {
  return scenario.integer("output.checkpoint_hours") * seconds_per_hour;
}

ResultOptions read_output(const config::Settings& scenario, bool overwrite) {
  return {.overwrite = overwrite,
          .compression = int(scenario.integer("output.compression")),
          .mantissa_bits = int(scenario.integer("output.mantissa_bits"))};
}

ResultHeader make_header(const Case& c) {
  ResultHeader header;
  header.scenario = c.name;
  header.title = c.title;
  header.scenario_text = c.settings.resolved();
  header.time_zone = c.zone.name();
  header.precision = c.transport.double_precision ? "double" : "float";
  header.pollutants = result_pollutants(c.species);
  header.volume = c.volume;
  for (const WeatherField& field : c.weather_fields) {
    header.weather_fields.push_back(field.facts);
  }
  header.receptors = c.receptors;
  if (c.groups.tags() > 0) {
    header.attribution = {
        .pollutants = c.attribution.pollutants, .tags = c.groups.ids(), .kinds = c.groups.kinds(), .species = {}};
    for (std::size_t s = 0; s < c.attribution.species.size(); ++s) {
      if (c.attribution.species[s]) {
        header.attribution.species.push_back(c.species.species()[s].id);
      }
    }
  }
  const auto& emitted = inventory_pollutants();
  header.emitted.assign(emitted.begin(), emitted.end());
  for (const Species& species : c.species.species()) {
    header.tracers.push_back(species.id);
  }
  return header;
}

namespace {

using PrecipitationPart = Field<double> Precipitation::*;

/// What of an hour's rain and cloud a field is, and what makes its unit; null for what the flow and turbulence tell.
std::pair<PrecipitationPart, double> precipitation_part(WeatherField::Quantity quantity) {
  using Quantity = WeatherField::Quantity;
  switch (quantity) {
  case Quantity::rain:
    return {&Precipitation::rain, 1.0 / double(seconds_per_hour)};
  case Quantity::cloud_cover:
    return {&Precipitation::cloud_cover, 1};
  case Quantity::cloud_base:
    return {&Precipitation::cloud_base, 1};
  case Quantity::cloud_depth:
    return {&Precipitation::cloud_depth, 1};
  case Quantity::cloud_path:
    return {&Precipitation::cloud_path, 1};
  case Quantity::cloud_water:
    return {&Precipitation::cloud_water, 1};
  default:
    return {nullptr, 0};
  }
}

/// Of the whole grid, [(k * ny + j) * nx + i], each value times `factor`.
void copy_field(const Field<double>& field, double factor, std::vector<double>& out) {
  out.clear();
  for (int k = 0; k < field.nz(); ++k) {
    for (int j = 0; j < field.ny(); ++j) {
      const double* row = field.view3().line(j, k);
      std::transform(row, row + field.nx(), std::back_inserter(out), [&](double value) { return factor * value; });
    }
  }
}

/// The hour's rain and cloud on rank 0; nothing on others, or where no field of the result is of them.
template <class T>
std::optional<Precipitation> wanted_precipitation(const Communicator& communicator, const Case& c,
                                                  const Simulation<T>& simulation) {
  const bool wanted = std::any_of(c.weather_fields.begin(), c.weather_fields.end(), [](const WeatherField& field) {
    return precipitation_part(field.quantity).first != nullptr;
  });
  if (!wanted || !communicator.is_root()) {
    return {};
  }
  const SurfaceWeather& weather = simulation.weather();
  const auto gridded = c.gridded_weather ? c.gridded_weather->at(weather.time) : nullptr;
  return precipitation_of(c.grid->grid, weather, gridded.get());
}

/// One of c.weather_fields, complete on rank 0, where `out` has its size and `precipitation` is there for the fields
/// that are of it. Collective.
template <class T>
void collect_weather(Communicator& communicator, const Decomposition& decomposition, const Case& c,
                     const Simulation<T>& simulation, const WeatherField& field,
                     const std::optional<Precipitation>& precipitation, std::vector<double>& out) {
  using Quantity = WeatherField::Quantity;
  const Grid& grid = c.grid->grid;
  switch (field.quantity) {
  case Quantity::x_wind:
  case Quantity::y_wind:
    collect_wind(communicator, decomposition, grid, simulation.forcing(), field.quantity == Quantity::x_wind,
                 field.facts.all_layers ? grid.nz() : 1, out);
    break;
  case Quantity::diffusivity:
    collect_diffusivity(communicator, decomposition, grid, simulation.forcing(), out);
    break;
  case Quantity::friction_velocity:
    gather_into(communicator, decomposition, simulation.turbulence().friction_velocity(), out, 0);
    break;
  case Quantity::inverse_obukhov_length:
    gather_into(communicator, decomposition, simulation.turbulence().inverse_obukhov_length(), out, 0);
    break;
  case Quantity::mixing_height:
    gather_into(communicator, decomposition, simulation.turbulence().mixing_height(), out, 0);
    break;
  default:
    if (precipitation) {
      const auto [part, factor] = precipitation_part(field.quantity);
      copy_field((*precipitation).*part, factor, out);
    }
  }
}

/// Means of the pollutants by tag over management cells and at receptors; complete on rank 0. Collective.
void collect_tags(Communicator& communicator, const Decomposition& decomposition, ScenarioPart& part, ResultHour& hour) {
  Averages& averages = part.tag_averages();
  const Grid& grid = part.scenario().grid->grid;
  const CellMeans& cells = part.cell_means();
  const ReceptorValues& receptors = part.receptor_values();
  const std::size_t in_cells = std::size_t(cells.count()), at_receptors = std::size_t(receptors.count());
  const std::size_t rows = std::size_t(averages.pollutants());
  std::vector<double> plane(communicator.is_root() ? std::size_t(grid.ny()) * std::size_t(grid.nx()) : 0);
  hour.tags_in_cells.resize(rows * in_cells);
  hour.tags_at_receptors.resize(rows * at_receptors);
  for (std::size_t row = 0; row < rows; ++row) {
    gather_into(communicator, decomposition, averages.mean(int(row)), plane, 0);
    if (communicator.is_root()) {
      cells.apply(plane, std::span(hour.tags_in_cells).subspan(row * in_cells, in_cells));
      receptors.apply(plane, std::span(hour.tags_at_receptors).subspan(row * at_receptors, at_receptors));
    }
  }
}

} // namespace

template <class T>
ResultHour make_hour(Simulation<T>& simulation, Instant start, const Decomposition& decomposition,
                     Communicator& communicator, int scenario) {
  ScenarioPart& part = simulation.part(scenario);
  const Case& c = part.scenario();
  ResultHour hour;
  hour.start = start;
  hour.end = start + seconds_per_hour;
  const Grid& grid = c.grid->grid;
  const std::size_t plane = communicator.is_root() ? std::size_t(grid.ny()) * std::size_t(grid.nx()) : 0;
  const std::size_t size = c.species.pollutants().size() * plane;
  hour.concentration.resize(size);
  hour.dry_deposition.resize(size);
  hour.wet_deposition.resize(size);
  hour.volume.resize(c.volume.size() * std::size_t(grid.nz()) * plane);
  const double per_area_and_second = 1.0 / (grid.cell_area() * double(seconds_per_hour));
  const AccountViews accounts = simulation.accounts();
  collect_means(communicator, decomposition, part.averages(), hour.concentration);
  collect_tags(communicator, decomposition, part, hour);
  collect_volume(communicator, decomposition, part.averages(), c.volume, hour.volume);
  collect_columns(communicator, decomposition, c.species.pollutants(), simulation.tracer_set(), accounts.dry,
                  per_area_and_second, hour.dry_deposition, scenario);
  std::vector<double> settled(size);
  collect_columns(communicator, decomposition, c.species.pollutants(), simulation.tracer_set(), accounts.settled,
                  per_area_and_second, settled, scenario);
  std::transform(settled.begin(), settled.end(), hour.dry_deposition.begin(), hour.dry_deposition.begin(),
                 std::plus<>());
  collect_columns(communicator, decomposition, c.species.pollutants(), simulation.tracer_set(), accounts.wet,
                  per_area_and_second, hour.wet_deposition, scenario);
  const std::optional<Precipitation> precipitation = wanted_precipitation(communicator, c, simulation);
  for (const WeatherField& field : c.weather_fields) {
    std::vector<double> values((field.facts.all_layers ? std::size_t(grid.nz()) : 1) * plane);
    collect_weather(communicator, decomposition, c, simulation, field, precipitation, values);
    hour.weather_fields.push_back(std::move(values));
  }
  const BoundaryLayer& layer = simulation.boundary_layer();
  const SurfaceWeather& weather = simulation.weather();
  const double speed = wind_at_ten_metres(c, layer);
  const double direction = layer.wind_direction * constants::pi / 180.0;
  hour.weather = {.mixing_height = layer.mixing_height,
                  .friction_velocity = layer.friction_velocity,
                  .inverse_obukhov_length = layer.inverse_obukhov_length,
                  .x_wind = -speed * std::sin(direction),
                  .y_wind = -speed * std::cos(direction),
                  .temperature = weather.temperature,
                  .rain = weather.rain / double(seconds_per_hour)};
  hour.budget = simulation.total_budget(scenario);
  return hour;
}

template ResultHour make_hour(Simulation<float>&, Instant, const Decomposition&, Communicator&, int);
template ResultHour make_hour(Simulation<double>&, Instant, const Decomposition&, Communicator&, int);

namespace {

/// without - with, per inventory pollutant.
InventoryAmounts avoided(const EmissionRow& row) {
  InventoryAmounts amounts{};
  for (std::size_t p = 0; p < amounts.size(); ++p) {
    amounts[p] = row.without[p] - row.with[p];
  }
  return amounts;
}

} // namespace

template <class T>
ResultSummary make_summary(const RunReport& report, Simulation<T>& simulation, int scenario) {
  const Case& c = simulation.part(scenario).scenario();
  const AirTriggers* air = simulation.part(scenario).air_triggers();
  const EmissionTotals totals = air != nullptr ? c.emission->totals(c.start, c.end, air) : c.emission->totals();
  ResultSummary summary;
  summary.complete = report.hours == c.hours();
  // The totals are those of the whole period: of a run that was stopped they are not known.
  const double known = summary.complete ? 1.0 : std::numeric_limits<double>::quiet_NaN();
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    for (const EmissionRow& cell : totals.cells) {
      summary.emission.push_back(known * cell.with[p]);
      summary.avoided.push_back(known * avoided(cell)[p]);
    }
    summary.total_emission.push_back(known * totals.all.with[p]);
    summary.total_avoided.push_back(known * avoided(totals.all)[p]);
    summary.total_avoided_low.push_back(known * totals.avoided_low[p]);
    summary.total_avoided_high.push_back(known * totals.avoided_high[p]);
  }
  for (const MeasureRow& row : summary.complete ? totals.measures : std::vector<MeasureRow>{}) {
    summary.measures.push_back({.id = row.id,
                                .title = row.title,
                                .kind = row.kind,
                                .payer = row.payer,
                                .currency = row.currency,
                                .capital = row.capital,
                                .capital_per_year = row.capital_per_year,
                                .running = row.running,
                                .running_low = row.running_low,
                                .running_high = row.running_high,
                                .active_hours = row.hours,
                                .active_days = row.days,
                                .avoided = {row.avoided.begin(), row.avoided.end()},
                                .avoided_low = {row.avoided_low.begin(), row.avoided_low.end()},
                                .avoided_high = {row.avoided_high.begin(), row.avoided_high.end()}});
  }
  summary.species = c.emission->species().ids();
  for (const ResolvedFactor& row : summary.complete ? totals.factors : std::vector<ResolvedFactor>{}) {
    summary.factors.push_back({.measures = fmt::format("{}", fmt::join(row.measures, " + ")),
                               .sector = row.sector,
                               .part = row.part,
                               .fleet = row.fleet,
                               .variant = row.variant,
                               .sources = row.sources,
                               .factor = row.factor});
  }
  summary.tag_budget = simulation.tag_budget(scenario);
  summary.tag_departure = report.tag_departure;
  summary.scenarios = simulation.scenarios();
  summary.threads = omp_get_max_threads();
  summary.wall_seconds = report.wall_seconds;
  summary.rate = report.cell_tracer_steps / report.wall_seconds;
  summary.timers = report.timers.parts();
  return summary;
}

template ResultSummary make_summary(const RunReport&, Simulation<float>&, int);
template ResultSummary make_summary(const RunReport&, Simulation<double>&, int);

} // namespace tq
