#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace tq {

/// What the sources of each tag emit inside the domain over a run, hour by hour: enough to scale what tags have
/// brought. Amounts in kg.
struct TagEmission {
  /// A measure whose efficiency lies between these multiples of itself.
  struct UncertainMeasure {
    std::string id;
    double low = 1, high = 1;
    /// By [tag * species + n]: what the run's emission changes per unit of the multiple, in which it is linear.
    std::vector<double> slope;
  };

  std::vector<std::string> tags;    // ids of the groups, then "other"
  std::vector<std::string> species; // that are transported
  std::size_t hours = 0;
  std::vector<double> hourly; // [(hour * tags + tag) * species + n]
  std::vector<std::string> sources;
  std::vector<std::size_t> tag_of; // by source
  std::vector<double> total;       // over the run, [source * species + n]
  std::vector<UncertainMeasure> measures;
  std::vector<std::string> triggered; // measures that react to the modelled air, here never active

  double of(std::size_t hour, std::size_t tag, std::size_t n) const {
    return hourly[(hour * tags.size() + tag) * species.size() + n];
  }
};

} // namespace tq
