#include "emission/kinds/ff10_months.hpp"

#include "emission/inventory.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tq {

namespace {

constexpr double short_ton = 907.18474; // kg
constexpr std::array names = {"jan_value", "feb_value", "mar_value", "apr_value", "may_value", "jun_value",
                              "jul_value", "aug_value", "sep_value", "oct_value", "nov_value", "dec_value"};

} // namespace

void Ff10Amounts::add(std::size_t pollutant, double rate) {
  rates[pollutant] += rate;
  given[pollutant] = true;
}

void Ff10Amounts::add(std::size_t pollutant, const MonthlyRates& by_month) {
  months.resize(by_month.size());
  for (std::size_t month = 0; month < by_month.size(); ++month) {
    months[month][pollutant] += by_month[month];
  }
  given_by_month[pollutant] = true;
}

InventoryAmounts Ff10Amounts::total() const {
  InventoryAmounts sum = rates;
  for (const InventoryAmounts& month : months) {
    for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
      sum[p] += month[p];
    }
  }
  return sum;
}

bool Ff10Amounts::particles_apart() const {
  const std::size_t fine = std::size_t(InventoryPollutant::pm2_5), all = std::size_t(InventoryPollutant::pm10);
  const auto apart = [&](const GivenPollutants& a, const GivenPollutants& b) { return a[fine] && !a[all] && b[all]; };
  return apart(given, given_by_month) || apart(given_by_month, given);
}

Ff10Months::Ff10Months(const files::CsvTable& table, ProblemList& problems) : table_(table) {
  there_ = std::any_of(names.begin(), names.end(), [&](const char* name) { return table.find(name).has_value(); });
  for (std::size_t month = 0; there_ && month < names.size(); ++month) {
    if (const std::optional<std::size_t> column = table.require(names[month], problems)) {
      columns_[month] = *column;
      table.check_unit(*column, "kg", problems);
    }
  }
}

std::optional<MonthlyRates> Ff10Months::read(std::size_t row, ProblemList& problems) const {
  MonthlyRates rates{};
  std::vector<std::size_t> empty;
  for (std::size_t month = 0; there_ && month < names.size(); ++month) {
    const std::size_t before = problems.problems().size(), column = columns_[month];
    const bool unit = !table_.columns()[column].unit.empty();
    const std::optional<double> value = unit ? table_.si(row, column, problems) : table_.number(row, column, problems);
    if (!value && problems.problems().size() == before) {
      empty.push_back(column);
    } else if (value && *value < 0) {
      problems.add(table_.where(row, column),
                   fmt::format("{} = {}: must be 0 or more", names[month], table_.text(row, column)));
    }
    rates[month] = value.value_or(0.0) * (unit ? 1.0 : short_ton) / common_year;
  }
  if (!there_ || empty.size() == names.size()) {
    return {};
  }
  for (const std::size_t column : empty) {
    problems.add(
        table_.where(row, column),
        fmt::format("{} is empty: must be a number, 0 for none, as other months are", table_.columns()[column].name));
  }
  return rates;
}

} // namespace tq
