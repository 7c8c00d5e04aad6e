#include "emission/measures.hpp"
#include "files/csv.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tq {

namespace {

/// Columns date and aqi: the index of each local day.
std::vector<std::pair<std::int64_t, double>> read_index(const std::filesystem::path& file, const TimeZone& zone,
                                                        ProblemList& problems) {
  const files::CsvTable table = files::CsvTable::read(file);
  ProblemList header;
  const std::optional<std::size_t> date = table.require("date", header), index = table.require("aqi", header);
  if (index && !table.columns()[*index].unit.empty()) {
    header.add(table.where(*index), fmt::format("aqi [{}]: must have no unit", table.columns()[*index].unit));
  }
  if (table.rows() == 0) {
    header.add({table.file(), 0, 0}, "must have a row for each local day");
  }
  header.throw_if_any();
  std::vector<std::pair<std::int64_t, double>> days;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const std::optional<Instant> day = parse_instant(table.text(r, *date), zone);
    const std::size_t before = problems.problems().size();
    const std::optional<double> value = table.number(r, *index, problems);
    if (!day) {
      problems.add(table.where(r, *date),
                   fmt::format("date = {}: must be a date such as 2017-12-04", table.text(r, *date)));
    }
    if (!value && problems.problems().size() == before) {
      problems.add(table.where(r, *index),
                   fmt::format("aqi {}: must be in [0, 500]", table.text(r, *index).empty()
                                                                  ? "is empty"
                                                                  : fmt::format("= {}", table.text(r, *index))));
    }
    if (value && (*value < 0 || *value > 500)) {
      problems.add(table.where(r, *index), fmt::format("aqi = {}: must be in [0, 500]", table.text(r, *index)));
    }
    if (day && value) {
      const std::int64_t number = day_number(zone.to_civil(*day));
      if (std::any_of(days.begin(), days.end(), [&](const auto& known) { return known.first == number; })) {
        problems.add(table.where(r, *date), fmt::format("date = {}: must be there once", table.text(r, *date)));
      }
      days.emplace_back(number, *value);
    }
  }
  return days;
}

/// The days of response: those of the forecast, or those after the observed ones.
void read_days(const config::Settings& item, bool forecast, const TimeZone& zone, EmergencyLevel& level,
               ProblemList& problems) {
  if (const auto file = item.existing_file(forecast ? "forecast" : "observed", problems)) {
    try {
      level.days = read_index(*file, zone, problems);
    } catch (const InputError& error) {
      problems.add(error);
    }
  }
  for (auto& [day, index] : level.days) {
    day += forecast ? 0 : 1;
  }
}

} // namespace

std::vector<EmergencyLevel> read_emergency(const config::Settings& scenario, const TimeZone& zone,
                                           ProblemList& problems) {
  std::vector<EmergencyLevel> levels;
  for (const config::Settings& item : scenario.each("emergency")) {
    EmergencyLevel& level = levels.emplace_back();
    level.id = item.has("id") ? item.text("id") : "";
    level.title = item.has("title") ? item.text("title") : level.id;
    level.above = item.has("above") ? item.number("above") : 0;
    level.lead_hours = int(item.integer("lead_hours"));
    level.hold_hours = int(item.integer("hold_hours"));
    const bool forecast = item.given("forecast"), observed = item.given("observed");
    level.modelled = !forecast && !observed;
    if (!forecast && level.lead_hours > 0) {
      item.problem(problems, "lead_hours", "be 0 without a forecast: the air of a day is known when the day is over");
    }
    if (forecast && observed) {
      item.problem(problems, "observed", "be absent where there is a forecast");
    } else if (!level.modelled) {
      read_days(item, forecast, zone, level, problems);
    }
  }
  return levels;
}

} // namespace tq
