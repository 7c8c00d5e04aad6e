#pragma once
#include "run/case.hpp"

#include <filesystem>
#include <string>

namespace tq {

/// The scenario of a run whose result has tags, and one that differs from it in nothing but what is emitted (its
/// inventories, releases, measures and emergency levels) and in the background; both with the run's [attribution], by
/// which their sources are told apart in the same way.
struct ScenarioPair {
  Case run;
  Case asked;
};

/// `text`: the resolved scenario that the result holds. Its paths are relative to the folder that it lay in: the first
/// of the overlay's own and those of its bases from which all its files are found. Weather that is drawn is drawn with
/// the run's seed. Throws InputError with everything else in which the two differ, and with the problems of both.
ScenarioPair load_scenario_pair(const std::string& text, const std::filesystem::path& result,
                                const std::filesystem::path& overlay);

/// Background near the ground in every hour of the run: kg kg-1, [hour * species + n].
std::vector<double> hourly_background(const Case& c);

} // namespace tq
