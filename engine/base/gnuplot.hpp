#pragma once
#include <filesystem>
#include <string>

namespace tq {

/// Draws what `commands` (of gnuplot, without terminal and output) say as a PNG of width x height pixels. The file is
/// there whole or not at all. False if there is no gnuplot on the PATH; throws FileError if gnuplot fails or nothing
/// can be written there.
bool draw_png(const std::string& commands, const std::filesystem::path& png, int width, int height);

} // namespace tq
