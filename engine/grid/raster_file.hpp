#pragma once
#include "config/schema.hpp"
#include "grid/raster_means.hpp"

#include <string>

/// What terrain and land cover share: rasters that a grid file names in the table `table`.
namespace tq {

/// Declares table.epsg and table.fill.
void declare_raster(config::Schema& schema, const std::string& table);

/// Reads table.file as far as the grid reaches; table.epsg is its CRS where it names none. Throws InputError.
files::PlacedRaster read_raster_of(const config::Settings& settings, const std::string& table,
                                   const std::filesystem::path& file, const GridSpecification& grid);

/// Fills cells that have no data on half of their area or more with the mean of what cells around them have, from the
/// edges of a gap inwards; `values` are [cell * components + n]. False, with a problem, where the share of the domain
/// without data is above table.fill; that share is returned in `missing`.
bool fill_gaps(const config::Settings& settings, const std::string& table, const files::PlacedRaster& raster,
               const GridSpecification& grid, const std::vector<double>& covered, std::vector<double>& values,
               std::size_t components, double& missing, ProblemList& problems);

/// "x 520250, y 3240600": the centre of a cell [j * nx + i].
std::string place_of_cell(const GridSpecification& grid, std::size_t cell);

} // namespace tq
