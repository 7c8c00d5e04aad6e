#include "output/gnuplot.hpp"

#include "base/error.hpp"

#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>

namespace tq {

bool draw_picture(const std::filesystem::path& png, int width, int height, const std::string& script) {
  if (std::system("command -v gnuplot >/dev/null 2>&1") != 0) {
    return false;
  }
  const std::filesystem::path temporary = png.string() + ".part";
  std::FILE* const gnuplot = popen("gnuplot >/dev/null 2>&1", "w");
  if (gnuplot == nullptr) {
    throw FileError("cannot start gnuplot");
  }
  std::string name = temporary.string();
  for (auto at = name.find('\''); at != std::string::npos; at = name.find('\'', at + 2)) {
    name.insert(at, 1, '\''); // gnuplot doubles a quote inside quotes
  }
  const std::string text =
      fmt::format("set terminal pngcairo size {}, {} font 'sans,11'\nset output '{}'\n{}\nset output\n", width, height,
                  name, script);
  const bool written = std::fwrite(text.data(), 1, text.size(), gnuplot) == text.size();
  std::error_code status;
  if (pclose(gnuplot) != 0 || !written || !std::filesystem::exists(temporary, status)) {
    std::filesystem::remove(temporary, status);
    throw FileError("cannot write " + png.string() + ": gnuplot failed");
  }
  std::filesystem::rename(temporary, png);
  return true;
}

} // namespace tq
