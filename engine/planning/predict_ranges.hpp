#pragma once
#include "planning/predict_days.hpp"

namespace tq {

/// Ranges of means, of their changes and of good days at all places: every sample draws the uncertainties, the
/// efficiencies of measures and one of the results.
void add_ranges(const PredictedDays& first, const std::vector<PredictedDays>& further, const Standards& standards,
                const PredictOptions& options, Prediction& prediction);

} // namespace tq
