#include "base/checksum.hpp"

#include <fstream>
#include <vector>
#include <zlib.h>

namespace tq {

std::uint32_t checksum(std::span<const std::byte> bytes, std::uint32_t before) {
  if (bytes.empty()) { // zlib takes a null pointer as a wish for the initial value
    return before;
  }
  return std::uint32_t(crc32_z(before, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

std::uint32_t checksum_of_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<char> block(1 << 20);
  std::uint32_t sum = 0;
  while (in) {
    in.read(block.data(), std::streamsize(block.size()));
    sum = checksum(std::as_bytes(std::span(block)).first(std::size_t(in.gcount())), sum);
  }
  return sum;
}

} // namespace tq
