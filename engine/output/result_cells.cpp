#include "files/vector_write.hpp"
#include "output/result_grid.hpp"
#include "output/result_writer.hpp"

#include <fmt/format.h>
#include <limits>
#include <tuple>

namespace tq {

using files::Hdf5Type;

void ResultWriter::create_cells(const Grid& grid) {
  const std::size_t count = cells_.cells.size();
  if (count == 0) {
    return;
  }
  file_.create_dimension("/cells/cell", count);
  const auto texts = [&](const std::string& name, const std::string& long_name, std::string ManagementCell::*member) {
    std::vector<std::string> values;
    for (const ManagementCell& cell : cells_.cells) {
      values.push_back(cell.*member);
    }
    const std::string path = "/cells/" + name;
    file_.create(path, {.type = Hdf5Type::text, .dimensions = {"/cells/cell"}});
    file_.write(path, values);
    describe(file_, path, "", long_name, "");
  };
  texts("id", "id of the management cell", &ManagementCell::id);
  file_.set_attribute("/cells/id", "cf_role", std::string("timeseries_id"));
  texts("name", "name", &ManagementCell::name);
  texts("unit", "unit that answers for the cell", &ManagementCell::unit);
  texts("parent", "id of the cell above", &ManagementCell::parent);
  texts("district", "district", &ManagementCell::district);

  std::vector<std::int32_t> key_area, function_class;
  std::vector<double> area, density(count), surface_density;
  for (const ManagementCell& cell : cells_.cells) {
    key_area.push_back(cell.key_area ? 1 : 0);
    function_class.push_back(cell.function_class);
    area.push_back(cell.overlay.inside());
  }
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      surface_density.push_back(grid.air_density(i, j, 0));
    }
  }
  cell_means_.apply(surface_density, density);
  const auto numbers = [&](const std::string& name, Hdf5Type type, const std::string& long_name,
                           const std::string& units, const auto& values) {
    const std::string path = "/cells/" + name;
    file_.create(path, {.type = type, .dimensions = {"/cells/cell"}});
    file_.write(path, values);
    describe(file_, path, "", long_name, units);
  };
  numbers("key_area", Hdf5Type::int32, "1: key area", "1", key_area);
  numbers("function_class", Hdf5Type::int32, "class of GB 3095: 1 protected, 2 residential, commercial, industrial, rural",
          "1", function_class);
  numbers("area", Hdf5Type::float64, "area in the plane of the projection", "m2", area);
  numbers("air_density", Hdf5Type::float64, "air density of the lowest layer, to which concentrations refer", "kg m-3",
          density);
  create_geometry();

  for (const ResultPollutant& p : header_.pollutants) {
    const std::string path = "/cells/" + p.id;
    create_record(path, {.type = Hdf5Type::float32,
                         .dimensions = {"/time", "/cells/cell"},
                         .chunk = {24, count},
                         .fill_missing = true});
    describe(file_, path, p.cf_name, p.name + " in the lowest layer, mean over the management cell, ambient conditions", "kg m-3");
    file_.set_attribute(path, "cell_methods", std::string("time: mean area: mean"));
    file_.set_attribute(path, "geometry", std::string("geometry"));
    file_.set_attribute(path, "coordinates", std::string("id name"));
    file_.set_attribute(path, "phase", std::string(p.particle ? "particle" : "gas"));
  }
  for (const std::string& id : header_.emitted) {
    for (const auto& [name, text] : {std::pair{"emission_", " emitted in the cell during the run"},
                                     std::pair{"avoided_emission_", " that measures kept from being emitted in the cell"}}) {
      const std::string amount = std::string("/cells/") + name + id;
      file_.create(amount, {.type = Hdf5Type::float64, .dimensions = {"/cells/cell"}, .fill_missing = true});
      describe(file_, amount, "", id + text, "kg");
      file_.write(amount, std::vector<double>(count, std::numeric_limits<double>::quiet_NaN())); // until the run ends
    }
  }
  create_deposition();
}

void ResultWriter::create_deposition() {
  for (const ResultPollutant& p : header_.pollutants) {
    for (const bool dry : {true, false}) {
      const std::string path = fmt::format("/cells/{}_deposition_{}", dry ? "dry" : "wet", p.id);
      file_.create(path, {.type = Hdf5Type::float64, .dimensions = {"/cells/cell"}});
      describe(file_, path, "",
               fmt::format("{} deposited {} in the cell since the run's start{}", p.name, dry ? "dry" : "by rain",
                           dry && p.particle ? ", fall included" : ""),
               "kg");
    }
  }
}

void ResultWriter::write_deposition(const ResultHour& hour) {
  const std::size_t cells = cells_.cells.size(), size = nx_ * ny_;
  for (std::size_t p = 0; p < header_.pollutants.size() && cells > 0; ++p) {
    for (const auto& [kind, rate, sums] : {std::tuple{"dry", &hour.dry_deposition, &dry_deposition_},
                                           std::tuple{"wet", &hour.wet_deposition, &wet_deposition_}}) {
      cell_means_.apply(std::span(*rate).subspan(p * size, size), cell_row_);
      const std::span<double> total = std::span(*sums).subspan(p * cells, cells);
      for (std::size_t c = 0; c < cells; ++c) {
        total[c] += cell_row_[c] * cells_.cells[c].overlay.inside() * double(hour.end - hour.start);
      }
      file_.write(fmt::format("/cells/{}_deposition_{}", kind, header_.pollutants[p].id), std::span<const double>(total));
    }
  }
}

// CF-1.8, section 7.5: outer rings run anticlockwise, holes clockwise.
void ResultWriter::create_geometry() {
  std::vector<std::int32_t> node_count, part_node_count, interior_ring;
  std::vector<double> lon, lat;
  for (const ManagementCell& cell : cells_.cells) {
    std::size_t nodes = 0;
    for (const files::Polygon& polygon : cell.feature.polygons) {
      const std::vector<files::Line> rings = files::turned(polygon).rings;
      for (std::size_t r = 0; r < rings.size(); ++r) {
        const files::Line& ring = rings[r];
        for (const files::Position& position : ring) {
          lon.push_back(position.x);
          lat.push_back(position.y);
        }
        nodes += ring.size();
        part_node_count.push_back(std::int32_t(ring.size()));
        interior_ring.push_back(r == 0 ? 0 : 1);
      }
    }
    node_count.push_back(std::int32_t(nodes));
  }
  if (lon.empty()) {
    return;
  }
  file_.create_dimension("/cells/node", lon.size());
  file_.create_dimension("/cells/part", part_node_count.size());
  file_.create("/cells/geometry", {.type = Hdf5Type::int32});
  file_.write("/cells/geometry", 0.0);
  for (const auto& [name, text] :
       {std::pair{"geometry_type", "polygon"}, std::pair{"node_count", "node_count"},
        std::pair{"part_node_count", "part_node_count"}, std::pair{"interior_ring", "interior_ring"},
        std::pair{"node_coordinates", "node_lon node_lat"}}) {
    file_.set_attribute("/cells/geometry", name, std::string(text));
  }
  file_.create("/cells/node_count", {.type = Hdf5Type::int32, .dimensions = {"/cells/cell"}});
  file_.write("/cells/node_count", node_count);
  file_.create("/cells/part_node_count", {.type = Hdf5Type::int32, .dimensions = {"/cells/part"}});
  file_.write("/cells/part_node_count", part_node_count);
  file_.create("/cells/interior_ring", {.type = Hdf5Type::int32, .dimensions = {"/cells/part"}});
  file_.write("/cells/interior_ring", interior_ring);
  file_.create("/cells/node_lon", {.type = Hdf5Type::float64, .dimensions = {"/cells/node"}});
  file_.write("/cells/node_lon", lon);
  describe(file_, "/cells/node_lon", "longitude", "longitude of a corner", "degrees_east");
  file_.set_attribute("/cells/node_lon", "axis", std::string("X"));
  file_.create("/cells/node_lat", {.type = Hdf5Type::float64, .dimensions = {"/cells/node"}});
  file_.write("/cells/node_lat", lat);
  describe(file_, "/cells/node_lat", "latitude", "latitude of a corner", "degrees_north");
  file_.set_attribute("/cells/node_lat", "axis", std::string("Y"));
}

} // namespace tq
