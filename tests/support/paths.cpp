#include "paths.hpp"

#include <unistd.h>

namespace tq::test {

std::filesystem::path scratch_directory(const std::string& name) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("tianqing-" + name + "-" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

} // namespace tq::test
