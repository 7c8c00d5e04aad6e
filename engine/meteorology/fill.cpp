#include "meteorology/fill.hpp"

#include "base/constants.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace tq {

namespace {

double interpolate(double before, double after, double share) {
  return before + share * (after - before);
}

double interpolate_direction(double before, double after, double share) {
  constexpr double radian = constants::pi / 180.0;
  const double east = interpolate(std::sin(before * radian), std::sin(after * radian), share);
  const double north = interpolate(std::cos(before * radian), std::cos(after * radian), share);
  if (std::hypot(east, north) < 1e-6) {
    return before; // the ends oppose each other: their mean has no direction
  }
  const double degrees = std::atan2(east, north) / radian;
  return degrees < 0 ? std::fmod(degrees + 360.0, 360.0) : degrees;
}

/// Takes the hours [begin, end) from as many whole days before, or, at the beginning, after.
void repeat(std::vector<double>& values, std::size_t begin, std::size_t end) {
  const std::size_t period = (end - begin + 23) / 24 * 24;
  for (std::size_t i = begin; i < end; ++i) {
    if (begin >= period) {
      values[i] = values[i - period];
    } else if (i + period < values.size()) {
      values[i] = values[i + period];
    }
  }
}

} // namespace

std::string name(FillPolicy::Kind kind) {
  switch (kind) {
  case FillPolicy::Kind::interpolate:
    return "interpolate";
  case FillPolicy::Kind::hold:
    return "hold";
  case FillPolicy::Kind::repeat:
    return "repeat";
  case FillPolicy::Kind::constant:
    return "constant";
  default:
    return "error";
  }
}

std::vector<HourRun> gaps(const std::vector<double>& values, Instant first) {
  std::vector<HourRun> runs;
  bool open = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isnan(values[i])) {
      open = false;
      continue;
    }
    if (!open) {
      runs.push_back({first + Instant(i) * seconds_per_hour, 0});
    }
    open = true;
    ++runs.back().hours;
  }
  return runs;
}

void fill(std::vector<double>& values, const FillPolicy& policy, bool circular) {
  if (policy.kind == FillPolicy::Kind::error) {
    return;
  }
  for (const HourRun& gap : gaps(values, 0)) {
    const std::size_t begin = std::size_t(gap.first / seconds_per_hour);
    const std::size_t end = begin + std::size_t(gap.hours);
    if (policy.kind == FillPolicy::Kind::constant) {
      std::fill(values.begin() + std::ptrdiff_t(begin), values.begin() + std::ptrdiff_t(end), policy.value);
      continue;
    }
    if (policy.kind == FillPolicy::Kind::repeat) {
      if (gap.hours <= policy.max_hours) {
        repeat(values, begin, end);
      }
      continue;
    }
    const bool interpolates = policy.kind == FillPolicy::Kind::interpolate;
    if (gap.hours > policy.max_hours || begin == 0 || (interpolates && end == values.size())) {
      continue;
    }
    const double before = values[begin - 1];
    const double after = interpolates ? values[end] : before;
    for (std::size_t i = begin; i < end; ++i) {
      const double share = double(i - begin + 1) / double(gap.hours + 1);
      values[i] = !interpolates ? before
                  : circular    ? interpolate_direction(before, after, share)
                                : interpolate(before, after, share);
    }
  }
}

int FillReport::longest() const { return std::ranges::max(runs, {}, &HourRun::hours).hours; }

void hold_direction_in_calms(const std::vector<double>& speed, std::vector<double>& direction) {
  double last = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = 0; i < speed.size() && std::isnan(last); ++i) {
    last = speed[i] > 0 ? direction[i] : last;
  }
  if (std::isnan(last)) {
    last = 0; // it is calm all the time: any direction will do
  }
  for (std::size_t i = 0; i < speed.size(); ++i) {
    if (speed[i] == 0) {
      direction[i] = last;
    } else if (!std::isnan(direction[i])) {
      last = direction[i];
    }
  }
}

std::string to_text(const std::vector<HourRun>& runs, const TimeZone& zone, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(runs.size(), most); ++i) {
    text += fmt::format("{}{} ({} h)", i == 0 ? "" : ", ", format_civil(zone.to_civil(runs[i].first)),
                        runs[i].hours);
  }
  if (runs.size() > most) {
    text += fmt::format(", and {} more", runs.size() - most);
  }
  return text;
}

} // namespace tq
