#include "run/background.hpp"

#include "base/constants.hpp"
#include "base/units.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>
#include <set>

namespace tq {

void declare_background(config::Schema& schema) {
  using config::Type;
  schema.add({.key = "background.*",
              .type = Type::number,
              .description = "concentration of a pollutant in the air that comes in from outside and at the start; "
                             "gases at 298.15 K and 1013.25 hPa, particles ambient; pm10 includes pm2_5, tsp pm10, "
                             "and is no more where it is not given. Or a table of what follows",
              .unit = "ug m-3",
              .minimum = 0,
              .maximum = 1e6});
  schema.add({.key = "background.*.mean",
              .type = Type::number,
              .description = "the concentration near the ground, where it has no course over the year",
              .unit = "ug m-3",
              .minimum = 0,
              .maximum = 1e6});
  schema.add({.key = "background.*.months",
              .type = Type::numbers,
              .description = "instead: its mean in January to December, reached in the middle of each",
              .unit = "ug m-3",
              .minimum = 0,
              .maximum = 1e6,
              .length = 12});
  schema.add({.key = "background.*.hours",
              .type = Type::numbers,
              .description = "its daily course: a factor for each hour of local time from 0 on, with the mean 1",
              .minimum = 0,
              .maximum = 24,
              .length = 24});
  schema.add({.key = "background.*.heights",
              .type = Type::numbers,
              .description = "heights above flat ground (as the grid's levels) that `factors` are of, rising; constant below and above",
              .unit = "m",
              .minimum = 0,
              .maximum = 2e4});
  schema.add({.key = "background.*.factors",
              .type = Type::numbers,
              .description = "of the concentration near the ground, by `heights`",
              .minimum = 0,
              .maximum = 1000});
}

namespace {

/// Linear between the points, constant beyond; 1 without points.
double interpolate(const std::vector<double>& x, const std::vector<double>& y, double at) {
  if (x.empty()) {
    return 1;
  }
  const auto above = std::upper_bound(x.begin(), x.end(), at);
  if (above == x.begin()) {
    return y.front();
  }
  if (above == x.end()) {
    return y.back();
  }
  const std::size_t n = std::size_t(above - x.begin());
  return y[n - 1] + (y[n] - y[n - 1]) * (at - x[n - 1]) / (x[n] - x[n - 1]);
}

} // namespace

double Background::value(std::size_t pollutant, double month, int hour, double height) const {
  const Course& course = courses_[pollutant];
  const double before = std::floor(month - 0.5), share = month - 0.5 - before; // since the middle of that month
  const double first = course.months[std::size_t(int(before) + 12) % 12];
  const double next = course.months[std::size_t(int(before) + 13) % 12];
  return (first + (next - first) * share) * course.hours[std::size_t(hour)] *
         interpolate(course.heights, course.factors, height);
}

std::vector<double> Background::species(double month, int hour, double height, Lack& lack) const {
  // A pollutant's members beyond those of the one before it in its nest (pm2_5 in pm10 in tsp) share the difference.
  std::vector<double> values(scale_.size(), 0.0);
  std::vector<bool> known(scale_.size(), false);
  for (std::size_t p = 0; p < courses_.size(); ++p) {
    double rest = value(p, month, hour, height);
    int fresh = -1;
    for (const int member : members_[p]) {
      if (known[std::size_t(member)]) {
        rest -= values[std::size_t(member)];
      } else {
        fresh = member;
      }
    }
    if (rest < 0) {
      lack = {int(p), value(p, month, hour, height) - rest};
      rest = 0;
    }
    if (fresh >= 0) {
      known[std::size_t(fresh)] = true;
      values[std::size_t(fresh)] = rest;
    }
  }
  return values;
}

std::vector<double> Background::at(Instant hour, double height) const {
  const CivilTime civil = zone_.to_civil(hour);
  const double month = civil.month - 1 + (civil.day - 1 + (civil.hour + 0.5) / 24) / days_in_month(civil.year, civil.month);
  Lack ignored; // it was told when the scenario was read
  std::vector<double> values = species(month, civil.hour, height, ignored);
  for (std::size_t s = 0; s < values.size(); ++s) {
    values[s] *= scale_[s];
  }
  return values;
}

void Background::read_course(const config::Settings& scenario, const std::string& key, std::size_t pollutant,
                             ProblemList& problems) {
  const auto given = [&](const char* name) { return scenario.given(key + name); };
  Course& course = courses_[pollutant];
  if (given(".months")) {
    const std::vector<double> months = scenario.numbers(key + ".months");
    std::copy_n(months.begin(), std::min(months.size(), course.months.size()), course.months.begin());
    if (given(".mean")) {
      scenario.problem(problems, key + ".mean", "not stand beside `months`");
    }
  } else if (given(".mean")) {
    course.months.fill(scenario.number(key + ".mean"));
  } else if (given(".hours") || given(".heights") || given(".factors")) {
    problems.add(scenario.where(key), key + ": must have `mean` or `months`");
    return;
  } else {
    course.months.fill(scenario.number(key));
  }
  if (given(".hours")) {
    const std::vector<double> hours = scenario.numbers(key + ".hours");
    std::copy_n(hours.begin(), std::min(hours.size(), course.hours.size()), course.hours.begin());
    const double mean = std::accumulate(course.hours.begin(), course.hours.end(), 0.0) / double(course.hours.size());
    if (std::abs(mean - 1) > 0.01) {
      scenario.problem(problems, key + ".hours", fmt::format("have the mean 1 within 0.01; it is {:.4g}", mean));
    }
  }
  const auto list = [&](const char* name) {
    return given(name) ? scenario.numbers(key + name) : std::vector<double>();
  };
  const std::vector<double> heights = list(".heights"), factors = list(".factors");
  if (heights.size() != factors.size() ||
      std::adjacent_find(heights.begin(), heights.end(), std::greater_equal<>()) != heights.end()) {
    problems.add(scenario.where(key), key + ": must have as many `heights`, rising, as `factors`");
    return;
  }
  course.heights = heights;
  course.factors = factors;
}

void Background::check_nests(const config::Settings& scenario, const SpeciesTable& table, ProblemList& problems) const {
  std::set<double> heights = {0};
  for (const Course& course : courses_) {
    heights.insert(course.heights.begin(), course.heights.end());
  }
  std::set<int> told;
  for (int month = 0; month < 12; ++month) {
    for (int hour = 0; hour < 24; ++hour) {
      for (const double height : heights) {
        Lack lack;
        species(month + 0.5, hour, height, lack);
        const std::string key = lack.pollutant < 0 ? "" : "background." + table.pollutants()[std::size_t(lack.pollutant)].id;
        if (lack.pollutant < 0 || !scenario.given(key) || !told.insert(lack.pollutant).second) {
          continue; // one that is not given is what it includes
        }
        const double stated = value(std::size_t(lack.pollutant), month + 0.5, hour, height);
        const bool varies = scenario.given(key + ".mean") || scenario.given(key + ".months");
        problems.add(scenario.where(key),
                     fmt::format("{} = {:g}{}: must be at least the {:g} ug m-3 of the particles that it includes", key,
                                 stated, varies ? fmt::format(" in month {} at {} h, {:g} m", month + 1, hour, height) : "",
                                 lack.includes));
      }
    }
  }
}

Background read_background(const config::Settings& scenario, const SpeciesTable& table, const TimeZone& zone,
                           double surface_density, ProblemList& problems) {
  using namespace constants;
  const double gas_density = standard_pressure / (dry_air_gas * 298.15);
  Background background;
  background.zone_ = zone;
  for (const Pollutant& pollutant : table.pollutants()) {
    background.courses_.emplace_back().hours.fill(1);
    background.members_.push_back(pollutant.members);
  }
  for (const Species& species : table.species()) {
    background.scale_.push_back(find_unit("ug m-3")->scale / (species.particle ? surface_density : gas_density));
  }
  for (const std::string& id : scenario.names("background")) {
    const std::string key = "background." + id;
    const int index = table.find_pollutant(id);
    if (index < 0) {
      problems.add(scenario.where(key), key + ": unknown pollutant" + suggestion(id, table.pollutant_ids()));
    } else {
      background.read_course(scenario, key, std::size_t(index), problems);
    }
  }
  background.check_nests(scenario, table, problems);
  return background;
}

} // namespace tq
