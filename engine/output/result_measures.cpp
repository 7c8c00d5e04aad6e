#include "output/result_grid.hpp"
#include "output/result_writer.hpp"

#include <stdexcept>

namespace tq {

using files::Hdf5Type;

namespace {

/// A group of columns that share one dimension: a table, a row for each of `rows`.
template <class Row> class TableWriter {
 public:
  /// `group` ends in /; creates its dimension of that name.
  TableWriter(files::Hdf5File& file, const std::string& group, const std::string& dimension,
              const std::vector<Row>& rows)
      : file_(file), group_(group), dimension_(group + dimension), rows_(rows) {
    file_.create_dimension(dimension_, rows.size());
  }

  void texts(const std::string& name, const std::string& text, std::string Row::*member) {
    std::vector<std::string> values;
    for (const Row& row : rows_) {
      values.push_back(row.*member);
    }
    create(name, text, "", Hdf5Type::text, values);
  }

  void counts(const std::string& name, const std::string& text, int Row::*member) {
    std::vector<std::int32_t> values;
    for (const Row& row : rows_) {
      values.push_back(row.*member);
    }
    create(name, text, "1", Hdf5Type::int32, values);
  }

  /// `value(row)` is the number.
  template <class Value>
  void numbers(const std::string& name, const std::string& text, const std::string& units, Value value) {
    std::vector<double> values;
    for (const Row& row : rows_) {
      values.push_back(value(row));
    }
    create(name, text, units, Hdf5Type::float64, values);
  }

 private:
  template <class T>
  void create(const std::string& name, const std::string& text, const std::string& units, Hdf5Type type,
              const std::vector<T>& values) {
    file_.create(group_ + name, {.type = type, .dimensions = {dimension_}});
    file_.write(group_ + name, values);
    describe(file_, group_ + name, "", text, units);
  }

  files::Hdf5File& file_;
  std::string group_, dimension_;
  const std::vector<Row>& rows_;
};

} // namespace

void ResultWriter::write_measures(const ResultSummary& summary) {
  if (summary.measures.empty()) {
    return;
  }
  TableWriter table(file_, "/run/measures/", "measure", summary.measures);
  table.texts("id", "measure", &ResultMeasure::id);
  table.texts("title", "what it is", &ResultMeasure::title);
  table.texts("kind", "how it acts", &ResultMeasure::kind);
  table.texts("payer", "who pays", &ResultMeasure::payer);
  table.texts("currency", "of its costs", &ResultMeasure::currency);
  table.numbers("capital", "cost that arises once, in the currency", "",
                [](const ResultMeasure& m) { return m.capital; });
  table.numbers("capital_per_year", "the capital as equal payments in each year of its life, in the currency", "",
                [](const ResultMeasure& m) { return m.capital_per_year; });
  table.numbers("running", "cost in the run's period, capital apart, in the currency", "",
                [](const ResultMeasure& m) { return m.running; });
  table.numbers("running_low", "the same at the low end of its efficiency", "",
                [](const ResultMeasure& m) { return m.running_low; });
  table.numbers("running_high", "the same at the high end of its efficiency", "",
                [](const ResultMeasure& m) { return m.running_high; });
  table.counts("active_hours", "hours of the run in which it is active", &ResultMeasure::active_hours);
  table.counts("active_days", "local days with an active hour", &ResultMeasure::active_days);
  for (std::size_t p = 0; p < header_.emitted.size(); ++p) {
    const std::string& id = header_.emitted[p];
    for (const auto& [name, text, amounts] :
         {std::tuple{"avoided_emission_", "", &ResultMeasure::avoided},
          std::tuple{"avoided_emission_low_", ", at its low efficiency", &ResultMeasure::avoided_low},
          std::tuple{"avoided_emission_high_", ", at its high efficiency", &ResultMeasure::avoided_high}}) {
      table.numbers(name + id, id + " that the measure, were it the only one, kept from being emitted" + text, "kg",
                    [p, member = amounts](const ResultMeasure& m) { return (m.*member).at(p); });
    }
  }
}

void ResultWriter::write_factors(const ResultSummary& summary) {
  if (summary.factors.empty()) {
    return;
  }
  const std::string group = "/run/factors/";
  TableWriter table(file_, group, "group", summary.factors);
  table.texts("measures", "measures that act, joined by +", &ResultFactor::measures);
  table.texts("sector", "of the sources", &ResultFactor::sector);
  table.texts("part", "of the sources, where a measure tells parts apart", &ResultFactor::part);
  table.texts("fleet", "of roads, where a measure changes vehicles", &ResultFactor::fleet);
  table.texts("variant", "that sources turn to; empty: sources as they are", &ResultFactor::variant);
  table.counts("sources", "number of sources", &ResultFactor::sources);
  file_.create_dimension(group + "species", summary.species.size());
  file_.create(group + "name", {.type = Hdf5Type::text, .dimensions = {group + "species"}});
  file_.write(group + "name", summary.species);
  describe(file_, group + "name", "", "emitted species", "");
  std::vector<double> values;
  for (const ResultFactor& row : summary.factors) {
    if (row.factor.size() != summary.species.size()) {
      throw std::logic_error("result file: factors have the wrong size");
    }
    values.insert(values.end(), row.factor.begin(), row.factor.end());
  }
  file_.create(group + "factor", {.type = Hdf5Type::float64, .dimensions = {group + "group", group + "species"}});
  file_.write(group + "factor", values);
  describe(file_, group + "factor", "", "factor on the emission while these measures act", "1");
  file_.set_attribute(group + "factor", "coordinates", std::string("measures sector part fleet variant name"));
}

} // namespace tq
