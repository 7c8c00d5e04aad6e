// tianqing who RESULT CELL [--at TIME | --from TIME --to TIME] [--pollutant ID] [-n ROWS]
#include "planning/who.hpp"
#include "app/command.hpp"
#include "app/options.hpp"

#include <fmt/format.h>

namespace tq::app {

int who(const Arguments& arguments) {
  namespace po = boost::program_options;
  WhoQuestion question;
  int rows = 0;
  po::options_description visible("options");
  visible.add_options()("at", po::value(&question.at)->value_name("TIME"),
                        "in the hour that holds this time, such as 2017-12-04T08:00; civil time of the result")(
      "from", po::value(&question.from)->value_name("TIME"), "mean of the hours from then on (the first)")(
      "to", po::value(&question.to)->value_name("TIME"), "mean of the hours until then (the last)")(
      "pollutant", po::value(&question.pollutant)->value_name("ID"), "of this pollutant (pm10)")(
      "rows,n", po::value(&rows)->value_name("N")->default_value(12), "show so many of the largest");
  po::variables_map values;
  if (!parse(arguments,
             "usage: tianqing who RESULT CELL [options]\nWhose emission the air of a management cell (or a receptor) is "
             "made of: the tags of a result whose scenario has\n[attribution], largest first.",
             visible, "what", values)) {
    return success;
  }
  const auto what = values.count("what") > 0 ? values["what"].as<std::vector<std::string>>() : std::vector<std::string>{};
  if (what.size() != 2) {
    throw UsageError("who: give a result and the id of a management cell or receptor");
  }
  if (!question.at.empty() && !(question.from.empty() && question.to.empty())) {
    throw UsageError("who: --at is one hour, --from and --to a period: give one of the two");
  }
  if (rows < 1) {
    throw UsageError(fmt::format("--rows {}: must be at least 1", rows));
  }
  question.place = what[1];
  fmt::print("{}", who_table(tq::who(what[0], question), std::size_t(rows)));
  return success;
}

} // namespace tq::app
