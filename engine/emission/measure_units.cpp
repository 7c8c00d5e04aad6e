#include "emission/measure_units.hpp"

#include <algorithm>
#include <map>

namespace tq {

namespace {

struct Unit {
  double area = 0;        // m2
  std::vector<bool> days; // of the measure's active days
};

/// Marks the active days on which hours in [from, to) are active.
void mark_days(const MeasureActivity& activity, Instant from, Instant to, std::vector<bool>& days) {
  const auto first = std::lower_bound(activity.hours.begin(), activity.hours.end(), from);
  const auto last = std::lower_bound(first, activity.hours.end(), to);
  if (first != last) {
    const std::size_t begin = activity.day_of(std::size_t(first - activity.hours.begin()));
    const std::size_t end = activity.day_of(std::size_t(last - activity.hours.begin()) - 1) + 1;
    std::fill(days.begin() + std::ptrdiff_t(begin), days.begin() + std::ptrdiff_t(end), true);
  }
}

} // namespace

MeasuredUnits count_units(const Inventory& inventory, const Measure& measure, const MeasureActivity& activity) {
  std::map<SourceUnit, Unit> units;
  for (const std::size_t s : measure.sources) {
    const Source& source = inventory.sources[s];
    Unit& unit = units[unit_of(source)];
    unit.area = source.area;
    unit.days.resize(activity.days());
    for (const Stream& stream : source.streams) {
      if (measure.facet(source, stream.part)) {
        mark_days(activity, stream.from, stream.to, unit.days);
      }
    }
  }
  MeasuredUnits sum;
  for (const auto& [place, unit] : units) {
    const double days = double(std::count(unit.days.begin(), unit.days.end(), true));
    sum.unit_days += days;
    sum.area_days += days * unit.area;
  }
  return sum;
}

} // namespace tq
