#include "base/log.hpp"
#include "base/units.hpp"
#include "emission/kinds/kinds.hpp"
#include "emission/kinds/outside.hpp"
#include "files/netcdf.hpp"
#include "physics/ellipsoid.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>

/// Gridded emission in netCDF by the CF conventions (1.8): variables over one or two coordinates in degrees, or in
/// metres of a CRS, as a flux [kg m-2 s-1] or an amount per cell. Each cell of the file that reaches into the domain
/// becomes a source with the cell as its polygon, so its mass is spread by common area and none is lost.
namespace tq {

namespace {

constexpr const char* flux_unit = "kg m-2 s-1";
constexpr int pieces = 8; // of a cell's side, whose ends are joined by straight lines in the grid's CRS

/// A coordinate: its cells' lower and upper edges, in degrees or metres.
struct Axis {
  std::string name;
  bool angle = false;
  std::vector<double> low, high;

  std::size_t count() const { return low.size(); }
};

/// A stretch of an axis, [first, first + count).
struct Stretch {
  std::size_t first = 0, count = 0;
};

struct Variable {
  std::string name;
  InventoryPollutant pollutant;
  const Unit* unit = nullptr; // of an amount per cell
  std::vector<double> values; // in the file's unit, of the block that is read
};

class GriddedReader {
 public:
  GriddedReader(const std::filesystem::path& file, const FileContext& context)
      : context_(context), item_(context.item), problems_(context.problems), file_(files::NetcdfFile::open(file)),
        name_(file.string()) {}

  std::vector<TableRow> read() {
    if (!item_.has("sector")) {
      item_.problem(problems_, "sector", "be given for an inventory of kind gridded");
    }
    ProblemList problems;
    choose_variables(problems);
    problems.throw_if_any();
    read_axes();
    const files::Position low = corner(true), high = corner(false);
    const Stretch columns = reach(x_, low.x, high.x), rows = reach(y_, low.y, high.y);
    if (columns.count == 0 || rows.count == 0) {
      refuse("has no cell in the domain");
    }
    read_block(rows, columns);
    return sources(rows, columns);
  }

 private:
  [[noreturn]] void refuse(const std::string& text) const { throw InputError({name_, 0, 0}, text); }

  void choose_variables(ProblemList& problems) {
    const auto& ids = inventory_pollutants();
    const std::vector<std::string> names = item_.names("variable");
    if (names.empty()) {
      problems.add(item_.where(), "inventory of kind gridded: must name its variables, such as "
                                  "variable.so2 = \"SO2\"");
    }
    for (const std::string& pollutant : names) {
      const auto known = std::find(ids.begin(), ids.end(), pollutant);
      const std::string name = item_.text("variable." + pollutant);
      const SourceLocation where = item_.where("variable." + pollutant);
      if (known == ids.end()) {
        problems.add(where, fmt::format("variable.{}: must be one of {}{}", pollutant, fmt::join(ids, ", "),
                                        suggestion(pollutant, {ids.begin(), ids.end()})));
      } else if (!file_.has(name)) {
        problems.add(where, fmt::format("variable.{} = \"{}\": must be a variable of {}", pollutant, name, name_));
      } else {
        Variable variable{name, InventoryPollutant(known - ids.begin()), nullptr, {}};
        check_unit(variable, problems);
        variables_.push_back(std::move(variable));
      }
    }
  }

  void check_unit(Variable& variable, ProblemList& problems) const {
    std::vector<std::string> allowed = units_of("kg s-1");
    allowed.insert(allowed.begin(), flux_unit);
    const std::optional<std::string> unit = file_.text_attribute(variable.name, "units");
    if (!unit) {
      problems.add({name_, 0, 0}, fmt::format("variable {}: no unit: must have an attribute units, one of \"{}\"",
                                              variable.name, fmt::join(allowed, "\", \"")));
    } else if (std::find(allowed.begin(), allowed.end(), *unit) == allowed.end()) {
      problems.add({name_, 0, 0}, fmt::format("variable {}: unit \"{}\": must be one of \"{}\"", variable.name, *unit,
                                              fmt::join(allowed, "\", \"")));
    } else if (*unit != flux_unit) {
      variable.unit = find_unit(*unit);
    }
  }

  void read_axes() {
    const std::vector<std::string> names = file_.dimensions(variables_.front().name);
    for (const Variable& variable : variables_) {
      const std::vector<std::size_t> shape = file_.shape(variable.name);
      const bool single = shape.size() >= 2 &&
                          std::all_of(shape.begin(), shape.end() - 2, [](std::size_t length) { return length == 1; });
      if (!single) {
        refuse(fmt::format("variable {} of shape [{}]: must have two coordinates, with one value along all others",
                           variable.name, fmt::join(shape, ", ")));
      }
      if (file_.dimensions(variable.name) != names) {
        refuse(fmt::format("variable {} over {}: must have the dimensions of {}: {}", variable.name,
                           fmt::join(file_.dimensions(variable.name), ", "), variables_.front().name,
                           fmt::join(names, ", ")));
      }
    }
    y_ = read_axis(names[names.size() - 2]);
    x_ = read_axis(names[names.size() - 1]);
    if (x_.angle != y_.angle) {
      refuse(fmt::format("coordinates {} and {}: must both be in degrees or both in metres", x_.name, y_.name));
    }
    if (!x_.angle) {
      if (!item_.has("epsg")) {
        refuse(fmt::format("coordinates {} and {} are in metres: the inventory must give their CRS as `epsg`", x_.name,
                           y_.name));
      }
      try {
        projection_.emplace(int(item_.integer("epsg")));
      } catch (const std::invalid_argument& error) {
        throw InputError(item_.where("epsg"), fmt::format("epsg = {}: {}", item_.integer("epsg"), error.what()));
      }
    }
  }

  Axis read_axis(const std::string& name) const {
    if (!file_.has(name) || file_.shape(name).size() != 1) {
      refuse(fmt::format("dimension {}: must have a coordinate variable of its name", name));
    }
    const std::string unit = file_.text_attribute(name, "units").value_or("");
    double scale = 1;
    Axis axis{name, unit.starts_with("degree"), {}, {}};
    if (unit == "km") {
      scale = 1000;
    } else if (!axis.angle && unit != "m") {
      refuse(fmt::format("coordinate {}: unit \"{}\": must be degrees_east, degrees_north, m or km", name, unit));
    }
    const std::size_t count = file_.shape(name)[0];
    const std::vector<double> centers = file_.read(name, {0}, {count});
    check_order(name, centers);
    const std::optional<std::string> bounds = file_.text_attribute(name, "bounds");
    if (bounds && file_.shape(*bounds) != std::vector<std::size_t>{count, 2}) {
      refuse(fmt::format("bounds {} of {}: must have the shape [{}, 2]", *bounds, name, count));
    }
    if (!bounds && count < 2) {
      refuse(fmt::format("coordinate {} of one value: must have bounds", name));
    }
    const std::vector<double> edges = bounds ? file_.read(*bounds, {0, 0}, {count, 2}) : std::vector<double>();
    for (std::size_t n = 0; n < count; ++n) {
      double a = 0, b = 0;
      if (bounds) {
        a = edges[2 * n], b = edges[2 * n + 1];
      } else { // half way to the neighbours; the outermost cells are as wide beyond their centre as before it
        const double before = n > 0 ? centers[n] - centers[n - 1] : centers[1] - centers[0];
        const double after = n + 1 < count ? centers[n + 1] - centers[n] : centers[n] - centers[n - 1];
        a = centers[n] - 0.5 * before, b = centers[n] + 0.5 * after;
      }
      const double turn = axis.angle && centers[n] > 180 ? 360 : 0; // longitudes of 0 to 360 degrees
      axis.low.push_back(std::min(a, b) * scale - turn);
      axis.high.push_back(std::max(a, b) * scale - turn);
    }
    return axis;
  }

  void check_order(const std::string& name, const std::vector<double>& centers) const {
    for (std::size_t n = 2; n < centers.size(); ++n) {
      if (!((centers[n] - centers[n - 1]) * (centers[1] - centers[0]) > 0)) {
        refuse(fmt::format("coordinate {}[{}] = {}: must go on rising or falling", name, n, centers[n]));
      }
    }
  }

  /// The least or the largest coordinates of the domain in the file's own, by the corners of the cells on its edge.
  files::Position corner(bool least) const {
    const GridSpecification& s = context_.grid.specification();
    const double worst = least ? std::numeric_limits<double>::infinity() : -std::numeric_limits<double>::infinity();
    files::Position found{worst, worst};
    for (int j = 0; j <= s.ny; ++j) {
      for (int i = 0; i <= s.nx; i += j == 0 || j == s.ny ? 1 : s.nx) {
        files::Position p = context_.grid.projection().unproject({s.x_west + i * s.dx, s.y_south + j * s.dy});
        p = projection_ ? projection_->project(p) : p;
        found.x = least ? std::min(found.x, p.x) : std::max(found.x, p.x);
        found.y = least ? std::min(found.y, p.y) : std::max(found.y, p.y);
      }
    }
    return found;
  }

  /// From the first to the last cell that reaches into [low, high], widened, for the domain's edge is curved.
  static Stretch reach(const Axis& axis, double low, double high) {
    const double margin = 0.01 * (high - low);
    Stretch stretch;
    for (std::size_t n = 0; n < axis.count(); ++n) {
      if (axis.high[n] > low - margin && axis.low[n] < high + margin) {
        stretch.first = stretch.count == 0 ? n : stretch.first;
        stretch.count = n + 1 - stretch.first;
      }
    }
    return stretch;
  }

  std::vector<double> read_variable(const std::string& name, Stretch rows, Stretch columns) const {
    std::vector<std::size_t> start(file_.shape(name).size(), 0), count(start.size(), 1);
    start[start.size() - 2] = rows.first, count[count.size() - 2] = rows.count;
    start[start.size() - 1] = columns.first, count[count.size() - 1] = columns.count;
    std::vector<double> values = file_.read(name, start, count);
    const double scale = file_.number_attribute(name, "scale_factor").value_or(1);
    const double offset = file_.number_attribute(name, "add_offset").value_or(0);
    for (std::size_t n = 0; n < values.size(); ++n) {
      values[n] = values[n] * scale + offset;
      if (values[n] < 0) {
        refuse(fmt::format("variable {}[{}][{}] = {}: must be 0 or more", name, rows.first + n / columns.count,
                           columns.first + n % columns.count, values[n]));
      }
    }
    return values;
  }

  void read_block(Stretch rows, Stretch columns) {
    for (Variable& variable : variables_) {
      variable.values = read_variable(variable.name, rows, columns);
    }
    if (!item_.has("area")) {
      return;
    }
    const std::string name = item_.text("area");
    if (!file_.has(name)) {
      throw InputError(item_.where("area"), fmt::format("area = \"{}\": must be a variable of {}", name, name_));
    }
    const std::string unit = file_.text_attribute(name, "units").value_or("");
    const std::string fault = unit_problem(unit, "m2");
    if (!fault.empty()) {
      refuse(fmt::format("variable {}: {}", name, fault));
    }
    if (file_.shape(name) != std::vector<std::size_t>{y_.count(), x_.count()}) {
      refuse(fmt::format("variable {} of shape [{}]: must have the shape [{}, {}]", name,
                         fmt::join(file_.shape(name), ", "), y_.count(), x_.count()));
    }
    areas_ = read_variable(name, rows, columns);
    for (double& area : areas_) {
      area = find_unit(unit)->to_si(area);
    }
  }

  /// m2
  double area_of(std::size_t row, std::size_t column, std::size_t in_block) const {
    if (!areas_.empty()) {
      return areas_[in_block];
    }
    return x_.angle ? physics::ellipsoid_cell_area(y_.low[row], y_.high[row], x_.high[column] - x_.low[column])
                    : (y_.high[row] - y_.low[row]) * (x_.high[column] - x_.low[column]);
  }

  /// In degrees, counter-clockwise.
  files::Feature feature_of(std::size_t row, std::size_t column) const {
    const files::Position corners[] = {{x_.low[column], y_.low[row]},
                                       {x_.high[column], y_.low[row]},
                                       {x_.high[column], y_.high[row]},
                                       {x_.low[column], y_.high[row]}};
    files::Line ring;
    for (int side = 0; side < 4; ++side) {
      const files::Position a = corners[side], b = corners[(side + 1) % 4];
      for (int n = 0; n < pieces; ++n) {
        const double t = double(n) / pieces;
        const files::Position p{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
        ring.push_back(projection_ ? projection_->unproject(p) : p);
      }
    }
    ring.push_back(ring.front());
    files::Feature feature;
    feature.id = fmt::format("cell [{}][{}]", row, column);
    feature.where = {name_, 0, 0};
    feature.polygons = {{{std::move(ring)}}};
    return feature;
  }

  std::vector<TableRow> sources(Stretch rows, Stretch columns) {
    std::vector<TableRow> found;
    double covered = 0; // m2 of the grid
    for (std::size_t n = 0; n < rows.count * columns.count; ++n) {
      const std::size_t row = rows.first + n / columns.count, column = columns.first + n % columns.count;
      files::Feature feature = feature_of(row, column);
      const double inside = lay_over(context_.grid, feature).inside();
      covered += inside;
      const InventoryAmounts rates = rates_of(row, column, n);
      if (inside > 0 && std::any_of(rates.begin(), rates.end(), [](double rate) { return rate > 0; })) {
        TableRow& source = found.emplace_back(outside_row(context_, rates));
        source.source.id = fmt::format("{}/{}/{}", item_.has("id") ? item_.text("id") : "", row, column);
        source.source.sector = item_.has("sector") ? item_.text("sector") : "";
        source.source.where = source.where_id = source.where_geometry = {name_, 0, 0};
        source.profile = profile_of(item_, source.source.sector);
        source.feature = std::move(feature);
      }
    }
    const double domain = context_.grid.cell_area() * context_.grid.nx() * context_.grid.ny();
    if (covered <= 0) {
      refuse("has no cell in the domain");
    }
    if (covered < domain * (1 - 1e-6)) {
      log::warn("{}: covers {:.1f} % of the domain; the rest has no emission of it", name_, 100 * covered / domain);
    }
    return found;
  }

  /// kg s-1 of the whole cell.
  InventoryAmounts rates_of(std::size_t row, std::size_t column, std::size_t in_block) const {
    InventoryAmounts rates{};
    GivenPollutants given{};
    for (const Variable& variable : variables_) {
      const double value = variable.values[in_block];
      const std::size_t p = std::size_t(variable.pollutant);
      rates[p] = variable.unit != nullptr ? variable.unit->to_si(value) : value * area_of(row, column, in_block);
      given[p] = true;
    }
    if (const auto small = complete_particles(rates, given)) {
      const std::size_t p = std::size_t(*small);
      refuse(fmt::format("cell [{}][{}]: {} must be at least {}: particles are counted cumulatively", row, column,
                         inventory_pollutants()[p], inventory_pollutants()[p - 1]));
    }
    return rates;
  }

  const FileContext& context_;
  const config::Settings& item_;
  ProblemList& problems_;
  files::NetcdfFile file_;
  std::string name_;
  std::vector<Variable> variables_;
  Axis x_, y_;
  std::optional<Projection> projection_; // of coordinates in metres
  std::vector<double> areas_;            // m2, of the block; empty: worked out
};

} // namespace

ActivityKind gridded_kind() {
  return {.name = "gridded",
          .description = "gridded emission in netCDF, with cell areas",
          .columns = {},
          .read = [](const std::filesystem::path& file, const FileContext& context) {
            return GriddedReader(file, context).read();
          }};
}

} // namespace tq
