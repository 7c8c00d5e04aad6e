#include "base/constants.hpp"
#include "base/log.hpp"
#include "base/text_file.hpp"
#include "base/units.hpp"
#include "emission/kinds/ff10_months.hpp"
#include "emission/kinds/kinds.hpp"
#include "emission/kinds/outside.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <numeric>
#include <set>

/// Annual flat files FF10 of SMOKE (CMAS, SMOKE manual 4.6, sections 8.2.2 nonpoint, 8.2.6 onroad and 8.2.8 point):
/// comma-separated, with a row for each source and pollutant. Their units are fixed: short tons per year or month,
/// feet, degrees Fahrenheit, ft s-1, ft3 s-1; a header such as `ann_value [t yr-1]` says otherwise. Where the months of
/// a pollutant are given they are what it emits, and the annual value must agree with them; else the profile's months
/// count.
namespace tq {

namespace {

using Column = std::optional<std::size_t>;

constexpr double foot = 0.3048;                               // m
constexpr double cubic_foot = 0.028316846592;                 // m3
constexpr double short_ton_per_year = 907.18474 / 31536000.0; // kg s-1, of a common year
constexpr double rounding = 0.01;                             // by which months and annual value may differ

const std::vector<std::string> forms = {"FF10_NONPOINT", "FF10_NONROAD", "FF10_ONROAD", "FF10_POINT"};

/// The format's names of pollutants that the program counts. Those of a row may begin with a process, EXH__NOX.
const std::map<std::string, InventoryPollutant, std::less<>>& pollutants() {
  static const std::map<std::string, InventoryPollutant, std::less<>> names = {
      {"PM25-PRI", InventoryPollutant::pm2_5}, {"PM2_5", InventoryPollutant::pm2_5},
      {"PM25", InventoryPollutant::pm2_5},     {"PM10-PRI", InventoryPollutant::pm10},
      {"PM10", InventoryPollutant::pm10},      {"SO2", InventoryPollutant::so2},
      {"NOX", InventoryPollutant::nox},        {"CO", InventoryPollutant::co},
      {"VOC", InventoryPollutant::voc},        {"NH3", InventoryPollutant::nh3}};
  return names;
}

/// A number of the file: its column, what it measures, and its unit where the header gives none.
struct Quantity {
  const char* name;
  const char* dimension;
  double scale;
  double offset = 0;
};

constexpr Quantity amount = {"ann_value", "kg s-1", short_ton_per_year};
constexpr Quantity height = {"stkhgt", "m", foot};
constexpr Quantity diameter = {"stkdiam", "m", foot};
constexpr Quantity temperature = {"stktemp", "K", 5.0 / 9.0, 459.67 * 5.0 / 9.0}; // of degrees Fahrenheit
constexpr Quantity velocity = {"stkvel", "m s-1", foot};
constexpr Quantity flow = {"stkflow", "", cubic_foot};

/// The rows of one source.
struct Group {
  std::size_t row = 0; // the first
  std::string id;
  Ff10Amounts amounts;
  std::array<std::size_t, inventory_pollutant_count> rows{}; // of the pollutants
  std::map<std::string, std::size_t> codes;                  // rows, by pollutant with process
};

class Ff10Reader {
 public:
  Ff10Reader(const std::filesystem::path& file, const FileContext& context)
      : file_(file), context_(context), item_(context.item), problems_(context.problems),
        table_(files::CsvTable::read(file)) {}

  std::vector<TableRow> read() {
    check_header();
    for (std::size_t r = 0; r < table_.rows(); ++r) {
      read_row(r);
    }
    std::vector<TableRow> rows;
    for (Group& group : groups_) {
      add(group, rows);
    }
    if (rows.empty() && unknown_regions_.sources > 0) {
      problems_.add({file_.string(), 0, 0},
                    fmt::format("region_cd: must be the id of a feature in the geometry file or of a management cell, "
                                "at least in one row; there are {}",
                                unknown_regions_.first_names()));
    } else {
      warn();
    }
    return rows;
  }

 private:
  std::string form() const {
    const std::string start = read_text_start(file_, 65536), mark = "#FORMAT";
    for (std::size_t at = 0, line = 1; at < start.size() && start[at] == '#'; ++line) {
      const std::size_t end = std::min(start.find('\n', at), start.size());
      if (start.compare(at, mark.size(), mark) == 0) {
        std::string name = start.substr(at + mark.size(), end - at - mark.size());
        name.erase(0, name.find_first_not_of(" \t="));
        name.erase(name.find_last_not_of(" \t\r") + 1);
        if (std::find(forms.begin(), forms.end(), name) == forms.end()) {
          throw InputError(
              {file_.string(), int(line), 0},
              fmt::format("#FORMAT = {}: must be one of {}{}", name, fmt::join(forms, ", "), suggestion(name, forms)));
        }
        return name;
      }
      at = end + 1;
    }
    return table_.find("facility_id") ? "FF10_POINT" : "FF10_NONPOINT";
  }

  void check_header() {
    ProblemList problems;
    points_ = form() == "FF10_POINT";
    region_ = table_.require("region_cd", problems);
    scc_ = table_.require("scc", problems);
    pollutant_ = table_.require("poll", problems);
    value_ = table_.require(amount.name, problems);
    std::vector<const char*> keys = {"country_cd", "region_cd", "tribal_code", "census_tract_cd",
                                     "shape_id",   "scc",       "emis_type"};
    if (points_) {
      facility_ = table_.require("facility_id", problems);
      longitude_ = table_.require("longitude", problems);
      latitude_ = table_.require("latitude", problems);
      keys = {"region_cd", "facility_id", "unit_id", "rel_point_id", "process_id", "scc"};
    }
    for (const char* key : keys) {
      if (const Column column = table_.find(key)) {
        keys_.push_back(*column);
      }
    }
    for (const Quantity& quantity : {amount, height, diameter, temperature, velocity, flow}) {
      const Column column = table_.find(quantity.name);
      if (column && quantity.dimension[0] != '\0') {
        table_.check_unit(*column, quantity.dimension, problems);
      } else if (column && !table_.columns()[*column].unit.empty()) {
        problems.add(table_.where(*column), fmt::format("{}: unit \"{}\": must be none: ft3 s-1", quantity.name,
                                                        table_.columns()[*column].unit));
      }
    }
    months_.emplace(table_, problems);
    problems.throw_if_any();
  }

  /// In SI; nothing where the column is missing or the field empty.
  std::optional<double> number(std::size_t row, const Quantity& quantity) {
    const Column column = table_.find(quantity.name);
    if (!column) {
      return {};
    }
    if (!table_.columns()[*column].unit.empty()) {
      return table_.si(row, *column, problems_);
    }
    const std::optional<double> value = table_.number(row, *column, problems_);
    return value ? std::optional(*value * quantity.scale + quantity.offset) : std::nullopt;
  }

  std::string text(std::size_t row, const Column& column) const {
    return column ? std::string(table_.text(row, *column)) : "";
  }

  void refuse(std::size_t row, std::size_t column, const std::string& must) {
    problems_.add(table_.where(row, column),
                  fmt::format("{} = {}: must {}", table_.columns()[column].name, table_.text(row, column), must));
  }

  /// False, and a problem, if the row does not tell how much, or contradicts itself.
  bool check_amount(std::size_t r, const std::optional<double>& annual, const std::optional<double>& by_month) {
    if (!annual && !by_month) {
      refuse(r, *value_, "be a number, or jan_value to dec_value be given");
    } else if (annual && *annual < 0) {
      refuse(r, *value_, "be 0 or more");
    } else if (annual && by_month && std::abs(*annual - *by_month) > rounding * *by_month) {
      const Unit* unit = find_unit(table_.columns()[*value_].unit);
      refuse(r, *value_,
             fmt::format("be {:.6g}, the sum of jan_value to dec_value, to {:.0f} %",
                         unit ? unit->from_si(*by_month) : *by_month / amount.scale, 100 * rounding));
    } else {
      return true;
    }
    return false;
  }

  void read_row(std::size_t r) {
    const std::size_t before = problems_.problems().size();
    const std::optional<double> annual = number(r, amount);
    const std::optional<MonthlyRates> months = months_->read(r, problems_);
    std::optional<double> rate = annual;
    if (months) {
      rate = std::accumulate(months->begin(), months->end(), 0.0);
    }
    if (problems_.problems().size() > before || !check_amount(r, annual, months ? rate : std::nullopt)) {
      return;
    }
    const std::string code = text(r, pollutant_);
    const std::size_t process = code.find("__");
    const auto known = pollutants().find(process == std::string::npos ? code : code.substr(process + 2));
    if (known == pollutants().end()) {
      unknown_pollutants_[code] += *rate;
      return;
    }
    Group& group = group_of(r);
    // Several codes stand for one pollutant: the process, if there is one, and what it stands for tell them apart.
    const std::string kept = code.substr(0, process == std::string::npos ? 0 : process) + "__" +
                             inventory_pollutants()[std::size_t(known->second)];
    const auto [earlier, fresh] = group.codes.emplace(kept, r);
    if (!fresh) {
      refuse(r, *pollutant_,
             fmt::format("be there once for a source; also in line {}", table_.where(earlier->second, 0).line));
      return;
    }
    const std::size_t p = std::size_t(known->second);
    group.rows[p] = r;
    if (months) {
      group.amounts.add(p, *months);
    } else {
      group.amounts.add(p, *rate);
    }
  }

  Group& group_of(std::size_t r) {
    std::vector<std::string> key, shown = {item_.has("id") ? item_.text("id") : ""};
    for (const std::size_t column : keys_) {
      key.push_back(text(r, column));
      if (!key.back().empty() && table_.columns()[column].name != "country_cd") {
        shown.push_back(key.back());
      }
    }
    const auto [found, fresh] = by_key_.emplace(key, groups_.size());
    if (fresh) {
      groups_.emplace_back().row = r;
      groups_.back().id = fmt::format("{}", fmt::join(shown, "/"));
    }
    return groups_[found->second];
  }

  /// Fills coarser particles; false, and a problem, if they are below finer ones in the year or in a month.
  bool check_particles(Group& group) {
    const auto check = [&](InventoryAmounts& rates, const GivenPollutants& given, std::size_t column) {
      const std::optional<InventoryPollutant> small = complete_particles(rates, given);
      if (small) {
        const std::size_t p = std::size_t(*small);
        refuse(group.rows[p], column,
               fmt::format("be at least that of {} of the source: particles are counted cumulatively",
                           inventory_pollutants()[p - 1]));
      }
      return !small;
    };
    Ff10Amounts& amounts = group.amounts;
    if (amounts.particles_apart()) {
      refuse(group.rows[std::size_t(InventoryPollutant::pm10)], *pollutant_,
             "have its months given, or not, as pm2_5 of the source: particles are counted cumulatively");
      return false;
    }
    bool good = check(amounts.rates, amounts.given, *value_);
    for (std::size_t month = 0; month < amounts.months.size(); ++month) {
      good = check(amounts.months[month], amounts.given_by_month, months_->column(month)) && good;
    }
    return good;
  }

  void add(Group& group, std::vector<TableRow>& rows) {
    if (!check_particles(group)) {
      return;
    }
    TableRow row = outside_row(context_, group.amounts.rates);
    Source& source = row.source;
    row.months = {0};
    for (const InventoryAmounts& month : group.amounts.months) {
      source.streams.emplace_back().rate = context_.species.split(month, item_.number("no2_share"));
      row.months.push_back(int(row.months.size()));
    }
    source.id = group.id;
    source.where = {table_.file(), table_.where(group.row, 0).line, 0};
    row.where_id = row.where_cell = table_.where(group.row, *scc_);
    row.where_geometry = table_.where(group.row, points_ ? *longitude_ : *region_);
    const std::size_t before = problems_.problems().size();
    source.sector = sector_of(group);
    row.profile = profile_of(item_, source.sector);
    const bool placed = points_ ? place_point(group, row) : place_region(group, row);
    if (placed && problems_.problems().size() == before) {
      rows.push_back(std::move(row));
    }
  }

  /// By the longest beginning of its SCC that `scc` names.
  std::string sector_of(const Group& group) {
    const std::string code = text(group.row, scc_);
    std::string best;
    for (const std::string& beginning : item_.names("scc")) {
      if (code.starts_with(beginning) && beginning.size() > best.size()) {
        best = beginning;
      }
    }
    if (!best.empty()) {
      return item_.text("scc." + best);
    }
    if (!item_.has("sector")) {
      if (without_sector_.insert(code).second) {
        refuse(group.row, *scc_, "begin with a name in `scc` of the inventory, which has no `sector` for the others");
      }
      return "";
    }
    return item_.text("sector");
  }

  bool place_region(const Group& group, TableRow& row) {
    for (const Column column : {table_.find("shape_id"), region_}) {
      const std::string name = text(group.row, column);
      if (name.empty()) {
        continue;
      }
      if (const Overlay* overlay = context_.geometry(name)) {
        row.source.geometry = name;
        if (overlay->inside() <= 0) {
          outside_.add(name, group.amounts.total());
        }
        return overlay->inside() > 0;
      }
      const int cell = context_.cells.find(name);
      if (cell >= 0) {
        row.cell = name;
        row.feature = context_.cells.cells[std::size_t(cell)].feature;
        return true;
      }
    }
    unknown_regions_.add(text(group.row, region_), group.amounts.total());
    return false;
  }

  bool place_point(const Group& group, TableRow& row) {
    const std::size_t before = problems_.problems().size();
    const auto degrees = [&](std::size_t column, double limit) {
      const std::optional<double> value = table_.number(group.row, column, problems_);
      if (problems_.problems().size() == before && !(value && std::abs(*value) <= limit)) {
        refuse(group.row, column, fmt::format("be in [{}, {}] degrees", -limit, limit));
      }
      return value.value_or(0);
    };
    const files::Position place{degrees(*longitude_, 180), degrees(*latitude_, 90)};
    if (problems_.problems().size() > before) {
      return false;
    }
    const GridSpecification& s = context_.grid.specification();
    const files::Position at = context_.grid.projection().project(place);
    if (!(at.x >= s.x_west && at.x <= s.x_west + s.nx * s.dx && at.y >= s.y_south && at.y <= s.y_south + s.ny * s.dy)) {
      outside_.add(text(group.row, facility_), group.amounts.total());
      return false;
    }
    row.place = place;
    row.source.enterprise = text(group.row, table_.find("facility_name"));
    read_stack(group.row, row);
    return true;
  }

  /// Without a height there is no stack: the source is fugitive.
  void read_stack(std::size_t r, TableRow& row) {
    const std::optional<double> h = number(r, height), d = number(r, diameter), t = number(r, temperature);
    std::optional<double> v = number(r, velocity);
    const std::optional<double> volume = number(r, flow);
    if (!v && volume && d && *d > 0) {
      v = *volume / (constants::pi / 4 * *d * *d);
    }
    if (!h || *h <= 0) {
      return;
    }
    const Column column = table_.find(height.name);
    row.where_top = table_.where(r, *column);
    if (!(d && *d > 0 && t && *t > 0 && v && *v > 0)) {
      refuse(r, *column, "come with stkdiam, stktemp and stkvel (or stkflow) above 0");
      return;
    }
    row.source.stack = Stack{*h, *d, *v, *t};
  }

  void warn() const {
    std::vector<std::string> lost;
    for (const auto& [code, rate] : unknown_pollutants_) {
      lost.push_back(fmt::format("{} {:.6g}", code, rate / find_unit("t yr-1")->scale));
    }
    if (!lost.empty()) {
      log::warn("{}: pollutants that the program does not count are left out [t yr-1]: {}", file_.string(),
                fmt::join(lost, ", "));
    }
    const auto say = [this](const LeftOut& left, const char* what) {
      if (left.sources > 0) {
        log::warn("{}: sources {} are left out: {}, of {}; they emit [t yr-1]: {}", file_.string(), what, left.sources,
                  left.first_names(), list_amounts(left.rates));
      }
    };
    say(outside_, "outside the domain");
    say(unknown_regions_, "of regions that are no feature of the geometry file and no management cell");
  }

  std::filesystem::path file_;
  const FileContext& context_;
  const config::Settings& item_;
  ProblemList& problems_;
  files::CsvTable table_;
  bool points_ = false;
  Column region_, scc_, pollutant_, value_, facility_, longitude_, latitude_;
  std::vector<std::size_t> keys_; // columns that tell sources apart
  std::optional<Ff10Months> months_;
  std::vector<Group> groups_;
  std::map<std::vector<std::string>, std::size_t> by_key_;
  std::map<std::string, double> unknown_pollutants_; // kg s-1
  std::set<std::string> without_sector_;             // SCCs said already
  LeftOut outside_, unknown_regions_;
};

} // namespace

ActivityKind ff10_kind() {
  return {.name = "ff10",
          .description = "SMOKE's annual flat files FF10: nonpoint, nonroad, onroad, point",
          .columns = {},
          .read = [](const std::filesystem::path& file, const FileContext& context) {
            return Ff10Reader(file, context).read();
          }};
}

} // namespace tq
