#pragma once

namespace tq {

/// A figure and what its uncertain inputs leave open.
struct Range {
  double low = 0;     // 10 % of the samples lie below
  double central = 0; // with all inputs as they are stated
  double high = 0;    // 10 % of the samples lie above
};

/// Two that overlap cannot be told apart.
inline bool overlap(const Range& a, const Range& b) {
  return a.low <= b.high && b.low <= a.high;
}

} // namespace tq
