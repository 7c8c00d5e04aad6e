#pragma once
#include "config/schema.hpp"
#include "grid/grid.hpp"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace tq {

/// A place whose air is followed, such as a monitoring station.
struct Receptor {
  std::string id;
  std::string name;
  double longitude = 0, latitude = 0; // degrees, WGS84
  double x = 0, y = 0;                // m, in the grid's CRS
};

/// Declares `receptor[].*`.
void declare_receptors(config::Schema& schema);

/// The scenario's receptors in their order; one outside the domain is a problem.
std::vector<Receptor> read_receptors(const config::Settings& scenario, const Grid& grid, ProblemList& problems);

/// Values of a two-dimensional field at receptors: bilinear between the centres of cells; beyond the outermost centres,
/// constant across the edge. Always in double, summed from south-west to north-east.
class ReceptorValues {
public:
  ReceptorValues(const std::vector<Receptor>& receptors, const Grid& grid);

  int count() const { return int(points_.size()); }
  /// `field`: [j * nx + i] over the whole grid; `values`: one per receptor, in the field's unit.
  void apply(std::span<const double> field, std::span<double> values) const;

private:
  struct Corner {
    std::size_t place = 0; // j * nx + i
    double weight = 0;
  };
  std::vector<std::array<Corner, 4>> points_;
};

} // namespace tq
