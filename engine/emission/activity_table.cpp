#include "emission/activity_table.hpp"

#include "base/units.hpp"
#include "emission/activity_columns.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

namespace {

using Column = std::optional<std::size_t>;

constexpr std::array stack_columns = {"stack_height", "stack_diameter", "exit_velocity", "exit_temperature"};

class TableReader {
 public:
  TableReader(const files::CsvTable& table, const ActivityKind& kind, const TimeZone& zone, ProblemList& problems)
      : table_(table), kind_(kind), columns_(common_columns(kind)), zone_(zone), problems_(problems) {
    columns_.insert(columns_.end(), kind.columns.begin(), kind.columns.end());
  }

  std::vector<TableRow> read() {
    check_header();
    std::vector<TableRow> rows;
    for (std::size_t r = 0; r < table_.rows(); ++r) {
      rows.push_back(read_row(r));
    }
    return rows;
  }

 private:
  /// Problems of the header end the reading: rows without their columns would only repeat them.
  void check_header() {
    ProblemList problems;
    std::vector<std::string> known;
    for (const ActivityColumn& column : columns_) {
      known.push_back(column.name);
      if (column.required) {
        table_.require(column.name, problems);
      }
    }
    id_ = table_.find("id");
    sector_ = table_.find("sector");
    profile_ = table_.find("profile");
    for (std::size_t c = 0; c < table_.columns().size(); ++c) {
      const std::string& name = table_.columns()[c].name;
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        problems.add(table_.where(c), fmt::format("unknown column \"{}\": must be one of {}{}", name,
                                                  fmt::join(known, ", "), suggestion(name, known)));
      }
    }
    if (problems.empty()) {
      check_units(problems);
    }
    problems.throw_if_any();
  }

  void check_units(ProblemList& problems) const {
    for (const ActivityColumn& column : columns_) {
      if (column.type == ActivityColumn::Type::number && !column.dimension.empty()) {
        need_unit(column.name, column.dimension, problems);
      }
    }
    for (const char* angle : {"lon", "lat"}) {
      const Column column = table_.find(angle);
      if (column && !table_.columns()[*column].unit.empty() && table_.columns()[*column].unit != "degree") {
        problems.add(table_.where(*column),
                     fmt::format("{}: unit \"{}\": must be \"degree\"", angle, table_.columns()[*column].unit));
      }
    }
  }

  void need_unit(std::string_view name, std::string_view dimension, ProblemList& problems) const {
    const Column column = table_.find(name);
    if (!column) {
      return;
    }
    if (!table_.columns()[*column].unit.empty()) {
      table_.check_unit(*column, dimension, problems);
    } else if (dimension != "1") {
      problems.add(table_.where(*column), fmt::format("{}: no unit in the header: must be one of \"{}\"", name,
                                                      fmt::join(units_of(dimension), "\", \"")));
    }
  }

  std::string text(std::size_t row, const Column& column) const {
    return column ? std::string(table_.text(row, *column)) : "";
  }
  std::string text(std::size_t row, std::string_view name) const { return text(row, table_.find(name)); }

  std::string needed_text(std::size_t row, const Column& column, const std::string& otherwise) {
    std::string value = text(row, column);
    if (value.empty() && otherwise.empty()) {
      problems_.add(table_.where(row, *column),
                    fmt::format("{} is empty: must be a text", table_.columns()[*column].name));
    }
    return value.empty() ? otherwise : value;
  }

  void refuse(std::size_t row, std::size_t column, const std::string& must) {
    problems_.add(table_.where(row, column),
                  fmt::format("{} = {}: must {}", table_.columns()[column].name, table_.text(row, column), must));
  }

  SourceLocation place(std::size_t row, const Column& column) const {
    return column ? table_.where(row, *column) : SourceLocation{table_.file(), table_.where(row, 0).line, 0};
  }

  TableRow read_row(std::size_t r) {
    const std::size_t before = problems_.problems().size();
    TableRow row;
    Source& source = row.source;
    row.where_id = place(r, id_);
    row.where_profile = place(r, profile_);
    row.where_cell = place(r, table_.find("management_cell"));
    const Column geometry = table_.find("geometry");
    row.where_geometry = place(r, geometry ? geometry : table_.find("lon"));
    row.where_top = place(r, table_.find("top"));
    source.where = {table_.file(), row.where_id.line, 0};
    source.id = needed_text(r, id_, "");
    source.sector = needed_text(r, sector_, kind_.sector);
    source.department = text(r, "department");
    source.enterprise = text(r, "enterprise");
    source.geometry = text(r, geometry);
    row.cell = text(r, "management_cell");
    row.profile = needed_text(r, profile_, kind_.profile);
    read_place(r, row);
    read_height(r, row);
    read_stack(r, row);
    row.activity = std::make_unique<ActivityRow>(table_, kind_.columns, r, zone_, problems_);
    source.attributes = row.activity->numbers();
    read_project_cost(r, source);
    row.good = problems_.problems().size() == before;
    return row;
  }

  void read_project_cost(std::size_t r, Source& source) {
    const Column column = table_.find("project_cost");
    const std::optional<double> value = column ? table_.number(r, *column, problems_) : std::nullopt;
    if (value && *value < 0) {
      refuse(r, *column, "be 0 or more");
    }
    if (value) {
      source.attributes.emplace_back("project_cost", *value);
    }
  }

  void read_place(std::size_t r, TableRow& row) {
    const std::size_t before = problems_.problems().size();
    const auto degrees = [&](std::string_view name, double limit) -> std::optional<double> {
      const Column column = table_.find(name);
      if (!column) {
        return {};
      }
      const std::optional<double> value = table_.number(r, *column, problems_);
      if (value && (*value < -limit || *value > limit)) {
        refuse(r, *column, fmt::format("be in [{}, {}] degrees", -limit, limit));
      }
      return value;
    };
    const std::optional<double> lon = degrees("lon", 180);
    const std::optional<double> lat = degrees("lat", 90);
    if (problems_.problems().size() > before) {
      return;
    }
    if (!row.source.geometry.empty()) {
      if (lon || lat) {
        problems_.add(row.where_geometry,
                      fmt::format("source \"{}\": must have a geometry or lon and lat, not both", row.source.id));
      }
    } else if (lon && lat) {
      row.place = files::Position{*lon, *lat};
    } else {
      problems_.add(row.where_geometry,
                    fmt::format("source \"{}\": must have a geometry, or lon and lat", row.source.id));
    }
  }

  void read_height(std::size_t r, TableRow& row) {
    const std::size_t before = problems_.problems().size();
    const auto height = [&](std::string_view name, double otherwise) {
      const Column column = table_.find(name);
      const std::optional<double> value = column ? table_.si(r, *column, problems_) : std::nullopt;
      if (value && *value < 0) {
        refuse(r, *column, "be 0 or more");
      }
      return value.value_or(otherwise);
    };
    row.source.base = height("base", 0.0);
    row.source.top = height("top", std::max(10.0, row.source.base));
    if (problems_.problems().size() == before && row.source.top < row.source.base) {
      refuse(r, *table_.find("top"), fmt::format("be at least base = {} m", row.source.base));
    }
    row.height_valid = problems_.problems().size() == before;
  }

  void read_stack(std::size_t r, TableRow& row) {
    std::array<double, stack_columns.size()> values{};
    std::size_t given = 0;
    Column first;
    for (std::size_t c = 0; kind_.stacks && c < stack_columns.size(); ++c) {
      const Column column = table_.find(stack_columns[c]);
      const std::optional<double> value = column ? table_.si(r, *column, problems_) : std::nullopt;
      if (value) {
        ++given;
        first = first ? first : column;
        values[c] = *value;
        if (*value <= 0) {
          refuse(r, *column, "be above 0");
        }
      }
    }
    if (given == stack_columns.size()) {
      row.source.stack = Stack{values[0], values[1], values[2], values[3]};
    } else if (given > 0) {
      problems_.add(table_.where(r, *first), fmt::format("source \"{}\": must have all of {}, or none of them",
                                                         row.source.id, fmt::join(stack_columns, ", ")));
    }
  }

  const files::CsvTable& table_;
  const ActivityKind& kind_;
  std::vector<ActivityColumn> columns_; // those of all kinds, then those of the kind
  const TimeZone& zone_;
  ProblemList& problems_;
  Column id_, sector_, profile_;
};

} // namespace

ActivityTable read_activity_table(const std::filesystem::path& file, const ActivityKind& kind, const TimeZone& zone,
                                  ProblemList& problems) {
  ActivityTable result;
  result.table = std::make_unique<files::CsvTable>(files::CsvTable::read(file));
  result.rows = TableReader(*result.table, kind, zone, problems).read();
  return result;
}

} // namespace tq
