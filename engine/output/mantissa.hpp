#pragma once
#include <bit>
#include <cstdint>

namespace tq {

/// The nearest number with `bits` explicit mantissa bits (1 to 23), half to even: zeros at the end compress well.
/// Relative error at most 2^-(bits + 1). Infinite and not-a-number stay as they are.
inline float rounded_mantissa(float value, int bits) {
  std::uint32_t word = std::bit_cast<std::uint32_t>(value);
  if (bits >= 23 || (word & 0x7f800000U) == 0x7f800000U) {
    return value;
  }
  const int drop = 23 - bits;
  const std::uint32_t last = (word >> drop) & 1U;
  word += (1U << (drop - 1)) - 1U + last;
  return std::bit_cast<float>(word & ~((1U << drop) - 1U));
}

} // namespace tq
