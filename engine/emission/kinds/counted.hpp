#pragma once
#include "emission/activity.hpp"

#include <optional>
#include <string>

namespace tq {

/// The amount of a row in the column that `what` is counted in; nothing, and a problem, if that is empty or the column
/// that it is not counted in is filled.
std::optional<double> counted_amount(ActivityRow& row, ActivityContext& context, const std::string& what,
                                     const std::string& column, const std::string& other);

} // namespace tq
