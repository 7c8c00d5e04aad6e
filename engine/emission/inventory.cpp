#include "emission/inventory.hpp"

#include "base/log.hpp"
#include "base/text_file.hpp"
#include "emission/activity_table.hpp"
#include "emission/duplicates.hpp"
#include "emission/release.hpp"
#include "files/vector.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <optional>
#include <stdexcept>

namespace tq {

namespace {

/// The geometries of one file, each laid over the grid once, when a source first asks for it.
class Geometries {
 public:
  Geometries(const Grid& grid, std::vector<files::Feature> features) : grid_(grid), features_(std::move(features)) {
    for (std::size_t f = 0; f < features_.size(); ++f) {
      by_id_.emplace(features_[f].id, f);
      ids_.push_back(features_[f].id);
    }
  }

  const std::vector<std::string>& ids() const { return ids_; }
  const files::Feature* find(const std::string& id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &features_[found->second];
  }
  /// Nothing if the geometry is invalid; that is a problem once, not once per source.
  const Overlay* overlay(const std::string& id, ProblemList& problems) {
    const auto known = overlays_.find(id);
    if (known != overlays_.end()) {
      return known->second ? &*known->second : nullptr;
    }
    std::optional<Overlay>& made = overlays_[id];
    try {
      made = lay_over(grid_, *find(id));
    } catch (const InputError& error) {
      problems.add(error);
    }
    return made ? &*made : nullptr;
  }

 private:
  const Grid& grid_;
  std::vector<files::Feature> features_;
  std::vector<std::string> ids_;
  std::map<std::string, std::size_t> by_id_;
  std::map<std::string, std::optional<Overlay>> overlays_;
};

/// The profiles that any inventory may name, read once. Throws InputError.
const std::vector<Profile>& common_profiles() {
  static const std::vector<Profile> profiles = [] {
    ProblemList problems;
    std::vector<Profile> read = read_profiles(data_directory() / "emission" / "profiles.toml", problems);
    problems.throw_if_any();
    return read;
  }();
  return profiles;
}

class Reader {
 public:
  Reader(const Grid& grid, const ManagementCells& cells, const EmittedSpecies& species, const TimeZone& zone,
         Instant start, Instant end, ProblemList& problems)
      : grid_(grid), cells_(cells), species_(species), zone_(zone), start_(start), end_(end), locator_(grid, cells),
        problems_(problems), duplicates_(grid) {
    for (const ManagementCell& cell : cells.cells) {
      cell_ids_.push_back(cell.id);
    }
  }

  void read(const config::Settings& item) {
    const ActivityKind* kind = find_kind(item.text("kind"));
    if (kind == nullptr) {
      return; // choices are declared, so that is a problem already
    }
    std::vector<std::string> profile_names;
    ActivityTable table;
    Geometries* found = &no_geometries_;
    const auto attempt = [&](const std::string& key, const auto& action) {
      if (!item.has(key)) {
        return true; // a required key that is missing or bad is a problem already
      }
      const std::optional<std::filesystem::path> file = item.existing_file(key, problems_);
      if (!file) {
        return false;
      }
      try {
        action(*file);
        return true;
      } catch (const InputError& error) {
        problems_.add(error);
        return false;
      }
    };
    profiles_of_item_.clear();
    const std::size_t before = problems_.problems().size();
    bool profiles_read = attempt("profiles", [&](const std::filesystem::path& file) {
      for (Profile& profile : read_profiles(file, problems_)) {
        profile_names.push_back(profile.name);
        profiles_of_item_[profile_names.back()] = add(std::move(profile));
      }
    });
    // Names from a file with problems may be missing, so rows are not checked against them.
    profiles_read = profiles_read && problems_.problems().size() == before;
    const bool geometry_read = attempt("geometry", [&](const std::filesystem::path& file) {
      found = &geometries_of(file, item.text("geometry_id"), item.text("geometry_layer"));
    });
    Geometries& geometries = *found;
    const bool sources_read = attempt("sources", [&](const std::filesystem::path& file) {
      if (!kind->read) {
        table = read_activity_table(file, *kind, zone_, problems_);
      } else if (geometry_read) {
        table.rows = kind->read(file, {grid_, cells_, species_, item,
                                       [&](const std::string& id) {
                                         return geometries.find(id) ? geometries.overlay(id, problems_) : nullptr;
                                       },
                                       problems_});
      }
    });
    inventory_.complete = inventory_.complete && sources_read && item.has("sources") && (geometry_read || !kind->read);
    ActivityContext context{grid_,
                            species_,
                            zone_,
                            start_,
                            end_,
                            item,
                            inventory_.drivers,
                            problems_,
                            0,
                            [this](const std::string& name) { return named_profile(name).value(); },
                            [this](Profile profile) { return add(std::move(profile)); },
                            [this](std::size_t index) -> const Profile& { return inventory_.profiles.at(index); }};
    for (TableRow& row : table.rows) {
      row.source.inventory = item.has("id") ? item.text("id") : "";
      row.source.proposed = item.boolean("proposed");
      check_id(row.source, row.where_id);
      const std::optional<std::size_t> profile = profile_of(row, profile_names, profiles_read);
      if (geometry_read) {
        place(row, geometries, item.given("geometry"));
      }
      find_cell(row);
      context.profile = profile.value_or(0);
      if (row.good && profile && kind->read) {
        for (std::size_t s = 0; s < row.source.streams.size(); ++s) {
          const int month = row.months.empty() ? 0 : row.months[s];
          row.source.streams[s].driver = inventory_.drivers.add(month == 0 ? *profile : in_month(*profile, month));
        }
        inventory_.sources.push_back(std::move(row.source));
      } else if (row.good && profile) {
        for (Source& source : kind->emit(*row.activity, std::move(row.source), context)) {
          inventory_.sources.push_back(std::move(source));
        }
      } else {
        inventory_.sources.push_back(std::move(row.source));
      }
      row.activity.reset(); // rows and sources of large cities are not all held at once
    }
    warn_of_partly_outside(item);
  }

  void read_releases(const config::Settings& scenario) {
    for (Source& source :
         tq::read_releases(grid_, species_, scenario, zone_, start_, end_, inventory_.drivers, problems_)) {
      check_id(source, source.where);
      set_cell(source);
      inventory_.sources.push_back(std::move(source));
    }
  }

  Inventory take() {
    if (problems_.empty()) {
      duplicates_.warn();
    }
    return std::move(inventory_);
  }

 private:
  /// Those of a file; each is read once, however many inventories name it.
  Geometries& geometries_of(const std::filesystem::path& file, const std::string& id, const std::string& layer) {
    const std::array key = {file.lexically_normal().string(), id, layer};
    const auto known = geometries_.find(key);
    return known != geometries_.end()
               ? known->second
               : geometries_.emplace(key, Geometries(grid_, files::read_vector(file, {id, layer}))).first->second;
  }

  /// One line per inventory: roads that lead out of the domain are many.
  void warn_of_partly_outside(const config::Settings& item) {
    if (!partly_.empty()) {
      const std::size_t named = std::min<std::size_t>(partly_.size(), 6);
      log::warn("{}: {} sources lie partly outside the domain; what is inside is emitted: {}{}",
                to_string(item.where("sources")), partly_.size(),
                fmt::join(partly_.begin(), partly_.begin() + std::ptrdiff_t(named), ", "),
                named < partly_.size() ? " ..." : "");
      partly_.clear();
    }
  }

  std::size_t add(Profile profile) {
    inventory_.profiles.push_back(std::move(profile));
    return inventory_.profiles.size() - 1;
  }

  /// The weekdays, days of rest and hours of a profile, in one month alone.
  std::size_t in_month(std::size_t profile, int month) {
    const auto [known, fresh] = in_months_.emplace(std::pair(profile, month), inventory_.profiles.size());
    if (fresh) {
      Profile made = inventory_.profiles[profile];
      made.name = fmt::format("{} in month {}", made.name, month);
      made.monthly = {};
      made.monthly[std::size_t(month - 1)] = 1;
      add(std::move(made));
    }
    return known->second;
  }

  /// Of the inventory's file, else one of the common ones.
  std::optional<std::size_t> named_profile(const std::string& name) {
    const auto own = profiles_of_item_.find(name);
    if (own != profiles_of_item_.end()) {
      return own->second;
    }
    const auto known = common_.find(name);
    if (known != common_.end()) {
      return known->second;
    }
    for (const Profile& profile : common_profiles()) {
      if (profile.name == name) {
        return common_[name] = add(profile);
      }
    }
    return {};
  }

  void check_id(const Source& source, const SourceLocation& where) {
    if (source.id.empty()) {
      return; // said already
    }
    const auto [earlier, fresh] = places_.emplace(source.id, where);
    if (!fresh) {
      problems_.add(where, fmt::format("id = \"{}\": must differ from the id at {}:{}", source.id, earlier->second.file,
                                       earlier->second.line));
    }
  }

  std::optional<std::size_t> profile_of(const TableRow& row, std::vector<std::string> names, bool complete) {
    const std::optional<std::size_t> found = named_profile(row.profile);
    if (!found && complete && !row.profile.empty()) {
      for (const Profile& profile : common_profiles()) {
        names.push_back(profile.name);
      }
      problems_.add(row.where_profile, fmt::format("profile = \"{}\": must be one of {}{}", row.profile,
                                                   fmt::join(names, ", "), suggestion(row.profile, names)));
    }
    return found;
  }

  void place(TableRow& row, Geometries& geometries, bool file_given) {
    Source& source = row.source;
    Overlay overlay;
    const files::Feature* feature = nullptr;
    if (!source.geometry.empty()) {
      feature = geometries.find(source.geometry);
      if (feature == nullptr) {
        problems_.add(row.where_geometry,
                      file_given ? fmt::format("geometry = \"{}\": must be the id of a feature in the geometry file{}",
                                               source.geometry, suggestion(source.geometry, geometries.ids()))
                                 : fmt::format("geometry = \"{}\": must be empty, for the inventory names no geometry "
                                               "file",
                                               source.geometry));
        return;
      }
      const Overlay* laid = geometries.overlay(source.geometry, problems_);
      if (laid == nullptr) {
        return;
      }
      overlay = *laid;
    } else if (row.place || row.feature) {
      files::Feature& own = own_features_.emplace_back();
      if (row.feature) {
        own = std::move(*row.feature);
      } else {
        own.id = source.id;
        own.points = {*row.place};
        own.where = row.where_geometry;
      }
      feature = &own;
      try {
        overlay = lay_over(grid_, own);
      } catch (const InputError& error) {
        problems_.add(error);
        return;
      }
    } else {
      return; // said already
    }
    const auto own_area = std::find_if(source.attributes.begin(), source.attributes.end(),
                                       [](const auto& number) { return number.first == "area"; });
    source.area = own_area != source.attributes.end() ? own_area->second
                  : feature->polygons.empty()         ? 0.0
                                                      : overlay.total;
    source.length = feature->polygons.empty() && feature->points.empty() ? overlay.total : 0.0;
    if (overlay.inside() <= 0) {
      problems_.add(row.where_geometry,
                    fmt::format("source \"{}\": must lie inside the domain, at least in part", source.id));
      return;
    }
    if (!row.height_valid) {
      return;
    }
    const double highest = source.stack ? source.stack->height : source.top;
    try {
      source.placement = distribute(grid_, overlay, source.stack ? highest : source.base, highest);
      if (source.stack) { // its plume finds its levels hour by hour
        source.placement = distribute(grid_, overlay, 0, 0);
      }
    } catch (const std::domain_error& error) {
      problems_.add(row.where_top, fmt::format("{} = {}: must be at most {} m, the top of the grid there",
                                               source.stack ? "stack_height" : "top", highest, error.what()));
      return;
    }
    duplicates_.add(source, *feature, overlay);
    if (source.placement.inside < 1 && !row.feature) { // cells of a coarse grid always reach out
      partly_.push_back(fmt::format("{} ({:.1f} %)", source.id, 100 * source.placement.inside));
    }
  }

  void find_cell(TableRow& row) {
    const bool named = !row.cell.empty();
    if (named) {
      row.source.cell = cells_.find(row.cell);
      if (row.source.cell < 0) {
        problems_.add(row.where_cell,
                      fmt::format("management_cell = \"{}\": must be the id of a management cell{}{}", row.cell,
                                  cell_ids_.empty() ? "; the grid has none" : "", suggestion(row.cell, cell_ids_)));
      }
    }
    set_cell(row.source, named);
  }

  void set_cell(Source& source, bool named = false) {
    source.located = locator_.locate(source.placement);
    if (!named) {
      double largest = 0;
      for (const auto& [cell, share] : source.located) {
        if (locator_.is_leaf(cell) && share > largest) {
          largest = share;
          source.cell = cell;
        }
      }
    }
    for (int c = source.cell; c >= 0; c = parent_of(cells_, c)) {
      const ManagementCell& cell = cells_.cells[std::size_t(c)];
      if (source.district.empty()) {
        source.district = cell.district;
      }
      if (source.unit.empty()) {
        source.unit = cell.unit;
      }
    }
  }

  const Grid& grid_;
  const ManagementCells& cells_;
  const EmittedSpecies& species_;
  const TimeZone& zone_;
  Instant start_, end_;
  CellLocator locator_;
  ProblemList& problems_;
  std::vector<std::string> cell_ids_;
  std::map<std::string, SourceLocation> places_;                 // of ids, over all inventories
  std::map<std::string, std::size_t> profiles_of_item_, common_; // index by name
  std::map<std::pair<std::size_t, int>, std::size_t> in_months_; // index by that of the profile, and month
  std::vector<std::string> partly_; // sources of this inventory partly outside, with their inside share
  // Kept for the search of duplicates, which looks at places of all inventories.
  std::map<std::array<std::string, 3>, Geometries> geometries_; // by file, field of ids and layer
  Geometries no_geometries_{grid_, {}};                         // of inventories that name no file
  std::deque<files::Feature> own_features_;                     // of sources without a geometry in a file
  DuplicateFinder duplicates_;
  Inventory inventory_;
};

} // namespace

Inventory read_inventories(const Grid& grid, const ManagementCells& cells, const EmittedSpecies& species,
                           const config::Settings& scenario, const TimeZone& zone, Instant start, Instant end,
                           ProblemList& problems) {
  Reader reader(grid, cells, species, zone, start, end, problems);
  for (const config::Settings& item : scenario.each("inventory")) {
    reader.read(item);
  }
  reader.read_releases(scenario);
  return reader.take();
}

} // namespace tq
