#pragma once
#include <filesystem>
#include <string>

namespace tq {

/// Draws a picture with gnuplot: `script` is what to plot, with its data inside; size [pixels] and the file's name are
/// set before it. False where gnuplot is missing; throws FileError where it fails, and then leaves no file.
bool draw_picture(const std::filesystem::path& png, int width, int height, const std::string& script);

} // namespace tq
