#pragma once
#include "emission/activity.hpp"

namespace tq {

/// Amounts per time, as inventories of totals give them.
ActivityKind amounts_kind();

} // namespace tq
