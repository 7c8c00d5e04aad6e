#include "planning/read_attribution.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

namespace {

const std::string group = "/attribution/";
const std::string receptor_suffix = "_at_receptors";

} // namespace

AttributionReader::AttributionReader(const ResultFacts& facts) : file_(files::Hdf5File::open(facts.file)) {
  if (!file_.has("/attribution")) {
    throw InputError({facts.file.string()}, "has no tags: run its scenario with a table [attribution], such as by = "
                                            "\"sector\" (`tianqing describe attribution`)");
  }
  const auto ids = file_.read_texts(group + "tag_id"), kinds = file_.read_texts(group + "tag_kind");
  for (std::size_t tag = 0; tag < ids.size(); ++tag) {
    tags_.push_back({kinds[tag], ids[tag]});
  }
  for (const std::string& name : file_.names("/attribution")) {
    if (file_.has_attribute(group + name, "phase") && !name.ends_with(receptor_suffix)) {
      pollutants_.push_back(name);
    }
  }
}

bool AttributionReader::has_kind(const std::string& kind) const {
  return std::any_of(tags_.begin(), tags_.end(), [&](const Tag& tag) { return tag.kind == kind; });
}

std::string AttributionReader::pollutant(const std::string& asked) const {
  const std::string id = !asked.empty() ? asked : file_.has(group + "pm10") ? "pm10" : pollutants_.at(0);
  if (std::find(pollutants_.begin(), pollutants_.end(), id) == pollutants_.end()) {
    throw InputError({file_.path().string()}, fmt::format("has no tags of \"{}\"; of {}{}", id,
                                                          fmt::join(pollutants_, ", "), suggestion(id, pollutants_)));
  }
  return id;
}

bool AttributionReader::is_particle(const std::string& pollutant) const {
  return file_.text_attribute(group + pollutant, "phase") == "particle";
}

std::vector<float> AttributionReader::in_cells(const std::string& pollutant, std::size_t first,
                                               std::size_t count) const {
  return file_.read_floats(group + pollutant, first, count);
}

std::vector<float> AttributionReader::at_receptors(const std::string& pollutant, std::size_t first,
                                                   std::size_t count) const {
  return file_.read_floats(group + pollutant + receptor_suffix, first, count);
}

} // namespace tq
