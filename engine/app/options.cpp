#include "app/options.hpp"

#include "base/error.hpp"

#include <charconv>
#include <fmt/format.h>
#include <sstream>

namespace tq::app {

namespace po = boost::program_options;

bool parse(const Arguments& arguments, const std::string& usage, po::options_description& visible,
           const std::string& positional, po::variables_map& values) {
  visible.add_options()("help,h", "print this help");
  po::options_description all;
  all.add(visible);
  po::positional_options_description order;
  if (!positional.empty()) {
    all.add_options()(positional.c_str(), po::value<std::vector<std::string>>());
    order.add(positional.c_str(), -1);
  }
  using namespace po::command_line_style;
  const int style = unix_style & ~allow_guessing;
  try {
    po::store(po::command_line_parser(arguments).options(all).positional(order).style(style).run(), values);
    po::notify(values);
  } catch (const po::error& error) {
    throw UsageError(error.what());
  }
  if (values.count("help") > 0) {
    std::ostringstream text;
    text << visible;
    fmt::print("{}\n\n{}", usage, text.str());
    return false;
  }
  return true;
}

void check_targets(std::initializer_list<std::filesystem::path> targets, bool overwrite) {
  ProblemList problems;
  for (const std::filesystem::path& target : targets) {
    if (!overwrite && std::filesystem::exists(target)) {
      problems.add({target.string()}, "exists already: --overwrite replaces it, -o DIR writes elsewhere");
    }
  }
  problems.throw_if_any();
}

void check_not_read(const std::vector<std::filesystem::path>& targets, const std::vector<std::filesystem::path>& inputs) {
  ProblemList problems;
  for (const std::filesystem::path& target : targets) {
    for (const std::filesystem::path& input : inputs) {
      std::error_code absent; // what is not there is not the same
      if (std::filesystem::equivalent(target, input, absent)) {
        problems.add({target.string()}, "is read by this command: give another file to be written");
      }
    }
  }
  problems.throw_if_any();
}

void check_threads(int threads) {
  constexpr int most_threads = 1024; // beyond that OpenMP may fail to start them, without a message
  if (threads < 1 || threads > most_threads) {
    throw UsageError(fmt::format("--threads {}: must be in [1, {}]", threads, most_threads));
  }
}

bool read_extents(const std::string& text, std::span<int> extents) {
  const char* at = text.data();
  const char* const end = at + text.size();
  for (std::size_t n = 0; n < extents.size(); ++n) {
    const auto [stop, error] = std::from_chars(at, end, extents[n]);
    const bool last = n + 1 == extents.size();
    if (error != std::errc{} || (last ? stop != end : stop == end || *stop != 'x')) {
      return false;
    }
    at = stop + 1;
  }
  return true;
}

} // namespace tq::app
