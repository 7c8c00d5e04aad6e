#include "run/simulation.hpp"

#include "physics/photolysis.hpp"

#include <algorithm>

namespace tq {

namespace {

/// Number of tags by scenario and species.
std::vector<std::vector<int>> tags_of(const Cases& cases) {
  std::vector<std::vector<int>> tags;
  for (const Case* c : cases) {
    tags.push_back(c->tags());
  }
  return tags;
}

/// Lowest levels that a source of any scenario reaches.
int emission_levels(const Cases& cases) {
  int levels = 1;
  for (const Case* c : cases) {
    levels = std::max(levels, c->emission->levels());
  }
  return levels;
}

} // namespace

template <class T>
Simulation<T>::Simulation(Cases cases, const Decomposition& decomposition, Communicator& communicator, Timers& timers)
    : cases_(std::move(cases)), case_(*cases_.front()), decomposition_(decomposition), communicator_(communicator),
      timers_(timers), subdomain_(decomposition.of(communicator.rank())),
      tracers_(TracerSet(tags_of(cases_)), subdomain_.nx, subdomain_.ny, case_.grid->grid.nz()),
      accounts_(subdomain_.nx, subdomain_.ny, tracers_.set().count()),
      boundary_layer_model_(*case_.weather, case_.site, case_.weather_options, surface_tiles(case_.grid->land_cover)),
      air_flow_(case_, subdomain_, case_.transport.horizontal_diffusivity),
      turbulence_(case_.grid->grid, subdomain_, case_.weather_options, &case_.grid->land_cover),
      transport_(subdomain_, communicator, tracers_.set(), case_.grid->grid.nz(), case_.transport),
      photostationary_(case_.grid->grid, subdomain_, case_.species, tracers_.set()),
      wet_removal_(subdomain_, case_.species, tracers_.set()), decay_(case_.species, tracers_.set()),
      settling_(case_.grid->grid, subdomain_, case_.species, tracers_.set()),
      dry_deposition_(case_.grid->grid, subdomain_, tracers_.set(), case_.species, case_.grid->land_cover,
                      case_.deposition, settling_speeds(case_.grid->grid, case_.species, 0), case_.settling),
      emission_(subdomain_.nx, subdomain_.ny, emission_levels(cases_), tracers_.set().count(), 0),
      inflow_(case_.grid->grid.nz(), tracers_.set().count(), 1, 1, 0),
      budget_(decomposition, subdomain_.nx_global, subdomain_.ny_global, tracers_.set().count()) {
  if (case_.photostationary) {
    reacting_ = photostationary_.reacting();
  }
  for (int scenario = 0; scenario < scenarios(); ++scenario) {
    parts_.emplace_back(*cases_[std::size_t(scenario)], scenario, tracers_.set(), subdomain_, reacting_);
  }
  air_flow_.fill(forcing_);
  turbulence_.fill(forcing_);
  fill_background();
  budget_.start(communicator_, std::as_const(tracers_).view(), forcing_.air_mass);
}

template <class T> void Simulation<T>::fill_background() {
  const View4<T> q = tracers_.view();
  const Grid& grid = case_.grid->grid;
  for (int k = 0; k < q.nz; ++k) {
    const std::vector<double> outside = case_.background.at(case_.start, grid.zeta_center(k));
    for (int n = 0; n < q.nt; ++n) {
      const TracerId id = tracers_.set().id(n);
      const bool here = id.tag == 0 || id.tag == cases_[std::size_t(id.scenario)]->groups.initial();
      const T value = here ? T(outside[std::size_t(id.species)]) : T(0);
      for (int j = 0; j < q.ny; ++j) {
        std::fill_n(q[n].line(j, k), q.nx, value);
      }
    }
  }
}

template <class T> void Simulation<T>::fill_inflow(Instant hour) {
  const View2<T> inflow = inflow_.view2();
  for (int k = 0; k < inflow.nx; ++k) {
    const std::vector<double> outside = case_.background.at(hour, case_.grid->grid.zeta_center(k));
    for (int n = 0; n < inflow.ny; ++n) {
      const TracerId id = tracers_.set().id(n);
      const bool comes = id.tag == 0 || id.tag == cases_[std::size_t(id.scenario)]->groups.outside();
      inflow(k, n) = comes ? T(outside[std::size_t(id.species)]) : T(0);
    }
  }
}

template <class T> void Simulation<T>::begin_hour(Instant hour) {
  {
    const Timers::Scope timed(timers_, "meteorology");
    weather_ = case_.weather->at(hour);
    boundary_layer_ = boundary_layer_model_.at(hour);
    air_flow_.update(boundary_layer_);
    air_flow_.fill(forcing_);
    const std::shared_ptr<const GriddedWeather> gridded =
        case_.gridded_weather ? case_.gridded_weather->at(hour) : nullptr;
    turbulence_.update(boundary_layer_, forcing_, gridded.get());
    turbulence_.fill(forcing_);
    photostationary_.update(weather_.temperature,
                            physics::photolysis_rate_no2(boundary_layer_.sun_sine, weather_.cloud_cover));
    if (case_.rain_out && gridded) {
      wet_removal_.update(gridded->rain.view2());
    } else {
      wet_removal_.update(case_.rain_out ? weather_.rain : 0.0);
    }
  }
  {
    const Timers::Scope timed(timers_, "emission");
    for (int scenario = 0; scenario < scenarios(); ++scenario) {
      const Case& own = *cases_[std::size_t(scenario)];
      own.emission->hour(hour, subdomain_, scenario, tracers_.set(), emission_.view(), own.groups,
                         part(scenario).air_triggers());
    }
  }
  fill_inflow(hour);
  forcing_.emission = emission_.view();
  forcing_.inflow = inflow_.view2();
  wet_removal_.fill(forcing_);
  decay_.fill(forcing_);
  if (case_.settling) {
    settling_.fill(forcing_);
  }
  if (dry_deposition_.by_resistances()) {
    dry_deposition_.update({.season = season_of(case_.zone.to_civil(hour), case_.site.latitude),
                            .temperature = boundary_layer_.temperature,
                            .pressure = boundary_layer_.pressure,
                            .radiation = weather_.global_radiation,
                            .rain = weather_.rain > 0,
                            .tiles = case_.gridded_weather ? std::vector<physics::SurfaceLayer>() : boundary_layer_.tiles,
                            .friction_velocity = turbulence_.friction_velocity(),
                            .inverse_obukhov_length = turbulence_.inverse_obukhov_length()});
  }
  dry_deposition_.fill(forcing_);
  plan_ = transport_.plan(forcing_, double(seconds_per_hour));
  accounts_.reset();
  for (ScenarioPart& part : parts_) {
    part.reset();
  }
}

template <class T> void Simulation<T>::end_hour() {
  const Timers::Scope timed(timers_, "diagnostics");
  transport_.collect(accounts_.views());
  budget_.update(communicator_, accounts_.views(), std::as_const(tracers_).view(), forcing_.air_mass);
}

template <class T> void Simulation<T>::observe(const ResultHour* hour, int scenario) {
  if (std::optional<ModelledAir>& air = part(scenario).modelled_air()) {
    air->add(hour, communicator_);
  }
}

template <class T> std::vector<BudgetTerms> Simulation<T>::total_budget(int scenario) const {
  const std::vector<BudgetTerms> all = budget_.terms();
  std::vector<BudgetTerms> totals;
  for (const TracerSet::Family& family : tracer_set().families(scenario)) {
    totals.push_back(all[std::size_t(family.first)]);
  }
  return totals;
}

template <class T> std::vector<BudgetTerms> Simulation<T>::tag_budget(int scenario) const {
  const std::vector<BudgetTerms> all = budget_.terms();
  std::vector<BudgetTerms> tags;
  for (const TracerSet::Family& family : tracer_set().families(scenario)) {
    tags.insert(tags.end(), all.begin() + family.first + 1, all.begin() + family.first + 1 + family.tags);
  }
  return tags;
}

template <class T> void Simulation<T>::serialise(Archive& archive, int scenario) {
  if (communicator_.is_root()) {
    archive("simulation.step_index", step_index_);
    const auto [first, last] = tracer_set().range(scenario);
    budget_.serialise(archive, first, last);
  }
  communicator_.broadcast(std::as_writable_bytes(std::span(&step_index_, 1)));
  air_flow_.serialise(archive, communicator_);
  if (std::optional<ModelledAir>& air = part(scenario).modelled_air()) {
    air->serialise(archive, communicator_);
  }
  tracers_.serialise(archive, decomposition_, communicator_, scenario);
}

template class Simulation<float>;
template class Simulation<double>;

} // namespace tq
