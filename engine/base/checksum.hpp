#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace tq {

/// CRC-32 (as of zlib and PNG) of `bytes`, after those that gave `before`.
std::uint32_t checksum(std::span<const std::byte> bytes, std::uint32_t before = 0);

/// That of a file's content; 0 if it cannot be read.
std::uint32_t checksum_of_file(const std::filesystem::path& file);

} // namespace tq
