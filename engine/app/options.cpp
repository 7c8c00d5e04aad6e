#include "app/options.hpp"

#include <fmt/format.h>
#include <sstream>

namespace tq::app {

namespace po = boost::program_options;

bool parse(const Arguments& arguments, const std::string& usage, po::options_description& visible,
           const std::string& positional, po::variables_map& values) {
  visible.add_options()("help,h", "print this help");
  po::options_description all;
  all.add(visible);
  all.add_options()(positional.c_str(), po::value<std::vector<std::string>>());
  po::positional_options_description order;
  order.add(positional.c_str(), -1);
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

} // namespace tq::app
