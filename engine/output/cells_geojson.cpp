#include "base/durable.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "output/result_writer.hpp"

#include <fmt/format.h>
#include <fstream>

namespace tq {

namespace {

std::string geometry(const files::Feature& feature) {
  std::string text = "{\"type\":\"MultiPolygon\",\"coordinates\":[";
  const char* between_polygons = "";
  for (const files::Polygon& polygon : feature.polygons) {
    text += std::exchange(between_polygons, ",");
    const char* between_rings = "[";
    for (const files::Line& ring : polygon.rings) {
      text += std::exchange(between_rings, ",");
      const char* between_positions = "[";
      for (const files::Position& position : ring) {
        text += fmt::format("{}[{},{}]", std::exchange(between_positions, ","), position.x, position.y);
      }
      text += "]";
    }
    text += "]";
  }
  return text + "]}";
}

} // namespace

void ResultWriter::write_cells_geojson(const ResultSummary& summary) const {
  const std::size_t count = cells_.cells.size();
  if (count == 0) {
    return;
  }
  std::string text = "{\"type\":\"FeatureCollection\",\n\"name\":" + json_text(header_.scenario) +
                     ",\n\"description\":" +
                     json_text(fmt::format("{}: means over {} hours at ambient conditions, emissions of the whole run",
                                           header_.title, hours_)) +
                     ",\n\"features\":[\n";
  for (std::size_t c = 0; c < count; ++c) {
    const ManagementCell& cell = cells_.cells[c];
    text += fmt::format("{{\"type\":\"Feature\",\"id\":{},\"properties\":{{\"id\":{},\"name\":{},\"unit\":{},\"parent\":{},"
                        "\"district\":{},\"key_area\":{},\"function_class\":{},\"area_m2\":{}",
                        json_text(cell.id), json_text(cell.id), json_text(cell.name), json_text(cell.unit),
                        json_text(cell.parent), json_text(cell.district), cell.key_area, cell.function_class,
                        cell.overlay.inside());
    for (std::size_t p = 0; p < header_.pollutants.size(); ++p) {
      const std::string& id = header_.pollutants[p].id;
      if (hours_ > 0) {
        text += fmt::format(",\"{}_ug_m3\":{:.6g}", id, 1e9 * cell_sums_[p * count + c] / double(hours_));
      }
    }
    for (std::size_t p = 0; p < header_.emitted.size() && summary.complete; ++p) { // else not known
      const std::string& id = header_.emitted[p];
      text += fmt::format(",\"emission_{}_kg\":{:.6g},\"avoided_emission_{}_kg\":{:.6g}", id,
                          summary.emission[p * count + c], id, summary.avoided[p * count + c]);
    }
    text += "},\n\"geometry\":" + geometry(cell.feature) + (c + 1 < count ? "},\n" : "}\n");
  }
  text += "]}\n";

  const std::filesystem::path path = result_cells_path(file_.path()), part = path.string() + ".part";
  std::ofstream out(part, std::ios::binary);
  out << text;
  out.close();
  if (!out) {
    throw FileError("cannot write " + path.string() + ": the disk may be full");
  }
  replace_file(part, path);
}

} // namespace tq
