#pragma once
#include "run/case.hpp"

#include <filesystem>
#include <string>

namespace tq {

/// Writes what the case emits in its period as a CSV table whose columns carry units: a row for each of all, sectors,
/// departments and management cells, of the whole run and of each local month in it, without measures and with them.
/// There whole or not at all. Throws FileError.
void write_emission_table(const Case& c, const std::filesystem::path& file);

/// The map of a pollutant's emission over the run, with measures, for draw_png: kg per km2, on a logarithmic scale,
/// with the outlines of the management cells.
std::string emission_map(const Case& c, InventoryPollutant pollutant);

} // namespace tq
