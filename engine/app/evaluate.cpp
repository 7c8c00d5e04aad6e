// tianqing evaluate RESULT.nc --observations FILE [--stamps WHERE] [--seed N] [--csv FILE]
#include "planning/evaluate.hpp"
#include "app/command.hpp"
#include "app/options.hpp"
#include "base/durable.hpp"

#include <fmt/format.h>

namespace tq::app {

int evaluate(const Arguments& arguments) {
  namespace po = boost::program_options;
  MeasurementOptions reading;
  std::string observations, csv, stamps = "start";
  std::uint64_t seed = 1;
  po::options_description visible("options");
  visible.add_options()("observations", po::value(&observations)->value_name("FILE"),
                        "hourly measurements, as `tianqing observe` reads them")(
      "time-zone", po::value(&reading.time_zone)->value_name("ZONE"),
      "of times whose header gives none (Asia/Shanghai)")("stamps", po::value(&stamps)->value_name("WHERE"),
                                                          "a time is the start or the end of its hour (start)")(
      "seed", po::value(&seed)->value_name("N"), "of the days that are drawn for intervals (1)")(
      "csv", po::value(&csv)->value_name("FILE"), "write all numbers to FILE too, those by hour of the day included");
  po::variables_map values;
  if (!parse(arguments,
             "usage: tianqing evaluate RESULT.nc --observations FILE [options]\nA result against measured air where its "
             "receptors have the ids of stations: FB, NMSE, MG, VG, FAC2, R,\nIOA, RMSE, MB and FAIRMODE's MQI with 95 % "
             "intervals, by station, season and hour of the day.",
             visible, "result", values)) {
    return success;
  }
  const auto results =
      values.count("result") > 0 ? values["result"].as<std::vector<std::string>>() : std::vector<std::string>{};
  if (results.size() != 1 || observations.empty()) {
    throw UsageError("evaluate: give one result, and the measurements with --observations");
  }
  if (stamps != "start" && stamps != "end") {
    throw UsageError(fmt::format("--stamps {}: must be start or end", stamps));
  }
  reading.stamped_at_end = stamps == "end";
  check_not_read({csv}, {results[0], observations});
  const Evaluation evaluation = tq::evaluate(results[0], observations, reading, seed);
  fmt::print("{}", evaluation_table(evaluation));
  if (!csv.empty()) {
    write_text(csv, evaluation_csv(evaluation));
  }
  return success;
}

} // namespace tq::app
