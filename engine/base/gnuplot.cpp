#include "base/gnuplot.hpp"

#include "base/durable.hpp"
#include "base/error.hpp"

#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tq {

namespace fs = std::filesystem;

namespace {

/// As gnuplot wants a text in single quotes.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) {
    result += c == '\'' ? "''" : std::string(1, c);
  }
  return result + "'";
}

/// Removes a file at the end of its scope.
struct Scrap {
  fs::path path;
  ~Scrap() {
    std::error_code ignored;
    fs::remove(path, ignored);
  }
};

} // namespace

bool draw_png(const std::string& commands, const fs::path& png, int width, int height) {
  const Scrap script{png.string() + ".gp"}, part{png.string() + ".part"};
  std::ofstream file(script.path);
  file << fmt::format("set encoding utf8\nset terminal pngcairo size {},{} font 'sans,11'\nset output {}\n", width,
                      height, quoted(part.path.string()))
       << commands;
  file.close();
  if (!file) {
    throw FileError("cannot write " + script.path.string());
  }
  std::string name = "gnuplot", argument = script.path.string();
  char* const arguments[] = {name.data(), argument.data(), nullptr};
  pid_t process = 0;
  const int error = ::posix_spawnp(&process, "gnuplot", nullptr, nullptr, arguments, environ);
  if (error == ENOENT) {
    return false;
  }
  int status = 0;
  if (error != 0 || ::waitpid(process, &status, 0) != process) {
    throw FileError(fmt::format("cannot draw {}: gnuplot cannot be run: {}", png.string(), std::strerror(error)));
  }
  if (status != 0 || !fs::exists(part.path)) {
    throw FileError(fmt::format("cannot draw {}: gnuplot failed", png.string()));
  }
  replace_file(part.path, png);
  return true;
}

} // namespace tq
