#include "base/text_file.hpp"

#include "base/error.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <limits>
#include <zlib.h>

namespace tq {

namespace {

std::string read_up_to(const std::filesystem::path& path, std::size_t limit) {
  const SourceLocation where{path.string(), 0, 0};
  std::error_code status;
  if (std::filesystem::is_directory(path, status)) {
    throw InputError(where, "is a folder, not a file");
  }
  errno = 0;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) {
    throw InputError(where, fmt::format("cannot be opened: {}", std::strerror(errno)));
  }
  gzbuffer(file, 1 << 18);
  std::string text;
  char block[1 << 16];
  int count = 0;
  while (text.size() < limit && (count = gzread(file, block, sizeof block)) > 0) {
    text.append(block, std::size_t(count));
  }
  const int close_status = gzclose(file);
  if (count < 0 || (close_status != Z_OK && text.size() < limit)) {
    throw InputError(where, "is a damaged or cut gzip file");
  }
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.erase(0, 3);
  }
  return text;
}

} // namespace

std::string read_text_file(const std::filesystem::path& path) {
  return read_up_to(path, std::numeric_limits<std::size_t>::max());
}

std::string read_text_start(const std::filesystem::path& path, std::size_t bytes) {
  return read_up_to(path, bytes).substr(0, bytes);
}

std::filesystem::path data_directory() {
  if (const char* variable = std::getenv("TIANQING_DATA")) {
    return variable;
  }
  std::error_code status;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", status);
  const std::filesystem::path installed = program.parent_path().parent_path() / "share/tianqing/data";
  return std::filesystem::is_directory(installed, status) ? installed
                                                          : std::filesystem::path(TIANQING_DATA_DIRECTORY);
}

} // namespace tq
