#pragma once
#include "diagnostics/cell_means.hpp"
#include "diagnostics/receptors.hpp"
#include "diagnostics/standards.hpp"

#include <span>
#include <string>
#include <vector>

namespace tq {

/// Where days are judged by name.
struct QualityPlace {
  enum class Kind { cell, district, city, receptor };
  Kind kind = Kind::cell;
  std::string id, name;
  int function_class = 2; // whose limits hold
};

/// The places whose air quality a run tells: management cells; districts and the city, each the area-weighted mean of
/// its management cells that are nobody's parent; receptors; then every grid cell, [j * nx + i].
///
/// A grid cell has class I if more than half of it lies in cells of class I that are nobody's parent, a receptor if it
/// stands in one. Districts and the city are judged by the limits of class II.
class QualityPlaces {
 public:
  QualityPlaces(const ManagementCells& cells, const std::vector<Receptor>& receptors, const Grid& grid);

  /// All but the grid cells.
  const std::vector<QualityPlace>& named() const { return named_; }
  std::size_t count() const { return named_.size() + grid_density_.size(); }
  /// Index of the city; count() where there are no management cells.
  std::size_t city() const;
  std::vector<int> function_classes() const;

  /// What the reference state makes of a field of the lowest layer, [j * nx + i], kg m-3, ambient; `values`: by place.
  /// Those of management cells and receptors are as the result file holds them, so that they can be worked out again
  /// from it.
  void apply(std::span<const double> field, bool particle, const ReferenceState& state, std::span<double> values);

 private:
  struct Group {
    std::size_t place = 0;
    std::vector<std::pair<std::size_t, double>> shares; // of management cells; they sum to 1
  };
  void add_group(QualityPlace place, const ManagementCells& cells, const std::vector<std::size_t>& members);

  std::vector<QualityPlace> named_;
  std::vector<int> grid_class_;
  CellMeans cell_means_;
  ReceptorValues receptor_values_;
  std::vector<Group> groups_;
  std::vector<double> cell_density_, receptor_density_, grid_density_; // kg m-3, of the air in the lowest layer
  std::vector<double> cell_row_, receptor_row_;
};

} // namespace tq
