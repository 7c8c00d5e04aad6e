#pragma once
#include "base/log.hpp"
#include "meteorology/air_flow.hpp"
#include "meteorology/wind/hourly.hpp"
#include "run/case.hpp"

#include <optional>

namespace tq {

/// The case's air flow, hour by hour: sums of the library's winds where weather is that of one place, a solve every hour
/// where it lies on a grid or wind is that of several stations.
template <class T> class HourFlow {
 public:
  /// The case must outlive this.
  HourFlow(const Case& c, const Subdomain& subdomain, double horizontal_diffusivity)
      : case_(c), air_flow_(c.grid->grid, subdomain, c.weather_options, *c.wind, horizontal_diffusivity) {
    if (c.gridded_weather || c.wind_stations) {
      adjusted_.emplace(c.grid->grid, AdjustmentLimits{.tolerance = c.weather_options.wind.tolerance});
    }
    if (c.wind_stations) {
      const Grid& grid = c.grid->grid;
      for (Field<double>* field : {&u_, &v_}) {
        *field = Field<double>(grid.nx(), grid.ny(), grid.nz(), 1, 0);
      }
    }
  }

  void update(const BoundaryLayer& layer) {
    if (case_.gridded_weather) {
      const auto weather = case_.gridded_weather->at(layer.time);
      air_flow_.update(adjusted_->solve(weather->u.view3(), weather->v.view3(),
                                        wind::alpha_ratio(layer.mean.inverse_obukhov_length)));
    } else if (case_.wind_stations) {
      case_.wind_stations->blend(layer, u_.view3(), v_.view3());
      air_flow_.update(
          adjusted_->solve(u_.view3(), v_.view3(), wind::alpha_ratio(layer.inverse_obukhov_length)));
    } else {
      air_flow_.update(layer);
    }
  }
  /// As AirFlow's.
  void fill(Forcing<T>& forcing) const { air_flow_.fill(forcing); }

  /// Tells what the solves came to, if there were any.
  void log_solves() const {
    if (adjusted_ && adjusted_->solves() > 0) {
      log::info("wind over terrain: {} hours solved, {}", adjusted_->solves(), adjusted_->worst().worst());
    }
  }

  /// What the next solve starts from; the same on all ranks.
  void serialise(Archive& archive, Communicator& communicator) {
    if (adjusted_) {
      adjusted_->serialise(archive, communicator);
    }
  }

 private:
  const Case& case_;
  AirFlow<T> air_flow_;
  std::optional<HourlyWind> adjusted_;
  Field<double> u_, v_; // of the stations' first guess
};

} // namespace tq
