#pragma once
#include "files/hdf5.hpp"
#include "planning/read_result.hpp"

#include <string>
#include <vector>

namespace tq {

bool has_tags(const ResultFacts& facts);

/// Reads the tags of a result: whose emission is in the air of its management cells and receptors, hour by hour.
class AttributionReader {
 public:
  struct Tag {
    std::string kind; // "sector", "cell", "district", "department", "enterprise", "inventory", "group"; or as the id:
    std::string id;   // "other": all other sources, "outside": what came in, "initial": what was there at the start
  };

  /// Throws InputError: a result without tags.
  explicit AttributionReader(const ResultFacts& facts);

  const std::vector<Tag>& tags() const { return tags_; }
  /// Of the sources: what tells them apart, such as "sector"; "" where there are none.
  std::string kind() const { return tags_.empty() ? "" : tags_.front().kind; }
  /// Ids of the pollutants that have tags, in alphabetical order.
  const std::vector<std::string>& pollutants() const { return pollutants_; }
  bool has(const std::string& pollutant) const;
  /// That asked for; "": pm10 if it has tags, else the first that has. Throws InputError: a pollutant without tags.
  std::string pollutant(const std::string& asked) const;
  bool is_particle(const std::string& pollutant) const;

  /// kg m-3, ambient, of the hours [first, first + count) in one piece: [(hour * tags + tag) * cells + c] with the
  /// cells of the result's facts. A year of 26 tags in 48 cells takes 44 MB.
  std::vector<float> in_cells(const std::string& pollutant, std::size_t first, std::size_t count) const;
  /// [(hour * tags + tag) * receptors + r].
  std::vector<float> at_receptors(const std::string& pollutant, std::size_t first, std::size_t count) const;
  /// An entry of the tags' budgets over the whole run, such as "emitted" or "wet", of one species [kg], by tag. NaN if the run
  /// did not end.
  std::vector<double> budget(const std::string& entry, const std::string& species) const;

 private:
  files::Hdf5File file_;
  std::vector<Tag> tags_;
  std::vector<std::string> pollutants_;
};

} // namespace tq
