#pragma once
#include "emission/measures.hpp"
#include "emission/source_groups.hpp"
#include "grid/management_cells.hpp"

namespace tq {

/// What [attribution] asks to be followed: one group per value of `by`, in the order of management cells or of names, or
/// those of [[attribution.group]] in their order. Sources of a sector (department ...) without a name, or named "other",
/// are in none. None where the scenario has no [attribution]. Problems: both or neither of the two ways, groups that
/// select no source or one of another group, ids that tags have already.
std::vector<SourceGroup> read_groups(const config::Settings& scenario, const Inventory& inventory,
                                     const ManagementCells& cells, const std::vector<Measure>& measures,
                                     ProblemList& problems);

} // namespace tq
