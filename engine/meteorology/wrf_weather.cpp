#include "meteorology/wrf_weather.hpp"

#include "meteorology/wrf_fields.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <mutex>

namespace tq {

namespace {

using Member = Field<double> GriddedWeather::*;

constexpr Member of_moment[] = {&GriddedWeather::u,
                                &GriddedWeather::v,
                                &GriddedWeather::temperature,
                                &GriddedWeather::humidity,
                                &GriddedWeather::pressure,
                                &GriddedWeather::cloud_water,
                                &GriddedWeather::surface_u,
                                &GriddedWeather::surface_v,
                                &GriddedWeather::surface_temperature,
                                &GriddedWeather::surface_humidity,
                                &GriddedWeather::surface_pressure,
                                &GriddedWeather::cloud_cover,
                                &GriddedWeather::mixing_height};
constexpr Member of_hour[] = {&GriddedWeather::friction_velocity, &GriddedWeather::heat_flux,
                              &GriddedWeather::global_radiation};

constexpr Instant longest_distance = 6 * seconds_per_hour;

/// A time of the model's output and where it lies.
struct Output {
  Instant time = 0;
  std::size_t file = 0;
  std::size_t record = 0;
};

/// to += factor * from; `to` takes from's shape if it is empty.
void add(Field<double>& to, const Field<double>& from, double factor) {
  if (to.nx() == 0) {
    to = Field<double>(from.nx(), from.ny(), from.nz(), 1, 0);
  }
  const auto target = to.view3();
  const auto source = from.view3();
  for (int k = 0; k < from.nz(); ++k) {
    for (int j = 0; j < from.ny(); ++j) {
      for (int i = 0; i < from.nx(); ++i) {
        target(i, j, k) += factor * source(i, j, k);
      }
    }
  }
}

class WrfWeather final : public GriddedWeatherSource {
 public:
  WrfWeather(std::vector<std::filesystem::path> files, std::vector<Output> outputs, const Grid& grid,
             double roughness_length)
      : files_(std::move(files)), outputs_(std::move(outputs)), grid_(grid), places_(grid),
        roughness_length_(roughness_length) {}

  std::shared_ptr<const GriddedWeather> at(Instant hour) const override {
    const std::lock_guard lock(mutex_);
    if (!latest_ || latest_->time != hour) {
      latest_ = make(hour);
    }
    return latest_;
  }

  std::string description() const override {
    return fmt::format("WRF, {} outputs every {} from {} file{}", outputs_.size(), distance(), files_.size(),
                       files_.size() == 1 ? "" : "s");
  }

 private:
  std::string distance() const {
    const Instant seconds = outputs_[1].time - outputs_[0].time;
    return seconds % seconds_per_hour == 0 ? fmt::format("{} h", seconds / seconds_per_hour)
                                           : fmt::format("{} min", seconds / 60);
  }

  /// The last output at or before `time`, but not the very last.
  std::size_t before(Instant time) const {
    const auto after = std::upper_bound(outputs_.begin(), outputs_.end() - 1, time,
                                        [](Instant t, const Output& output) { return t < output.time; });
    return std::size_t(after - outputs_.begin()) - 1;
  }

  /// What two outputs hold at a moment between them, with `factor`.
  void add_moment(GriddedWeather& weather, Member member, Instant time, double factor) const {
    const std::size_t n = before(time);
    const double share = double(time - outputs_[n].time) / double(outputs_[n + 1].time - outputs_[n].time);
    const Field<double>&first = snapshot(n).*member, &second = share > 0 ? snapshot(n + 1).*member : first;
    if (first.nx() > 0 && second.nx() > 0) {
      add(weather.*member, first, factor * (1 - share));
      if (share > 0) {
        add(weather.*member, second, factor * share);
      }
    }
  }

  void add_rain(GriddedWeather& weather, Instant hour) const {
    const Instant end = hour + seconds_per_hour;
    for (std::size_t n = before(hour); n + 1 < outputs_.size() && outputs_[n].time < end; ++n) {
      const Instant first = std::max(hour, outputs_[n].time), last = std::min(end, outputs_[n + 1].time);
      const double share = double(last - first) / double(outputs_[n + 1].time - outputs_[n].time);
      const Field<double>&old = snapshot(n).rain, &fresh = snapshot(n + 1).rain;
      const double kept = mean_of(fresh) < 0.5 * mean_of(old) ? 0.0 : 1.0; // 0: the model was started anew
      for (int j = 0; j < fresh.ny(); ++j) {
        for (int i = 0; i < fresh.nx(); ++i) {
          weather.rain.view2()(i, j) += share * std::max(fresh.view2()(i, j) - kept * old.view2()(i, j), 0.0);
        }
      }
    }
  }

  std::shared_ptr<const GriddedWeather> make(Instant hour) const {
    snapshots_.erase(snapshots_.begin(), snapshots_.lower_bound(before(hour)));
    auto weather = std::make_shared<GriddedWeather>();
    weather->time = hour;
    for (const Member member : of_moment) {
      add_moment(*weather, member, hour, 1);
    }
    for (const Member member : of_hour) {
      add_moment(*weather, member, hour, 0.5);
      add_moment(*weather, member, hour + seconds_per_hour, 0.5);
    }
    weather->rain = Field<double>(grid_.nx(), grid_.ny(), 1, 1, 0);
    add_rain(*weather, hour);
    snapshots_.erase(snapshots_.upper_bound(before(hour + seconds_per_hour)), snapshots_.end());
    return weather;
  }

  const GriddedWeather& snapshot(std::size_t n) const {
    const auto found = snapshots_.find(n);
    if (found != snapshots_.end()) {
      return found->second;
    }
    const Output& output = outputs_[n];
    const files::NetcdfFile file = files::NetcdfFile::open(files_[output.file]);
    return snapshots_.emplace(n, read_wrf_fields(file, output.record, grid_, places_, roughness_length_)).first->second;
  }

  std::vector<std::filesystem::path> files_;
  std::vector<Output> outputs_;
  const Grid& grid_;
  ColumnPlaces places_;
  double roughness_length_;
  mutable std::mutex mutex_;
  mutable std::map<std::size_t, GriddedWeather> snapshots_; // by output
  mutable std::shared_ptr<const GriddedWeather> latest_;
};

std::string hours(Instant seconds) {
  return fmt::format("{:g} h", double(seconds) / double(seconds_per_hour));
}

/// The outputs of all files in the order of time; problems of files go to `problems`, also that one which the hours
/// [start, end] may need does not cover the grid.
std::vector<Output> list_outputs(const std::vector<std::filesystem::path>& paths, const Grid& grid, Instant start,
                                 Instant end, ProblemList& problems) {
  const ColumnPlaces places(grid);
  std::map<Instant, Output> outputs;
  for (std::size_t n = 0; n < paths.size(); ++n) {
    try {
      const files::NetcdfFile file = files::NetcdfFile::open(paths[n]);
      check_wrf_variables(file);
      const std::vector<std::string> times = file.read_texts("Times");
      for (std::size_t record = 0; record < times.size(); ++record) {
        std::string text = times[record];
        std::replace(text.begin(), text.end(), '_', ' ');
        const std::optional<Instant> time = parse_instant(text, TimeZone());
        if (!time) {
          problems.add({paths[n].string()},
                       fmt::format("Times = \"{}\": must be such as 2017-12-04_08:00:00", times[record]));
          continue;
        }
        if (*time > start - longest_distance && *time < end + longest_distance) { // others are not used
          place_on_wrf(file, record, places);                                     // each, as a nest may move
        }
        outputs[*time] = {*time, n, record};
      }
    } catch (const InputError& error) {
      problems.add(error);
    }
  }
  std::vector<Output> list, whole_hours;
  for (const auto& [time, output] : outputs) {
    list.push_back(output);
    if (time % seconds_per_hour == 0) {
      whole_hours.push_back(output);
    }
  }
  return whole_hours.size() > 1 ? whole_hours : list;
}

/// Why the outputs do not serve the hours [start, end], as it follows "must "; empty if they do.
std::string coverage_problem(const std::vector<Output>& outputs, Instant start, Instant end) {
  const std::string wanted = fmt::format("cover the run from {} to {}", format_utc(start), format_utc(end));
  if (outputs.empty()) {
    return wanted + ", but hold no time";
  }
  if (outputs.size() == 1 || outputs.front().time > start || outputs.back().time < end) {
    return fmt::format("{}, but hold {} to {}", wanted, format_utc(outputs.front().time),
                       format_utc(outputs.back().time));
  }
  Instant distance = outputs[1].time - outputs[0].time;
  for (std::size_t n = 1; n < outputs.size(); ++n) {
    distance = std::min(distance, outputs[n].time - outputs[n - 1].time);
  }
  if (distance > longest_distance) {
    return fmt::format("hold outputs at most {} apart, not {}", hours(longest_distance), hours(distance));
  }
  std::vector<std::string> missing;
  for (std::size_t n = 1; n < outputs.size(); ++n) {
    for (Instant time = outputs[n - 1].time + distance; time < outputs[n].time; time += distance) {
      if (time + distance > start && time - distance < end) {
        missing.push_back(format_utc(time));
      }
    }
  }
  if (missing.empty()) {
    return "";
  }
  constexpr std::size_t most = 5;
  const std::size_t shown = std::min(missing.size(), most);
  return fmt::format("hold an output every {}; missing are {}{}", hours(distance),
                     fmt::join(missing.begin(), missing.begin() + std::ptrdiff_t(shown), ", "),
                     missing.size() > shown ? fmt::format(" and {} more", missing.size() - shown) : "");
}

} // namespace

void declare_wrf(config::Schema& schema) {
  schema.add(
      {.key = "weather.files",
       .type = config::Type::paths,
       .description =
           "what WRF wrote (wrfout, netCDF), for `weather.source = \"wrf\"`; of times that several files hold the "
           "last in the list counts"});
}

std::unique_ptr<GriddedWeatherSource> read_wrf(const config::Settings& scenario, const Grid& grid,
                                               double roughness_length, Instant start, Instant end,
                                               ProblemList& problems) {
  if (!scenario.has("weather.files")) {
    if (!scenario.given("weather.files")) {
      scenario.problem(problems, "weather.files", "be given, as weather.source = \"wrf\"");
    }
    return nullptr; // otherwise the check of the scenario has told it
  }
  const std::size_t before = problems.problems().size();
  std::vector<std::filesystem::path> files = scenario.existing_files("weather.files", problems);
  std::vector<Output> outputs = list_outputs(files, grid, start, end, problems);
  if (problems.problems().size() != before) {
    return nullptr;
  }
  if (const std::string problem = coverage_problem(outputs, start, end); !problem.empty()) {
    scenario.problem(problems, "weather.files", problem);
    return nullptr;
  }
  return std::make_unique<WrfWeather>(std::move(files), std::move(outputs), grid, roughness_length);
}

} // namespace tq
