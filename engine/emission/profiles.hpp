#pragma once
#include "base/error.hpp"
#include "base/time.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <vector>

namespace tq {

/// Days around the first day of the Chinese new year in which work rests: `weight` multiplies the emission from day
/// `from` to day `to`, included, counted from that day (-1 is the eve).
struct FestivalRest {
  int from = 0;
  int to = -1; // none
  double weight = 1;
};

/// How a source's emission is spread over the year. Weights are relative and without unit; hours, days and
/// months are local civil time.
struct Profile {
  std::string name;
  std::array<double, 12> monthly{}; // January first
  std::array<double, 7> weekly{};   // Monday first
  std::array<double, 24> hourly{};  // 0 = 00:00 to 01:00
  FestivalRest spring_festival;     // in years whose new year is known (lunar_calendar.hpp)

  /// monthly * weekly * hourly * rest at the hour that contains `civil`.
  double weight(const CivilTime& civil) const;
};

/// Reads a file of schema "profiles/1": tables [profile.NAME] with monthly, weekly, hourly and, if work rests then,
/// spring_festival = { from, to, weight }. Lists of wrong
/// length, negative weights, and lists that are zero throughout are problems. In the order written.
std::vector<Profile> read_profiles(const std::filesystem::path& file, ProblemList& problems);

/// Profiles normalised for the local calendar years of a run.
///
/// factor = monthly * weekly * hourly * rest / mean of that product over all hours of the civil year in which the
/// hour begins. So the mean factor over any civil year is 1, whatever its weekdays, and a rate [kg s-1] times
/// factor adds up to rate * 365 days in a common year: the annual amount of the inventory. In a leap year the
/// same rate goes on for 366 days (the units table counts common years). In zones with summer time a year's
/// hours are those that really pass.
class ProfileClock {
 public:
  /// `start` and `end` bound the run; `start` also tells where within the hour the steps begin.
  ProfileClock(std::vector<Profile> profiles, const TimeZone& zone, Instant start, Instant end);

  const std::vector<Profile>& profiles() const { return profiles_; }
  /// Factor of profile `index` in the hour that begins at `civil`. Throws std::out_of_range outside the run's
  /// years.
  double factor(std::size_t index, const CivilTime& civil) const;

 private:
  std::vector<Profile> profiles_;
  int first_year_ = 0;
  std::vector<std::vector<double>> mean_; // [year - first_year][profile]
};

} // namespace tq
