#pragma once
#include "base/error.hpp"
#include "emission/rows.hpp"
#include "emission/source.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tq {

/// What a unit of some activity gives off: a kg or m3 burned or made, an animal, a person, a stove.
struct ActivityFactor {
  std::string id;
  std::string per; // "kg", "m3", "head", "person", "stove_hour"
  /// kg per kg or m3; kg s-1 per head, per person, and per stove that is on.
  InventoryAmounts amounts{};
  double heat = 0; // J per kg or m3 of a fuel
  double gas = 0;  // m3 of natural gas that a kg of product takes
};

/// Emission of a forest at the standard of leaves, per area of ground.
struct Vegetation {
  std::string id;
  double isoprene = 0;        // kg m-2 s-1
  double monoterpenes = 0;    // kg m-2 s-1
  std::vector<double> leaves; // share of leaves by month, January first
};

/// Reads the factors of one group, such as "households", from a file of schema "factors/1". PM10 that is left out is
/// PM2.5, and TSP PM10. Problems, also particles that are not cumulative, go to `problems`. Throws InputError if the
/// file cannot be read.
std::vector<ActivityFactor> read_activity_factors(const std::filesystem::path& file, const std::string& group,
                                                  ProblemList& problems);
std::vector<Vegetation> read_vegetation(const std::filesystem::path& file, ProblemList& problems);

/// The factors of a group of data/emission/kilns.toml ("kiln") or other.toml, read once. Throws InputError.
const std::vector<ActivityFactor>& activity_factors(const std::string& group);
/// The vegetation of data/emission/other.toml, read once. Throws InputError.
const std::vector<Vegetation>& vegetation();

/// NO2 of NOx, by mass as NO2, of small fires and engines; illustrative.
inline constexpr double activity_no2_share = 0.1;

/// A stream of `amount` [SI unit of the activity; running stoves, heads] by a factor.
Stream activity_stream(const ActivityFactor& factor, double amount, const EmittedSpecies& species, std::size_t driver,
                       const std::string& part = "");

} // namespace tq
