#include "emission/release.hpp"

#include "base/log.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <stdexcept>

namespace tq {

namespace {

using config::Settings;
using config::Type;

/// The hours that release something, cut where their share of it changes: [from, to) and the part of each hour in it.
struct Stretch {
  Instant from;
  Instant to;
  double part;
};

std::vector<Stretch> stretches(Instant start, Instant end) {
  const Instant first = start - start % seconds_per_hour, last = end - end % seconds_per_hour;
  const auto part = [](Instant seconds) { return double(seconds) / double(seconds_per_hour); };
  if (first == last) {
    return {{first, first + seconds_per_hour, part(end - start)}};
  }
  std::vector<Stretch> list = {{first, first + seconds_per_hour, part(first + seconds_per_hour - start)},
                               {first + seconds_per_hour, last, 1.0},
                               {last, last + seconds_per_hour, part(end - last)}};
  std::erase_if(list, [](const Stretch& stretch) { return stretch.from == stretch.to || stretch.part == 0; });
  return list;
}

class Reader {
 public:
  Reader(const Grid& grid, const EmittedSpecies& species, const TimeZone& zone, Instant start, Instant end,
         Drivers& drivers, ProblemList& problems)
      : grid_(grid), species_(species), zone_(zone), start_(start), end_(end), drivers_(drivers), problems_(problems) {}

  Source read(const Settings& item) {
    Source source;
    source.id = item.has("id") ? item.text("id") : "";
    source.sector = release_sector;
    source.department = item.text("department");
    source.enterprise = item.text("enterprise");
    source.where = item.where("id");
    source.where.column = 0;
    const std::size_t before = problems_.problems().size();
    place(item, source);
    const int tracer = tracer_of(item);
    const Instant start = item.has("start") ? item.time("start", zone_) : 0;
    const Instant end = end_of(item, start);
    const double rate = rate_of(item, double(end - start));
    if (problems_.problems().size() > before || tracer < 0 || end <= start || rate <= 0) {
      return source;
    }
    warn_of_hours_outside(source, start, end);
    for (const Stretch& stretch : stretches(start, end)) {
      Stream& stream = source.streams.emplace_back();
      stream.driver = drivers_.add({});
      stream.from = stretch.from;
      stream.to = stretch.to;
      stream.rate.assign(std::size_t(species_.count()), 0.0);
      stream.rate[std::size_t(tracer)] = rate * stretch.part;
    }
    return source;
  }

 private:
  int tracer_of(const Settings& item) {
    if (!item.has("tracer")) {
      return -1; // said already
    }
    const std::string id = item.text("tracer");
    const std::vector<std::string> known(species_.ids().begin(), species_.ids().begin() + species_.transported());
    const auto found = std::find(known.begin(), known.end(), id);
    if (found == known.end()) {
      item.problem(problems_, "tracer",
                   fmt::format("be a [[tracer]] or a species: {}{}", fmt::join(known, ", "), suggestion(id, known)));
    }
    return int(found - known.begin());
  }

  /// One of two keys must be given, and not both.
  bool one_of(const Settings& item, const std::string& key, const std::string& other) {
    if (item.given(key) == item.given(other)) {
      item.problem(problems_, key,
                   item.given(key) ? fmt::format("not stand beside {}", other) : fmt::format("be given, or {}", other));
      return false;
    }
    return true;
  }

  Instant end_of(const Settings& item, Instant start) {
    if (!one_of(item, "end", "duration") || !item.has("start")) {
      return start;
    }
    if (item.has("duration")) {
      return start + item.integer("duration");
    }
    if (!item.has("end")) {
      return start; // said already
    }
    const Instant end = item.time("end", zone_);
    if (end <= start) {
      item.problem(problems_, "end", "be after start");
    }
    return end;
  }

  /// kg s-1.
  double rate_of(const Settings& item, double seconds) {
    if (!one_of(item, "amount", "rate")) {
      return 0;
    }
    return item.has("rate") ? item.number("rate") : item.has("amount") ? item.number("amount") / seconds : 0.0;
  }

  void place(const Settings& item, Source& source) {
    const bool heights = item.given("base") || item.given("top");
    if (item.given("height") && heights) {
      item.problem(problems_, "height", "not stand beside base and top");
      return;
    }
    source.base = item.has("height") ? item.number("height") : item.number("base");
    source.top = item.has("height") ? source.base : item.has("top") ? item.number("top") : std::max(10.0, source.base);
    if (source.top < source.base) {
      item.problem(problems_, "top", fmt::format("be at least base = {} m", source.base));
      return;
    }
    if (!item.has("longitude") || !item.has("latitude")) {
      return; // said already
    }
    files::Feature feature;
    feature.id = source.id;
    feature.points = {{item.number("longitude"), item.number("latitude")}};
    feature.where = item.where("longitude");
    Overlay overlay;
    try {
      overlay = lay_over(grid_, feature);
    } catch (const InputError& error) {
      problems_.add(error);
      return;
    }
    if (overlay.inside() <= 0) {
      item.problem(problems_, "longitude",
                   fmt::format("lie in the domain with latitude = {}", item.number("latitude")));
      return;
    }
    try {
      source.placement = distribute(grid_, overlay, source.base, source.top);
    } catch (const std::domain_error& error) {
      item.problem(problems_,
                   item.given("height") ? "height"
                   : item.given("top")  ? "top"
                                        : "base",
                   fmt::format("be at most {} m, the top of the grid there", error.what()));
    }
  }

  void warn_of_hours_outside(const Source& source, Instant start, Instant end) const {
    const Instant inside = std::min(end, end_) - std::max(start, start_);
    if (start_ < end_ && inside <= 0) {
      log::warn("{}: release \"{}\" is not in the time of the run; it emits nothing", to_string(source.where),
                source.id);
    } else if (start_ < end_ && inside < end - start) {
      log::warn("{}: release \"{}\" is partly outside the time of the run, which emits {:.4g} % of it",
                to_string(source.where), source.id, 100.0 * double(inside) / double(end - start));
    }
  }

  const Grid& grid_;
  const EmittedSpecies& species_;
  const TimeZone& zone_;
  Instant start_, end_;
  Drivers& drivers_;
  ProblemList& problems_;
};

} // namespace

void declare_releases(config::Schema& schema) {
  const auto number = [&](const std::string& name, const std::string& text, const std::string& unit, double minimum,
                          double maximum, bool required = false) {
    schema.add({.key = "release[]." + name,
                .description = text,
                .required = required,
                .unit = unit,
                .minimum = minimum,
                .maximum = maximum});
  };
  const double any = std::numeric_limits<double>::infinity();
  schema.add({.key = "release[].tracer",
              .type = Type::text,
              .description = "What is released: the id of a [[tracer]] or of a species",
              .required = true});
  number("longitude", "Place (WGS84)", "degree", -180, 180, true);
  number("latitude", "Place (WGS84)", "degree", -90, 90, true);
  number("height", "Above ground, all at one height, in place of base and top", "m", 0, any);
  schema.add({.key = "release[].base",
              .description = "Spread evenly from this height above ground",
              .default_value = 0.0,
              .unit = "m",
              .minimum = 0});
  number("top", "To this one; 10 m, or base if that is higher, if absent", "m", 0, any);
  schema.add({.key = "release[].start", .type = Type::time, .description = "First instant", .required = true});
  schema.add({.key = "release[].end", .type = Type::time, .description = "Last instant; or give duration"});
  schema.add({.key = "release[].duration",
              .type = Type::integer,
              .description = "How long it lasts; or give end",
              .unit = "s",
              .minimum = 1,
              .maximum = 366.0 * double(seconds_per_day)});
  number("amount", "Released in all; hours that it fills in part emit their part, evenly; or give rate", "kg", 0, any);
  number("rate", "Released per time; or give amount", "kg s-1", 0, any);
  schema.add({.key = "release[].department",
              .type = Type::text,
              .description = "Department that answers for it, for measures",
              .default_value = std::string()});
  schema.add({.key = "release[].enterprise",
              .type = Type::text,
              .description = "Enterprise, for measures",
              .default_value = std::string()});
}

std::vector<Source> read_releases(const Grid& grid, const EmittedSpecies& species, const Settings& scenario,
                                  const TimeZone& zone, Instant start, Instant end, Drivers& drivers,
                                  ProblemList& problems) {
  Reader reader(grid, species, zone, start, end, drivers, problems);
  std::vector<Source> sources;
  for (const Settings& item : scenario.each("release")) {
    sources.push_back(reader.read(item));
  }
  return sources;
}

} // namespace tq
