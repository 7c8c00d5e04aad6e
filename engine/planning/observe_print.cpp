#include "planning/observe.hpp"

#include "files/csv_text.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace tq {

namespace {

constexpr std::size_t pollutants = standard_pollutants.size();
constexpr ByPollutant<const char*> names = {"SO2", "NO2", "CO", "O3", "PM10", "PM2.5"};
constexpr ByPollutant<const char*> units = {"ug m-3", "ug m-3", "mg m-3", "ug m-3", "ug m-3", "ug m-3"};
constexpr ByPollutant<double> scales = {1e9, 1e9, 1e6, 1e9, 1e9, 1e9}; // of those units in a kg m-3

/// Right-aligned in eight places; "*" where the standard asks for more days, "-" for no value.
std::string cell(double value, std::size_t p, bool enough) {
  return std::isnan(value) ? fmt::format("{:>8} ", "-")
                           : fmt::format("{:>8.{}f}{}", value * scales[p], p == 2 ? 2 : 1, enough ? ' ' : '*');
}

std::string period_line(const std::string& label, const ByPollutant<double>& values, const ByPollutant<bool>& enough) {
  std::string text = fmt::format("  {:<12}", label);
  for (std::size_t p = 0; p < pollutants; ++p) {
    text += cell(values[p], p, enough[p]);
  }
  return text;
}

/// "PM2.5 11, O3 13", or "none".
std::string counts(const ByPollutant<int>& days) {
  std::string text;
  for (std::size_t p = 0; p < pollutants; ++p) {
    if (days[p] > 0) {
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", names[p], days[p]);
    }
  }
  return text.empty() ? "none" : text;
}

std::string good_days(const PeriodQuality& quality) {
  return fmt::format("{}/{}", quality.good_days, quality.valid_days);
}

/// The lines of a year or of all days, below those of its months.
std::string summary(const Observed& observed, const Period& period, const PeriodQuality& quality) {
  std::string text = period_line(period.label + " mean", quality.mean, quality.mean_enough) +
                     fmt::format(" {:>8}\n", good_days(quality));
  std::string ranks;
  for (std::size_t p = 0; p < pollutants; ++p) {
    ranks += fmt::format("{:>8} ", p == 3 ? fmt::format("{:.0f} of 8h", observed.percentile[p])
                                          : fmt::format("{:.0f}", observed.percentile[p]));
  }
  text += fmt::format("  {:<12}{}\n", "percentile", ranks);
  text += period_line("", quality.percentile, quality.percentile_enough) + '\n';
  const double share = quality.valid_days > 0 ? 100.0 * quality.good_days / quality.valid_days : 0;
  text += fmt::format("  {}: {} good-air days of {} valid days ({:.1f} %):", period.label, quality.good_days,
                      quality.valid_days, share);
  for (int n = 0; n < 6; ++n) {
    text += fmt::format(" {} {}{}", quality.quality_days[std::size_t(n)], quality_name(n + 1), n < 5 ? "," : "\n");
  }
  text += fmt::format("  days above the limit: {}\n  days as primary pollutant: {}\n", counts(quality.exceeded_days),
                      counts(quality.primary_days));
  text += std::isnan(quality.composite) ? "  composite index: none, a pollutant is missing\n"
                                        : fmt::format("  composite index: {:.2f}\n", quality.composite);
  return text;
}

std::string place_table(const Observed& observed, std::size_t place) {
  const bool is_city = observed.places.size() > 1 && place + 1 == observed.places.size() && observed.city_stations > 1;
  std::string text = is_city ? fmt::format("\ncity: mean of {} stations\n", observed.city_stations)
                             : fmt::format("\nstation {}\n", observed.places[place]);
  text += fmt::format("  {:<12}", "means");
  for (const char* name : names) {
    text += fmt::format("{:>8} ", name);
  }
  text += fmt::format(" {:>8}\n", "good");
  const auto years = std::count_if(observed.periods.begin(), observed.periods.end(),
                                   [](const Period& period) { return period.kind == Period::Kind::year; });
  for (std::size_t at = 0; at < observed.periods.size(); ++at) {
    const Period& period = observed.periods[at];
    const PeriodQuality& quality = observed.quality[at][place];
    if (period.kind == Period::Kind::month) {
      text += period_line(period.label, quality.mean, quality.mean_enough) + fmt::format(" {:>8}\n", good_days(quality));
    } else if (period.kind == Period::Kind::year || years > 1) {
      text += summary(observed, period, quality);
    }
  }
  return text;
}

/// A number as a field of a CSV file; empty for none.
std::string field(double value, std::size_t p) {
  return std::isnan(value) ? "," : fmt::format(",{:.6g}", value * scales[p]);
}

} // namespace

std::string observed_table(const Observed& observed) {
  const TimeZone zone(observed.time_zone);
  const Instant end = observed.periods.back().end;
  std::string text = fmt::format("{}: {} station{}, {} to {} ({})\n", observed.file.string(),
                                 observed.places.size() - (observed.city_stations > 1 ? 1 : 0),
                                 observed.places.size() == 1 ? "" : "s",
                                 format_civil(zone.to_civil(observed.periods.back().start)),
                                 format_civil(zone.to_civil(end)), observed.time_zone);
  text += fmt::format("ug m-3, CO mg m-3, as reported ({}); {}, limits of class {}\n", observed.reference_state,
                      observed.edition, observed.function_class == 1 ? "I" : "II");
  text += "good: good-air days (index at most 100) of valid days; *: fewer days than the standard asks for\n";
  for (std::size_t p = 0; p < pollutants; ++p) {
    if (!observed.measured[p]) {
      text += fmt::format("NOTE: no column for {}: no day has an index\n", names[p]);
    }
  }
  for (std::size_t n = 0; n < observed.places.size(); ++n) {
    text += place_table(observed, n);
  }
  return text;
}

std::string observed_days_csv(const Observed& observed) {
  std::string text = "place,date,aqi,class,primary,exceeded";
  for (const auto& [kind, note] : {std::pair{"mean", ""}, std::pair{"maximum_1h", ""}}) {
    for (std::size_t p = 0; p < pollutants; ++p) {
      text += fmt::format(",{}_{}{} [{}]", standard_pollutants[p], kind, note, units[p]);
    }
  }
  text += ",o3_maximum_8h [ug m-3]";
  for (const char* pollutant : standard_pollutants) {
    text += fmt::format(",{}_index", pollutant);
  }
  text += '\n';
  const TimeZone zone(observed.time_zone);
  const auto list = [](unsigned bits) {
    std::string ids;
    for (std::size_t p = 0; p < pollutants; ++p) {
      if ((bits >> p & 1U) != 0) {
        ids += fmt::format("{}{}", ids.empty() ? "" : " ", standard_pollutants[p]);
      }
    }
    return ids;
  };
  for (std::size_t n = 0; n < observed.places.size(); ++n) {
    for (const Observed::Day& row : observed.days) {
      const DayQuality& day = row.places[n];
      text += fmt::format("{},{},", files::csv_text(observed.places[n]), format_civil(zone.to_civil(row.start)).substr(0, 10));
      text += day.valid() ? fmt::format("{},{},", day.index, day.quality()) : ",,";
      text += fmt::format("{},{}", list(day.primary), list(day.exceeded));
      for (const auto value : {&DayQuality::mean, &DayQuality::maximum}) {
        for (std::size_t p = 0; p < pollutants; ++p) {
          text += field((day.*value)[p], p);
        }
      }
      text += field(day.judged[3], 3);
      for (const int index : day.individual) {
        text += index < 0 ? "," : fmt::format(",{}", index);
      }
      text += '\n';
    }
  }
  return text;
}

std::string observed_periods_csv(const Observed& observed) {
  std::string text = "place,period,valid_days,good_days,excellent,good,light,moderate,heavy,severe,composite_index";
  for (std::size_t p = 0; p < pollutants; ++p) {
    const char* id = standard_pollutants[p];
    text += fmt::format(",{0}_mean [{1}],{0}_mean_days,{0}_mean_enough,{0}_p{2:.0f} [{1}],{0}_percentile_days,"
                        "{0}_percentile_enough,{0}_exceeded_days,{0}_primary_days",
                        id, units[p], observed.percentile[p]);
  }
  text += '\n';
  for (std::size_t n = 0; n < observed.places.size(); ++n) {
    for (std::size_t at = 0; at < observed.periods.size(); ++at) {
      const PeriodQuality& q = observed.quality[at][n];
      text += fmt::format("{},{},{},{}", files::csv_text(observed.places[n]), observed.periods[at].label, q.valid_days,
                          q.good_days);
      for (const int days : q.quality_days) {
        text += fmt::format(",{}", days);
      }
      text += std::isnan(q.composite) ? "," : fmt::format(",{:.5g}", q.composite);
      for (std::size_t p = 0; p < pollutants; ++p) {
        text += field(q.mean[p], p) + fmt::format(",{},{}", q.mean_days[p], int(q.mean_enough[p]));
        text += field(q.percentile[p], p) + fmt::format(",{},{}", q.judged_days[p], int(q.percentile_enough[p]));
        text += fmt::format(",{},{}", q.exceeded_days[p], q.primary_days[p]);
      }
      text += '\n';
    }
  }
  return text;
}

} // namespace tq
