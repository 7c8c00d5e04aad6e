#include "emission/duplicates.hpp"

#include "base/log.hpp"
#include "grid/geos.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <map>
#include <set>

namespace tq {

namespace {

using files::Position;

constexpr double reach = 100;          // m, of points
constexpr double least_overlap = 0.01; // of the smaller polygon
constexpr std::size_t named = 3;       // in a warning

/// A source's place in metres, with what comparisons need.
class Place {
 public:
  Place(const Grid& grid, const files::Feature& feature) : feature_(projected(grid, feature)) {
    for (const files::Line& line : feature_.lines) {
      for (std::size_t n = 0; n + 1 < line.size(); ++n) {
        const std::array<std::int64_t, 2> a = {std::llround(line[n].x), std::llround(line[n].y)};
        const std::array<std::int64_t, 2> b = {std::llround(line[n + 1].x), std::llround(line[n + 1].y)};
        pieces_.push_back(a < b ? std::array{a, b} : std::array{b, a});
      }
    }
    std::sort(pieces_.begin(), pieces_.end());
    if (!feature_.polygons.empty()) {
      area_ = std::make_unique<PlanarArea>(feature_.polygons);
    }
    each([this](Position p) {
      west_ = std::min(west_, p.x), east_ = std::max(east_, p.x);
      south_ = std::min(south_, p.y), north_ = std::max(north_, p.y);
    });
  }

  bool meets(const Place& other) const {
    if (west_ > other.east_ + reach || other.west_ > east_ + reach || south_ > other.north_ + reach ||
        other.south_ > north_ + reach) {
      return false;
    }
    if (area_ && other.area_) {
      return area_->overlap(*other.area_) > least_overlap * std::min(area_->area(), other.area_->area());
    }
    if (area_ || other.area_) {
      return area_ ? holds_part_of(other) : other.holds_part_of(*this);
    }
    return near(other) || shares_piece(other);
  }

 private:
  template <class Body> void each(Body body) const {
    for (const files::Polygon& polygon : feature_.polygons) {
      std::for_each(polygon.rings.front().begin(), polygon.rings.front().end(), body);
    }
    for (const files::Line& line : feature_.lines) {
      std::for_each(line.begin(), line.end(), body);
    }
    std::for_each(feature_.points.begin(), feature_.points.end(), body);
  }

  /// By the number of edges that a ray to the east crosses; holes count by themselves.
  bool holds(Position p) const {
    bool inside = false;
    for (const files::Polygon& polygon : feature_.polygons) {
      for (const files::Line& ring : polygon.rings) {
        for (std::size_t n = 0; n + 1 < ring.size(); ++n) {
          const Position a = ring[n], b = ring[n + 1];
          if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)) {
            inside = !inside;
          }
        }
      }
    }
    return inside;
  }

  bool holds_part_of(const Place& other) const {
    bool any = false;
    other.each([&](Position p) { any = any || holds(p); });
    return any;
  }

  bool near(const Place& other) const {
    for (const Position a : feature_.points) {
      for (const Position b : other.feature_.points) {
        if (std::hypot(a.x - b.x, a.y - b.y) <= reach) {
          return true;
        }
      }
    }
    return false;
  }

  bool shares_piece(const Place& other) const {
    return std::any_of(pieces_.begin(), pieces_.end(), [&](const auto& piece) {
      return std::binary_search(other.pieces_.begin(), other.pieces_.end(), piece);
    });
  }

  files::Feature feature_;
  std::vector<std::array<std::array<std::int64_t, 2>, 2>> pieces_; // of lines, ends in m, sorted
  std::unique_ptr<PlanarArea> area_;
  double west_ = std::numeric_limits<double>::infinity(), east_ = -west_, south_ = west_, north_ = -west_;
};

} // namespace

void DuplicateFinder::add(const Source& source, const files::Feature& feature, const Overlay& overlay) {
  if (source.proposed) {
    return;
  }
  Entry& entry =
      entries_.emplace_back(Entry{source.id, source.inventory, source.sector, source.geometry, &feature, {}});
  for (const CellShare& share : overlay.shares) {
    entry.cells.push_back(share.j * grid_.nx() + share.i);
  }
}

void DuplicateFinder::warn() const {
  std::map<std::string, std::vector<const Entry*>> sectors;
  std::map<std::string, std::set<std::string>> inventories;
  for (const Entry& entry : entries_) {
    sectors[entry.sector].push_back(&entry);
    inventories[entry.sector].insert(entry.inventory);
  }
  for (const auto& [sector, entries] : sectors) {
    if (inventories[sector].size() > 1) {
      warn(entries);
    }
  }
}

void DuplicateFinder::warn(const std::vector<const Entry*>& sector) const {
  std::vector<Place> places;
  std::map<int, std::vector<std::size_t>> in_cell; // earlier entries
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> found;
  for (std::size_t n = 0; n < sector.size(); ++n) {
    const Entry& entry = *sector[n];
    places.emplace_back(grid_, *entry.feature);
    std::set<std::size_t> others;
    for (const int cell : entry.cells) {
      std::vector<std::size_t>& earlier = in_cell[cell];
      others.insert(earlier.begin(), earlier.end());
      earlier.push_back(n);
    }
    std::set<std::string> met; // inventories
    for (const std::size_t o : others) {
      const Entry& other = *sector[o];
      if (other.inventory == entry.inventory || met.contains(other.inventory)) {
        continue;
      }
      const bool same_id = !entry.geometry.empty() && entry.geometry == other.geometry;
      if (same_id || places[n].meets(places[o])) {
        met.insert(other.inventory);
        found[{other.inventory, entry.inventory}].push_back(fmt::format("{} at {}", entry.id, other.id));
      }
    }
  }
  for (const auto& [pair, ids] : found) {
    log::warn("inventories \"{}\" and \"{}\" both have sector \"{}\" at the same place, so it counts twice: {} "
              "source{} of the second, {}{}",
              pair.first, pair.second, sector.front()->sector, ids.size(), ids.size() == 1 ? "" : "s",
              fmt::join(ids.begin(), ids.begin() + std::ptrdiff_t(std::min(named, ids.size())), ", "),
              ids.size() > named ? " ..." : "");
  }
}

} // namespace tq
