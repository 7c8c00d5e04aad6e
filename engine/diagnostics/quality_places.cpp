#include "diagnostics/quality_places.hpp"

#include <algorithm>

namespace tq {

namespace {

/// By the even-odd rule, holes included.
bool stands_in(const files::Feature& feature, double longitude, double latitude) {
  bool inside = false;
  for (const files::Polygon& polygon : feature.polygons) {
    for (const files::Line& ring : polygon.rings) {
      for (std::size_t n = 0; n + 1 < ring.size(); ++n) {
        const files::Position &a = ring[n], &b = ring[n + 1];
        if ((a.y > latitude) != (b.y > latitude) && longitude < a.x + (b.x - a.x) * (latitude - a.y) / (b.y - a.y)) {
          inside = !inside;
        }
      }
    }
  }
  return inside;
}

std::vector<std::size_t> leaves(const ManagementCells& cells) {
  std::vector<std::size_t> leaves;
  for (std::size_t c = 0; c < cells.cells.size(); ++c) {
    if (std::none_of(cells.cells.begin(), cells.cells.end(),
                     [&](const ManagementCell& other) { return other.parent == cells.cells[c].id; })) {
      leaves.push_back(c);
    }
  }
  return leaves;
}

} // namespace

QualityPlaces::QualityPlaces(const ManagementCells& cells, const std::vector<Receptor>& receptors, const Grid& grid)
    : cell_means_(cells, grid.nx()), receptor_values_(receptors, grid), cell_density_(cells.cells.size()),
      receptor_density_(receptors.size()), cell_row_(cells.cells.size()), receptor_row_(receptors.size()) {
  using Kind = QualityPlace::Kind;
  for (const ManagementCell& cell : cells.cells) {
    named_.push_back({Kind::cell, cell.id, cell.name, cell.function_class});
  }
  const std::vector<std::size_t> city = leaves(cells);
  std::vector<std::string> districts;
  for (const std::size_t c : city) {
    const std::string& district = cells.cells[c].district;
    if (!district.empty() && std::find(districts.begin(), districts.end(), district) == districts.end()) {
      districts.push_back(district);
    }
  }
  for (const std::string& district : districts) {
    std::vector<std::size_t> members;
    std::copy_if(city.begin(), city.end(), std::back_inserter(members),
                 [&](std::size_t c) { return cells.cells[c].district == district; });
    add_group({Kind::district, district, district}, cells, members);
  }
  if (!city.empty()) {
    add_group({Kind::city, "city", "city"}, cells, city);
  }

  std::vector<double> protected_area(std::size_t(grid.nx()) * std::size_t(grid.ny()));
  for (const std::size_t c : city) {
    for (const CellShare& share : cells.cells[c].overlay.shares) {
      if (cells.cells[c].function_class == 1) {
        protected_area[std::size_t(share.j) * std::size_t(grid.nx()) + std::size_t(share.i)] += share.amount;
      }
    }
  }
  for (const double area : protected_area) {
    grid_class_.push_back(area > 0.5 * grid.cell_area() ? 1 : 2);
  }
  for (const Receptor& receptor : receptors) {
    const bool is_protected = std::any_of(city.begin(), city.end(), [&](std::size_t c) {
      const ManagementCell& cell = cells.cells[c];
      return cell.function_class == 1 && stands_in(cell.feature, receptor.longitude, receptor.latitude);
    });
    named_.push_back({Kind::receptor, receptor.id, receptor.name, is_protected ? 1 : 2});
  }

  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      grid_density_.push_back(grid.air_density(i, j, 0));
    }
  }
  cell_means_.apply(grid_density_, cell_density_);
  receptor_values_.apply(grid_density_, receptor_density_);
}

void QualityPlaces::add_group(QualityPlace place, const ManagementCells& cells,
                              const std::vector<std::size_t>& members) {
  Group& group = groups_.emplace_back();
  group.place = named_.size();
  double area = 0;
  for (const std::size_t c : members) {
    area += cells.cells[c].overlay.inside();
  }
  for (const std::size_t c : members) {
    group.shares.push_back({c, cells.cells[c].overlay.inside() / area});
  }
  named_.push_back(std::move(place));
}

std::size_t QualityPlaces::city() const {
  const auto found = std::find_if(named_.begin(), named_.end(),
                                  [](const QualityPlace& place) { return place.kind == QualityPlace::Kind::city; });
  return found == named_.end() ? count() : std::size_t(found - named_.begin());
}

std::vector<int> QualityPlaces::function_classes() const {
  std::vector<int> classes;
  for (const QualityPlace& place : named_) {
    classes.push_back(place.function_class);
  }
  classes.insert(classes.end(), grid_class_.begin(), grid_class_.end());
  return classes;
}

void QualityPlaces::apply(std::span<const double> field, bool particle, const ReferenceState& state,
                          std::span<double> values) {
  cell_means_.apply(field, cell_row_);
  for (std::size_t c = 0; c < cell_row_.size(); ++c) {
    values[c] = state.reported(double(float(cell_row_[c])), particle, cell_density_[c]);
  }
  for (const Group& group : groups_) {
    values[group.place] = 0;
    for (const auto& [c, share] : group.shares) {
      values[group.place] += values[c] * share;
    }
  }
  receptor_values_.apply(field, receptor_row_);
  const std::size_t first = named_.size() - receptor_row_.size();
  for (std::size_t n = 0; n < receptor_row_.size(); ++n) {
    values[first + n] = state.reported(double(float(receptor_row_[n])), particle, receptor_density_[n]);
  }
  for (std::size_t n = 0; n < grid_density_.size(); ++n) {
    values[named_.size() + n] = state.reported(field[n], particle, grid_density_[n]);
  }
}

} // namespace tq
