#pragma once
#include "base/archive.hpp"
#include "base/communicator.hpp"
#include "diagnostics/day_gathering.hpp"
#include "emission/measure_schedule.hpp"
#include "output/result_file.hpp"
#include "run/case.hpp"

#include <vector>

namespace tq {

/// Daily values of the modelled air, to which measures react: the air quality index and the concentrations of the mean
/// over the receptors (the lowest layer where they stand), or over the domain where there are none, by the edition in
/// force on each local day. A day whose hours the run does not hold as the standard asks for has none.
class ModelledAir {
 public:
  /// The case must outlive this.
  explicit ModelledAir(const Case& c);
  ModelledAir(const ModelledAir&) = delete;
  ModelledAir& operator=(const ModelledAir&) = delete;

  const AirTriggers& triggers() const { return triggers_; }
  /// Takes up an hour. Collective; `hour` is that of rank 0, others give null.
  void add(const ResultHour* hour, Communicator& communicator);
  /// State on rank 0's archive; the same on all ranks afterwards. Collective.
  void serialise(Archive& archive, Communicator& communicator);

 private:
  /// Concentration by pollutant of the standard as it is reported [kg m-3]; NaN: the run has none.
  std::vector<double> reported(const ResultHour& hour) const;
  void take_day(const DayQuality& quality);
  /// Rank 0's days become those of all.
  void share_days(Communicator& communicator);

  const Case& case_;
  Standards standards_;
  ReceptorValues receptors_;
  double air_density_ = 0; // kg m-3, of the lowest layer, mean over the domain
  DayGathering gathering_; // rank 0's
  AirTriggers triggers_;
};

} // namespace tq
