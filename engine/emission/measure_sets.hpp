#pragma once
#include "emission/measure_library.hpp"
#include "emission/measures.hpp"
#include "emission/source.hpp"

#include <string>
#include <vector>

namespace tq {

/// Which measures act on which stream. Streams under the same measures share one set, so that an hour's factors
/// are worked out once per set.
///
/// Factor of a stream = product of the factors of its active measures, corrected where the table of combined
/// efficiencies knows two of them: shares c1 and c2 = coverage x compliance are taken as independent, and where both
/// are applied the table's factor stands instead of the product. A measure of kind replace takes its share
/// c away from the streams as they are (factor 1 - c) and gives it to those of the variant that it turns to: such a
/// stream has that share x the factors of the other measures. Of several replacements each takes its share of what
/// those before it, by id, have left, so that all shares sum to 1. A proposed source emits nothing unless a measure of
/// kind add is active.
class MeasureSets {
 public:
  /// Sets Stream::measures of every stream.
  void build(std::vector<Source>& sources, const std::vector<Measure>& measures, const EmittedSpecies& species);

  std::size_t count() const { return sets_.size(); }
  struct Member {
    std::size_t measure;
    std::size_t facet;
    auto operator<=>(const Member&) const = default;
  };
  /// Those that act on a set's streams, in the order of measures.
  const std::vector<Member>& members(std::size_t set) const { return sets_[set].members; }
  /// Factors [set * species + n] while `active` measures are active.
  void factors(const std::vector<Measure>& measures, const std::vector<bool>& active,
               std::vector<double>& result) const;
  /// Those of one set, [n].
  void factors_of(std::size_t set, const std::vector<Measure>& measures, const std::vector<bool>& active,
                  double* result) const;

 private:
  struct Set {
    std::vector<Member> members;
    std::string variant;
    bool proposed = false;
  };

  void combine(const Set& set, const std::vector<Measure>& measures, const std::vector<bool>& active,
               double* result) const;

  std::vector<Set> sets_;
  std::vector<CombinedEfficiency> combinations_;
  std::size_t species_ = 0;
};

} // namespace tq
