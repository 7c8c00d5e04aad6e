#include "emission/kinds/counted.hpp"

#include <fmt/format.h>

namespace tq {

std::optional<double> counted_amount(ActivityRow& row, ActivityContext& context, const std::string& what,
                                     const std::string& column, const std::string& other) {
  if (row.has(other)) {
    row.refuse(other, fmt::format("be empty: {} is counted in {}", what, column));
    return {};
  }
  if (!row.has(column)) {
    context.problems.add(row.where(column), fmt::format("{} is empty: {} is counted in it", column, what));
    return {};
  }
  return row.number(column);
}

} // namespace tq
