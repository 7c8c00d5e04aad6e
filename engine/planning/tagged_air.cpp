#include "planning/predict.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

TaggedAir::TaggedAir(const std::filesystem::path& file, const std::vector<std::string>& pollutants)
    : facts_(read_result(file)), reader_(facts_) {
  for (const AttributionReader::Tag& tag : reader_.tags()) {
    tags_.push_back(tag.id);
  }
  const auto judged = [](const std::string& id) {
    return std::find(standard_pollutants.begin(), standard_pollutants.end(), id) != standard_pollutants.end();
  };
  for (const std::string& id : pollutants) {
    pollutants_.push_back(reader_.pollutant(id));
    if (!judged(id)) {
      throw InputError({}, fmt::format("--pollutant {}: must be one of {}", id, fmt::join(standard_pollutants, ", ")));
    }
  }
  if (pollutants.empty()) {
    std::copy_if(reader_.pollutants().begin(), reader_.pollutants().end(), std::back_inserter(pollutants_), judged);
  }
  if (pollutants_.empty()) {
    throw InputError({file.string()}, fmt::format("has no tags of {}", fmt::join(standard_pollutants, ", ")));
  }
  const files::Hdf5File result = files::Hdf5File::open(file);
  scenario_ = result.read_texts("/run/scenario").at(0);
  const std::vector<std::string> species = result.read_texts("/attribution/species_id");
  if (result.has("/attribution/budget/emitted")) {
    const std::vector<double> emitted = result.read("/attribution/budget/emitted");
    for (std::size_t n = 0; n < species.size(); ++n) {
      const auto first = emitted.begin() + std::ptrdiff_t(n * tags_.size());
      budget_[species[n]] = {first, first + std::ptrdiff_t(tags_.size())};
    }
  }
}

void TaggedAir::read_tags() {
  for (const std::string& id : pollutants_) {
    values_[id] = reader_.in_cells(id, 0, facts_.start.size());
  }
}

const float* TaggedAir::hour(const std::string& pollutant, std::size_t hour) const {
  return values_.at(pollutant).data() + hour * tags_.size() * facts_.cells.size();
}

const std::vector<double>* TaggedAir::emitted(const std::string& species) const {
  const auto found = budget_.find(species);
  return found != budget_.end() ? &found->second : nullptr;
}

} // namespace tq
