#include "grid/management_cells.hpp"

#include "grid/geos.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

namespace tq {

namespace {

constexpr double outside_tolerance =
    1e-4; // of the cell's area: edges on the domain's, in degrees of six decimals
constexpr double overlap_tolerance = 1e-6; // of the smaller cell's area: slivers from digitising

/// The bounding box of a cell and its area in the plane, for the search for overlaps.
struct Footprint {
  PlanarArea area;
  double west, south, east, north; // m

  explicit Footprint(const files::Feature& projected) : area(projected.polygons) {
    west = south = 1e300;
    east = north = -1e300;
    for (const files::Polygon& polygon : projected.polygons) {
      for (const files::Position& p : polygon.rings.front()) {
        west = std::min(west, p.x);
        east = std::max(east, p.x);
        south = std::min(south, p.y);
        north = std::max(north, p.y);
      }
    }
  }

  bool may_touch(const Footprint& other) const {
    return west < other.east && other.west < east && south < other.north && other.south < north;
  }
};

class Reader {
 public:
  Reader(const Grid& grid, ProblemList& problems) : grid_(grid), problems_(problems) {}

  void read(const files::Feature& feature) {
    ManagementCell cell;
    cell.id = feature.id;
    cell.feature = feature;
    cell.name = text(feature, "name");
    cell.unit = text(feature, "unit");
    cell.parent = text(feature, "parent");
    cell.district = text(feature, "district");
    if (cell.name.empty()) {
      cell.name = cell.id;
    }
    if (const auto* value = property(feature, "key_area")) {
      if (const bool* key_area = std::get_if<bool>(value)) {
        cell.key_area = *key_area;
      } else {
        add_problem(feature, fmt::format("key_area = {}: must be true or false", feature.text("key_area")));
      }
    }
    if (const auto* value = property(feature, "function_class")) {
      const double* number = std::get_if<double>(value);
      if (number && (*number == 1 || *number == 2)) {
        cell.function_class = int(*number);
      } else {
        add_problem(feature,
                    fmt::format("function_class = {}: must be 1 or 2", feature.text("function_class")));
      }
    }
    std::optional<Footprint> footprint = lay_over_grid(feature, cell);
    cells_.push_back(std::move(cell));
    footprints_.push_back(std::move(footprint));
  }

  void check_hierarchy() {
    std::vector<std::string> ids;
    for (std::size_t n = 0; n < cells_.size(); ++n) {
      ids.push_back(cells_[n].id);
      index_.emplace(cells_[n].id, n);
    }
    for (const ManagementCell& cell : cells_) {
      if (!cell.parent.empty() && !index_.contains(cell.parent)) {
        add_problem(cell.feature, fmt::format("parent = \"{}\": must be the id of a cell{}", cell.parent,
                                              suggestion(cell.parent, ids)));
      }
    }
    for (const ManagementCell& cell : cells_) {
      levels_.push_back(level_of(cell));
      if (levels_.back() < 0) {
        add_problem(cell.feature,
                    fmt::format("parent = \"{}\": must not lead back to the cell itself", cell.parent));
      }
    }
  }

  void check_overlaps() {
    for (std::size_t n = 0; n < cells_.size(); ++n) {
      for (std::size_t m = 0; m < n; ++m) {
        if (levels_[n] != levels_[m] || !footprints_[n] || !footprints_[m] ||
            !footprints_[n]->may_touch(*footprints_[m])) {
          continue;
        }
        const double common = footprints_[n]->area.overlap(footprints_[m]->area);
        const double smaller = std::min(cells_[n].overlay.total, cells_[m].overlay.total);
        if (common > overlap_tolerance * smaller) {
          add_problem(
              cells_[n].feature,
              fmt::format("must not overlap cell \"{}\" of the same level (line {}): {:.4g} m2 are common, "
                          "{:.2g} % of the smaller",
                          cells_[m].id, cells_[m].feature.where.line, common, 100 * common / smaller));
        }
      }
    }
  }

  std::vector<ManagementCell> take() { return std::move(cells_); }

 private:
  void add_problem(const files::Feature& feature, const std::string& text) {
    problems_.add(feature.where, fmt::format("cell \"{}\": {}", feature.id, text));
  }

  /// The property's value, or nullptr where it is absent or null.
  static const files::Feature::Value* property(const files::Feature& feature, const std::string& name) {
    const auto found = feature.properties.find(name);
    return found == feature.properties.end() || std::holds_alternative<std::monostate>(found->second)
               ? nullptr
               : &found->second;
  }

  std::string text(const files::Feature& feature, const std::string& name) {
    const auto* value = property(feature, name);
    if (value && std::holds_alternative<bool>(*value)) {
      add_problem(feature, fmt::format("{} = {}: must be a text", name, feature.text(name)));
      return "";
    }
    return feature.text(name); // numbers are taken as written: codes such as 360202
  }

  std::optional<Footprint> lay_over_grid(const files::Feature& feature, ManagementCell& cell) {
    if (feature.polygons.empty()) {
      add_problem(feature, "must be a Polygon or MultiPolygon");
      return std::nullopt;
    }
    try {
      const files::Feature plane = projected(grid_, feature);
      cell.overlay = lay_over_projected(grid_, plane);
      const double outside = 1 - cell.overlay.inside() / cell.overlay.total;
      if (outside > outside_tolerance) {
        add_problem(
            feature,
            cell.overlay.shares.empty()
                ? "must lie inside the grid's domain, but lies outside"
                : fmt::format("must lie inside the grid's domain, but {:.2g} % of its area lie outside",
                              100 * outside));
      }
      return Footprint(plane);
    } catch (const InputError& error) {
      problems_.add(error);
      return std::nullopt;
    }
  }

  /// Number of parents above; -1 if they run in a circle. An unknown parent ends the chain.
  int level_of(const ManagementCell& cell) const {
    int level = 0;
    for (auto above = index_.find(cell.parent); above != index_.end();
         above = index_.find(cells_[above->second].parent)) {
      if (++level > int(cells_.size())) {
        return -1;
      }
    }
    return level;
  }

  const Grid& grid_;
  ProblemList& problems_;
  std::vector<ManagementCell> cells_;
  std::vector<std::optional<Footprint>> footprints_; // nothing where the polygon is unusable
  std::map<std::string, std::size_t> index_;
  std::vector<int> levels_;
};

} // namespace

int ManagementCells::find(const std::string& id) const {
  for (std::size_t n = 0; n < cells.size(); ++n) {
    if (cells[n].id == id) {
      return int(n);
    }
  }
  return -1;
}

ManagementCells read_management_cells(const Grid& grid, const std::filesystem::path& file) {
  ProblemList problems;
  Reader reader(grid, problems);
  for (const files::Feature& feature : files::read_geojson(file)) {
    reader.read(feature);
  }
  reader.check_hierarchy();
  reader.check_overlaps();
  problems.throw_if_any();
  return {reader.take()};
}

} // namespace tq
