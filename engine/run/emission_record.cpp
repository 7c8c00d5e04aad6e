#include "run/emission_record.hpp"

#include "base/durable.hpp"
#include "base/error.hpp"
#include "files/csv_text.hpp"
#include "output/grid_picture.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace tq {

namespace {

void append_row(std::string& text, const std::string& period, const char* by, const EmissionRow& row) {
  for (const bool measures : {false, true}) {
    fmt::format_to(std::back_inserter(text), "{},{},{},{},{}", period, by, files::csv_text(row.name), row.sources,
                   measures ? "with" : "without");
    for (const double kilograms : measures ? row.with : row.without) {
      fmt::format_to(std::back_inserter(text), ",{:.9g}", kilograms / 1000);
    }
    text += '\n';
  }
}

void append_totals(std::string& text, const std::string& period, const EmissionTotals& totals) {
  append_row(text, period, "all", totals.all);
  for (const auto& [by, rows] : {std::pair{"sector", &totals.sectors}, std::pair{"department", &totals.departments},
                                 std::pair{"management_cell", &totals.cells}}) {
    for (const EmissionRow& row : *rows) {
      append_row(text, period, by, row);
    }
  }
}

} // namespace

void write_emission_table(const Case& c, const std::filesystem::path& file) {
  std::string text =
      fmt::format("# {}, {} to {} ({}); nox as NO2, particles cumulative\n", c.title,
                  format_civil(c.zone.to_civil(c.start)), format_civil(c.zone.to_civil(c.end)), c.zone.name());
  text += "period,by,name,sources,measures";
  for (const std::string& pollutant : inventory_pollutants()) {
    text += fmt::format(",{} [t]", pollutant);
  }
  text += '\n';
  append_totals(text, "run", c.emission->totals());
  for (Instant from = c.start; from < c.end;) {
    const CivilTime civil = c.zone.to_civil(from);
    const CivilTime next = {civil.month == 12 ? civil.year + 1 : civil.year, civil.month % 12 + 1, 1, 0, 0, 0};
    // An hour belongs to the month in which it begins; in some zones that is not on a whole hour of UTC.
    const Instant month_end = (c.zone.to_instant(next) + seconds_per_hour - 1) / seconds_per_hour * seconds_per_hour;
    const Instant to = std::min(c.end, month_end);
    append_totals(text, fmt::format("{:04}-{:02}", civil.year, civil.month), c.emission->totals(from, to));
    from = to;
  }
  std::error_code ignored;
  std::filesystem::create_directories(file.parent_path(), ignored);
  const std::filesystem::path part = file.string() + ".part";
  std::ofstream out(part, std::ios::binary);
  out << text;
  out.close();
  if (!out) {
    throw FileError("cannot write " + part.string());
  }
  replace_file(part, file);
}

std::string emission_map(const Case& c, InventoryPollutant pollutant) {
  const Grid& grid = c.grid->grid;
  const std::vector<double> kilograms = c.emission->map(pollutant);
  const double square_kilometre = grid.dx() * grid.dy() * 1e-6;
  const double largest = std::max(1e-6, *std::max_element(kilograms.begin(), kilograms.end()) / square_kilometre);
  const double least = largest * 1e-4; // four decades tell a street from a field
  std::string text = "$cells << EOD\n";
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      const double value = kilograms[std::size_t(j) * std::size_t(grid.nx()) + std::size_t(i)] / square_kilometre;
      fmt::format_to(std::back_inserter(text), "{:.4f} {:.4f} {}\n", (i + 0.5) * grid.dx() / 1000,
                     (j + 0.5) * grid.dy() / 1000, value < least ? "NaN" : fmt::format("{:.6g}", value));
    }
    text += '\n';
  }
  text += "EOD\n" + outlines_block(*c.grid);
  return text +
         fmt::format(
             "set title '{}: {} emitted, {} to {}' noenhanced\nset xlabel 'km east'\nset ylabel 'km north'\n"
             "set size ratio -1\nset xrange [0:{:g}]\nset yrange [0:{:g}]\nset logscale cb\n"
             "set cbrange [{:.3g}:{:.3g}]\nset cblabel 'kg km^{{-2}} in the period'\n"
             "set format cb '10^{{%T}}'\nset palette defined (0 '#f7fbff', 1 '#9ecae1', 2 '#fdae61', 3 '#b10026')\n"
             "plot $cells using 1:2:3 with image notitle, $outlines using 1:2 with lines lc rgb '#606060' lw 0.6 "
             "notitle\n",
             c.name, inventory_pollutants()[std::size_t(pollutant)], format_civil(c.zone.to_civil(c.start)),
             format_civil(c.zone.to_civil(c.end)), grid.nx() * grid.dx() / 1000, grid.ny() * grid.dy() / 1000, least,
             largest);
}

} // namespace tq
