// tianqing ledger RESULT [--by KIND] [--pollutant ID] [--from TIME --to TIME] [-n ROWS] [--csv FILE]
#include "planning/ledger.hpp"
#include "app/command.hpp"
#include "app/options.hpp"
#include "base/durable.hpp"

#include <fmt/format.h>

namespace tq::app {

int ledger(const Arguments& arguments) {
  namespace po = boost::program_options;
  LedgerQuestion question;
  std::string csv;
  int rows = 0;
  po::options_description visible("options");
  visible.add_options()(
      "by", po::value(&question.by)->value_name("KIND")->default_value("cell"),
      "a row for each cell, unit or district; or for each sector, department, enterprise, inventory or "
      "group that the result follows")("pollutant", po::value(&question.pollutant)->value_name("ID"),
                                       "of this pollutant (pm10)")(
      "from", po::value(&question.from)->value_name("TIME"),
      "of the hours from then on, such as 2017-12-04T08:00; civil time of the result (the first)")(
      "to", po::value(&question.to)->value_name("TIME"), "of the hours until then (the last)")(
      "rows,n", po::value(&rows)->value_name("N")->default_value(20),
      "show so many of the largest")("csv", po::value(&csv)->value_name("FILE"), "write all rows to FILE too");
  po::variables_map values;
  if (!parse(arguments,
             "usage: tianqing ledger RESULT [options]\nThe books of a city's air: what each place or source emits, "
             "receives "
             "and causes elsewhere, what is deposited,\nwhose share of the days above the limit it is, what measures "
             "avoid "
             "and who pays. Most of it rests on the tags of a\nresult whose scenario has [attribution].",
             visible, "result", values)) {
    return success;
  }
  const auto results =
      values.count("result") > 0 ? values["result"].as<std::vector<std::string>>() : std::vector<std::string>{};
  if (results.size() != 1) {
    throw UsageError("ledger: give one result");
  }
  if (rows < 1) {
    throw UsageError(fmt::format("--rows {}: must be at least 1", rows));
  }
  check_not_read({csv}, {results[0]});
  const Ledger ledger = make_ledger(read_result(results[0]), question);
  fmt::print("{}", ledger_table(ledger, std::size_t(rows)));
  if (!csv.empty()) {
    write_text(csv, ledger_csv(ledger));
  }
  return success;
}

} // namespace tq::app
