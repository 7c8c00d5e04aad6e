// tianqing observe FILE.csv [--edition ID] [--class N] [--without ID] [-o DIR] ...
#include "planning/observe.hpp"
#include "app/command.hpp"
#include "app/options.hpp"
#include "base/durable.hpp"

#include <fmt/format.h>

namespace tq::app {

int observe(const Arguments& arguments) {
  namespace po = boost::program_options;
  ObserveOptions options;
  std::string directory, stamps = "start";
  bool overwrite = false;
  po::options_description visible("options");
  visible.add_options()("edition", po::value(&options.edition)->value_name("ID"),
                        "judge by this edition, such as GB3095_2026_FINAL; otherwise by that in force on each day")(
      "class", po::value(&options.function_class)->value_name("N"), "function class whose limits hold, 1 or 2 (2)")(
      "without", po::value(&options.left_out)->value_name("ID"),
      "a station that does not count for the city, such as a control point; may be repeated")(
      "time-zone", po::value(&options.reading.time_zone)->value_name("ZONE"),
      "of days, and of times whose header gives none (as the header, or Asia/Shanghai)")(
      "stamps", po::value(&stamps)->value_name("WHERE"), "a time is the start or the end of its hour (start)")(
      "output,o", po::value(&directory)->value_name("DIR"), "write NAME_days.csv and NAME_periods.csv there")(
      "overwrite", po::bool_switch(&overwrite), "replace files that exist already");
  po::variables_map values;
  if (!parse(arguments,
             "usage: tianqing observe FILE.csv [options]\nMeasured air by the standards: good-air days, days above the "
             "limits, means, percentiles and the\ncomposite index, at each station and for the city. Hourly values, .gz "
             "too; columns are told by their\nheader: time, site, so2 [ug m-3] or so2_ugm3, co_mgm3, pm2_5 ...",
             visible, "file", values)) {
    return success;
  }
  const auto files =
      values.count("file") > 0 ? values["file"].as<std::vector<std::string>>() : std::vector<std::string>{};
  if (files.size() != 1) {
    throw UsageError("observe: give one file of measurements");
  }
  if (options.function_class != 1 && options.function_class != 2) {
    throw UsageError(fmt::format("--class {}: must be 1 or 2", options.function_class));
  }
  if (stamps != "start" && stamps != "end") {
    throw UsageError(fmt::format("--stamps {}: must be start or end", stamps));
  }
  options.reading.stamped_at_end = stamps == "end";
  const std::filesystem::path file = files[0];
  const std::string name = file.filename().string().substr(0, file.filename().string().find('.'));
  const std::filesystem::path days = std::filesystem::path(directory) / (name + "_days.csv"),
                              periods = std::filesystem::path(directory) / (name + "_periods.csv");
  if (!directory.empty()) {
    check_targets({days, periods}, overwrite);
  }
  const Observed observed = tq::observe(file, options);
  fmt::print("{}", observed_table(observed));
  if (!directory.empty()) {
    write_text(days, observed_days_csv(observed));
    write_text(periods, observed_periods_csv(observed));
    fmt::print("\nwrote {} and {}\n", days.string(), periods.string());
  }
  return success;
}

} // namespace tq::app
