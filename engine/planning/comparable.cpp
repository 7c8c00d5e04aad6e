#include "planning/comparable.hpp"

#include "diagnostics/day_gathering.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

namespace {

/// Ids of `all` that are not among `others`, and of cells that are but with another class or by 1 % another area.
struct CellDifferences {
  std::vector<std::string> missing, changed;
};

CellDifferences differences(const std::vector<PlaceFacts>& all, const std::vector<PlaceFacts>& others) {
  constexpr double same_area = 0.01;
  CellDifferences found;
  for (const PlaceFacts& cell : all) {
    const auto other =
        std::find_if(others.begin(), others.end(), [&](const PlaceFacts& one) { return one.id == cell.id; });
    if (other == others.end()) {
      found.missing.push_back(cell.id);
    } else if (other->function_class != cell.function_class ||
               std::abs(other->area - cell.area) > same_area * cell.area) {
      found.changed.push_back(cell.id);
    }
  }
  return found;
}

class Check {
 public:
  Check(const ResultFacts& base, const ResultFacts& other, ProblemList& problems, const AllowedDifferences* allowed)
      : base_(base), other_(other), problems_(problems), allowed_(allowed) {}

  std::vector<std::string> notes() {
    if (allowed_ != nullptr && allowed_->grid) {
      other_places();
    } else {
      same_places();
    }
    if (other_.start != base_.start || other_.end != base_.end) {
      period();
    } else if (same_grid()) { // on another grid the sun stands elsewhere
      weather();
    }
    if (other_.time_zone != base_.time_zone) {
      refuse(fmt::format("days of another time zone (\"{}\", not \"{}\")", other_.time_zone, base_.time_zone));
    }
    return std::move(notes_);
  }

  void same_places() {
    if (!same_grid()) {
      refuse(fmt::format("another grid (\"{}\" of {} x {} cells, not \"{}\" of {} x {})", other_.grid, other_.x.size(),
                         other_.y.size(), base_.grid, base_.x.size(), base_.y.size()),
             "--other-grid");
    }
    const auto same_cell = [](const PlaceFacts& a, const PlaceFacts& b) {
      return a.id == b.id && a.parent == b.parent && a.function_class == b.function_class && a.area == b.area &&
             a.air_density == b.air_density;
    };
    if (!std::equal(other_.cells.begin(), other_.cells.end(), base_.cells.begin(), base_.cells.end(), same_cell)) {
      refuse("other management cells or terrain", "--other-grid");
    }
  }

 private:
  bool same_grid() const { return other_.crs == base_.crs && other_.x == base_.x && other_.y == base_.y; }
  void refuse(const std::string& what, const char* option = "") {
    problems_.add({other_.file.string()},
                  fmt::format("cannot be compared with {}: {}{}", base_.file.string(), what,
                              allowed_ == nullptr || *option == '\0' ? "" : fmt::format("; {} allows it", option)));
  }
  void note(const std::string& text) { notes_.push_back(fmt::format("{} {}", other_.file.filename().string(), text)); }

  void other_places() {
    const CellDifferences lacking = differences(base_.cells, other_.cells),
                          further = differences(other_.cells, base_.cells);
    if (lacking.missing.size() == base_.cells.size()) {
      refuse("no management cell in common");
      return;
    }
    if (!same_grid()) {
      note(fmt::format("lies on another grid (\"{}\" of {} x {} cells): held against the base by the ids of management "
                       "cells; whether the weather is the same cannot be told",
                       other_.grid, other_.x.size(), other_.y.size()));
    }
    for (const auto& [ids, text] :
         {std::pair{&lacking.missing, "lacks these management cells of the base: "},
          std::pair{&further.missing, "has management cells that the base lacks: "},
          std::pair{&lacking.changed, "has these management cells with another area or class: "}}) {
      if (!ids->empty()) {
        note(text + fmt::format("{}", fmt::join(*ids, ", ")));
      }
    }
  }

  void period() {
    const std::string own = fmt::format("{} to {}", format_utc(other_.start.front()), format_utc(other_.end));
    if (allowed_ == nullptr || !allowed_->period) {
      refuse(fmt::format("another period ({}, not {} to {}){}", own, format_utc(base_.start.front()),
                         format_utc(base_.end),
                         other_.complete && base_.complete ? "" : "; a run was stopped before its end"),
             "--other-period");
    } else if (other_.start.size() != base_.start.size()) {
      refuse(fmt::format("another length ({} hours, not {})", other_.start.size(), base_.start.size()));
    } else {
      note(fmt::format("is of another period ({}): changes hold its weather too", own));
    }
  }

  void weather() {
    for (const auto& [name, series] : base_.weather) {
      const auto& seen = other_.weather.at(name);
      const std::size_t n =
          std::size_t(std::mismatch(series.begin(), series.end(), seen.begin(), seen.end()).first - series.begin());
      if (n == series.size()) {
        continue;
      }
      const std::string what = fmt::format("other weather ({} is {}, not {}, in the hour from {})", name, seen[n],
                                           series[n], format_utc(base_.start[n]));
      if (allowed_ != nullptr && allowed_->weather) {
        note(fmt::format("has {}: changes hold the weather too", what));
      } else {
        refuse(what, "--other-weather");
      }
      return;
    }
  }

  const ResultFacts &base_, &other_;
  ProblemList& problems_;
  const AllowedDifferences* allowed_;
  std::vector<std::string> notes_;
};

} // namespace

void check_same_places(const ResultFacts& base, const ResultFacts& other, ProblemList& problems) {
  Check(base, other, problems, nullptr).same_places();
}

bool same_weather(const ResultFacts& base, const ResultFacts& other) {
  return other.start == base.start && other.end == base.end && other.weather == base.weather;
}

std::vector<std::string> check_comparable(const ResultFacts& base, const ResultFacts& other, ProblemList& problems,
                                          const AllowedDifferences* allowed) {
  return Check(base, other, problems, allowed).notes();
}

std::vector<Day> civil_days(const ResultFacts& facts) {
  const TimeZone zone(facts.time_zone);
  std::map<Instant, Day> days;
  for (std::size_t h = 0; h < facts.start.size(); ++h) {
    const Instant start = start_of_day(zone, facts.start[h]);
    days[start].start = start;
    days[start].hours[zone.to_civil(facts.start[h]).hour] = h;
  }
  std::vector<Day> list;
  for (auto& [start, day] : days) {
    list.push_back(std::move(day));
  }
  return list;
}

} // namespace tq
