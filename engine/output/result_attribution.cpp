#include "output/result_grid.hpp"
#include "output/result_writer.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace tq {

using files::Hdf5Type;

// The group has dimensions of its own: netCDF knows those of a group's ancestors only.
void ResultWriter::create_attribution() {
  const ResultAttribution& attribution = header_.attribution;
  const std::size_t tags = attribution.tags.size();
  if (tags == 0) {
    return;
  }
  const auto texts = [&](const std::string& name, const std::string& dimension, const std::string& long_name,
                         const std::vector<std::string>& values) {
    const std::string path = "/attribution/" + name;
    file_.create(path, {.type = Hdf5Type::text, .dimensions = {"/attribution/" + dimension}});
    file_.write(path, values);
    describe(file_, path, "", long_name, "");
  };
  const auto places = [&](const std::string& dimension, const std::string& long_name, const auto& all) {
    std::vector<std::string> ids;
    for (const auto& place : all) {
      ids.push_back(place.id);
    }
    if (!ids.empty()) {
      file_.create_dimension("/attribution/" + dimension, ids.size());
      texts(dimension + "_id", dimension, long_name, ids);
    }
  };
  file_.create_dimension("/attribution/tag", tags);
  texts("tag_id", "tag", "whose emission the tag follows; other: of all other sources; outside: what came in; initial: "
        "what was there at the start", attribution.tags);
  texts("tag_kind", "tag", "what the id is the id of", attribution.kinds);
  file_.create_dimension("/attribution/species", attribution.species.size());
  texts("species_id", "species", "species that have tags", attribution.species);
  places("cell", "id of the management cell", cells_.cells);
  places("receptor", "id of the receptor", header_.receptors);

  for (const int n : attribution.pollutants) {
    const ResultPollutant& p = header_.pollutants.at(std::size_t(n));
    const auto create = [&](const std::string& path, const std::string& dimension, std::size_t count,
                            const std::string& where, const std::string& cell_methods) {
      create_record(path, {.type = Hdf5Type::float32,
                           .dimensions = {"/time", "/attribution/tag", "/attribution/" + dimension},
                           .chunk = {1, tags, count},
                           .compression = options_.compression,
                           .fill_missing = true});
      describe(file_, path, p.cf_name, fmt::format("{} of the tag in the lowest layer, {}, ambient conditions", p.name, where),
               "kg m-3");
      file_.set_attribute(path, "cell_methods", cell_methods);
      file_.set_attribute(path, "coordinates", fmt::format("tag_id tag_kind {}_id", dimension));
      file_.set_attribute(path, "phase", std::string(p.particle ? "particle" : "gas"));
    };
    if (!cells_.cells.empty()) {
      create("/attribution/" + p.id, "cell", cells_.cells.size(), "mean over the management cell", "time: mean area: mean");
    }
    if (!header_.receptors.empty()) {
      create("/attribution/" + p.id + "_at_receptors", "receptor", header_.receptors.size(), "at the receptor", "time: mean");
    }
  }
}

void ResultWriter::write_attribution(const ResultHour& hour) {
  const ResultAttribution& attribution = header_.attribution;
  const auto write = [&](const std::vector<double>& values, std::size_t places, const std::string& suffix) {
    const std::size_t block = attribution.tags.size() * places;
    if (values.size() != attribution.pollutants.size() * block) {
      throw std::logic_error("result file: an hour's tags have the wrong size");
    }
    for (std::size_t n = 0; n < attribution.pollutants.size() && block > 0; ++n) {
      append("/attribution/" + header_.pollutants[std::size_t(attribution.pollutants[n])].id + suffix, hours_,
             std::span(values).subspan(n * block, block));
    }
  };
  write(hour.tags_in_cells, cells_.cells.size(), "");
  write(hour.tags_at_receptors, header_.receptors.size(), "_at_receptors");
}

} // namespace tq
