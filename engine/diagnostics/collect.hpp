#pragma once
/// Brings what ranks know per cell to rank 0, per pollutant, for output. All are collective; on other ranks `out` stays
/// as it is. Layout of `out`: [(p * ny + j) * nx + i] over the whole grid, unless stated.

#include "base/communicator.hpp"
#include "diagnostics/averages.hpp"
#include "grid/decomposition.hpp"

#include <span>

namespace tq {

/// The ranks' parts of one plane into plane `n` of `out`.
void gather_into(Communicator& communicator, const Decomposition& decomposition, View2<const double> local,
                 std::span<double> out, std::size_t n);

/// The hour's mean concentrations in the lowest layer [kg m-3].
void collect_means(Communicator& communicator, const Decomposition& decomposition, Averages& averages,
                   std::span<double> out);

/// The hour's mean concentrations [kg m-3] in all layers of the pollutants in `volume`, those that `averages` was made
/// with, layer by layer: [((v * nz + k) * ny + j) * nx + i].
void collect_volume(Communicator& communicator, const Decomposition& decomposition, Averages& averages,
                    std::span<const int> volume, std::span<double> out);

/// Sums over each pollutant's members of an amount per column and tracer (one view of AccountViews), times `factor`:
/// with factor = 1 / (cell area x seconds), kg become kg m-2 s-1.
void collect_columns(Communicator& communicator, const Decomposition& decomposition,
                     const std::vector<Pollutant>& pollutants, const TracerSet& tracers, View3<const double> amounts,
                     double factor, std::span<double> out, int scenario = 0);

} // namespace tq
