#include "run/simulation.hpp"

#include "physics/photolysis.hpp"

#include <algorithm>

namespace tq {

namespace {

/// Air density of the lowest layers [kg m-3], (i, j, k).
Field<double> air_density(const Grid& grid, const Subdomain& subdomain, int levels) {
  Field<double> density(subdomain.nx, subdomain.ny, levels, 1, 0);
  for (int k = 0; k < levels; ++k) {
    for (int j = 0; j < subdomain.ny; ++j) {
      for (int i = 0; i < subdomain.nx; ++i) {
        density.view3()(i, j, k) = grid.air_density(subdomain.i0 + i, subdomain.j0 + j, k);
      }
    }
  }
  return density;
}

} // namespace

template <class T>
Simulation<T>::Simulation(const Case& c, const Decomposition& decomposition, Communicator& communicator,
                          Timers& timers)
    : case_(c), decomposition_(decomposition), communicator_(communicator), timers_(timers),
      subdomain_(decomposition.of(communicator.rank())),
      tracers_(TracerSet(1, c.tags()), subdomain_.nx, subdomain_.ny, c.grid->grid.nz()),
      accounts_(subdomain_.nx, subdomain_.ny, tracers_.set().count()),
      boundary_layer_model_(*c.weather, c.site, c.weather_options, surface_tiles(c.grid->land_cover)),
      air_flow_(c, subdomain_, c.transport.horizontal_diffusivity),
      turbulence_(c.grid->grid, subdomain_, c.weather_options, &c.grid->land_cover),
      transport_(subdomain_, communicator, tracers_.set(), c.grid->grid.nz(), c.transport),
      photostationary_(c.grid->grid, subdomain_, c.species, tracers_.set()),
      wet_removal_(subdomain_, c.species, tracers_.set()), decay_(c.species, tracers_.set()),
      settling_(c.grid->grid, subdomain_, c.species, tracers_.set()),
      dry_deposition_(c.grid->grid, subdomain_, tracers_.set(), c.species, c.grid->land_cover, c.deposition,
                      settling_speeds(c.grid->grid, c.species, 0), c.settling),
      emission_(subdomain_.nx, subdomain_.ny, c.emission->levels(), tracers_.set().count(), 0),
      inflow_(c.grid->grid.nz(), tracers_.set().count(), 1, 1, 0),
      averages_(c.species.pollutants(), tracers_.set(),
                air_density(c.grid->grid, subdomain_, c.volume.empty() ? 1 : c.grid->grid.nz()).view3(), c.volume),
      tag_averages_(tag_members(c.attribution, c.species, tracers_.set(), c.groups.tags()),
                    air_density(c.grid->grid, subdomain_, 1).view3()),
      budget_(decomposition, subdomain_.nx_global, subdomain_.ny_global, tracers_.set().count()) {
  if (c.photostationary) {
    reacting_ = photostationary_.reacting();
  }
  for (int p = 0; p < int(c.species.pollutants().size()); ++p) {
    const std::vector<int>& members = c.species.pollutants()[std::size_t(p)].members;
    const bool reacts = std::any_of(members.begin(), members.end(), [&](int member) {
      const int total = tracers_.set().index({0, member, 0});
      return std::find(reacting_.begin(), reacting_.end(), total) != reacting_.end();
    });
    (reacts ? pollutants_.reacting : pollutants_.inert).push_back(p);
    const std::vector<int>& followed = c.attribution.pollutants;
    const int place = int(std::find(followed.begin(), followed.end(), p) - followed.begin());
    for (int tag = 0; place < int(followed.size()) && tag < c.groups.tags(); ++tag) {
      (reacts ? tags_of_pollutants_.reacting : tags_of_pollutants_.inert).push_back(place * c.groups.tags() + tag);
    }
  }
  if (c.emission->needs_air()) {
    modelled_air_.emplace(c);
  }
  air_flow_.fill(forcing_);
  turbulence_.fill(forcing_);
  fill_background();
  budget_.start(communicator_, std::as_const(tracers_).view(), forcing_.air_mass);
}

template <class T> void Simulation<T>::fill_background() {
  const View4<T> q = tracers_.view();
  const View2<T> inflow = inflow_.view2();
  for (int n = 0; n < q.nt; ++n) {
    const TracerId id = tracers_.set().id(n);
    const T value = T(case_.background[std::size_t(id.species)]);
    const T at_start = id.tag == 0 || id.tag == case_.groups.initial() ? value : T(0);
    for (int k = 0; k < q.nz; ++k) {
      inflow(k, n) = id.tag == 0 || id.tag == case_.groups.outside() ? value : T(0);
      for (int j = 0; j < q.ny; ++j) {
        for (int i = 0; i < q.nx; ++i) {
          q[n](i, j, k) = at_start;
        }
      }
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
    case_.emission->hour(hour, subdomain_, 0, tracers_.set(), emission_.view(), case_.groups,
                         air_triggers());
  }
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
  averages_.reset();
  tag_averages_.reset();
}

template <class T> void Simulation<T>::end_hour() {
  const Timers::Scope timed(timers_, "diagnostics");
  transport_.collect(accounts_.views());
  budget_.update(communicator_, accounts_.views(), std::as_const(tracers_).view(), forcing_.air_mass);
}

template <class T> void Simulation<T>::observe(const ResultHour* hour) {
  if (modelled_air_) {
    modelled_air_->add(hour, communicator_);
  }
}

template <class T> std::vector<BudgetTerms> Simulation<T>::total_budget() const {
  const std::vector<BudgetTerms> all = budget_.terms();
  std::vector<BudgetTerms> totals;
  for (const TracerSet::Family& family : tracer_set().families()) {
    totals.push_back(all[std::size_t(family.first)]);
  }
  return totals;
}

template <class T> void Simulation<T>::serialise(Archive& archive) {
  if (communicator_.is_root()) {
    archive("simulation.step_index", step_index_);
    budget_.serialise(archive);
  }
  communicator_.broadcast(std::as_writable_bytes(std::span(&step_index_, 1)));
  air_flow_.serialise(archive, communicator_);
  if (modelled_air_) {
    modelled_air_->serialise(archive, communicator_);
  }
  tracers_.serialise(archive, decomposition_, communicator_);
}

template class Simulation<float>;
template class Simulation<double>;

} // namespace tq
