#include "city.hpp"

#include <algorithm>
#include <gtest/gtest.h>

using namespace tq;

namespace {

std::vector<std::filesystem::path> broken_scenarios() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(test::emission_directory() / "broken")) {
    if (entry.path().extension() == ".toml" && entry.path().stem().string().starts_with("broken_")) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// The lines `# expect: FILE:LINE:COLUMN: TEXT` of a file.
std::vector<std::string> expectations(const std::filesystem::path& file) {
  const std::string mark = "# expect: ";
  std::vector<std::string> lines;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(mark)) {
      lines.push_back(line.substr(mark.size()));
    }
  }
  return lines;
}

std::string without_folder(std::string text) {
  const std::string folder = (test::emission_directory() / "").string();
  for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder)) {
    text.erase(at, folder.size());
  }
  return text;
}

class BrokenInventory : public testing::TestWithParam<std::filesystem::path> {};

} // namespace

/// Each file says at its end what must be found: all of it, and nothing else.
TEST_P(BrokenInventory, HasItsExactMessages) {
  const test::City city;
  std::vector<std::string> found;
  try {
    city.model(GetParam());
  } catch (const InputError& error) {
    for (const Problem& problem : error.problems()) {
      found.push_back(without_folder(to_string(problem.where) + ": " + problem.text));
    }
  }
  const std::vector<std::string> expected = expectations(GetParam());
  EXPECT_FALSE(expected.empty());
  EXPECT_EQ(found, expected);
}

INSTANTIATE_TEST_SUITE_P(Files, BrokenInventory, testing::ValuesIn(broken_scenarios()),
                         [](const auto& info) { return info.param.stem().string(); });
