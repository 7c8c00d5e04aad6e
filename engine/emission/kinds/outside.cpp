#include "emission/kinds/outside.hpp"

#include "base/units.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iterator>

namespace tq {

std::optional<InventoryPollutant> complete_particles(InventoryAmounts& amounts, const GivenPollutants& given) {
  std::optional<InventoryPollutant> small;
  for (const auto larger : {InventoryPollutant::pm10, InventoryPollutant::tsp}) {
    const std::size_t p = std::size_t(larger);
    if (given[p] && amounts[p - 1] > amounts[p] * (1 + 1e-12)) {
      small = small ? small : larger;
    }
    amounts[p] = std::max(amounts[p], amounts[p - 1]);
  }
  return small;
}

std::string profile_of(const config::Settings& item, const std::string& sector) {
  const std::vector<std::string> sectors = item.names("profile");
  if (std::find(sectors.begin(), sectors.end(), sector) != sectors.end()) {
    return item.text("profile." + sector);
  }
  return sectors.empty() && item.has("profile") ? item.text("profile") : "constant";
}

TableRow outside_row(const FileContext& context, const InventoryAmounts& rates) {
  TableRow row;
  row.source.base = context.item.number("base");
  row.source.top = std::max(context.item.number("top"), row.source.base);
  row.source.streams.emplace_back().rate = context.species.split(rates, context.item.number("no2_share"));
  row.where_profile = context.item.where("profile");
  row.where_top = context.item.where("top");
  return row;
}

void LeftOut::add(const std::string& name, const InventoryAmounts& more) {
  names.insert(name);
  ++sources;
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    rates[p] += more[p];
  }
}

std::string LeftOut::first_names() const {
  const std::vector<std::string> first(names.begin(), names.size() > 6 ? std::next(names.begin(), 6) : names.end());
  return fmt::format("{}{}", fmt::join(first, ", "), names.size() > 6 ? " ..." : "");
}

std::string list_amounts(const InventoryAmounts& rates) {
  const double tonne_per_year = find_unit("t yr-1")->scale;
  std::string text;
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    if (rates[p] != 0) {
      fmt::format_to(std::back_inserter(text), "{}{} {:.6g}", text.empty() ? "" : ", ", inventory_pollutants()[p],
                     rates[p] / tonne_per_year);
    }
  }
  return text;
}

} // namespace tq
