#include "emission/totals.hpp"

#include "emission/fleets.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iterator>

namespace tq {

namespace {

constexpr double tonne = 1000.0; // kg

/// The columns of a table: the pollutants that every inventory counts, and what else there is any of.
std::vector<std::size_t> columns_of(const EmissionRow& all) {
  std::vector<std::size_t> columns;
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    if (p <= std::size_t(InventoryPollutant::co) || all.without[p] != 0 || all.with[p] != 0) {
      columns.push_back(p);
    }
  }
  return columns;
}

void append_amounts(std::string& text, const InventoryAmounts& amounts, const std::vector<std::size_t>& columns) {
  for (const std::size_t p : columns) {
    fmt::format_to(std::back_inserter(text), " {:>12.3f}", amounts[p] / tonne);
  }
  text += '\n';
}

/// The factors that are not 1, by species; one for all if they are alike.
std::string factors_of(const std::vector<double>& factor, const EmittedSpecies& species) {
  if (factor.front() != 1.0 && std::equal(std::next(factor.begin()), factor.end(), factor.begin())) {
    return fmt::format(" all {:.4g}", factor.front());
  }
  std::string text;
  for (std::size_t s = 0; s < factor.size(); ++s) {
    if (factor[s] != 1.0 && !species.is_part(int(s))) {
      fmt::format_to(std::back_inserter(text), " {} {:.4g}", species.ids()[s], factor[s]);
    }
  }
  return text;
}

/// Those of a facet; where it is of a fleet, behind the fleet and the part.
std::string factors_of(const Measure::Facet& facet, const EmittedSpecies& species) {
  std::string text = factors_of(facet.factor, species);
  return facet.fleet == nullptr || text.empty()
             ? text
             : fmt::format(" {} {}:{}", facet.fleet->id, fmt::join(facet.parts, ", "), text);
}

/// What is avoided, in t, and its range where the efficiency has one.
std::string avoided_of(const InventoryAmounts& avoided, const InventoryAmounts& low, const InventoryAmounts& high) {
  std::string text;
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    if (avoided[p] != 0) {
      fmt::format_to(std::back_inserter(text), " {} {:.3f}", inventory_pollutants()[p], avoided[p] / tonne);
      text += low[p] != high[p] ? fmt::format(" ({:.3f} to {:.3f})", low[p] / tonne, high[p] / tonne) : "";
    }
  }
  return text;
}

/// A line for each group of sources on which several measures act together; parts with the same factors share one.
std::string together_table(const std::vector<ResolvedFactor>& factors, const EmittedSpecies& species) {
  std::string text;
  for (std::size_t f = 0; f < factors.size();) {
    const ResolvedFactor& group = factors[f];
    std::vector<std::string> parts;
    const auto alike = [&](const ResolvedFactor& other) {
      return other.measures == group.measures && other.sector == group.sector && other.variant == group.variant &&
             other.fleet == group.fleet && other.sources == group.sources && other.factor == group.factor;
    };
    for (; f < factors.size() && alike(factors[f]); ++f) {
      parts.push_back(factors[f].part);
    }
    if (group.measures.size() == 1) {
      continue; // on the line of the measure
    }
    fmt::format_to(std::back_inserter(text), "together {} on {} of {}", fmt::join(group.measures, " + "), group.sources,
                   group.sector);
    for (const auto& [name, value] : {std::pair{"fleet", group.fleet}, std::pair{"variant", group.variant}}) {
      text += value.empty() ? "" : fmt::format(", {} {}", name, value);
    }
    text += parts.front().empty() ? "" : fmt::format(", {}", fmt::join(parts, ", "));
    text += "; factors" + factors_of(group.factor, species) + '\n';
  }
  return text;
}

} // namespace

std::string totals_table(const EmissionTotals& totals, const TimeZone& zone) {
  std::size_t width = std::string("  with measures").size();
  for (const EmissionRow& row : totals.sectors) {
    width = std::max(width, row.name.size());
  }
  std::string text = fmt::format("Emission in the domain from {} to {} ({}), t; nox as NO2\n{:<{}} {:>7}",
                                 format_civil(zone.to_civil(totals.start)), format_civil(zone.to_civil(totals.end)),
                                 zone.name(), "sector", width, "sources");
  const std::vector<std::size_t> columns = columns_of(totals.all);
  for (const std::size_t p : columns) {
    fmt::format_to(std::back_inserter(text), " {:>12}", inventory_pollutants()[p]);
  }
  text += '\n';
  const auto append = [&](const EmissionRow& row) {
    fmt::format_to(std::back_inserter(text), "{:<{}} {:>7}", row.name, width, row.sources);
    append_amounts(text, row.without, columns);
    if (row.with != row.without) {
      fmt::format_to(std::back_inserter(text), "{:<{}} {:>7}", "  with measures", width, "");
      append_amounts(text, row.with, columns);
    }
  };
  std::for_each(totals.sectors.begin(), totals.sectors.end(), append);
  append(totals.all);
  for (const TracerRow& row : totals.tracers) {
    fmt::format_to(std::back_inserter(text), "tracer {}: {:.6g} kg", row.id, row.without);
    text += row.with != row.without ? fmt::format(", {:.6g} kg with measures\n", row.with) : "\n";
  }
  return text;
}

std::string measures_table(const EmissionTotals& totals, const EmittedSpecies& species) {
  std::string text;
  for (const MeasureRow& row : totals.measures) {
    fmt::format_to(std::back_inserter(text), "measure {} ({}): {} sources, {} h on {} days; factors", row.id, row.kind,
                   row.sources, row.hours, row.days);
    for (const Measure::Facet& facet : row.facets) {
      text += factors_of(facet, species);
    }
    text += "; avoided alone, t:";
    text += avoided_of(row.avoided, row.avoided_low, row.avoided_high);
    fmt::format_to(std::back_inserter(text), "; cost {:.0f} {} running, {:.0f} {} capital", row.running, row.currency,
                   row.capital, row.currency);
    if (row.capital > 0) {
      fmt::format_to(std::back_inserter(text), " ({:.0f} {} a year for {:g} years at {:g} %)", row.capital_per_year,
                     row.currency, row.lifetime, 100 * row.discount_rate);
    }
    text += row.payer.empty() ? "\n" : ", paid by " + row.payer + "\n";
  }
  if (totals.measures.size() > 1) {
    InventoryAmounts avoided{};
    for (std::size_t p = 0; p < avoided.size(); ++p) {
      avoided[p] = totals.all.without[p] - totals.all.with[p];
    }
    text += "all measures avoid together, t:" + avoided_of(avoided, totals.avoided_low, totals.avoided_high) + '\n';
  }
  return text + together_table(totals.factors, species);
}

} // namespace tq
