#include "planning/padded.hpp"

namespace tq {

std::string padded(const std::string& text, std::size_t columns) {
  std::size_t width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    width += byte < 0x80 || (byte >= 0xC0 && byte < 0xE0) ? 1 : byte >= 0xE0 ? 2 : 0;
  }
  return text + std::string(columns > width ? columns - width : 1, ' ');
}

} // namespace tq
