#pragma once
#include "base/time.hpp"

#include <map>
#include <string>
#include <vector>

namespace tq {

/// One edition of the Chinese ambient standard (GB 3095) with its index (HJ 633). Indicators are named
/// `<pollutant>_<period>`: "so2_24h", "o3_8h" (daily maximum 8-hour mean), "o3_1h" (daily maximum of an hour).
struct StandardEdition {
  struct Scale {
    std::vector<double> breakpoints; // kg m-3, one per value of `index` from the first on
    double rounding = 0;             // kg m-3 to which concentrations are rounded first, half to even; 0: not
    bool open = false;               // no index beyond the last breakpoint, instead of the last index
  };
  struct Limit {
    double class_1 = 0; // kg m-3
    double class_2 = 0;
  };

  std::string id;
  Instant from = 0;
  std::vector<double> index;      // of the breakpoints: 0, 50, 100 ...
  std::vector<std::string> daily; // indicators that make up the daily index
  std::map<std::string, Scale> scales;
  std::map<std::string, Limit> limits; // also "<pollutant>_annual"
  std::map<std::string, double> weights; // of the composite index, by pollutant

  /// The limit of an indicator for areas of class 1 or 2 [kg m-3]; NaN if it has none.
  double limit(const std::string& indicator, int function_class) const;
};

/// Conditions to which reported concentrations refer.
struct ReferenceState {
  Instant from = 0;
  double gas_temperature = 0;      // K, at 101325 Pa
  double particle_temperature = 0; // K, at 101325 Pa; 0: at ambient conditions

  /// A concentration [any] in model air of density `air_density` [kg m-3], as it would be reported: the tracer's mixing
  /// ratio times the air's density at the reference state.
  double reported(double concentration, bool particle, double air_density) const;
  /// "gases at 298.15 K and 1013.25 hPa, particles at ambient conditions".
  std::string text() const;
};

/// How the days of a pollutant are judged.
struct DailyEvaluation {
  std::string daily;     // "24h": the mean; "8h": the maximum 8-hour mean
  double percentile = 0; // of a year's days, %
};

/// data/standards.toml: editions and reference states by date, rules for gaps in the data.
class Standards {
public:
  /// Throws InputError.
  static Standards load();

  /// The edition and the reference state in force at an instant.
  const StandardEdition& edition(Instant instant) const;
  const ReferenceState& reference_state(Instant instant) const;
  /// By id, or nullptr.
  const StandardEdition* find(const std::string& id) const;
  /// By id; "" is that in force. Throws InputError that names the editions there are.
  const StandardEdition& choose(const std::string& id, Instant instant) const;
  const std::vector<StandardEdition>& editions() const { return editions_; }

  int hours_in_24() const { return hours_in_24_; } // that a 24-hour mean needs
  int hours_in_8() const { return hours_in_8_; }   // that an 8-hour mean needs
  int means_of_8() const { return means_of_8_; }   // that a day's maximum 8-hour mean needs
  int days_in_year() const { return days_in_year_; } // that an annual mean or percentile needs, besides those of each month
  int days_in_month(int month) const { return month == 2 ? days_in_february_ : days_in_month_; } // 1 to 12
  double share_of_stations() const { return share_of_stations_; } // that a city's daily value needs
  /// Throws std::out_of_range for a pollutant that the standard does not judge.
  const DailyEvaluation& evaluation(const std::string& pollutant) const { return evaluations_.at(pollutant); }

private:
  std::vector<StandardEdition> editions_; // by date
  std::vector<ReferenceState> states_;    // by date
  std::map<std::string, DailyEvaluation> evaluations_;
  int hours_in_24_ = 0, hours_in_8_ = 0, means_of_8_ = 0;
  int days_in_year_ = 0, days_in_month_ = 0, days_in_february_ = 0;
  double share_of_stations_ = 0;
};

} // namespace tq
