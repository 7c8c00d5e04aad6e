#pragma once
#include "app/command.hpp"

#include <boost/program_options.hpp>
#include <filesystem>
#include <initializer_list>
#include <span>

namespace tq::app {

/// Parses `arguments` (no abbreviated flags); `positional` is the name of positional arguments, "" if there are none.
/// Prints the help and returns false if `--help` is among them. Throws UsageError.
bool parse(const Arguments& arguments, const std::string& usage,
           boost::program_options::options_description& visible, const std::string& positional,
           boost::program_options::variables_map& values);

/// Throws InputError with all of the files that exist already, unless they may be overwritten.
void check_targets(std::initializer_list<std::filesystem::path> targets, bool overwrite);

/// Throws InputError if a file that is to be written is one of those that are read; "" is no file.
void check_not_read(const std::vector<std::filesystem::path>& targets, const std::vector<std::filesystem::path>& inputs);

/// Throws UsageError unless `--threads` can be had.
void check_threads(int threads);

/// Reads whole numbers joined by "x", such as "2x3", into `extents`; false if `text` is anything else.
bool read_extents(const std::string& text, std::span<int> extents);

} // namespace tq::app
