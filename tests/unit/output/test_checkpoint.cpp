#include "base/checksum.hpp"
#include "base/error.hpp"
#include "output/checkpoint.hpp"
#include "paths.hpp"
#include "probe.hpp"

#include <csignal>
#include <cstring>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace tq;
using namespace tq::test;

namespace fs = std::filesystem;

namespace {

const Instant time_of_it = *parse_instant("2017-12-04T16:00:00Z", TimeZone());

class CheckpointTest : public testing::Test {
protected:
  CheckpointTest()
      : folder(scratch_directory(testing::UnitTest::GetInstance()->current_test_info()->name())),
        file(checkpoint_path(folder / "base.nc", time_of_it)) {}
  ~CheckpointTest() override { fs::remove_all(folder); }

  void write(Instant time = time_of_it) {
    CheckpointWriter out(checkpoint_path(folder / "base.nc", time),
                         {.scenario = "base", .scenario_file = "/x/base.toml", .scenario_text = "name = \"base\"\n",
                          .inputs = {{"/x/grid.toml", 7}, {"/x/a.csv", 9}}, .time = time});
    out("values", values);
    out.commit();
  }

  /// What opening and reading a file of these bytes says.
  std::string told(const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
    return message_of([&] {
      CheckpointReader in(file);
      in("values", values);
    });
  }

  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder)) {
      found.push_back(entry.path().filename());
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  /// With the checksum that belongs to it.
  static std::string summed(const std::string& bytes) {
    const std::uint32_t sum = checksum(std::as_bytes(std::span(bytes)));
    return bytes + std::string(reinterpret_cast<const char*>(&sum), sizeof sum);
  }

  fs::path folder, file;
  std::vector<double> values = {1, 2.5, -3};
};

} // namespace

TEST_F(CheckpointTest, HoldsWhatWasWritten) {
  write();
  EXPECT_EQ(names(), std::vector<std::string>{"base.checkpoint-20171204T160000Z.tqc"});
  CheckpointReader in(file);
  EXPECT_EQ(in.header().scenario, "base");
  EXPECT_EQ(in.header().scenario_file, "/x/base.toml");
  EXPECT_EQ(in.header().scenario_text, "name = \"base\"\n");
  const std::vector<std::pair<std::string, std::uint32_t>> inputs = {{"/x/grid.toml", 7}, {"/x/a.csv", 9}};
  EXPECT_EQ(in.header().inputs, inputs);
  EXPECT_EQ(in.header().time, time_of_it);
  std::vector<double> read;
  in("values", read);
  EXPECT_EQ(read, values);
  EXPECT_TRUE(bytes_of(file).starts_with("tianqing_schema = checkpoint/1\n"));
}

TEST_F(CheckpointTest, IsRefusedWhereverItIsCut) {
  write();
  const std::string whole = bytes_of(file);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const std::string expected = length < 4 ? ": is damaged: it is shorter than a checkpoint" : ": is damaged: its checksum is ";
    ASSERT_TRUE(told(whole.substr(0, length)).starts_with(file.string() + expected)) << length;
  }
  EXPECT_TRUE(told(whole + '\0').starts_with(file.string() + ": is damaged: its checksum is "));
  EXPECT_EQ(told(whole), "");
}

TEST_F(CheckpointTest, IsRefusedWhateverByteIsWrong) {
  write();
  const std::string whole = bytes_of(file);
  for (std::size_t n = 0; n < whole.size(); ++n) {
    std::string broken = whole;
    broken[n] = char(broken[n] ^ (1 << n % 8));
    ASSERT_TRUE(told(broken).starts_with(file.string() + ": is damaged: its checksum is ")) << n;
  }
}

TEST_F(CheckpointTest, SaysWhatIsWrong) {
  write();
  const std::string whole = bytes_of(file), body = whole.substr(0, whole.size() - 4);
  std::string other = body;
  other[body.find('\n') - 1] = '2';
  EXPECT_EQ(told(summed(other)), file.string() + ": has the layout \"checkpoint/2\": this program reads \"checkpoint/1\"");
  EXPECT_EQ(told(summed("something else\nentirely")), file.string() + ": is not a checkpoint");
  EXPECT_EQ(told(summed(std::string(200, 'x'))), file.string() + ": is not a checkpoint");
  std::string flipped = body;
  flipped[100] = char(flipped[100] ^ 1);
  const auto sum = [](const std::string& bytes) { return checksum(std::as_bytes(std::span(bytes))); };
  EXPECT_EQ(told(flipped + whole.substr(body.size())),
            fmt::format("{}: is damaged: its checksum is {:08x}, not {:08x}", file.string(), sum(flipped), sum(body)));
  fs::remove(file);
  EXPECT_EQ(message_of([&] { CheckpointReader in(file); }), "cannot read " + file.string() + ": No such file or directory");
}

TEST_F(CheckpointTest, IsThereWholeOrNotAtAll) {
  { CheckpointWriter out(file, {}); }
  EXPECT_TRUE(names().empty());
  // A full disk: the old one stays.
  write();
  const std::string before = bytes_of(file);
  values.assign(10000, 1);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit old_limit{};
  getrlimit(RLIMIT_FSIZE, &old_limit);
  const rlimit small{20000, old_limit.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const std::string text = message_of([&] { write(); });
  setrlimit(RLIMIT_FSIZE, &old_limit);
  std::signal(SIGXFSZ, old_handler);
  EXPECT_EQ(text, "cannot write " + file.string() + ".part: File too large");
  EXPECT_EQ(names(), std::vector<std::string>{file.filename()});
  EXPECT_EQ(bytes_of(file), before);
  EXPECT_EQ(message_of([&] { CheckpointWriter out(folder / "no" / "x.tqc", {}); }),
            "cannot write " + (folder / "no" / "x.tqc.part").string() + ": No such file or directory");
}

TEST_F(CheckpointTest, AreFoundAndPrunedByResult) {
  const auto touch = [&](const std::string& name) { std::ofstream(folder / name) << "x"; };
  for (int day = 0; day < 4; ++day) {
    write(time_of_it + day * seconds_per_day);
  }
  touch("base.checkpoint-20171209T160000Z.tqc.part");
  touch("other.b.checkpoint-20171204T160000Z.tqc");
  touch("base-2.checkpoint-20171204T160000Z.tqc");
  for (const char* name : {"base.nc", "base.checkpoint-2017.tqc", ".checkpoint-20171204T160000Z.tqc", "base.tqc",
                           "base.checkpoint-20171204T160000Z.txt"}) {
    touch(name);
  }
  EXPECT_EQ(results_with_checkpoints(folder),
            (std::vector<fs::path>{folder / "base-2.nc", folder / "base.nc", folder / "other.b.nc"}));
  EXPECT_EQ(checkpoints_of(folder / "base.nc").size(), 4U);
  EXPECT_EQ(checkpoints_of(folder / "base.nc").back(), file);
  EXPECT_TRUE(checkpoints_of(folder / "none" / "base.nc").empty());

  const std::size_t others = names().size() - 5;
  prune_checkpoints(folder / "base.nc", time_of_it + 2 * seconds_per_day, 2);
  EXPECT_EQ(checkpoints_of(folder / "base.nc"),
            (std::vector<fs::path>{checkpoint_path(folder / "base.nc", time_of_it + 2 * seconds_per_day),
                                   checkpoint_path(folder / "base.nc", time_of_it + seconds_per_day)}));
  prune_checkpoints(folder / "base.nc", time_of_it + 2 * seconds_per_day, 0);
  EXPECT_EQ(names().size(), others);
}

TEST_F(CheckpointTest, IsLockedWhileItsRunGoesOn) {
  CheckpointWriter out(file, {});
  const auto free_for_others = [&] {
    const pid_t child = fork();
    if (child == 0) {
      _exit(FileLock::take(file) ? 1 : 0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WEXITSTATUS(status) == 1;
  };
  {
    const FileLock lock = out.commit();
    EXPECT_FALSE(free_for_others());
  }
  EXPECT_TRUE(free_for_others());
}
