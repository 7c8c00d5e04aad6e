#include "run/ground.hpp"

#include "emission/measures.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

namespace {

/// Index of a class, or -1 and a problem.
int find_class(const config::Settings& item, const char* key, const std::string& id, const LandCover& cover,
               ProblemList& problems) {
  const int found = cover.find(id);
  if (found < 0) {
    std::vector<std::string> ids;
    for (const LandCoverClass& row : cover.classes()) {
      ids.push_back(row.id);
    }
    item.problem(problems, key,
                 fmt::format("name classes of land cover: {}; \"{}\" is none{}", fmt::join(ids, ", "), id, suggestion(id, ids)));
  }
  return found;
}

bool holds_throughout(const config::Settings& item, const TimeZone& zone, Instant start, Instant end) {
  for (const char* key : {"weekdays", "hours", "when", "level"}) {
    if (item.given(key)) {
      return false;
    }
  }
  return (!item.given("from") || item.time("from", zone) <= start) &&
         (!item.given("to") || item.time("to", zone) + seconds_per_day >= end);
}

/// The part of each grid cell that lies in the management cells that the measure names, [j * nx + i]; all of it where it
/// names none.
std::vector<double> selected_part(const config::Settings& item, const GridFile& city) {
  const Grid& grid = city.grid;
  const std::size_t cells = std::size_t(grid.nx()) * std::size_t(grid.ny());
  std::vector<double> part(cells, item.given("ground.cell") ? 0.0 : 1.0);
  const std::vector<std::string> patterns = item.given("ground.cell") ? item.texts("ground.cell") : std::vector<std::string>{};
  for (const ManagementCell& cell : city.management.cells) {
    if (std::any_of(patterns.begin(), patterns.end(), [&](const std::string& one) { return matches(one, cell.id); })) {
      for (const CellShare& share : cell.overlay.shares) {
        double& there = part[std::size_t(share.j) * std::size_t(grid.nx()) + std::size_t(share.i)];
        there = std::min(1.0, there + share.amount / grid.cell_area()); // a parent and its children may both be chosen
      }
    }
  }
  return part;
}

} // namespace

std::vector<std::string> change_ground(const config::Settings& scenario, const TimeZone& zone, Instant start, Instant end,
                                       GridFile& city, ProblemList& problems) {
  std::vector<std::string> changes;
  const Grid& grid = city.grid;
  const std::size_t classes = city.land_cover.classes().size();
  for (const config::Settings& item : scenario.each("measure")) {
    if (!item.given("ground") || !item.has("ground.becomes")) {
      continue; // without it, it is a problem already
    }
    if (!item.has("kind") || item.text("kind") != "surface") {
      item.problem(problems, "ground.becomes", "not be given but for a measure of kind surface");
      continue;
    }
    if (!holds_throughout(item, zone, start, end)) {
      item.problem(problems, "ground.becomes", "hold all through the run: ground cannot change within it, so the measure must "
                                        "not begin later, end earlier or be bound to hours, days, weather or a level");
      continue;
    }
    const int to = find_class(item, "ground.becomes", item.text("ground.becomes"), city.land_cover, problems);
    std::vector<bool> from(classes, !item.given("ground.was"));
    bool known = to >= 0;
    for (const std::string& id : item.given("ground.was") ? item.texts("ground.was") : std::vector<std::string>()) {
      const int c = find_class(item, "ground.was", id, city.land_cover, problems);
      known = known && c >= 0;
      if (c >= 0) {
        from[std::size_t(c)] = true;
      }
    }
    if (!known) {
      continue;
    }
    const double done = item.number("coverage") * item.number("compliance");
    const std::vector<double> part = selected_part(item, city);
    std::vector<double> shares;
    double area = 0; // m2
    for (int j = 0; j < grid.ny(); ++j) {
      for (int i = 0; i < grid.nx(); ++i) {
        const double changing = done * part[std::size_t(j) * std::size_t(grid.nx()) + std::size_t(i)];
        const std::size_t first = shares.size();
        for (std::size_t c = 0; c < classes; ++c) {
          shares.push_back(city.land_cover.share(i, j, int(c)));
        }
        for (std::size_t c = 0; c < classes; ++c) {
          if (from[c] && int(c) != to) {
            const double moved = changing * shares[first + c];
            shares[first + c] -= moved;
            shares[first + std::size_t(to)] += moved;
            area += moved * grid.cell_area();
          }
        }
      }
    }
    if (!(area > 0)) {
      item.problem(problems, "ground.becomes", "find ground that it changes: there is none of these classes in these cells");
      continue;
    }
    changes.push_back(fmt::format("measure {}: {:.2f} km2 of ground become {}", item.text("id"), area * 1e-6,
                                  item.text("ground.becomes")));
    city.land_cover = LandCover(city.land_cover.classes(), grid.nx(), grid.ny(), std::move(shares));
  }
  return changes;
}

} // namespace tq
