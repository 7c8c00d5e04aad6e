#pragma once
#include "emission/activity.hpp"
#include "emission/dust_responses.hpp"
#include "emission/dust_table.hpp"

namespace tq {

/// What kinds of dust share.

/// The columns `from` and `to` [date], between which a row emits: the day `to` is the last.
std::vector<ActivityColumn> date_columns();
/// Dates every stream by them; refuses a `to` before `from`.
void date_streams(ActivityRow& row, const TimeZone& zone, std::vector<Stream>& streams);

/// The column `area` [m2].
ActivityColumn area_column(const std::string& description);
/// The area that the row gives, else that of its polygon [m2]; having neither is a problem, and the area 0.
double area_of(const ActivityRow& row, const Source& source, ProblemList& problems);
/// Length of the source's line [m]; another geometry is a problem, and the length 0.
double length_of(const Source& source, ProblemList& problems);

/// A time [s] in whole hours; refuses what is not whole, and is 1 then.
int hours_of(ActivityRow& row, std::string_view column);

/// Rates [kg s-1 per emitted species] of dust [kg s-1] with the calcium and magnesium that it holds.
std::vector<double> dust_rates(const EmittedSpecies& species, const physics::ParticleSizes& dust,
                               const DustComposition& composition);

/// A stream of dust.
Stream dust_stream(const std::string& part, std::size_t driver, std::vector<double> rates);

/// A row of the table that the engine itself names; throws std::logic_error if the installed table lacks it.
const GroundClass& ground_class(const std::string& id);
const DustComposition& dust_composition(const std::string& id);

/// The column `disturbance`: time [s] between disturbances of a pile, or of what `of_what` says.
ActivityColumn disturbance_column(const std::string& of_what);

/// What a pile of material emits: stream "handling" of `flow` [kg s-1] dropped with `moisture` [1], and stream "wind"
/// over the row's `area` between disturbances. Dust holds the calcium and magnesium of the material.
std::vector<Stream> pile_streams(ActivityRow& row, const Source& source, ActivityContext& context,
                                 const PileMaterial& material, double moisture, double flow);

} // namespace tq
