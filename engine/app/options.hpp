#pragma once
#include "app/command.hpp"

#include <boost/program_options.hpp>

namespace tq::app {

/// Parses `arguments` (no abbreviated flags); "files" is the name of positional arguments. Prints the help and returns
/// false if `--help` is among them. Throws UsageError.
bool parse(const Arguments& arguments, const std::string& usage,
           boost::program_options::options_description& visible, const std::string& positional,
           boost::program_options::variables_map& values);

} // namespace tq::app
