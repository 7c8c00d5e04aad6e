#include "emission/source_table.hpp"

#include "base/units.hpp"
#include "files/csv.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

namespace {

using Column = std::optional<std::size_t>;

struct Columns {
  Column id, sector, department, enterprise, management_cell, geometry, lon, lat, profile, base, top,
      no2_share;
  std::array<std::size_t, inventory_pollutant_count> amounts{};
};

const std::vector<std::string>& known_columns() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list = {
        "id",  "name", "sector",  "department", "enterprise", "management_cell", "geometry",
        "lon", "lat",  "profile", "base",       "top",        "no2_share",       "note"};
    list.insert(list.end(), inventory_pollutants().begin(), inventory_pollutants().end());
    return list;
  }();
  return names;
}

class TableReader {
 public:
  TableReader(files::CsvTable table, ProblemList& problems) : table_(std::move(table)), problems_(problems) {}

  std::vector<SourceRow> read() {
    find_columns();
    std::vector<SourceRow> rows;
    for (std::size_t r = 0; r < table_.rows(); ++r) {
      rows.push_back(read_row(r));
    }
    return rows;
  }

 private:
  /// Problems of the header end the reading: rows without their columns would only repeat them.
  void find_columns() {
    ProblemList missing;
    columns_.id = table_.require("id", missing);
    columns_.sector = table_.require("sector", missing);
    columns_.profile = table_.require("profile", missing);
    for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
      columns_.amounts[p] = table_.require(inventory_pollutants()[p], missing).value_or(0);
    }
    for (std::size_t c = 0; c < table_.columns().size(); ++c) {
      const std::string& name = table_.columns()[c].name;
      const std::vector<std::string>& known = known_columns();
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        missing.add(table_.where(c), fmt::format("unknown column \"{}\": must be one of {}{}", name,
                                                 fmt::join(known, ", "), suggestion(name, known)));
      }
    }
    if (missing.empty()) {
      for (const std::size_t column : columns_.amounts) {
        need_unit(column, "kg s-1", missing);
      }
      columns_.department = table_.find("department");
      columns_.enterprise = table_.find("enterprise");
      columns_.management_cell = table_.find("management_cell");
      columns_.geometry = table_.find("geometry");
      columns_.lon = table_.find("lon");
      columns_.lat = table_.find("lat");
      columns_.base = find_with_unit("base", "m", missing);
      columns_.top = find_with_unit("top", "m", missing);
      columns_.no2_share = table_.find("no2_share");
      if (columns_.no2_share && !table_.columns()[*columns_.no2_share].unit.empty()) {
        table_.check_unit(*columns_.no2_share, "1", missing);
      }
      for (const Column& angle : {columns_.lon, columns_.lat}) {
        if (angle && !table_.columns()[*angle].unit.empty() && table_.columns()[*angle].unit != "degree") {
          missing.add(table_.where(*angle),
                      fmt::format("{}: unit \"{}\": must be \"degree\"", table_.columns()[*angle].name,
                                  table_.columns()[*angle].unit));
        }
      }
    }
    missing.throw_if_any();
  }

  void need_unit(std::size_t column, std::string_view dimension, ProblemList& problems) const {
    if (table_.columns()[column].unit.empty()) {
      problems.add(table_.where(column),
                   fmt::format("{}: no unit in the header: must be one of \"{}\"",
                               table_.columns()[column].name, fmt::join(units_of(dimension), "\", \"")));
    } else {
      table_.check_unit(column, dimension, problems);
    }
  }

  Column find_with_unit(std::string_view name, std::string_view dimension, ProblemList& problems) const {
    const Column column = table_.find(name);
    if (column) {
      need_unit(*column, dimension, problems);
    }
    return column;
  }

  std::string text(std::size_t row, const Column& column) const {
    return column ? std::string(table_.text(row, *column)) : "";
  }

  std::string needed_text(std::size_t row, const Column& column) {
    std::string value = text(row, column);
    if (value.empty()) {
      problems_.add(table_.where(row, *column),
                    fmt::format("{} is empty: must be a text", table_.columns()[*column].name));
    }
    return value;
  }

  void refuse(std::size_t row, std::size_t column, const std::string& must) {
    problems_.add(table_.where(row, column), fmt::format("{} = {}: must {}", table_.columns()[column].name,
                                                         table_.text(row, column), must));
  }

  SourceLocation place(std::size_t row, const Column& column) const {
    return column ? table_.where(row, *column) : SourceLocation{table_.file(), table_.where(row, 0).line, 0};
  }

  SourceRow read_row(std::size_t r) {
    SourceRow row;
    Source& source = row.source;
    row.where_id = place(r, columns_.id);
    row.where_profile = place(r, columns_.profile);
    row.where_cell = place(r, columns_.management_cell);
    row.where_geometry = place(r, columns_.geometry ? columns_.geometry : columns_.lon);
    row.where_top = place(r, columns_.top);
    source.where = {table_.file(), row.where_id.line, 0};
    source.id = needed_text(r, columns_.id);
    source.sector = needed_text(r, columns_.sector);
    source.department = text(r, columns_.department);
    source.enterprise = text(r, columns_.enterprise);
    source.geometry = text(r, columns_.geometry);
    row.cell = text(r, columns_.management_cell);
    row.profile = needed_text(r, columns_.profile);
    read_stack(r, row);
    read_height(r, row);
    read_amounts(r, source);
    if (columns_.no2_share) {
      const std::optional<double> share = table_.si(r, *columns_.no2_share, problems_);
      if (share && (*share < 0 || *share > 1)) {
        refuse(r, *columns_.no2_share, "be in [0, 1]");
      }
      source.no2_share = share.value_or(source.no2_share);
    }
    return row;
  }

  void read_stack(std::size_t r, SourceRow& row) {
    const std::size_t before = problems_.problems().size();
    const auto degrees = [&](const Column& column, double limit) -> std::optional<double> {
      if (!column) {
        return {};
      }
      const std::optional<double> value = table_.number(r, *column, problems_);
      if (value && (*value < -limit || *value > limit)) {
        refuse(r, *column, fmt::format("be in [{}, {}] degrees", -limit, limit));
      }
      return value;
    };
    const std::optional<double> lon = degrees(columns_.lon, 180);
    const std::optional<double> lat = degrees(columns_.lat, 90);
    if (problems_.problems().size() > before) {
      return;
    }
    if (!row.source.geometry.empty()) {
      if (lon || lat) {
        problems_.add(
            row.where_geometry,
            fmt::format("source \"{}\": must have a geometry or lon and lat, not both", row.source.id));
      }
    } else if (lon && lat) {
      row.stack = files::Position{*lon, *lat};
    } else {
      problems_.add(row.where_geometry,
                    fmt::format("source \"{}\": must have a geometry, or lon and lat", row.source.id));
    }
  }

  void read_height(std::size_t r, SourceRow& row) {
    const std::size_t before = problems_.problems().size();
    const auto height = [&](const Column& column, double otherwise) {
      const std::optional<double> value = column ? table_.si(r, *column, problems_) : std::nullopt;
      if (value && *value < 0) {
        refuse(r, *column, "be 0 or more");
      }
      return value.value_or(otherwise);
    };
    row.source.base = height(columns_.base, 0.0);
    row.source.top = height(columns_.top, std::max(10.0, row.source.base));
    if (problems_.problems().size() == before && row.source.top < row.source.base) {
      refuse(r, *columns_.top, fmt::format("be at least base = {} m", row.source.base));
    }
    row.height_valid = problems_.problems().size() == before;
  }

  void read_amounts(std::size_t r, Source& source) {
    const std::size_t before = problems_.problems().size();
    for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
      const std::size_t column = columns_.amounts[p];
      const std::size_t so_far = problems_.problems().size();
      const std::optional<double> rate = table_.si(r, column, problems_);
      if (!rate && problems_.problems().size() == so_far) {
        problems_.add(table_.where(r, column), fmt::format("{} is empty: must be a number, 0 for none",
                                                           table_.columns()[column].name));
      } else if (rate && *rate < 0) {
        refuse(r, column, "be 0 or more");
      }
      source.annual[p] = rate.value_or(0) * common_year;
    }
    if (problems_.problems().size() > before) {
      return;
    }
    for (const auto larger : {InventoryPollutant::pm10, InventoryPollutant::tsp}) {
      const std::size_t p = std::size_t(larger);
      // Columns may have different units, so equal masses may differ by rounding.
      if (source.annual[p - 1] > source.annual[p] * (1 + 1e-12)) {
        refuse(r, columns_.amounts[p],
               fmt::format("be at least {} = {}: particles are counted cumulatively",
                           inventory_pollutants()[p - 1], table_.text(r, columns_.amounts[p - 1])));
      }
    }
  }

  files::CsvTable table_;
  ProblemList& problems_;
  Columns columns_;
};

} // namespace

std::vector<SourceRow> read_source_table(const std::filesystem::path& file, ProblemList& problems) {
  return TableReader(files::CsvTable::read(file), problems).read();
}

} // namespace tq
