#include "base/error.hpp"
#include "files/hdf5.hpp"
#include "paths.hpp"
#include "probe.hpp"

#include <cmath>
#include <csignal>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace tq;
using test::bytes_of;
using test::message_of;
using files::Hdf5File;
using files::Hdf5Type;

namespace {

void write_sample(const std::filesystem::path& path) {
  Hdf5File file = Hdf5File::create(path, true);
  file.create_unlimited("/time", Hdf5Type::int64, 64);
  file.create_coordinate("/x", Hdf5Type::float64, 3);
  file.create_dimension("/vertex", 2);
  file.create("/name", {.type = Hdf5Type::text, .dimensions = {"/x"}});
  file.create("/deep/er/field",
              {.type = Hdf5Type::float32,
               .dimensions = {"/time", "/x"},
               .chunk = {1, 3},
               .compression = 1,
               .fill_missing = true});
  file.create("/run/text", {.type = Hdf5Type::text});
  file.write("/x", std::vector<double>{1, 2, 3});
  file.write("/name", std::vector<std::string>{"珠山", "", "b"});
  file.write("/run/text", std::string("a\nb"));
  file.set_attribute("/", "schema", std::string("result/1"));
  file.set_attribute("/x", "bounds", std::vector<double>{0.5, 3.5});
  file.set_attribute("/x", "kind", std::vector<std::string>{"p", "qq"});
  file.set_attribute("/run", "complete", std::int32_t(0));
  file.set_attribute("/run", "complete", std::int32_t(1));
  for (int hour = 0; hour < 3; ++hour) {
    file.append("/deep/er/field", std::size_t(hour), std::vector<double>{hour + 0.0, hour + 0.25, hour + 0.5});
    file.append("/time", std::size_t(hour), std::vector<std::int64_t>{1512316800 + 3600 * hour});
    file.flush();
  }
  file.close();
}

} // namespace

TEST(Hdf5, ReadsBackWhatItWrote) {
  const auto folder = test::scratch_directory("hdf5-round");
  write_sample(folder / "a.nc");
  const Hdf5File file = Hdf5File::open(folder / "a.nc");
  EXPECT_EQ(file.shape("/deep/er/field"), (std::vector<std::size_t>{3, 3}));
  EXPECT_EQ(file.read("/deep/er/field", 1, 1), (std::vector<double>{1, 1.25, 1.5}));
  EXPECT_EQ(file.read("/deep/er/field").size(), 9U);
  EXPECT_EQ(file.read_integers("/time"), (std::vector<std::int64_t>{1512316800, 1512320400, 1512324000}));
  EXPECT_EQ(file.read_texts("/name"), (std::vector<std::string>{"珠山", "", "b"}));
  EXPECT_EQ(file.read_texts("/run/text"), std::vector<std::string>{"a\nb"});
  EXPECT_EQ(file.text_attribute("/", "schema"), "result/1");
  EXPECT_EQ(file.number_attribute("/x", "bounds"), (std::vector<double>{0.5, 3.5}));
  EXPECT_EQ(file.number_attribute("/run", "complete"), std::vector<double>{1});
  EXPECT_TRUE(std::isnan(file.number_attribute("/deep/er/field", "_FillValue").at(0)));
  EXPECT_EQ(file.names("/run"), std::vector<std::string>{"text"});
  EXPECT_TRUE(file.has("/deep/er"));
  EXPECT_FALSE(file.has("/deep/none/field"));
  std::filesystem::remove_all(folder);
}

TEST(Hdf5, TwoRunsWriteTheSameBytes) {
  const auto folder = test::scratch_directory("hdf5-bytes");
  write_sample(folder / "a.nc");
  std::this_thread::sleep_for(std::chrono::milliseconds(1100)); // times in the file would differ by a second
  write_sample(folder / "b.nc");
  EXPECT_EQ(bytes_of(folder / "a.nc"), bytes_of(folder / "b.nc"));
  std::filesystem::remove_all(folder);
}

TEST(Hdf5, NamesWhatCannotBeRead) {
  const auto folder = test::scratch_directory("hdf5-read");
  const std::string missing = (folder / "none.nc").string(), other = (folder / "text.nc").string();
  std::ofstream(other) << "this is no HDF5 file";
  write_sample(folder / "a.nc");
  EXPECT_EQ(message_of([&] { Hdf5File::open(missing); }), missing + ": no such file");
  EXPECT_EQ(message_of([&] { Hdf5File::open(other); }), other + ": cannot be opened as an HDF5 file: file signature not found");
  const Hdf5File file = Hdf5File::open(folder / "a.nc");
  const std::string name = (folder / "a.nc").string();
  EXPECT_EQ(message_of([&] { file.read("/pm10"); }), name + ": has no dataset /pm10");
  EXPECT_EQ(message_of([&] { file.text_attribute("/x", "units"); }), name + ": has no attribute units of /x");
  EXPECT_EQ(message_of([&] { file.names("/cells"); }), name + ": has no group /cells");
  EXPECT_EQ(message_of([&] { file.read("/x", 2, 2); }), name + ": dataset /x has no records 2 to 4");
  EXPECT_EQ(message_of([&] { file.read_texts("/x"); }), name + ": dataset /x does not hold texts of variable length");
  EXPECT_THROW(file.read("/pm10"), InputError);
  std::filesystem::remove_all(folder);
}

TEST(Hdf5, WritingFailsWithTheLibrarysOwnCause) {
  const auto folder = test::scratch_directory("hdf5-write");
  write_sample(folder / "a.nc");
  EXPECT_THROW(Hdf5File::create(folder / "a.nc", false), FileError);
  const std::string text = message_of([&] { Hdf5File::create(folder / "none" / "a.nc", false); });
  const std::string start = "cannot write " + (folder / "none" / "a.nc").string() + ": creating the file: unable to";
  EXPECT_EQ(text.substr(0, start.size()), start);
  EXPECT_NE(text.find("No such file or directory"), std::string::npos) << text;
  std::filesystem::remove_all(folder);
}

TEST(Hdf5, AFullDiskIsReportedNotSwallowed) {
  const auto folder = test::scratch_directory("hdf5-full");
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit old_limit{};
  getrlimit(RLIMIT_FSIZE, &old_limit);
  std::string text;
  {
    Hdf5File file = Hdf5File::create(folder / "a.nc", false);
    file.create_coordinate("/x", Hdf5Type::float64, 100000);
    const rlimit small{200000, old_limit.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    text = message_of([&] {
      file.write("/x", std::vector<double>(100000, 1.0));
      file.flush();
    });
    setrlimit(RLIMIT_FSIZE, &old_limit);
  }
  std::signal(SIGXFSZ, old_handler);
  EXPECT_NE(text.find("cannot write " + (folder / "a.nc").string() + ": dataset /x: "), std::string::npos) << text;
  EXPECT_NE(text.find("File too large"), std::string::npos) << text;
  std::filesystem::remove_all(folder);
}

TEST(Hdf5, SurvivesTheEndOfTheProcess) {
  const auto folder = test::scratch_directory("hdf5-kill");
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  if (child == 0) {
    Hdf5File file = Hdf5File::create(folder / "a.nc", false);
    file.create_unlimited("/time", Hdf5Type::int64, 16);
    file.create_coordinate("/x", Hdf5Type::float64, 1000);
    file.create("/field", {.type = Hdf5Type::float32, .dimensions = {"/time", "/x"}, .chunk = {1, 1000}, .compression = 1});
    for (std::size_t hour = 0;; ++hour) {
      file.append("/field", hour, std::vector<double>(1000, double(hour)));
      file.append("/time", hour, std::vector<std::int64_t>{std::int64_t(hour)});
      if (hour < 20) {
        file.flush();
      }
      if (hour == 30) { // ten hours are not flushed
        const char byte = 1;
        (void)!write(ready[1], &byte, 1);
        pause();
      }
    }
  }
  char byte = 0;
  ASSERT_EQ(read(ready[0], &byte, 1), 1);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  const Hdf5File file = Hdf5File::open(folder / "a.nc");
  ASSERT_GE(file.shape("/time").at(0), 20U);
  EXPECT_EQ(file.read("/field", 19, 1), std::vector<double>(1000, 19.0));
  std::filesystem::remove_all(folder);
}

TEST(Hdf5, HundredsOfVariablesShareAScale) {
  const auto folder = test::scratch_directory("hdf5-many");
  Hdf5File file = Hdf5File::create(folder / "a.nc", false);
  file.create_unlimited("/time", Hdf5Type::int64, 16);
  for (int n = 0; n < 500; ++n) {
    const std::string name = "/v" + std::to_string(n);
    file.create(name, {.type = Hdf5Type::float32, .dimensions = {"/time"}, .chunk = {16}});
    file.append(name, 0, std::vector<double>{double(n)});
  }
  file.close();
  EXPECT_EQ(Hdf5File::open(folder / "a.nc").read("/v499"), std::vector<double>{499});
  std::filesystem::remove_all(folder);
}
