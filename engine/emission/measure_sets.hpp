#pragma once
#include "emission/measures.hpp"
#include "emission/source.hpp"

#include <map>
#include <tuple>

namespace tq {

/// Which measures act on which stream. Streams under the same measures share one set, so that an hour's factors
/// are worked out once per set.
///
/// Factor of a stream = product of the factors of its active measures. A measure of kind replace takes its share
/// c = coverage x compliance away from the streams as they are (factor 1 - c) and gives it to those of the variant
/// that it turns to: such a stream has 1 - product(1 - c) x the factors of the other measures. A proposed source
/// emits nothing unless a measure of kind add is active.
class MeasureSets {
 public:
  /// Sets Stream::measures of every stream.
  void build(std::vector<Source>& sources, const std::vector<Measure>& measures);

  std::size_t count() const { return sets_.size(); }
  /// Measures of a set, rising.
  const std::vector<std::size_t>& members(std::size_t set) const { return sets_[set].members; }
  /// Factors [set * species + n] while `active` measures are active.
  void factors(const std::vector<Measure>& measures, const std::vector<bool>& active, std::size_t species,
               std::vector<double>& result) const;
  /// Those of one set, [n].
  void factors_of(std::size_t set, const std::vector<Measure>& measures, const std::vector<bool>& active,
                  std::size_t species, double* result) const;

 private:
  struct Set {
    std::vector<std::size_t> members;
    std::string variant;
    bool proposed = false;
  };

  std::vector<Set> sets_;
};

} // namespace tq
