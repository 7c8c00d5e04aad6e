#include "output/grid_picture.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <iterator>

namespace tq {

namespace {

struct Colour {
  int red, green, blue;
};

/// Of the classes of data/land_cover.toml; grey for others.
Colour colour_of(const std::string& id) {
  struct Row {
    const char* id;
    Colour colour;
  };
  constexpr Row rows[] = {{"dense_town", {176, 46, 46}}, {"low_town", {232, 136, 112}}, {"industrial", {122, 74, 140}},
                          {"forest", {58, 122, 66}},     {"shrub", {150, 160, 90}},     {"crops", {236, 216, 130}},
                          {"grass", {170, 212, 120}},    {"bare", {190, 170, 150}},     {"water", {70, 130, 200}}};
  const auto* row = std::find_if(std::begin(rows), std::end(rows), [&id](const Row& r) { return id == r.id; });
  return row == std::end(rows) ? Colour{128, 128, 128} : row->colour;
}

/// Light from the north-west at 45 degrees on slopes that are `exaggeration` times as steep: 0 black to 1.
double light(const Grid& grid, int i, int j, double exaggeration) {
  const double east = exaggeration * (grid.terrain(i + 1, j) - grid.terrain(i - 1, j)) / (2 * grid.dx());
  const double north = exaggeration * (grid.terrain(i, j + 1) - grid.terrain(i, j - 1)) / (2 * grid.dy());
  const double cosine = (0.5 * east - 0.5 * north + std::sqrt(0.5)) / std::sqrt(1 + east * east + north * north);
  return std::clamp(cosine, 0.0, 1.0);
}

/// Shares of colours mix.
Colour mixed(const LandCover& cover, int i, int j) {
  std::array<double, 3> sum{};
  for (std::size_t c = 0; c < cover.classes().size(); ++c) {
    const Colour colour = colour_of(cover.classes()[c].id);
    const double share = cover.share(i, j, int(c));
    sum[0] += share * colour.red;
    sum[1] += share * colour.green;
    sum[2] += share * colour.blue;
  }
  return {int(sum[0]), int(sum[1]), int(sum[2])};
}

/// Per cell: x, y, height, darkness 0 to 255, red, green, blue; rows end with an empty line.
std::string cells_block(const GridFile& city) {
  const Grid& grid = city.grid;
  constexpr double gentle = 0.2; // steeper ground need not be exaggerated five times
  const double exaggeration = 1 / std::max(gentle, largest_slope(grid.specification().terrain, grid.specification()));
  std::string text = "$cells << EOD\n";
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      const Colour colour = mixed(city.land_cover, i, j);
      fmt::format_to(std::back_inserter(text), "{:.4f} {:.4f} {:.1f} {} {} {} {}\n", (i + 0.5) * grid.dx() / 1000,
                     (j + 0.5) * grid.dy() / 1000, grid.terrain(i, j), int(160 * (1 - light(grid, i, j, exaggeration))),
                     colour.red, colour.green, colour.blue);
    }
    text += '\n';
  }
  return text + "EOD\n";
}

/// About ten contours at a round distance; 0 on flat ground.
double contour_step(const Grid& grid) {
  const std::vector<double>& heights = grid.specification().terrain;
  const auto [low, high] = std::minmax_element(heights.begin(), heights.end());
  const double range = *high - *low;
  for (const double step : {1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0}) {
    if (range > 0 && range / step <= 12) {
      return step;
    }
  }
  return range > 0 ? 500 : 0;
}

} // namespace

std::string outlines_block(const GridFile& city) {
  const GridSpecification& s = city.grid.specification();
  std::string text = "$outlines << EOD\n";
  for (const ManagementCell& cell : city.management.cells) {
    for (const files::Polygon& polygon : projected(city.grid, cell.feature).polygons) {
      for (const files::Line& ring : polygon.rings) {
        for (const files::Position& p : ring) {
          fmt::format_to(std::back_inserter(text), "{:.4f} {:.4f}\n", (p.x - s.x_west) / 1000,
                         (p.y - s.y_south) / 1000);
        }
        text += '\n';
      }
    }
  }
  return text + "EOD\n";
}

std::string grid_picture(const GridFile& city) {
  const Grid& grid = city.grid;
  const double step = contour_step(grid);
  const bool outlined = !city.management.cells.empty(), contoured = step > 0 && grid.nx() > 1 && grid.ny() > 1;
  std::string text = cells_block(city) + outlines_block(city);
  if (contoured) {
    text += fmt::format(
        "set contour base\nset cntrparam levels incremental 0, {}, 10000\nunset surface\nset table $contours\n"
        "splot $cells using 1:2:3 with lines\nunset table\nunset contour\nset surface\n",
        step);
  }
  std::string over;
  if (contoured) {
    over += ", $contours using 1:2 with lines lc rgb '#80202020' lw 0.6 notitle";
  }
  if (outlined) {
    over +=
        ", $outlines with lines lc rgb '#ffffff' lw 2 notitle, $outlines with lines lc rgb '#202020' lw 0.8 notitle";
  }
  text += fmt::format("set multiplot\nset size ratio -1\nset tmargin at screen 0.94\nset bmargin at screen 0.14\n"
                      "set lmargin at screen 0.05\nset rmargin at screen 0.38\nset xrange [0:{}]\nset yrange [0:{}]\n"
                      "set xlabel 'km east'\nset ylabel 'km north'\nset tics out nomirror\n"
                      "set palette defined (0 '#4f8f5a', 0.25 '#b9c98a', 0.5 '#e3d3a0', 0.75 '#b08a63', 1 '#f4f1ee')\n"
                      "set cblabel 'm above sea{}'\nset title 'Terrain of {}' noenhanced\n",
                      grid.nx() * grid.dx() / 1000, grid.ny() * grid.dy() / 1000,
                      contoured ? fmt::format(", contours every {:g} m", step) : "", city.name);
  text +=
      "plot $cells using 1:2:3 with image notitle, $cells using 1:2:(0):(0):(0):4 with rgbalpha notitle" + over + "\n";
  text += "unset colorbox\nset lmargin at screen 0.50\nset rmargin at screen 0.83\nset title 'Land cover' "
          "noenhanced\nset key at screen 0.99, screen 0.9 right top noenhanced\n"
          "plot $cells using 1:2:5:6:7 with rgbimage notitle" +
          over;
  for (std::size_t c = 0; c < city.land_cover.classes().size(); ++c) {
    const double share = city.land_cover.domain_share(int(c));
    if (share > 0) {
      const LandCoverClass& row = city.land_cover.classes()[c];
      const Colour colour = colour_of(row.id);
      text += fmt::format(", NaN with points pt 5 ps 2 lc rgb '#{:02x}{:02x}{:02x}' title '{} {:.1f} %'", colour.red,
                          colour.green, colour.blue, row.name, 100 * share);
    }
  }
  return text + "\nunset multiplot\n";
}

} // namespace tq
