#pragma once
#include "config/schema.hpp"
#include "grid/grid.hpp"
#include "grid/land_cover.hpp"

namespace tq {

/// Declares [land_cover].
void declare_land_cover(config::Schema& schema);

/// What covers the domain by [land_cover]: shares of classes from a raster of codes, or one class everywhere; that
/// default too, with problems, where the table or its raster is wrong.
LandCover read_land_cover(const config::Settings& settings, const GridSpecification& grid, ProblemList& problems);

} // namespace tq
