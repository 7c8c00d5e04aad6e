#pragma once
#include <string>

namespace tq {

/// True if `text` has the form of `pattern`, in which `*` stands for any characters, also none.
bool matches(const std::string& pattern, const std::string& text);

} // namespace tq
