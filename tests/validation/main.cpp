// tianqing-validate CASE [--data DIR] [--json]: scores the engine against figures of others.
#include "base/error.hpp"
#include "cases.hpp"
#include "paths.hpp"

#include <cstdio>
#include <fmt/format.h>

namespace {

using namespace tq::validation;

enum ExitStatus { passed = 0, failed = 1, bad_input = 2 };

void print_help() {
  fmt::print("tianqing-validate: the engine beside figures of others\n\n"
             "usage: tianqing-validate CASE [--data DIR] [--json]\n\n");
  for (const Case& entry : cases) {
    fmt::print("  {:<13} {}\n", entry.name, entry.purpose);
  }
  fmt::print("\n  --data DIR  score the figures in DIR, a folder like validation/CASE of the shared data\n"
             "  --json      print one JSON object\n"
             "\nExit status: 0 all criteria hold, 1 one fails, 2 wrong input.\n");
}

struct Request {
  const Case* entry = nullptr;
  std::optional<std::filesystem::path> folder; // as given
  bool json = false;
};

[[noreturn]] void refuse(const std::string& text) {
  throw tq::InputError({}, text);
}

Request parse(const std::vector<std::string>& arguments) {
  Request request;
  std::vector<std::string> names;
  for (const Case& entry : cases) {
    names.push_back(entry.name);
  }
  for (std::size_t n = 0; n < arguments.size(); ++n) {
    const std::string& word = arguments[n];
    if (word == "--json") {
      request.json = true;
    } else if (word == "--data") {
      if (++n == arguments.size()) {
        refuse("--data: must be followed by a folder");
      }
      request.folder = arguments[n];
    } else if (word.starts_with("-")) {
      refuse(fmt::format("{}: unknown option; must be --data DIR, --json or --help", word));
    } else if (request.entry != nullptr) {
      refuse(fmt::format("{}: one case at a time, and {} comes before it", word, request.entry->name));
    } else {
      for (const Case& entry : cases) {
        request.entry = word == entry.name ? &entry : request.entry;
      }
      if (request.entry == nullptr) {
        refuse(fmt::format("unknown case \"{}\": must be {}{}", word, fmt::join(names, " or "),
                           tq::suggestion(word, names)));
      }
    }
  }
  if (request.entry == nullptr) {
    refuse(fmt::format("give a case: {}", fmt::join(names, " or ")));
  }
  return request;
}

/// The folder to score: as given, or the shared one if it is there.
std::optional<std::filesystem::path> folder_of(const Request& request) {
  if (request.folder) {
    if (!std::filesystem::is_directory(*request.folder)) {
      refuse(fmt::format("--data {}: must be a folder, but there is none", request.folder->string()));
    }
    return request.folder;
  }
  const std::filesystem::path shared = tq::test::shared_directory() / "validation" / request.entry->name;
  return std::filesystem::is_directory(shared) ? std::optional(shared) : std::nullopt;
}

} // namespace

int main(int count, char** values) {
  const std::vector<std::string> arguments(values + 1, values + count);
  for (const std::string& word : arguments) {
    if (word == "--help" || word == "-h") {
      print_help();
      return passed;
    }
  }
  try {
    const Request request = parse(arguments);
    const Report report = request.entry->run(folder_of(request));
    fmt::print("{}", request.json ? as_json(report) : as_text(report));
    if (std::fflush(stdout) != 0) {
      throw tq::FileError("cannot write the output");
    }
    return report.passed() ? passed : failed;
  } catch (const tq::InputError& error) {
    fmt::print(stderr, "{}\n`tianqing-validate --help` tells more\n", error.what());
    return bad_input;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return failed;
  }
}
