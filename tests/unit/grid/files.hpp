#pragma once
#include "base/error.hpp"
#include "paths.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <string>

namespace tq::test {

/// Files of one test in a folder of their own.
class Folder {
 public:
  Folder() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    path_ = scratch_directory(std::string("grid_") + test->test_suite_name() + "_" + test->name());
  }

  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return path_ / name;
  }

  /// What reading says, without the folder's name; "" if it succeeds.
  template <class Read> std::string message(Read&& read) const {
    try {
      read();
      return "";
    } catch (const InputError& error) {
      std::string text = error.what();
      const std::string prefix = path_.string() + "/";
      for (auto found = text.find(prefix); found != std::string::npos; found = text.find(prefix)) {
        text.erase(found, prefix.size());
      }
      return text;
    }
  }

 private:
  std::filesystem::path path_;
};

} // namespace tq::test
