#include "meteorology/epw_traps.hpp"

#include "base/constants.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tq::observed {

namespace {

using files::EpwHour;

constexpr double radian = constants::pi / 180.0;

/// Correlation of pairs; pairs with NaN are left out.
class Correlation {
 public:
  void add(double x, double y) {
    if (std::isnan(x) || std::isnan(y)) {
      return;
    }
    n_ += 1;
    x_ += x;
    y_ += y;
    xx_ += x * x;
    yy_ += y * y;
    xy_ += x * y;
  }
  /// `otherwise` where one side never changes.
  double value(double otherwise) const {
    const double spread_x = n_ * xx_ - x_ * x_, spread_y = n_ * yy_ - y_ * y_;
    constexpr double round_off = 1e-9;
    const bool both_change = spread_x > round_off * n_ * xx_ && spread_y > round_off * n_ * yy_;
    return both_change ? (n_ * xy_ - x_ * y_) / std::sqrt(spread_x * spread_y) : otherwise;
  }

 private:
  double n_ = 0, x_ = 0, y_ = 0, xx_ = 0, yy_ = 0, xy_ = 0;
};

/// Share of the days on which the speed of each hour of the day equals that of the hour before; NaN without any day.
std::array<double, 24> unchanged_share(const files::EpwFile& epw) {
  std::array<double, 24> same{}, days{};
  for (std::size_t i = 1; i < epw.hours.size(); ++i) {
    const double before = epw.hours[i - 1].wind_speed, now = epw.hours[i].wind_speed;
    if (!std::isnan(before) && !std::isnan(now)) {
      const auto hour = std::size_t(epw.hours[i].hour - 1);
      same[hour] += before == now;
      days[hour] += 1;
    }
  }
  for (std::size_t hour = 0; hour < 24; ++hour) {
    same[hour] /= days[hour];
  }
  return same;
}

void look_at_wind(const files::EpwFile& epw, EpwTraps& traps) {
  const std::array<double, 24> share = unchanged_share(epw);
  std::array<bool, 24> held{};
  std::vector<int> observed;
  double least = 1;
  for (std::size_t hour = 0; hour < 24; ++hour) {
    held[hour] = share[hour] >= EpwTraps::hold_limit;
    if (held[hour]) {
      least = std::min(least, share[hour]);
    } else if (share[hour] <= EpwTraps::change_limit) {
      observed.push_back(int(hour) + 1);
    } else {
      return; // neither: this wind is of another kind
    }
  }
  if (observed.empty() || 24 - int(observed.size()) < EpwTraps::least_held) {
    return;
  }
  double cosine = 0, count = 0;
  for (std::size_t i = 1; i < epw.hours.size(); ++i) {
    const EpwHour &before = epw.hours[i - 1], &now = epw.hours[i];
    const double turn = std::cos((now.wind_direction - before.wind_direction) * radian);
    if (held[std::size_t(now.hour - 1)] && now.wind_speed > 0 && before.wind_speed > 0 && !std::isnan(turn)) {
      cosine += turn;
      count += 1;
    }
  }
  traps.observed_hours = observed;
  traps.held_share = least;
  traps.turn_cosine = count > 0 ? cosine / count : 1;
}

void look_at_cloud(const files::EpwFile& epw, EpwTraps& traps) {
  Correlation memory, following;
  for (std::size_t i = 1; i < epw.hours.size(); ++i) {
    const EpwHour &before = epw.hours[i - 1], &now = epw.hours[i];
    memory.add(before.cloud_cover, now.cloud_cover);
    following.add(now.cloud_cover - before.cloud_cover, now.infrared_radiation - before.infrared_radiation);
  }
  traps.cloud_memory = memory.value(1);
  traps.infrared_correlation = following.value(0);
}

/// The hour `share` of the way from one observation to the next.
void interpolate_wind(const EpwHour& before, const EpwHour& after, double share, EpwHour& hour) {
  hour.wind_speed = before.wind_speed + share * (after.wind_speed - before.wind_speed);
  if (std::isnan(hour.wind_speed)) {
    hour.wind_direction = EpwHour::missing;
    return;
  }
  // A calm counts for nothing, whatever direction the file writes for it.
  const double first = (1 - share) * before.wind_speed, second = share * after.wind_speed;
  const auto component = [&](auto&& of) {
    return (first > 0 ? first * of(before.wind_direction * radian) : 0.0) +
           (second > 0 ? second * of(after.wind_direction * radian) : 0.0);
  };
  const double east = component([](double angle) { return std::sin(angle); });
  const double north = component([](double angle) { return std::cos(angle); });
  if (std::hypot(east, north) < 1e-6) {
    hour.wind_direction = before.wind_direction; // the ends oppose each other, or both are calm
    return;
  }
  const double degrees = std::atan2(east, north) / radian;
  hour.wind_direction = degrees < 0 ? std::fmod(degrees + 360.0, 360.0) : degrees;
}

} // namespace

EpwTraps EpwTraps::of(const files::EpwFile& epw) {
  EpwTraps traps;
  look_at_wind(epw, traps);
  look_at_cloud(epw, traps);
  return traps;
}

int interpolate_held_wind(files::EpwFile& epw, const std::vector<int>& observed_hours) {
  std::vector<std::size_t> observed;
  for (std::size_t i = 0; i < epw.hours.size(); ++i) {
    if (std::ranges::find(observed_hours, epw.hours[i].hour) != observed_hours.end()) {
      observed.push_back(i);
    }
  }
  const std::size_t count = epw.hours.size();
  for (std::size_t n = 0; n < observed.size(); ++n) {
    const std::size_t begin = observed[n];
    const std::size_t end = n + 1 < observed.size() ? observed[n + 1] : observed.front() + count;
    for (std::size_t i = begin + 1; i < end; ++i) {
      interpolate_wind(epw.hours[begin], epw.hours[end % count], double(i - begin) / double(end - begin),
                       epw.hours[i % count]);
    }
  }
  return int(count - observed.size());
}

} // namespace tq::observed
