#pragma once
#include "emission/measures.hpp"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace tq {

/// Finds what measures and groups of sources select (read_measures tells how).
class MeasureSelection {
 public:
  MeasureSelection(const Inventory& inventory, const ManagementCells& cells, ProblemList& problems);

  /// Fills sources and project_cost of `measure` from `select` of its item.
  void select(const config::Settings& item, Measure& measure);
  /// The sources that `select` of a group's item chooses; at least one, or a problem.
  std::vector<std::size_t> sources(const config::Settings& item);

 private:
  /// A key of `select`, and the texts of a source that it is compared with.
  struct Selector {
    std::string key;
    std::function<std::vector<std::string>(const Source&)> texts;
  };

  /// Leaves of `selected` what each of the keys given chooses. False if one of them has a problem.
  bool apply(const config::Settings& item, std::span<const Selector> selectors, std::vector<bool>& selected);
  void require_sources(const config::Settings& item, const std::vector<std::size_t>& sources);
  bool check_patterns(const config::Settings& item, const Selector& selector, const std::vector<std::string>& patterns);
  /// False if `select.where` is no formula over numbers of sources.
  bool select_where(const config::Settings& item, std::vector<bool>& selected);
  void check_kind(const config::Settings& item, const Measure& measure);

  const Inventory& inventory_;
  const ManagementCells& cells_;
  ProblemList& problems_;
  std::vector<Selector> selectors_; // that of parts last
};

} // namespace tq
