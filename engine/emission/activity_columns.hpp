#pragma once
#include "base/units.hpp"
#include "emission/activity.hpp"

#include <string>
#include <vector>

namespace tq {

/// The columns that tables of all kinds may have, with the kind's sector and profile as defaults, and those of chimneys
/// where the kind has stacks.
std::vector<ActivityColumn> common_columns(const ActivityKind& kind);

/// What is allowed of a number that is written in `unit` (nullptr: in SI, or without a unit), as it follows "must ":
/// "be in [1.8, 162] km h-1", "be 0 or more".
std::string allowed_range(const ActivityColumn& column, const Unit* unit);

/// The reference of a kind for `tianqing describe`: its columns, then those of all kinds, with type, choices, default,
/// and range by each unit that the header may give.
std::string describe(const ActivityKind& kind);

} // namespace tq
