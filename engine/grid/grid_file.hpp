#pragma once
#include "config/schema.hpp"
#include "grid/grid.hpp"
#include "grid/land_cover.hpp"
#include "grid/management_cells.hpp"

#include <filesystem>
#include <string>

namespace tq {

/// A city: its grid with terrain, what covers it, and who answers for what.
struct GridFile {
  Grid grid;
  LandCover land_cover; // one class everywhere without [land_cover]
  ManagementCells management; // empty without [management]
  std::string name;
  std::vector<std::filesystem::path> files; // that it names
};

/// The keys of grid.toml, for the reader and for `tianqing describe`.
config::Schema grid_schema();

/// Reads grid.toml with the files that it names. Throws InputError with all problems of the file; those of
/// terrain and management cells too, once [grid] itself makes sense.
GridFile read_grid_file(const std::filesystem::path& file);

} // namespace tq
