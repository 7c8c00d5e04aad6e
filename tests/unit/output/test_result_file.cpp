#include "base/error.hpp"
#include "files/hdf5.hpp"
#include "output/mantissa.hpp"
#include "output/result_file.hpp"
#include "paths.hpp"
#include "probe.hpp"
#include "sample_result.hpp"

#include <cmath>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace tq;
using namespace tq::test;

namespace {

} // namespace

// Places by the Krueger series of the transverse Mercator projection, not by PROJ: centres of cells (0, 0) and (11, 9).
TEST(ResultFile, OpensInTheToolsOfOthers) {
  const auto folder = scratch_directory("result-open");
  write_sample_result(folder / "base.nc", 3);
  const std::string command =
      "/usr/bin/python3 '" + (source_directory() / "tests/cli/open_everywhere.py").string() + "' '" +
      (folder / "base.nc").string() +
      "' --variable pm10 --shape 3,10,12 --epsg 32650 --west 517500 --north 3247500 --size 500,500 "
      "--start 2017-12-03T16:00:00 --at 117.182792715,29.313649786=5.0e-8 --at 117.239527259,29.354174715=5.461e-8 "
      "--cells 2 --cell-id ZS-1 --layers 7 --receptors 2 > '" + (folder / "log").string() + "' 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0) << bytes_of(folder / "log");
  std::filesystem::remove_all(folder);
}

TEST(ResultFile, HoldsWhatWasWritten) {
  const auto folder = scratch_directory("result-hold");
  write_sample_result(folder / "deep" / "base.nc", 3);
  const auto file = files::Hdf5File::open(folder / "deep" / "base.nc");
  EXPECT_EQ(file.text_attribute("/", "tianqing_schema"), "result/2");
  const auto pm10 = file.read("/pm10", 2, 1);
  EXPECT_EQ(float(pm10[5 * 12 + 7]), float(sample_value(1, 2, 5, 7)));
  EXPECT_EQ(file.read("/so2_tendency_due_to_dry_deposition", 0, 1)[0], double(float(-1e-3 * sample_value(0, 0, 0, 0))));
  EXPECT_EQ(file.read("/mixing_height"), (std::vector<double>{400, 401, 402}));
  EXPECT_EQ(file.text_attribute("/so2_tendency_due_to_wet_deposition", "standard_name"),
            "tendency_of_atmosphere_mass_content_of_sulfur_dioxide_due_to_wet_deposition");
  EXPECT_FALSE(file.has_attribute("/pm10_tendency_due_to_wet_deposition", "standard_name"));
  // z of cell (3, 4), level 2 by the file's formula against the grid.
  const Grid grid = sample_grid();
  const double z = file.read("/lev")[2] + file.read("/lev_b")[2] * file.read("/surface_altitude")[4 * 12 + 3];
  EXPECT_NEAR(z, grid.terrain(3, 4) + grid.height_above_ground(3, 4, 2), 1e-9);

  // "ZS-1" covers cells i, j in 1..2: the mean is the value between them. "CJ-1": a half of cell 6 and all of cell 7.
  const auto cells = file.read("/cells/pm10", 1, 1);
  EXPECT_NEAR(cells[0], 0.5 * (sample_value(1, 1, 1, 1) + sample_value(1, 1, 2, 2)), 1e-14);
  EXPECT_NEAR(cells[1], (sample_value(1, 1, 5, 6) + 2 * sample_value(1, 1, 5, 7)) / 3, 1e-14);
  EXPECT_EQ(file.read_texts("/cells/id"), (std::vector<std::string>{"ZS-1", "CJ-1"}));
  EXPECT_EQ(file.read_texts("/cells/name")[0], "珠山 \"一\"");
  EXPECT_NEAR(file.read("/cells/area")[0], 1e6, 1);
  EXPECT_EQ(file.read("/cells/avoided_emission_pm10"), (std::vector<double>{2, 3}));
  EXPECT_NEAR(file.read("/cells/air_density")[0], grid.air_density(2, 1, 0), 1e-3);
  EXPECT_EQ(file.text_attribute("/cells/pm10", "phase"), "particle");

  // "2343A" lies 1/4 of a cell east of the centre of column 5 and on that of row 5; "edge" on the western edge, where the
  // outermost cell's value holds.
  const auto receptors = file.read("/receptors/pm10", 1, 1);
  EXPECT_EQ(file.shape("/receptors/pm10"), (std::vector<std::size_t>{3, 2}));
  EXPECT_NEAR(receptors[0], 0.75 * sample_value(1, 1, 5, 5) + 0.25 * sample_value(1, 1, 5, 6), 1e-14);
  EXPECT_EQ(receptors[1], double(float(sample_value(1, 1, 0, 0))));
  EXPECT_EQ(file.read_texts("/receptors/id"), (std::vector<std::string>{"2343A", "edge"}));
  EXPECT_EQ(file.read("/receptors/lon"), (std::vector<double>{117.21, 117.18}));
  EXPECT_EQ(file.read("/receptors/x"), (std::vector<double>{520375, 517500}));
  EXPECT_EQ(file.read("/receptors/surface_altitude"), (std::vector<double>{30 + 20 * 5 + 5 * 5.25, 30}));
  EXPECT_NEAR(file.read("/receptors/air_density")[1], grid.air_density(0, 0, 0), 1e-15);
  EXPECT_EQ(file.text_attribute("/receptors", "featureType"), "timeSeries");
  EXPECT_EQ(file.text_attribute("/receptors/pm10", "coordinates"), "lat lon x y surface_altitude id name");

  // Three hours of deposition: what falls on the mean of the cell, over its area.
  EXPECT_NEAR(file.read("/cells/dry_deposition_pm10")[0] /
                  (1e-3 * 3 * 3600 * 1e6 * 0.5 * (sample_value(1, 1, 1, 1) + sample_value(1, 1, 2, 2))),
              1, 1e-4);
  EXPECT_EQ(file.read("/cells/wet_deposition_pm10"), (std::vector<double>{0, 0}));

  const std::size_t size = 120;
  const auto volume = file.read("/pm10_volume", 2, 1);
  EXPECT_EQ(file.shape("/pm10_volume"), (std::vector<std::size_t>{3, 7, 10, 12}));
  EXPECT_EQ(std::vector<double>(volume.begin(), volume.begin() + size), pm10); // the lowest layer, to the bit
  EXPECT_EQ(volume[3 * size + 5 * 12 + 7], double(float(sample_value(1, 2, 5, 7) / 4)));
  EXPECT_EQ(file.text_attribute("/pm10_volume", "standard_name"), file.text_attribute("/pm10", "standard_name"));
  EXPECT_FALSE(file.has("/so2_volume"));

  EXPECT_EQ(file.read("/budget/emitted", 2, 1), (std::vector<double>{30, 30}));
  EXPECT_NEAR(file.read("/budget/residual", 2, 1)[0], (130.0 - 90 - 40 - 0.5) / 130, 1e-15);
  EXPECT_EQ(file.read("/budget/settled", 2, 1), (std::vector<double>{0.5, 0.5}));
  EXPECT_EQ(file.read_texts("/run/scenario")[0], sample_header().scenario_text);
  EXPECT_EQ(file.number_attribute("/run", "complete"), std::vector<double>{1});
  EXPECT_EQ(file.read_texts("/run/measures/payer"), std::vector<std::string>{"developer"});
  EXPECT_EQ(file.read_texts("/run/measures/kind"), std::vector<std::string>{"scale"});
  EXPECT_EQ(file.read("/run/measures/capital"), std::vector<double>{146100});
  EXPECT_EQ(file.read("/run/measures/capital_per_year"), std::vector<double>{36525});
  EXPECT_EQ(file.read("/run/measures/running"), std::vector<double>{84000});
  EXPECT_EQ(file.read_integers("/run/measures/active_hours"), std::vector<std::int64_t>{36});
  EXPECT_EQ(file.read_integers("/run/measures/active_days"), std::vector<std::int64_t>{3});
  EXPECT_EQ(file.read("/run/measures/avoided_emission_so2"), std::vector<double>{50});
  EXPECT_EQ(file.read("/run/measures/avoided_emission_low_so2"), std::vector<double>{40});
  EXPECT_EQ(file.read("/run/measures/avoided_emission_high_pm10"), std::vector<double>{60});
  EXPECT_EQ(file.read("/run/avoided_emission_pm10"), std::vector<double>{50});
  EXPECT_EQ(file.read("/run/avoided_emission_low_pm10"), std::vector<double>{30});
  EXPECT_EQ(file.read("/run/avoided_emission_high_pm10"), std::vector<double>{60});
  std::filesystem::remove_all(folder);
}

TEST(ResultFile, TellsDaysAndPeriods) {
  const auto folder = scratch_directory("result-quality");
  write_sample_result(folder / "base.nc", 5);
  const auto file = files::Hdf5File::open(folder / "base.nc");
  EXPECT_EQ(file.text_attribute("/quality", "edition"), "GB3095_2012");
  EXPECT_EQ(file.text_attribute("/quality", "reference_state"), "a state");
  EXPECT_EQ(file.read_texts("/quality/place_id"), (std::vector<std::string>{"ZS-1", "edge"}));
  EXPECT_EQ(file.read_texts("/quality/place_kind"), (std::vector<std::string>{"cell", "receptor"}));
  EXPECT_EQ(file.read("/quality/function_class"), (std::vector<double>{2, 1}));
  EXPECT_EQ(file.read("/quality/day_bnds"), (std::vector<double>{1512316800, 1512316800 + 3 * 3600}));
  const auto aqi = file.read("/quality/aqi");
  EXPECT_EQ(aqi[0], 102);
  EXPECT_TRUE(std::isnan(aqi[1]));
  EXPECT_EQ(file.read("/quality/class"), (std::vector<double>{3, 0}));
  EXPECT_EQ(file.text_attribute("/quality/class", "flag_meanings"), "none excellent good light moderate heavy severe");
  EXPECT_EQ(file.number_attribute("/quality/class", "flag_values"), (std::vector<double>{0, 1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(file.read("/quality/primary"), (std::vector<double>{16 + 32, 0}));
  EXPECT_EQ(file.number_attribute("/quality/primary", "flag_masks"), (std::vector<double>{1, 2, 4, 8, 16, 32}));
  EXPECT_EQ(file.text_attribute("/quality/primary", "flag_meanings"), "so2 no2 co o3 pm10 pm2_5");
  EXPECT_EQ(file.shape("/quality/iaqi"), (std::vector<std::size_t>{1, 2, 6}));

  // The first period ended with hour 4; the run's end gave the next; the third never came.
  EXPECT_EQ(file.read_texts("/quality/period_label"), (std::vector<std::string>{"2017-12", "2017", "all"}));
  EXPECT_EQ(file.read("/quality/good_days", 0, 2), (std::vector<double>{3, 3, 8, 8}));
  EXPECT_TRUE(std::isnan(file.read("/quality/good_days")[4]));
  EXPECT_EQ(file.read("/quality/class_days", 0, 1), (std::vector<double>{2, 1, 1, 0, 0, 0, 2, 1, 1, 0, 0, 0}));
  EXPECT_EQ(file.shape("/quality/map_mean_pm10"), (std::vector<std::size_t>{3, 10, 12}));
  EXPECT_EQ(file.read("/quality/map_mean_pm10", 1, 1)[37], double(float(37e-9)));
  EXPECT_FALSE(file.has("/quality/map_mean_o3")); // the run has none
  EXPECT_EQ(file.text_attribute("/quality/map_mean_pm10", "grid_mapping"), "crs");
  EXPECT_EQ(file.read("/quality/x"), file.read("/x"));
  std::filesystem::remove_all(folder);
}

TEST(ResultFile, TellsWhatMeasuresMakeOfSources) {
  const auto folder = scratch_directory("result-factors");
  write_sample_result(folder / "sample.nc", 1);
  const auto file = files::Hdf5File::open(folder / "sample.nc");
  using Texts = std::vector<std::string>;
  EXPECT_EQ(file.read_texts("/run/factors/measures"), (Texts{"water", "water + zone"}));
  EXPECT_EQ(file.read_texts("/run/factors/sector"), (Texts{"construction", "road_dust"}));
  EXPECT_EQ(file.read_texts("/run/factors/part"), (Texts{"", "dust.car"}));
  EXPECT_EQ(file.read_texts("/run/factors/fleet"), (Texts{"", "taxis"}));
  EXPECT_EQ(file.read_texts("/run/factors/variant"), (Texts{"", "electricity"}));
  EXPECT_EQ(file.read_integers("/run/factors/sources"), (std::vector<std::int64_t>{2, 7}));
  EXPECT_EQ(file.read_texts("/run/factors/name"), (Texts{"so2", "pm_fine"}));
  EXPECT_EQ(file.shape("/run/factors/factor"), (std::vector<std::size_t>{2, 2}));
  EXPECT_EQ(file.read("/run/factors/factor"), (std::vector<double>{1, 0.5, 0.25, 0.125}));
  std::filesystem::remove_all(folder);
}

TEST(ResultFile, FactorsMustBeOfTheNamedSpecies) {
  const auto folder = scratch_directory("result-factors-size");
  const Grid grid = sample_grid();
  const ManagementCells cells = sample_cells(grid);
  const ResultHeader header = sample_header();
  ResultFile result(folder / "sample.nc", grid, cells, header);
  result.write(sample_hour(grid, header, 0));
  ResultSummary summary = sample_summary(header, int(cells.cells.size()));
  summary.factors[1].factor.pop_back();
  EXPECT_THROW(result.finish(summary), std::logic_error);
  std::filesystem::remove_all(folder);
}

TEST(ResultFile, TwoRunsDifferInNothingButTimers) {
  const auto folder = scratch_directory("result-bytes");
  write_sample_result(folder / "a.nc", 3);
  write_sample_result(folder / "b.nc", 3);
  EXPECT_EQ(bytes_of(folder / "a.nc"), bytes_of(folder / "b.nc"));
  EXPECT_EQ(bytes_of(folder / "a_cells.geojson"), bytes_of(folder / "b_cells.geojson"));
  std::filesystem::remove_all(folder);
}

TEST(ResultFile, AnExistingResultIsKeptUnlessToldOtherwise) {
  const auto folder = scratch_directory("result-exists");
  const auto file = folder / "base.nc";
  check_result_target(file, false);
  check_result_target(folder / "new" / "deeper" / "base.nc", false);
  write_sample_result(file, 1);
  const std::string before = bytes_of(file);
  const std::string told = " exists already: --overwrite replaces it, -o DIR writes elsewhere";
  EXPECT_EQ(message_of([&] { check_result_target(file, false); }),
            file.string() + ":" + told + "\n" + (folder / "base_cells.geojson").string() + ":" + told);
  EXPECT_THROW(write_sample_result(file, 1), InputError);
  EXPECT_EQ(bytes_of(file), before);
  check_result_target(file, true);
  write_sample_result(file, 2, {.overwrite = true});
  EXPECT_EQ(files::Hdf5File::open(file).shape("/time"), std::vector<std::size_t>{2});
  std::filesystem::create_directory(folder / "taken.nc");
  EXPECT_EQ(message_of([&] { check_result_target(folder / "taken.nc", true); }),
            (folder / "taken.nc").string() + ": is a folder: a result cannot be written over it");
  EXPECT_THROW(check_result_target(file / "base.nc", false), FileError); // its folder is a file
  std::filesystem::remove_all(folder);
}

TEST(ResultFile, IsReadableWhileTheRunGoesOnAndAfterItWasCutOff) {
  const auto folder = scratch_directory("result-cut");
  const Grid grid = sample_grid();
  const ResultHeader header = sample_header();
  {
    ResultFile result(folder / "base.nc", grid, sample_cells(grid), header);
    for (int h = 0; h < 30; ++h) { // more than the queue holds, so most must be on disk
      result.write(sample_hour(grid, header, h));
    }
    const auto file = files::Hdf5File::open(folder / "base.nc");
    EXPECT_GE(file.shape("/time")[0], 20U);
    EXPECT_EQ(file.number_attribute("/run", "complete"), std::vector<double>{0});
  }
  const auto file = files::Hdf5File::open(folder / "base.nc");
  EXPECT_EQ(file.shape("/pm10")[0], 30U);
  EXPECT_TRUE(std::isnan(file.read("/cells/emission_pm10")[0]));
  std::filesystem::remove_all(folder);
}

// A process may be killed between any two writes of a flush. The last hour may then be incomplete, no other.
TEST(ResultFile, SurvivesBeingKilledAtAnyMoment) {
  const auto folder = scratch_directory("result-kill");
  const Grid grid = sample_grid();
  const ManagementCells cells = sample_cells(grid);
  const ResultHeader header = sample_header();
  for (int trial = 0; trial < 6; ++trial) {
    int progress[2];
    ASSERT_EQ(pipe(progress), 0);
    const pid_t child = fork();
    if (child == 0) {
      ResultFile result(folder / "base.nc", grid, cells, header, {.overwrite = true});
      for (int h = 0;; ++h) {
        result.write(sample_hour(grid, header, h));
        if (h == 20) {
          (void)!write(progress[1], "x", 1);
        }
      }
    }
    char byte = 0;
    ASSERT_EQ(read(progress[0], &byte, 1), 1);
    usleep(useconds_t(7919 * trial)); // another moment each time
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(progress[0]);
    close(progress[1]);
    const auto file = files::Hdf5File::open(folder / "base.nc");
    const std::size_t hours = file.shape("/pm10")[0];
    ASSERT_GE(hours, 10U);
    const auto pm10 = file.read("/pm10", 0, hours - 1);
    for (std::size_t h = 0; h + 1 < hours; ++h) {
      ASSERT_EQ(float(pm10[h * 120 + 17]), float(sample_value(1, int(h), 1, 5))) << "trial " << trial << ", hour " << h;
    }
  }
  std::filesystem::remove_all(folder);
}

TEST(ResultFile, TheWritersFailureReachesTheRun) {
  const auto folder = scratch_directory("result-full");
  const Grid grid = sample_grid();
  const ResultHeader header = sample_header();
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit old_limit{};
  getrlimit(RLIMIT_FSIZE, &old_limit);
  std::string text;
  {
    ResultFile result(folder / "base.nc", grid, sample_cells(grid), header);
    const rlimit small{std::filesystem::file_size(folder / "base.nc") + 20000, old_limit.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    text = message_of([&] {
      for (int h = 0; h < 500; ++h) {
        result.write(sample_hour(grid, header, h));
      }
    });
    setrlimit(RLIMIT_FSIZE, &old_limit);
  }
  std::signal(SIGXFSZ, old_handler);
  EXPECT_NE(text.find("cannot write " + (folder / "base.nc").string()), std::string::npos) << text;
  EXPECT_NE(text.find("File too large"), std::string::npos) << text;
  std::filesystem::remove_all(folder);
}

TEST(ResultFile, RoundingKeepsTheBitsAskedFor) {
  EXPECT_EQ(rounded_mantissa(1.0F, 12), 1.0F);
  EXPECT_EQ(rounded_mantissa(1.0F + 0x1p-13F, 12), 1.0F);             // half way: to the even neighbour
  EXPECT_EQ(rounded_mantissa(1.0F + 3 * 0x1p-13F, 12), 1.0F + 0x1p-11F);
  EXPECT_EQ(rounded_mantissa(1.0F + 0x1p-13F + 0x1p-20F, 12), 1.0F + 0x1p-12F);
  EXPECT_EQ(rounded_mantissa(0x1.ffffffp0F, 12), 2.0F);
  EXPECT_EQ(rounded_mantissa(-3.14159F, 23), -3.14159F);
  EXPECT_TRUE(std::isnan(rounded_mantissa(NAN, 5)));
  for (int n = 1; n < 1000; ++n) {
    const float value = 1e-9F * float(n) * 0.37F;
    EXPECT_LE(std::abs(rounded_mantissa(value, 12) - value), value * 0x1p-13F);
  }
}
