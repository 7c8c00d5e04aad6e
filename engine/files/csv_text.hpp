#pragma once
#include <string>

namespace tq::files {

/// A text as a field of a CSV file: in quotation marks where it needs them.
std::string csv_text(const std::string& text);

} // namespace tq::files
