// tianqing grid SCENARIO|grid.toml -o DIR
#include "app/command.hpp"
#include "app/options.hpp"
#include "base/error.hpp"
#include "base/gnuplot.hpp"
#include "output/grid_picture.hpp"
#include "output/grid_result.hpp"
#include "run/case.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

namespace tq::app {

namespace {

/// The grid file that a scenario names, or the file itself where it is one.
std::filesystem::path find_grid_file(const std::filesystem::path& file) {
  const config::Node root = config::read_scenario(file);
  const config::Node* const schema = root.find("schema");
  const auto* const form = schema != nullptr ? std::get_if<std::string>(&schema->value) : nullptr;
  if (form == nullptr || !form->starts_with("scenario/")) {
    return file;
  }
  ProblemList problems;
  const config::Settings settings = config::Settings::check(root, scenario_schema(), problems);
  const auto grid = settings.has("grid.file") ? settings.existing_file("grid.file", problems) : std::nullopt;
  problems.throw_if_any();
  if (!grid) {
    throw InputError({file.string(), 0, 0}, "grid.file: is required (path)");
  }
  return *grid;
}

void print_summary(const GridFile& city) {
  const Grid& grid = city.grid;
  const std::vector<double>& heights = grid.specification().terrain;
  const auto [low, high] = std::minmax_element(heights.begin(), heights.end());
  fmt::print(
      "{}: {} x {} x {} cells of {:g} m x {:g} m, top at {:g} m\nterrain {:.1f} to {:.1f} m, largest slope between "
      "cells {:.3f}\nland cover:",
      city.name, grid.nx(), grid.ny(), grid.nz(), grid.dx(), grid.dy(), grid.top(), *low, *high,
      largest_slope(heights, grid.specification()));
  for (std::size_t c = 0; c < city.land_cover.classes().size(); ++c) {
    if (city.land_cover.domain_share(int(c)) > 0) {
      fmt::print(" {} {:.2f} %", city.land_cover.classes()[c].id, 100 * city.land_cover.domain_share(int(c)));
    }
  }
  fmt::print("\nmanagement cells: {}\n", city.management.cells.size());
}

} // namespace

int grid(const Arguments& arguments) {
  namespace po = boost::program_options;
  std::string folder = ".";
  po::options_description visible("options");
  visible.add_options()("output,o", po::value(&folder)->value_name("DIR"),
                        "folder for NAME_grid.nc and NAME_grid.png (.)");
  po::variables_map values;
  if (!parse(arguments,
             "usage: tianqing grid SCENARIO|GRID.toml [-o DIR]\nWrites the grid alone: heights, slopes, land cover, "
             "management cells, air mass,\nas a file that opens like a result, and as a picture. Existing ones are "
             "replaced.",
             visible, "file", values)) {
    return success;
  }
  const auto files =
      values.count("file") > 0 ? values["file"].as<std::vector<std::string>>() : std::vector<std::string>{};
  if (files.size() != 1) {
    throw UsageError("grid: give one scenario or grid file");
  }
  const GridFile city = read_grid_file(find_grid_file(files[0]));
  std::error_code status;
  std::filesystem::create_directories(folder, status);
  if (status) {
    throw FileError(fmt::format("cannot make the folder {}: {}", folder, status.message()));
  }
  const std::filesystem::path file = std::filesystem::path(folder) / (city.name + "_grid.nc");
  write_grid_result(file, city);
  print_summary(city);
  fmt::print("wrote {}\n", file.string());
  const std::filesystem::path picture = std::filesystem::path(folder) / (city.name + "_grid.png");
  if (draw_png(grid_picture(city), picture, 1600, 760)) {
    fmt::print("wrote {}\n", picture.string());
  } else {
    fmt::print("no picture: gnuplot is missing (./setup installs it)\n");
  }
  return success;
}

} // namespace tq::app
