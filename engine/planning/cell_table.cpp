#include "planning/cell_table.hpp"

#include "base/error.hpp"
#include "files/hdf5.hpp"

#include <numeric>

namespace tq {

namespace {

/// Polygons by cell, by CF-1.8, section 7.5: `node_count` nodes of each cell in parts of `part_node_count`; a part that
/// is an `interior_ring` is a hole of the one before it. None where the result has no geometry.
std::vector<std::vector<files::Polygon>> read_polygons(const files::Hdf5File& file, std::size_t cells) {
  std::vector<std::vector<files::Polygon>> polygons(cells);
  if (!file.has("/cells/geometry")) {
    return polygons;
  }
  const auto longitude = file.read("/cells/node_lon"), latitude = file.read("/cells/node_lat");
  const auto node_count = file.read_integers("/cells/node_count"),
             part_node_count = file.read_integers("/cells/part_node_count"),
             interior_ring = file.read_integers("/cells/interior_ring");
  const auto require = [&](bool good) {
    if (!good) {
      throw InputError({file.path().string()}, "is damaged: the corners of /cells do not make polygons of its cells");
    }
  };
  const auto nodes = std::int64_t(longitude.size());
  require(node_count.size() == cells && latitude.size() == longitude.size() &&
          interior_ring.size() == part_node_count.size() &&
          std::accumulate(node_count.begin(), node_count.end(), std::int64_t{0}) == nodes &&
          std::accumulate(part_node_count.begin(), part_node_count.end(), std::int64_t{0}) == nodes);
  std::size_t node = 0, part = 0;
  for (std::size_t c = 0; c < cells; ++c) {
    std::int64_t left = node_count[c];
    for (; left > 0; ++part) {
      require(part_node_count[part] > 0 && part_node_count[part] <= left);
      const bool hole = interior_ring[part] != 0;
      require(!hole || !polygons[c].empty());
      files::Line ring;
      for (std::int64_t n = 0; n < part_node_count[part]; ++n, ++node) {
        ring.push_back({longitude[node], latitude[node]});
      }
      left -= part_node_count[part];
      if (!hole) {
        polygons[c].emplace_back();
      }
      polygons[c].back().rings.push_back(std::move(ring));
    }
  }
  return polygons;
}

} // namespace

files::FeatureTable cell_table(const ResultFacts& result) {
  const files::Hdf5File file = files::Hdf5File::open(result.file);
  const auto texts = [&](const char* name) { return file.read_texts(std::string("/cells/") + name); };
  std::vector<std::string> ids;
  std::vector<double> function_class, area;
  for (const PlaceFacts& cell : result.cells) {
    ids.push_back(cell.id);
    function_class.push_back(cell.function_class);
    area.push_back(cell.area);
  }
  return {.name = result.scenario,
          .description = result.title,
          .ids = ids,
          .polygons = read_polygons(file, ids.size()),
          .columns = {{"name", "", texts("name")},
                      {"unit", "", texts("unit")},
                      {"parent", "", texts("parent")},
                      {"district", "", texts("district")},
                      {"function_class", "1", function_class},
                      {"area", "m2", area}}};
}

} // namespace tq
