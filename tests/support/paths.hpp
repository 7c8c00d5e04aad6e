#pragma once
#include <filesystem>
#include <string>

namespace tq::test {

/// The project's root.
inline std::filesystem::path source_directory() { return TIANQING_SOURCE_DIRECTORY; }

/// The folder of shared reference data; only tests with the label `shared` use it, and skip where it is absent.
inline std::filesystem::path shared_directory() { return TIANQING_SHARED_DIRECTORY; }

/// An empty folder of its own for the test `name`.
std::filesystem::path scratch_directory(const std::string& name);

} // namespace tq::test
