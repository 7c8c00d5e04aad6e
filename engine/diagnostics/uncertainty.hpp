#pragma once
#include "config/schema.hpp"

#include <string>
#include <vector>

namespace tq {

/// Something that is known within limits only: a multiple of what some tags bring, between `low` and `high` times what
/// is stated. The tags "outside" and "initial" are the background's.
struct Uncertainty {
  std::string id;
  std::vector<std::string> tags;       // forms of the ids of tags, in which * stands for any characters
  std::vector<std::string> pollutants; // empty: all
  double low = 1, high = 1;            // 0 < low <= 1 <= high
  SourceLocation where = {};

  bool names(const std::string& tag, const std::string& pollutant) const;
};

/// Declares [[uncertainty]].
void declare_uncertainty(config::Schema& schema);

/// Says which pollutants of a scenario's uncertainties are none of `pollutants`.
void check_uncertainty(const config::Settings& scenario, const std::vector<std::string>& pollutants,
                       ProblemList& problems);

/// Those of a scenario, or of a document that holds nothing else.
std::vector<Uncertainty> read_uncertainty(const config::Settings& scenario);

} // namespace tq
