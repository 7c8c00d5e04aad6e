#pragma once
#include <string>

namespace tq {

/// A text as JSON writes it, in quotation marks.
std::string json_text(const std::string& text);

} // namespace tq
