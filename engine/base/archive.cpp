#include "base/archive.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tq {

namespace {
constexpr std::size_t longest_name = 256;
} // namespace

void Archive::head(const char* name, std::size_t size) {
  std::size_t length = std::strlen(name);
  if (!reading_) {
    raw(&length, sizeof length);
    raw(const_cast<char*>(name), length);
    raw(&size, sizeof size);
    return;
  }
  std::size_t stored_length = 0;
  raw(&stored_length, sizeof stored_length);
  std::string stored(std::min(stored_length, longest_name), '\0');
  raw(stored.data(), stored.size());
  std::size_t stored_size = 0;
  raw(&stored_size, sizeof stored_size);
  if (stored != name || stored_size != size) {
    throw FileError(fmt::format("archive holds \"{}\" of {} bytes where \"{}\" of {} bytes was expected", stored,
                                stored_size, name, size));
  }
}

void Archive::raw(void* data, std::size_t size) {
  if (!reading_) {
    const auto* first = static_cast<const std::byte*>(data);
    bytes_.insert(bytes_.end(), first, first + size);
    return;
  }
  if (size > bytes_.size() - position_) {
    throw FileError(fmt::format("archive ends after {} bytes, {} more were expected", bytes_.size(),
                                size - (bytes_.size() - position_)));
  }
  if (size > 0) {
    std::memcpy(data, bytes_.data() + position_, size);
  }
  position_ += size;
}

} // namespace tq
