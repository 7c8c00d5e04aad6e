#pragma once
#include <string>
#include <vector>

namespace tq {

/// The machine that this process runs on, as far as it tells.
struct Machine {
  std::string processor = "unknown processor"; // its name
  std::vector<std::string> vectors;            // sets of vector instructions that it has: "avx2", ...
  int cores = 1;                               // that this process may use
  double memory = 0;                           // bytes
};

Machine this_machine();

/// Name and vector instructions in the text of /proc/cpuinfo.
void read_processor(const std::string& text, Machine& machine);

} // namespace tq
