#pragma once
#include <string>

namespace tq {

/// The text and spaces up to so many columns of a terminal, at least one; Chinese characters take two columns.
std::string padded(const std::string& text, std::size_t columns);

} // namespace tq
