#pragma once
#include "base/error.hpp"
#include "base/random.hpp"
#include "paths.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <string>

namespace tq::test {

/// Writes `content` into a scratch file and removes it again.
class TextFile {
 public:
  TextFile(const std::string& name, const std::string& content)
      : folder_(scratch_directory("files")), path_(folder_ / name) {
    write(content);
  }
  ~TextFile() { std::filesystem::remove_all(folder_); }
  void write(const std::string& content) const { std::ofstream(path_, std::ios::binary) << content; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path folder_;
  std::filesystem::path path_;
};

/// The problems that `read` throws for a file with this content, one per line, without the file's name; ""
/// for none.
template <class Read> std::string problems_of(const std::string& content, Read read) {
  const TextFile file("f", content);
  std::string message;
  try {
    read(file.path());
  } catch (const InputError& error) {
    message = error.what();
  }
  const std::string name = file.path().string();
  std::string result;
  std::size_t begin = 0;
  for (std::size_t at = message.find(name); at != std::string::npos; at = message.find(name, begin)) {
    result += message.substr(begin, at - begin) + "f";
    begin = at + name.size();
  }
  return result + message.substr(begin);
}

/// Cuts the content at `cuts` lengths and changes up to three bytes `flips` times: each result must be read,
/// or be refused as an InputError. Any other exception fails the test; a crash ends it.
template <class Read> void damage(const std::string& content, Read read, std::size_t cuts, int flips) {
  const TextFile file("f", content);
  int refused = 0;
  const auto attempt = [&](const std::string& damaged) {
    file.write(damaged);
    try {
      read(file.path());
    } catch (const InputError& error) {
      ++refused;
      EXPECT_FALSE(error.problems().empty());
    }
  };
  const std::size_t step = content.size() / cuts + 1;
  for (std::size_t length = 0; length < content.size(); length += step) {
    attempt(content.substr(0, length));
  }
  RandomStream random(7, 1, 0);
  for (int i = 0; i < flips; ++i) {
    std::string damaged = content;
    const int changes = 1 + int(random.uniform() * 3);
    for (int change = 0; change < changes; ++change) {
      damaged[std::size_t(random.uniform() * double(content.size()))] = char(random.uniform() * 256);
    }
    attempt(damaged);
  }
  EXPECT_GT(refused, 0) << "the damage was never noticed";
}

} // namespace tq::test
