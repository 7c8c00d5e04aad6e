// tianqing weather SCENARIO [-o DIRECTORY] [--week DATE] [--wind] [--overwrite] [--threads N]
#include "app/command.hpp"
#include "app/options.hpp"
#include "base/error.hpp"
#include "base/gnuplot.hpp"
#include "base/log.hpp"
#include "run/weather_record.hpp"

#include <fmt/format.h>
#include <omp.h>

namespace tq::app {

namespace {

/// The first hour of the picture; a date is civil time.
Instant read_week(const std::string& text, const Case& c) {
  const std::optional<Instant> first = parse_instant(text, c.zone);
  if (!first || *first < c.start || *first >= c.end) {
    throw UsageError(fmt::format("--week {}: must be a date within the run, {} to {}", text,
                                 format_civil(c.zone.to_civil(c.start)), format_civil(c.zone.to_civil(c.end))));
  }
  return *first;
}

} // namespace

int weather(const Arguments& arguments) {
  namespace po = boost::program_options;
  std::string directory = "results", week;
  bool overwrite = false, wind = false;
  po::options_description visible("options");
  visible.add_options()("output,o", po::value(&directory)->value_name("DIR"),
                        "folder of the file and the picture, made if absent (results)")(
      "week", po::value(&week)->value_name("DATE"), "first day of the picture's seven (the run's first)")(
      "wind", po::bool_switch(&wind), "hourly wind of the lowest layer on the grid too")(
      "overwrite", po::bool_switch(&overwrite),
      "replace files that exist already")("threads", po::value<int>()->value_name("N"), "threads (all cores)");
  po::variables_map values;
  if (!parse(arguments,
             "usage: tianqing weather SCENARIO [options]\nThe hourly weather of a scenario alone, without its air: "
             "DIR/NAME_weather.nc and a picture of a week,\nDIR/NAME_weather.png.",
             visible, "scenario", values)) {
    return success;
  }
  const auto scenarios =
      values.count("scenario") > 0 ? values["scenario"].as<std::vector<std::string>>() : std::vector<std::string>{};
  if (scenarios.size() != 1) {
    throw UsageError("weather: give one scenario file");
  }
  if (values.count("threads") > 0) {
    const int threads = values["threads"].as<int>();
    check_threads(threads);
    omp_set_num_threads(threads);
  }
  const Case c = load_case(scenarios[0]);
  const Instant first = week.empty() ? c.start : read_week(week, c);
  const std::filesystem::path file = std::filesystem::path(directory) / (c.name + "_weather.nc");
  const std::filesystem::path picture = std::filesystem::path(directory) / (c.name + "_weather.png");
  check_targets({file, picture}, overwrite);
  const std::vector<WeatherHour> hours = weather_hours(c);
  write_weather(c, hours, file, wind);
  log::info("{}: {} hours of weather in {}", c.name, hours.size(), file.string());
  if (draw_png(weather_plot(c, hours, first), picture, 1400, 900)) {
    log::info("  picture: {}", picture.string());
  } else {
    log::info("  no picture: gnuplot is missing (./setup installs it)");
  }
  return success;
}

} // namespace tq::app
