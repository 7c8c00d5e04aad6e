#include "base/machine.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <omp.h>
#include <sstream>
#include <unistd.h>

namespace tq {

void read_processor(const std::string& text, Machine& machine) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line) && !line.empty();) { // the first processor's
    const std::size_t colon = line.find(':');
    const std::string name = line.substr(0, line.find_first_of("\t:"));
    const std::string value = colon == std::string::npos ? "" : line.substr(std::min(colon + 2, line.size()));
    if (name == "model name") {
      machine.processor = value;
    } else if (name == "flags") {
      std::istringstream words(value);
      const std::vector<std::string> flags{std::istream_iterator<std::string>(words), {}};
      for (const char* vectors : {"sse4_2", "avx", "avx2", "fma", "avx512f"}) {
        if (std::find(flags.begin(), flags.end(), vectors) != flags.end()) {
          machine.vectors.emplace_back(vectors);
        }
      }
    }
  }
}

Machine this_machine() {
  Machine machine;
  std::ostringstream text;
  text << std::ifstream("/proc/cpuinfo").rdbuf();
  read_processor(text.str(), machine);
  machine.cores = omp_get_num_procs();
  machine.memory = double(sysconf(_SC_PHYS_PAGES)) * double(sysconf(_SC_PAGESIZE));
  return machine;
}

} // namespace tq
