#pragma once
#include "city.hpp"

#include <cmath>
#include <string>

namespace tq::test {

/// A scenario of one inventory in the small city, from the text of its table.
class ActivityCase {
 public:
  explicit ActivityCase(std::string kind) : kind_(std::move(kind)) {}

  std::string start = "2017-12-04", end = "2017-12-11";
  std::string measures; // more text of the scenario
  City city;

  /// Throws InputError if there is any problem.
  EmissionModel model(const std::string& table) const {
    const std::filesystem::path folder = scratch_directory("activity");
    std::ofstream(folder / "table.csv") << table;
    const auto data = (emission_directory() / "data" / "geometry.geojson").string();
    std::ofstream(folder / "scenario.toml")
        << "schema = \"scenario/1\"\nname = \"activity\"\n[run]\nstart = \"" << start << "\"\nend = \"" << end
        << "\"\ntime_zone = \"Asia/Shanghai\"\n[[inventory]]\nid = \"activity\"\nkind = \"" << kind_
        << "\"\nsources = \"table.csv\"\ngeometry = \"" << data << "\"\n"
        << measures;
    EmissionModel made = city.model(folder / "scenario.toml");
    std::filesystem::remove_all(folder);
    return made;
  }

  /// Sum of the rates of the first source's streams [kg in a common year], as inventories count them.
  static InventoryAmounts annual(const EmissionModel& model, const std::string& variant = "",
                                 const std::string& part = "*") {
    std::vector<double> sum(std::size_t(model.species().count()), 0.0);
    for (const Stream& stream : model.inventory().sources.front().streams) {
      for (std::size_t n = 0; stream.variant == variant && (part == "*" || stream.part == part) && n < sum.size();
           ++n) {
        sum[n] += stream.rate[n] * common_year;
      }
    }
    return model.species().gather(sum);
  }

  /// Emission of all sources over the hours of [start, end) [kg].
  static InventoryAmounts emitted(const EmissionModel& model, Instant from, Instant to) {
    std::vector<double> sum(std::size_t(model.species().count()), 0.0);
    for (Instant hour = from; hour < to; hour += seconds_per_hour) {
      const std::vector<double> rates = model.hourly_total(hour);
      for (std::size_t n = 0; n < sum.size(); ++n) {
        sum[n] += rates[n] * double(seconds_per_hour);
      }
    }
    return model.species().gather(sum);
  }

  /// An instant of the city's civil time.
  Instant at(const std::string& time) const { return *parse_instant(time, city.zone); }

 private:
  std::string kind_;
};

/// Weather of a run, the same in all hours but for what `change` says.
template <class Change>
std::function<EmissionWeather(const config::Settings&, const TimeZone&)> weather_of(Change change) {
  return [change](const config::Settings& settings, const TimeZone& zone) {
    EmissionWeather hours;
    for (Instant time = settings.time("run.start", zone); time < settings.time("run.end", zone);
         time += seconds_per_hour) {
      EmissionHour& hour = hours.emplace_back();
      hour.time = time;
      change(hour, zone.to_civil(time));
    }
    return hours;
  };
}

} // namespace tq::test
