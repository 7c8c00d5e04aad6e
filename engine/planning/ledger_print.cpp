#include "planning/ledger.hpp"

#include "base/time.hpp"
#include "files/csv_text.hpp"
#include "planning/padded.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

namespace {

constexpr double micrograms = 1e9; // ug per kg
constexpr double tonnes = 1e-3;    // t per kg
constexpr double square_km = 1e-6; // km2 per m2
constexpr std::size_t name_width = 30;

std::string name_of(const std::string& id, const std::string& name) {
  const std::string text = id.empty() && name.empty()   ? "(none)"
                           : name.empty() || name == id ? id
                           : id.empty()                 ? name
                                                        : id + " " + name;
  return padded(text, name_width);
}

/// Right-aligned; "-" where it is not told. No "-0".
std::string number(double value, std::size_t columns, int digits) {
  if (std::isnan(value)) {
    return fmt::format("{:>{}}", "-", columns);
  }
  const double least = 0.5 * std::pow(10.0, -digits);
  return fmt::format("{:>{}.{}f}", std::abs(value) < least ? 0.0 : value, columns, digits);
}

std::string emission(const Ledger::Row& row) {
  return number(row.emitted * tonnes, 9, 2) + number(row.avoided * tonnes, 9, 2) +
         number(row.deposited * tonnes, 11, 2);
}

std::string place(const std::string& name, const Ledger::Row& row, const Ledger::Shares& received) {
  std::string text = name + emission(row);
  for (const double value :
       {received.total, received.own, received.others, received.rest, received.outside, received.initial}) {
    text += number(value * micrograms, 8, 2);
  }
  text += number(row.caused_mean * micrograms, 9, 3) + number(row.caused * micrograms * square_km, 9, 1);
  return text + number(row.exceeded.total, 7, 0) + number(row.exceeded.own, 7, 1) + number(row.exceeded.others, 7, 1) +
         number(row.caused_days, 7, 1) + '\n';
}

std::string place_rows(const Ledger& ledger, std::size_t shown) {
  std::string text = fmt::format("{:<{}}{:^29}{:^48}{:^18}{:^28}\n", "", name_width, "t", "received, ug m-3",
                                 "caused elsewhere", "cell days above the limit");
  text += fmt::format("{:<{}}{:>9}{:>9}{:>11}", ledger.by, name_width, "emitted", "avoided", "deposited");
  for (const char* label : {"total", "own", "others", "rest", "outside", "initial"}) {
    text += fmt::format("{:>8}", label);
  }
  text += fmt::format("{:>9}{:>9}{:>7}{:>7}{:>7}{:>7}\n", "ug m-3", "x km2", "all", "own", "others", "caused");
  for (std::size_t n = 0; n < shown; ++n) {
    const Ledger::Row& row = ledger.rows[n];
    text += place(name_of(row.id, row.name), row, row.received);
  }
  if (shown < ledger.rows.size()) {
    text += fmt::format("... and {} more\n", ledger.rows.size() - shown);
  }
  text += place(name_of("", "in no " + ledger.by), ledger.rest, ledger.rest.received);
  return text + place(name_of("", "all"), ledger.sum, ledger.sum.received);
}

std::string source_rows(const Ledger& ledger, std::size_t shown) {
  std::string text = fmt::format("{:<{}}{:>9}{:>11}{:>10}{:>8}{:>11}  {}\n", "", name_width, "emitted", "deposited",
                                 "in the", "", "cell days", "most in a cell");
  text += fmt::format("{:<{}}{:>9}{:>11}{:>10}{:>8}{:>11}  {}\n", ledger.by, name_width, "t", "t", "city", "%", "above",
                      "ug m-3");
  const auto line = [&](const std::string& name, const Ledger::Row& row) {
    text += name + number(row.emitted * tonnes, 9, 2) + number(row.deposited * tonnes, 11, 2) +
            number(row.caused_mean * micrograms, 10, 3) + number(100 * row.caused / ledger.sum.caused, 8, 1) +
            number(row.caused_days, 11, 1);
    text += row.most_in.empty() ? "\n" : fmt::format("  {:.2f} {}\n", row.most * micrograms, row.most_in);
  };
  for (std::size_t n = 0; n < shown; ++n) {
    line(name_of(ledger.rows[n].name.empty() ? ledger.rows[n].id : "", ledger.rows[n].name), ledger.rows[n]);
  }
  if (shown < ledger.rows.size()) {
    text += fmt::format("... and {} more\n", ledger.rows.size() - shown);
  }
  line(name_of("", "all"), ledger.sum);
  return text;
}

} // namespace

std::string ledger_table(const Ledger& ledger, std::size_t rows) {
  const TimeZone zone(ledger.time_zone);
  std::string text = fmt::format(
      "{}, {} to {} ({})\n{} near the ground, {}\nemission of {}; days above the day's limit of {}, each cell "
      "by that of its class, preliminary\n\n",
      ledger.scenario, format_civil(zone.to_civil(ledger.start)), format_civil(zone.to_civil(ledger.end)),
      ledger.time_zone, ledger.pollutant, ledger.reference_state, ledger.emission.empty() ? "nothing" : ledger.emission,
      ledger.edition);
  const std::size_t shown = std::min(rows, ledger.rows.size());
  text += ledger.of_places ? place_rows(ledger, shown) : source_rows(ledger, shown);
  for (const Ledger::Payer& payer : ledger.payers) {
    text += fmt::format("paid by {}: {:.0f} {} in the run's period", payer.payer.empty() ? "nobody named" : payer.payer,
                        payer.cost.central, payer.currency);
    text +=
        payer.cost.low != payer.cost.high ? fmt::format(" ({:.0f} to {:.0f})", payer.cost.low, payer.cost.high) : "";
    text += payer.capital > 0 ? fmt::format(", of a capital of {:.0f} its share", payer.capital) : "";
    text += fmt::format(", for {}\n", fmt::join(payer.measures, ", "));
  }
  for (const std::string& line : ledger.untold) {
    text += "NOTE: " + line + '\n';
  }
  return text;
}

std::string ledger_csv(const Ledger& ledger) {
  std::string text = "by,id,name,area [km2],emitted [t],avoided [t],deposited [t]";
  constexpr std::array shares = {"", "_own", "_others", "_rest", "_outside", "_initial"};
  for (const char* share : shares) {
    text += fmt::format(",received{} [ug m-3]", share);
  }
  for (const char* share : shares) {
    text += fmt::format(",exceeded{} [d]", share);
  }
  text += ",caused [ug m-3 km2],caused_mean [ug m-3],caused_days [d],most_in,most [ug m-3]\n";
  const auto line = [&](const std::string& by, const Ledger::Row& row) {
    text += fmt::format("{},{},{}", by, files::csv_text(row.id), files::csv_text(row.name));
    const auto field = [&](double value) { text += std::isnan(value) ? "," : fmt::format(",{:.6g}", value); };
    field(row.area * square_km);
    for (const double mass : {row.emitted, row.avoided, row.deposited}) {
      field(mass * tonnes);
    }
    for (const auto& [of, scale] : {std::pair{&row.received, micrograms}, std::pair{&row.exceeded, 1.0}}) {
      for (const double value : {of->total, of->own, of->others, of->rest, of->outside, of->initial}) {
        field(value * scale);
      }
    }
    field(row.caused * micrograms * square_km);
    field(row.caused_mean * micrograms);
    field(row.caused_days);
    text += ',' + files::csv_text(row.most_in);
    field(row.most * micrograms);
    text += '\n';
  };
  for (const Ledger::Row& row : ledger.rows) {
    line(ledger.by, row);
  }
  if (ledger.of_places) {
    line("rest", ledger.rest);
  }
  line("all", ledger.sum);
  return text;
}

} // namespace tq
