#include "planning/read_attribution.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>

namespace tq {

namespace {

const std::string group = "/attribution/";
const std::string receptor_suffix = "_at_receptors";

} // namespace

bool has_tags(const ResultFacts& facts) {
  return files::Hdf5File::open(facts.file).has("/attribution");
}

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

bool AttributionReader::has(const std::string& pollutant) const {
  return std::find(pollutants_.begin(), pollutants_.end(), pollutant) != pollutants_.end();
}

std::string AttributionReader::pollutant(const std::string& asked) const {
  const std::string id = !asked.empty() ? asked : file_.has(group + "pm10") ? "pm10" : pollutants_.at(0);
  if (!has(id)) {
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

std::vector<double> AttributionReader::budget(const std::string& entry, const std::string& species) const {
  const auto ids = file_.read_texts(group + "species_id");
  const auto row = std::find(ids.begin(), ids.end(), species) - ids.begin();
  const std::string dataset = group + "budget/" + entry;
  if (std::size_t(row) == ids.size() || !file_.has(dataset)) {
    return std::vector<double>(tags_.size(), std::numeric_limits<double>::quiet_NaN());
  }
  return file_.read(dataset, std::size_t(row), 1);
}

} // namespace tq
