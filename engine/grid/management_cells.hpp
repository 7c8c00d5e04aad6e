#pragma once
#include "grid/overlay.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tq {

/// A cell of the city's grid management: who answers for which piece of ground.
struct ManagementCell {
  std::string id;
  std::string name;
  std::string unit;     // that answers for it
  std::string parent;   // id of the cell above, "" at the top
  std::string district;
  bool key_area = false;
  int function_class = 2; // I or II of GB 3095
  Overlay overlay;        // shares in m2
  files::Feature feature; // as read, WGS84
};

struct ManagementCells {
  std::vector<ManagementCell> cells;
  /// Index by id, or -1.
  int find(const std::string& id) const;
};

/// Reads GeoJSON polygons with the properties id, name, unit, parent, district, key_area, function_class. All
/// problems at once: invalid polygons, wholly or partly outside the domain, two cells of one parent level that
/// overlap by more than 1e-6 of the smaller, unknown parent, function_class other than 1 or 2.
ManagementCells read_management_cells(const Grid& grid, const std::filesystem::path& file);

} // namespace tq
