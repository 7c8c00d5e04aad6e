#pragma once
#include "run/case.hpp"
#include "run/run_case.hpp"

#include <string>

namespace tq {

/// What will be run: period, grid, weather, emission totals by sector, measures, memory and disk.
std::string describe_case(const Case& c);

/// What was run: rate, time by part, budget, largest Courant number, where the result lies.
std::string summarise(const Case& c, const RunReport& report);

} // namespace tq
