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

/// Reads GeoJSON polygons with the properties id, name (default: the id), unit, parent, district (default: ""),
/// key_area (default: false), function_class (default: 2); other properties are kept in `feature` alone. Throws
/// InputError with all problems: no polygon, invalid polygon, wholly or partly outside the domain (beyond 1e-4 of its
/// area; less is taken as rounding of its positions and simply has no share), two cells of one level (number of parents above) that overlap by more than 1e-6 of the smaller, unknown
/// parent, parents in a circle, a property of another type, function_class other than 1 or 2.
ManagementCells read_management_cells(const Grid& grid, const std::filesystem::path& file);

} // namespace tq
