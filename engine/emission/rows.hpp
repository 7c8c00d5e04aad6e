#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace tq {

/// The row of a table that has that id, or nullptr.
template <class Row> const Row* find_row(const std::vector<Row>& rows, std::string_view id) {
  const auto found = std::find_if(rows.begin(), rows.end(), [id](const Row& row) { return row.id == id; });
  return found == rows.end() ? nullptr : &*found;
}

/// The ids of rows, in order.
template <class Row> std::vector<std::string> row_ids(const std::vector<Row>& rows) {
  std::vector<std::string> ids;
  for (const Row& row : rows) {
    ids.push_back(row.id);
  }
  return ids;
}

} // namespace tq
