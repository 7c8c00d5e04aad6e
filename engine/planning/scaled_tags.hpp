#pragma once
/// By how much the emission of each tag changes, and how evenly.

#include "state/species.hpp"
#include "state/tag_emission.hpp"

#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace tq {

/// A run's emission and background, and those that are asked about.
struct EmissionChange {
  SpeciesTable species;
  bool photostationary = false; // NO and NO2 turn into each other
  TagEmission run, asked;
  /// Of the air outside near the ground, and at the start: kg kg-1 by [hour * species + n].
  std::vector<double> run_background, asked_background;
};

/// What of a pollutant no smaller one with tags holds: of pm10 beside pm2_5 its coarse particles, so that each size
/// keeps its own factor.
struct PollutantPart {
  std::string pollutant;
  std::string smaller;              // the pollutant to which it adds; "" if there is none
  std::vector<std::size_t> members; // species
};

/// One part per pollutant that has tags, smaller ones before those that hold them.
std::vector<PollutantPart> pollutant_parts(const SpeciesTable& species, std::vector<std::string> tagged);

/// Factors on what each tag of a result has brought. A tag that is a group of sources, or "other": the emission asked
/// about over the run's, both as the air still holds them: weighted with exp(-age / memory) over the hours until then.
/// Emission whose factor does not vary within `memory` is scaled exactly. "outside" and "initial": the ratio of the
/// backgrounds. NO and NO2, which turn into each other: the ratio of nitrogen.
class TagFactors {
 public:
  static constexpr double memory = 2; // hours

  /// `tags`: ids as in the result, whose hours are the first of the run's. Throws std::logic_error where the groups
  /// differ.
  TagFactors(const EmissionChange& change, const std::vector<std::string>& tags,
             const std::vector<PollutantPart>& parts, std::size_t hours);

  double at(std::size_t part, std::size_t hour, std::size_t tag) const {
    return factor_[(part * hours_ + hour) * tags_ + tag];
  }

  /// Over the run's hours, of a part and a tag. Amounts in kg; of nitrogen as such.
  struct Amounts {
    double run = 0, asked = 0;
    double uneven = 0; // sum over sources of |asked - run x ratio of the tag|
    double moved = 0;  // sum over sources of |asked - run|
    double added = 0;  // by sources where the tag emits nothing in the run, so that there is nothing to scale
    double least = HUGE_VAL, most = -HUGE_VAL; // factors of the hours that there is something to scale in
    double ratio() const { return run > 0 ? asked / run : 1.0; }
  };
  const Amounts& amounts(std::size_t part, std::size_t tag) const { return amounts_[part * tags_ + tag]; }
  /// What is asked about in groups that the run does not have [kg], by part.
  const std::vector<double>& unfollowed() const { return unfollowed_; }
  /// How the emission of a tag with uncertain measures, run's or asked about, depends on one of them: relative change
  /// per unit of the multiple of its efficiency. By tag; 0 of tags that do not emit.
  std::vector<double> slopes(const TagEmission& emission, std::size_t part, std::size_t measure) const;

 private:
  class Held;
  void scale_emission(const EmissionChange& change, std::size_t part, std::size_t tag, std::size_t asked_tag);
  void scale_background(const EmissionChange& change, std::size_t part);
  void weigh_sources(const EmissionChange& change, std::size_t part);

  std::size_t hours_, tags_;
  std::map<std::string, std::size_t> index_;                         // of the run's groups, and "other"
  std::vector<std::vector<std::pair<std::size_t, double>>> weights_; // by part: species and its weight
  std::vector<double> factor_;
  std::vector<Amounts> amounts_;
  std::vector<double> unfollowed_;
};

} // namespace tq
