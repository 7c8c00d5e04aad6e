#include "base/json.hpp"
#include "base/machine.hpp"
#include "base/triad.hpp"

#include <gtest/gtest.h>

using namespace tq;

TEST(Triad, ComputesEveryElementWithBothKindsOfStores) {
  for (const int threads : {1, 3}) {
    for (const bool streaming : {false, true}) {
      Triad triad(threads, 1);
      EXPECT_EQ(triad.elements(), 41664); // 1e6 / 24, down to whole cache lines
      EXPECT_EQ(triad.bytes(), 24 * 41664);
      triad.run(streaming);
      for (std::ptrdiff_t n = 0; n < triad.elements(); ++n) {
        ASSERT_EQ(triad.result()[n], double(n) + 3) << n;
      }
      EXPECT_GT(triad.bandwidth(streaming), 0);
    }
  }
}

TEST(Machine, ReadsNameAndVectorsOfTheFirstProcessor) {
  Machine machine;
  read_processor(
      "processor\t: 0\nmodel name\t: Some CPU: 2 GHz\npower management:\nflags\t\t: fpu avx2 sse4_2 avx512fp16\n\n"
      "processor\t: 1\nmodel name\t: Another\nflags\t\t: avx512f\n",
      machine);
  EXPECT_EQ(machine.processor, "Some CPU: 2 GHz");
  EXPECT_EQ(machine.vectors, (std::vector<std::string>{"sse4_2", "avx2"}));
}

TEST(Machine, KeepsToItsDefaultsWhereNothingIsTold) {
  Machine machine;
  read_processor("", machine);
  EXPECT_EQ(machine.processor, "unknown processor");
  EXPECT_TRUE(machine.vectors.empty());
  EXPECT_GE(this_machine().cores, 1);
  EXPECT_GT(this_machine().memory, 1e8);
}

TEST(Json, WritesTextsInQuotationMarks) {
  EXPECT_EQ(json_text("a\"b\\c\n天青"), "\"a\\\"b\\\\c\\u000a天青\"");
}
