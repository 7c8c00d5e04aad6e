#include "emission/totals.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace tq {

namespace {

constexpr double tonne = 1000.0; // kg

void append_amounts(std::string& text, const InventoryAmounts& amounts) {
  for (const double kilograms : amounts) {
    fmt::format_to(std::back_inserter(text), " {:>11.3f}", kilograms / tonne);
  }
  text += '\n';
}

} // namespace

std::string totals_table(const EmissionTotals& totals, const TimeZone& zone) {
  std::size_t width = std::string("  with measures").size();
  for (const EmissionRow& row : totals.sectors) {
    width = std::max(width, row.name.size());
  }
  std::string text =
      fmt::format("Emission in the domain from {} to {} ({}), t; nox as NO2\n{:<{}} {:>7}",
                  format_civil(zone.to_civil(totals.start)), format_civil(zone.to_civil(totals.end)),
                  zone.name(), "sector", width, "sources");
  for (const std::string& pollutant : inventory_pollutants()) {
    fmt::format_to(std::back_inserter(text), " {:>11}", pollutant);
  }
  text += '\n';
  const auto append = [&](const EmissionRow& row) {
    fmt::format_to(std::back_inserter(text), "{:<{}} {:>7}", row.name, width, row.sources);
    append_amounts(text, row.without);
    if (row.with != row.without) {
      fmt::format_to(std::back_inserter(text), "{:<{}} {:>7}", "  with measures", width, "");
      append_amounts(text, row.with);
    }
  };
  std::for_each(totals.sectors.begin(), totals.sectors.end(), append);
  append(totals.all);
  return text;
}

std::string measures_table(const EmissionTotals& totals, const EmittedSpecies& species) {
  std::string text;
  for (const MeasureRow& row : totals.measures) {
    fmt::format_to(std::back_inserter(text), "measure {} ({}): {} sources, {} h on {} days; factors", row.id,
                   row.kind, row.sources, row.hours, row.days);
    for (std::size_t s = 0; s < row.factor.size(); ++s) {
      if (row.factor[s] != 1.0) {
        fmt::format_to(std::back_inserter(text), " {} {:.4g}", species.ids()[s], row.factor[s]);
      }
    }
    text += "; avoided alone, t:";
    for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
      if (row.avoided[p] != 0) {
        fmt::format_to(std::back_inserter(text), " {} {:.3f}", inventory_pollutants()[p],
                       row.avoided[p] / tonne);
      }
    }
    fmt::format_to(std::back_inserter(text), "; cost {:.0f} {} running, {:.0f} {} capital{}\n", row.running,
                   row.currency, row.capital, row.currency,
                   row.payer.empty() ? "" : ", paid by " + row.payer);
  }
  return text;
}

} // namespace tq
