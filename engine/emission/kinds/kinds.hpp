#pragma once
#include "emission/activity.hpp"

namespace tq {

/// Amounts per time, as inventories of totals give them.
ActivityKind amounts_kind();

/// Inventories from outside: SMOKE's flat files, gridded netCDF.
ActivityKind ff10_kind();
ActivityKind gridded_kind();

} // namespace tq
