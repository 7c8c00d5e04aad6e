#pragma once
#include "report.hpp"

#include <array>
#include <filesystem>
#include <optional>

namespace tq::validation {

/// A case runs the engine and scores it. `folder` holds the figures to be held against, in the format of
/// validation/<case> of the shared data; nothing where there is none. Throws InputError for figures that cannot be
/// read.
using RunCase = Report (*)(const std::optional<std::filesystem::path>& folder);

Report advection(const std::optional<std::filesystem::path>& folder);
Report analytic(const std::optional<std::filesystem::path>& folder);
Report prairie_grass(const std::optional<std::filesystem::path>& folder);
Report askervein(const std::optional<std::filesystem::path>& folder);
Report deposition(const std::optional<std::filesystem::path>& folder);
Report chemistry(const std::optional<std::filesystem::path>& folder);

struct Case {
  const char* name;
  const char* purpose;
  RunCase run;
};

inline constexpr std::array cases = {
    Case{"advection", "errors of every advection scheme: rotation, swirl, mountain", advection},
    Case{"analytic", "plumes, puffs and profiles with exact solutions", analytic},
    Case{"prairie_grass", "releases near the ground over a prairie: crosswind-integrated concentration", prairie_grass},
    Case{"askervein", "speed-up of the wind over a hill", askervein},
    Case{"deposition", "fall of particles; particles and gases that surfaces take up", deposition},
    Case{"chemistry", "the gas solver: a reference over three days, exact solutions, photostationary states", chemistry},
};

} // namespace tq::validation
