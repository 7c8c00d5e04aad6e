#pragma once
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>

namespace tq::log {

/// Lines go to standard error. Thread-safe. Warnings begin with "warning: " and are counted.
void write_line(std::string_view line);
void write_warning(std::string text);

/// Number of warnings since the program started.
int warning_count();

template <class... Arguments> void info(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
  write_line(fmt::format(text, std::forward<Arguments>(arguments)...));
}

template <class... Arguments> void warn(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
  write_warning(fmt::format(text, std::forward<Arguments>(arguments)...));
}

} // namespace tq::log
