#pragma once
#include <filesystem>
#include <string>

namespace tq {

/// The whole content of a text file, gunzipped where it is gzipped (told by its first bytes, not by its name); a
/// UTF-8 byte-order mark is dropped. Throws InputError that names the file if it is missing, a directory, or
/// damaged.
std::string read_text_file(const std::filesystem::path& path);

/// The first bytes of that content, fewer where the file is shorter.
std::string read_text_start(const std::filesystem::path& path, std::size_t bytes);

/// Folder of the tables that come with the program: $TIANQING_DATA if set, the installed share/tianqing/data
/// beside the program's bin, or the source tree.
std::filesystem::path data_directory();

} // namespace tq
