#pragma once
#include "emission/profiles.hpp"
#include "emission/weather.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tq {

/// How the weather acts on what a stream emits: a factor for each hour of the run, one for all species or one
/// per emitted species. A pure function of the weather of the whole run, so that states (a wet road, the silt
/// on it) need no checkpoint and all emission is known before the first hour.
struct Response {
  /// Names the response with all of its parameters: equal keys mean equal factors, which are made once. "" is
  /// no response: a factor of 1.
  std::string key;
  /// Factors [hour * width + species], width 1 or the number of emitted species; all of them finite, >= 0.
  std::function<std::vector<double>(const EmissionWeather&)> factors;
};

/// What drives streams through the hours: factor = that of a profile x that of a response.
class Drivers {
 public:
  /// Index of the driver; the same for the same profile and key. Without a profile, time of day and year do
  /// not count.
  std::size_t add(std::optional<std::size_t> profile, const Response& response = {});
  std::size_t count() const { return drivers_.size(); }
  bool need_weather() const { return !responses_.empty(); }

  /// Makes the responses' factors of all hours of the run. Throws std::logic_error for factors of another
  /// length, or below 0.
  void prepare(const EmissionWeather& weather, std::size_t hours, std::size_t species);
  /// Factors [driver * species + n] in the hour of that index, which begins at `civil`.
  void factors(std::size_t hour, const CivilTime& civil, const ProfileClock& clock, std::vector<double>& result) const;

 private:
  struct Driver {
    std::optional<std::size_t> profile;
    std::optional<std::size_t> response;
  };
  struct Series {
    Response response;
    std::size_t width = 1;
    std::vector<double> values;
  };

  std::vector<Driver> drivers_;
  std::vector<Series> responses_;
  std::map<std::pair<std::size_t, std::string>, std::size_t> known_; // (profile + 1, key)
  std::map<std::string, std::size_t> known_responses_;
  std::size_t species_ = 0;
};

} // namespace tq
