#include "output/result_quality.hpp"

#include "output/result_grid.hpp"
#include "output/result_writer.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iterator>
#include <limits>
#include <stdexcept>

namespace tq {

using files::Hdf5Type;

namespace {

constexpr std::size_t pollutants = standard_pollutants.size();
constexpr const char* kinds[] = {"cell", "district", "city", "receptor"}; // as QualityPlace::Kind
constexpr const char* period_kinds[] = {"month", "year", "whole"};        // as Period::Kind

/// A daily value of every pollutant.
struct DayColumn {
  const char* name;
  const char* text;
  ByPollutant<double> DayQuality::*value;
};

constexpr DayColumn day_columns[] = {
    {"daily_mean", "mean of 24 hours", &DayQuality::mean},
    {"daily_judged", "what the day's limit is made for: the mean of 24 hours, of O3 the largest 8-hour mean",
     &DayQuality::judged},
    {"daily_maximum", "largest mean of an hour", &DayQuality::maximum},
};

/// A value of a period that each pollutant has.
struct PeriodColumn {
  const char* name;
  const char* text;
  const char* units;
  double (*value)(const PeriodQuality& quality, std::size_t p);
  bool in_maps;
};

constexpr PeriodColumn period_columns[] = {
    {"mean", "mean of the 24-hour means", "kg m-3", [](const PeriodQuality& q, std::size_t p) { return q.mean[p]; },
     true},
    {"percentile", "percentile of the days' judged values", "kg m-3",
     [](const PeriodQuality& q, std::size_t p) { return q.percentile[p]; }, true},
    {"exceeded_days", "days above the limit of the place's class", "1",
     [](const PeriodQuality& q, std::size_t p) { return double(q.exceeded_days[p]); }, true},
    {"primary_days", "days on which it is a primary pollutant", "1",
     [](const PeriodQuality& q, std::size_t p) { return double(q.primary_days[p]); }, false},
    {"mean_suffices", "1: there are as many 24-hour means as the standard asks for", "1",
     [](const PeriodQuality& q, std::size_t p) { return q.mean_enough[p] ? 1.0 : 0.0; }, false},
    {"percentile_suffices", "1: there are as many judged days as the standard asks for", "1",
     [](const PeriodQuality& q, std::size_t p) { return q.percentile_enough[p] ? 1.0 : 0.0; }, false},
};

/// A value of a period as a whole.
struct PeriodNumber {
  const char* name;
  const char* text;
  double (*value)(const PeriodQuality& quality);
};

constexpr PeriodNumber period_numbers[] = {
    {"good_days", "days with an index of at most 100", [](const PeriodQuality& q) { return double(q.good_days); }},
    {"valid_days", "days with an index", [](const PeriodQuality& q) { return double(q.valid_days); }},
    {"composite", "composite index, by the edition of the period's last day",
     [](const PeriodQuality& q) { return q.composite; }},
};

template <class Row, class Value> std::vector<double> values_of(const std::vector<Row>& rows, Value value) {
  std::vector<double> values;
  std::transform(rows.begin(), rows.end(), std::back_inserter(values), value);
  return values;
}

/// [place * count + n]
template <class Row, class Value>
std::vector<double> tables_of(const std::vector<Row>& rows, std::size_t count, Value value) {
  std::vector<double> values;
  for (const Row& row : rows) {
    for (std::size_t n = 0; n < count; ++n) {
      values.push_back(value(row, n));
    }
  }
  return values;
}

} // namespace

// The group has dimensions and axes of its own: who opens it alone finds them there.
void ResultWriter::create_quality(const Grid& grid) {
  const ResultQualityHeader& quality = header_.quality;
  if (quality.periods.empty()) {
    return;
  }
  const auto texts = [&](const std::string& name, const std::string& dimension, const std::string& long_name,
                         const std::vector<std::string>& values) {
    const std::string path = "/quality/" + name;
    file_.create(path, {.type = Hdf5Type::text, .dimensions = {"/quality/" + dimension}});
    file_.write(path, values);
    describe(file_, path, "", long_name, "");
  };
  file_.set_attribute("/quality/", "edition", quality.editions);
  file_.set_attribute("/quality/", "reference_state", quality.reference_state);

  file_.create_dimension("/quality/pollutant", pollutants);
  texts("pollutant_id", "pollutant", "pollutant of the standard",
        {standard_pollutants.begin(), standard_pollutants.end()});
  file_.create_dimension("/quality/period", quality.periods.size());
  std::vector<std::string> labels, period_kind;
  std::vector<double> start, end;
  for (const Period& period : quality.periods) {
    labels.push_back(period.label);
    period_kind.emplace_back(period_kinds[std::size_t(period.kind)]);
    start.push_back(double(period.start));
    end.push_back(double(period.end));
  }
  texts("period_label", "period", "month, year, or all days", labels);
  texts("period_kind", "period", "kind of the period", period_kind);
  for (const auto& [name, text, values] : {std::tuple{"period_start", "beginning of the period", &start},
                                           std::tuple{"period_end", "end of the period", &end}}) {
    const std::string path = std::string("/quality/") + name;
    file_.create(path, {.type = Hdf5Type::float64, .dimensions = {"/quality/period"}});
    file_.write(path, *values);
    describe_time(file_, path, text);
  }
  if (!quality.places.empty()) {
    file_.create_dimension("/quality/place", quality.places.size());
    std::vector<std::string> id, name, kind;
    std::vector<std::int32_t> function_class;
    for (const QualityPlace& place : quality.places) {
      id.push_back(place.id);
      name.push_back(place.name);
      kind.emplace_back(kinds[std::size_t(place.kind)]);
      function_class.push_back(place.function_class);
    }
    texts("place_id", "place", "id of the place", id);
    texts("place_name", "place", "name", name);
    texts("place_kind", "place", "what the id is the id of", kind);
    file_.create("/quality/function_class", {.type = Hdf5Type::int32, .dimensions = {"/quality/place"}});
    file_.write("/quality/function_class", function_class);
    describe(file_, "/quality/function_class", "", "class of GB 3095 by whose limits the place is judged", "1");
    create_quality_days();
    create_quality_periods();
  }
  write_axes(file_, "/quality", grid);
  create_quality_maps();
}

void ResultWriter::create_quality_days() {
  const std::size_t places = header_.quality.places.size();
  constexpr std::size_t days = 32; // of a chunk
  file_.create_unlimited("/quality/day", Hdf5Type::float64, days);
  records_["/quality/day"] = {Hdf5Type::float64, &ResultWriter::days_};
  describe_time(file_, "/quality/day", "beginning of the civil day");
  file_.set_attribute("/quality/day", "axis", std::string("T"));
  file_.set_attribute("/quality/day", "bounds", std::string("day_bnds"));
  create_record("/quality/day_bnds",
                {.type = Hdf5Type::float64, .dimensions = {"/quality/day", "/bound"}, .chunk = {days, 2}});
  create_record("/quality/date", {.type = Hdf5Type::int32, .dimensions = {"/quality/day"}, .chunk = {days}});
  describe(file_, "/quality/date", "", "civil date, YYYYMMDD", "1");

  const auto create = [&](const std::string& name, Hdf5Type type, const std::string& long_name,
                          const std::string& units, bool by_pollutant) {
    const std::string path = "/quality/" + name;
    files::Hdf5Layout layout{.type = type,
                             .dimensions = {"/quality/day", "/quality/place"},
                             .chunk = {days, places},
                             .fill_missing = type == Hdf5Type::float32};
    if (by_pollutant) {
      layout.dimensions.emplace_back("/quality/pollutant");
      layout.chunk.push_back(pollutants);
    }
    create_record(path, layout);
    describe(file_, path, "", long_name, units);
    file_.set_attribute(path, "coordinates",
                        std::string("date place_id place_name place_kind") + (by_pollutant ? " pollutant_id" : ""));
    return path;
  };
  create("aqi", Hdf5Type::float32, "air quality index; missing where a value that it needs is", "1", false);
  create("iaqi", Hdf5Type::float32, "largest of the pollutant's individual indices", "1", true);
  for (const DayColumn& column : day_columns) {
    create(column.name, Hdf5Type::float32, column.text, "kg m-3", true);
  }
  const std::string quality_class = create("class", Hdf5Type::int32, "class of the index", "1", false);
  std::vector<std::int32_t> flags = {0};
  std::string meanings = "none";
  for (std::int32_t quality = 1; quality <= std::int32_t(DayQuality::classes); ++quality) {
    flags.push_back(quality);
    meanings += std::string(" ") + quality_name(quality);
  }
  file_.set_attribute(quality_class, "flag_values", flags);
  file_.set_attribute(quality_class, "flag_meanings", meanings);
  for (const auto& [name, text] :
       {std::pair{"primary", "pollutants whose individual index is the largest, and above 50"},
        std::pair{"exceeded", "pollutants whose judged value is above the limit of the place's class"}}) {
    const std::string path = create(name, Hdf5Type::int32, text, "1", false);
    std::vector<std::int32_t> masks;
    for (std::size_t p = 0; p < pollutants; ++p) {
      masks.push_back(std::int32_t(1) << p);
    }
    file_.set_attribute(path, "flag_masks", masks);
    file_.set_attribute(path, "flag_meanings", fmt::format("{}", fmt::join(standard_pollutants, " ")));
  }
}

void ResultWriter::create_quality_periods() {
  const auto create = [&](const std::string& name, const std::string& long_name, const std::string& units,
                          const std::string& more) {
    const std::string path = "/quality/" + name;
    files::Hdf5Layout layout{
        .type = Hdf5Type::float32, .dimensions = {"/quality/period", "/quality/place"}, .fill_missing = true};
    if (!more.empty()) {
      layout.dimensions.push_back("/quality/" + more);
    }
    create_record(path, layout);
    describe(file_, path, "", long_name + "; missing until the period ends", units);
    file_.set_attribute(path, "coordinates",
                        "period_label place_id place_name place_kind" +
                            (more.empty() ? "" : " " + more + (more == "pollutant" ? "_id" : "_name")));
    return path;
  };
  for (const PeriodColumn& column : period_columns) {
    create(column.name, column.text, column.units, "pollutant");
  }
  for (const PeriodNumber& number : period_numbers) {
    create(number.name, number.text, "1", "");
  }
  file_.create_dimension("/quality/index_class", DayQuality::classes);
  std::vector<std::string> names;
  for (int quality = 1; quality <= int(DayQuality::classes); ++quality) {
    names.emplace_back(quality_name(quality));
  }
  file_.create("/quality/index_class_name", {.type = Hdf5Type::text, .dimensions = {"/quality/index_class"}});
  file_.write("/quality/index_class_name", names);
  describe(file_, "/quality/index_class_name", "", "class of the index", "");
  create("class_days", "days of each class", "1", "index_class");
  file_.create("/quality/percentile_rank", {.type = Hdf5Type::float64, .dimensions = {"/quality/pollutant"}});
  file_.write("/quality/percentile_rank", std::span<const double>(header_.quality.percentile));
  describe(file_, "/quality/percentile_rank", "", "which percentile of the days `percentile` is", "%");
}

void ResultWriter::create_quality_maps() {
  constexpr std::size_t longest = 512; // a chunk stays at or below the chunk cache's 1 MiB
  const auto create = [&](const std::string& name, const std::string& long_name, const std::string& units) {
    const std::string path = "/quality/map_" + name;
    create_record(path, {.type = Hdf5Type::float32,
                         .dimensions = {"/quality/period", "/quality/y", "/quality/x"},
                         .chunk = {1, std::min(ny_, longest), std::min(nx_, longest)},
                         .compression = options_.compression,
                         .fill_missing = true});
    describe(file_, path, "", long_name + "; missing until the period ends", units);
    file_.set_attribute(path, "grid_mapping", std::string("crs"));
    file_.set_attribute(path, "coordinates", std::string("period_label lat lon"));
  };
  for (const PeriodNumber& number : period_numbers) {
    create(number.name, number.text, "1");
  }
  for (const ResultPollutant& p : header_.pollutants) {
    if (std::find(standard_pollutants.begin(), standard_pollutants.end(), p.id) != standard_pollutants.end()) {
      for (const PeriodColumn& column : period_columns) {
        if (column.in_maps) {
          create(fmt::format("{}_{}", column.name, p.id), fmt::format("{}: {}", p.name, column.text), column.units);
        }
      }
    }
  }
}

void ResultWriter::write_quality(const ResultQuality& quality) {
  if (header_.quality.periods.empty()) {
    return;
  }
  for (const ResultDay& day : quality.days) {
    write_day(day);
  }
  for (const ResultPeriod& period : quality.periods) {
    write_period(period);
  }
}

void ResultWriter::write_day(const ResultDay& day) {
  if (day.places.size() != header_.quality.places.size()) {
    throw std::logic_error("result file: a day's places have the wrong number");
  }
  if (day.places.empty()) {
    return;
  }
  const auto put = [&](const char* name, const std::vector<double>& values) {
    append(std::string("/quality/") + name, days_, values);
  };
  const auto index = [](int value) { return value < 0 ? std::numeric_limits<double>::quiet_NaN() : double(value); };
  put("day", {double(day.start)});
  put("day_bnds", {double(day.start), double(day.end)});
  put("date", {double(day.date)});
  put("aqi", values_of(day.places, [&](const DayQuality& at) { return index(at.index); }));
  put("class", values_of(day.places, [](const DayQuality& at) { return double(at.quality()); }));
  put("primary", values_of(day.places, [](const DayQuality& at) { return double(at.primary); }));
  put("exceeded", values_of(day.places, [](const DayQuality& at) { return double(at.exceeded); }));
  put("iaqi",
      tables_of(day.places, pollutants, [&](const DayQuality& at, std::size_t p) { return index(at.individual[p]); }));
  for (const DayColumn& column : day_columns) {
    put(column.name,
        tables_of(day.places, pollutants, [&](const DayQuality& at, std::size_t p) { return (at.*column.value)[p]; }));
  }
  ++days_;
}

void ResultWriter::write_period(const ResultPeriod& period) {
  if (period.places.size() != header_.quality.places.size() || period.grid.size() != nx_ * ny_) {
    throw std::logic_error("result file: a period's places have the wrong number");
  }
  const auto put = [&](const std::string& name, const std::vector<double>& values) {
    append("/quality/" + name, periods_, values);
  };
  for (const PeriodNumber& number : period_numbers) {
    if (!period.places.empty()) {
      put(number.name, values_of(period.places, number.value));
    }
    put(std::string("map_") + number.name, values_of(period.grid, number.value));
  }
  for (const PeriodColumn& column : period_columns) {
    if (!period.places.empty()) {
      put(column.name, tables_of(period.places, pollutants, column.value));
    }
    for (std::size_t p = 0; p < pollutants && column.in_maps; ++p) {
      const std::string map = fmt::format("map_{}_{}", column.name, standard_pollutants[p]);
      if (records_.contains("/quality/" + map)) { // of pollutants that the run has
        put(map, values_of(period.grid, [&](const PeriodQuality& at) { return column.value(at, p); }));
      }
    }
  }
  if (!period.places.empty()) {
    put("class_days", tables_of(period.places, DayQuality::classes,
                                [](const PeriodQuality& at, std::size_t n) { return double(at.quality_days[n]); }));
  }
  ++periods_;
}

} // namespace tq
