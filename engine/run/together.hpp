#pragma once
#include "run/simulation.hpp"

namespace tq {

/// Cases in groups that can advance together: those that differ in nothing but their names, sources, measures and what
/// tags follow, so that they share grid, weather and fluxes; a case whose measures change the ground is alone. Groups and their members keep the order of the cases.
std::vector<Cases> group_cases(const Cases& cases);

} // namespace tq
