#pragma once
#include "emission/inventory.hpp"
#include "emission/measure_schedule.hpp"
#include "emission/measure_sets.hpp"
#include "emission/source_groups.hpp"
#include "state/tag_emission.hpp"

namespace tq {

/// The emission by tag in the hours of [start, end), those of the drivers; `groups` must have tags. Streams of a tag
/// with the same driver, measures and dates are summed before the hours, which so need not go through all sources.
TagEmission sum_by_tag(const Inventory& inventory, const std::vector<Measure>& measures,
                       const MeasureSchedule& schedule, const MeasureSets& sets, const ProfileClock& clock,
                       const TimeZone& zone, Instant start, Instant end, const EmittedSpecies& species,
                       const SourceGroups& groups);

} // namespace tq
