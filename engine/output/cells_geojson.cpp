#include "base/durable.hpp"
#include "files/vector_write.hpp"
#include "output/result_writer.hpp"

#include <fmt/format.h>

namespace tq {

void ResultWriter::write_cells_geojson(const ResultSummary& summary) const {
  const std::size_t count = cells_.cells.size();
  if (count == 0) {
    return;
  }
  files::FeatureTable table{.name = header_.scenario,
                            .description =
                                fmt::format("{}: means over {} hours at ambient conditions, emissions of the whole run",
                                            header_.title, hours_),
                            .ids = {},
                            .polygons = {},
                            .columns = {}};
  std::vector<std::string> name, unit, parent, district;
  std::vector<bool> key_area;
  std::vector<double> function_class, area;
  for (const ManagementCell& cell : cells_.cells) {
    table.ids.push_back(cell.id);
    table.polygons.push_back(cell.feature.polygons);
    name.push_back(cell.name);
    unit.push_back(cell.unit);
    parent.push_back(cell.parent);
    district.push_back(cell.district);
    key_area.push_back(cell.key_area);
    function_class.push_back(cell.function_class);
    area.push_back(cell.overlay.inside());
  }
  table.columns = {{"name", "", name},         {"unit", "", unit},         {"parent", "", parent},
                   {"district", "", district}, {"key_area", "", key_area}, {"function_class", "1", function_class},
                   {"area", "m2", area}};
  const auto add = [&](const std::string& column, const char* column_unit, const std::vector<double>& of_all,
                       std::size_t row, double scale) {
    std::vector<double> values(count);
    for (std::size_t c = 0; c < count; ++c) {
      values[c] = scale * of_all[row * count + c];
    }
    table.columns.push_back({column, column_unit, values});
  };
  for (std::size_t p = 0; p < header_.pollutants.size() && hours_ > 0; ++p) {
    add(header_.pollutants[p].id, "ug m-3", cell_sums_, p, 1e9 / double(hours_));
  }
  for (std::size_t p = 0; p < header_.emitted.size() && summary.complete; ++p) { // else not known
    add("emission_" + header_.emitted[p], "kg", summary.emission, p, 1);
    add("avoided_emission_" + header_.emitted[p], "kg", summary.avoided, p, 1);
  }
  write_text(result_cells_path(file_.path()), files::geojson_of(table));
}

} // namespace tq
