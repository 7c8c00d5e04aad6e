#pragma once
#include "base/error.hpp"
#include "config/node.hpp"
#include "paths.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <string>

namespace tq::config::test {

/// Files of one test in a folder of their own.
class Folder {
public:
  Folder() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    path_ = tq::test::scratch_directory(std::string("config_") + test->test_suite_name() + "_" + test->name());
  }

  std::filesystem::path write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

  /// The text of an error without the folder's own name: "a.toml:1:3: ...".
  std::string local(std::string text) const {
    const std::string prefix = path_.string() + "/";
    for (auto found = text.find(prefix); found != std::string::npos; found = text.find(prefix)) {
      text.erase(found, prefix.size());
    }
    return text;
  }

  /// What reading says, or "" if it succeeds.
  template <class Read> std::string message(Read&& read) const {
    try {
      read();
    } catch (const InputError& error) {
      return local(error.what());
    }
    return "";
  }

private:
  std::filesystem::path path_;
};

} // namespace tq::config::test
