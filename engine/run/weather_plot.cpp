#include "base/constants.hpp"
#include "run/weather_record.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <iterator>

namespace tq {

namespace {

constexpr int sectors = 16;
constexpr std::array<double, 5> speed_bounds = {0, 2, 4, 6, 1e9}; // m s-1, from..to of the rose's classes
constexpr std::array<const char*, 4> class_names = {"below 2 m/s", "2 to 4", "4 to 6", "6 and more"};
constexpr std::array<const char*, 4> class_colours = {"#c6dbef", "#6baed6", "#2171b5", "#08306b"};

/// Share of all hours [%] by sector and class of speed; calms apart.
struct Rose {
  std::array<std::array<double, class_names.size()>, sectors> share{};
  double calm = 0;
  double largest = 0; // of a sector

  explicit Rose(const std::vector<WeatherHour>& hours) {
    const double one = 100.0 / double(hours.size());
    for (const WeatherHour& hour : hours) {
      if (hour.layer.calm) {
        calm += one;
        continue;
      }
      const int sector = int(std::lround(hour.layer.wind_direction / (360.0 / sectors))) % sectors;
      const auto above = std::upper_bound(speed_bounds.begin(), speed_bounds.end(), hour.layer.wind_speed);
      share[std::size_t(sector)][std::size_t(above - speed_bounds.begin()) - 1] += one;
    }
    for (const auto& sector : share) {
      double sum = 0;
      for (const double part : sector) {
        sum += part;
      }
      largest = std::max(largest, sum);
    }
  }
};

/// The outline of a wedge of radius r towards where the wind comes from; a blank line ends it.
std::string wedge(int sector, double r) {
  std::string text = "0 0\n";
  for (int n = -4; n <= 4; ++n) {
    const double angle = (sector + 0.1 * n) * (2 * constants::pi / sectors);
    text += fmt::format("{:.4f} {:.4f}\n", r * std::sin(angle), r * std::cos(angle));
  }
  return text + "0 0\n\n";
}

std::string rose_plot(const Rose& rose) {
  std::string data, plot;
  for (std::size_t top = class_names.size(); top-- > 0;) { // the fastest lie behind, outermost
    data += fmt::format("$class{} << EOD\n", top);
    for (int sector = 0; sector < sectors; ++sector) {
      double sum = 0;
      for (std::size_t n = 0; n <= top; ++n) {
        sum += rose.share[std::size_t(sector)][n];
      }
      data += wedge(sector, sum);
    }
    data += "EOD\n";
    plot += fmt::format("{}$class{} using 1:2 with filledcurves closed lc rgb '{}' title '{}'",
                        plot.empty() ? "" : ", \\\n  ", top, class_colours[top], class_names[top]);
  }
  const double r = 5 * std::ceil(std::max(rose.largest, 1.0) / 5);
  return data +
         fmt::format(
             "set size ratio -1\nunset xtics\nunset ytics\nunset xlabel\nunset ylabel\nunset grid\nunset border\n"
             "set xrange [{0}:{1}]\nset yrange [{0}:{1}]\nset key bottom center horizontal maxrows 2\n"
             "set label 1 'N' at 0,{2} center\nset object 1 circle at 0,0 size {3} fs empty border lc rgb 'grey'\n"
             "set label 2 '{3:g} %' at {4},{4} left tc rgb 'grey'\n"
             "set title 'Where the wind comes from, all hours; calm {5:.0f} %'\nplot {6}\n",
             -1.35 * r, 1.35 * r, 1.1 * r, r, 0.72 * r, rose.calm, plot);
}

struct Panel {
  const char* title;
  const char* from;  // begin of the y axis, * for that of the values
  const char* style; // of gnuplot
  double (*value)(const WeatherHour&);
};

constexpr Panel panels[] = {
    {"wind, m/s", "0", "lines lw 1.5 lc rgb '#2171b5'", [](const WeatherHour& h) { return h.layer.wind_speed; }},
    {"temperature, °C", "*", "lines lw 1.5 lc rgb '#cb181d'",
     [](const WeatherHour& h) { return h.surface.temperature - constants::zero_celsius; }},
    {"mixing height, m", "0", "filledcurves x1 lc rgb '#c7e9c0'",
     [](const WeatherHour& h) { return h.layer.mixing_height; }},
    {"1/L, 1/m", "*", "lines lw 1.5 lc rgb '#6a51a3'",
     [](const WeatherHour& h) { return h.layer.inverse_obukhov_length; }},
    {"rain, mm/h", "0", "boxes fs solid lc rgb '#08519c'", [](const WeatherHour& h) { return h.surface.rain; }},
};

} // namespace

std::string weather_plot(const Case& c, const std::vector<WeatherHour>& hours, Instant first) {
  const Instant end = std::min(c.end, first + 7 * seconds_per_day);
  const auto local = [&](Instant time) { return from_utc(c.zone.to_civil(time)); };
  constexpr int count = int(std::size(panels));
  std::string data = "$week << EOD\n";
  for (const WeatherHour& hour : hours) {
    const Instant time = hour.layer.time;
    if (time >= first && time < end) {
      data += fmt::format("{}", local(time));
      for (const Panel& panel : panels) {
        data += fmt::format(" {:.6g}", panel.value(hour));
      }
      data += "\n";
    }
  }
  std::string title = c.title.empty() ? c.name : c.title; // quotes would end gnuplot's text
  std::replace(title.begin(), title.end(), '\'', ' ');
  std::string text = data +
                     "EOD\nset multiplot\nset xdata time\nset timefmt '%s'\nset format x '%d %b'\nset xtics 86400\n"
                     "set grid\nunset key\nset lmargin at screen 0.07\nset rmargin at screen 0.64\n";
  text += fmt::format(
      "set xrange ['{}':'{}']\nset boxwidth 3600 absolute\nset label 9 '{}' at screen 0.07,0.97 noenhanced\n",
      local(first), local(end), title);
  for (int n = 0; n < count; ++n) {
    const double height = 0.88 / count, top = 0.94 - n * height;
    text +=
        fmt::format("set tmargin at screen {:.4f}\nset bmargin at screen {:.4f}\nset ylabel '{}'\nset yrange [{}:*]\n"
                    "{}plot $week using 1:{} with {}\nunset label 9\n",
                    top, top - height + 0.025, panels[n].title, panels[n].from,
                    n + 1 < count ? "set format x ''\n" : "set format x '%d %b'\n", n + 2, panels[n].style);
  }
  text += "set xdata\nset lmargin at screen 0.68\nset rmargin at screen 0.98\nset tmargin at screen 0.9\nset bmargin "
          "at screen 0.15\n";
  return text + rose_plot(Rose(hours)) + "unset multiplot\n";
}

} // namespace tq
