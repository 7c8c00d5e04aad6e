// tianqing COMMAND ...: finds the command, turns errors into messages and exit statuses.
#include "app/command.hpp"
#include "base/error.hpp"
#include "base/version.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fmt/format.h>
#include <new>
#include <system_error>

namespace {

using tq::app::Arguments;

struct Command {
  const char* name;
  const char* purpose;
  int (*function)(const Arguments&);
};

constexpr std::array commands = {
    Command{"run", "run scenarios and write their results", tq::app::run},
    Command{"resume", "go on with runs that were stopped or killed", tq::app::resume},
    Command{"check", "do all that `run` does before its first hour", tq::app::check},
    Command{"describe", "print the reference of scenario parameters", tq::app::describe},
    Command{"compare", "compare results, cell by cell", tq::app::compare},
    Command{"screen", "hold what a proposed plant adds against the limits", tq::app::screen},
    Command{"who", "tell whose emission the air of a cell is made of", tq::app::who},
    Command{"ledger", "keep the books of who emits, receives and causes what", tq::app::ledger},
    Command{"rank", "list the cleanest and the dirtiest places", tq::app::rank},
    Command{"predict", "tell what other emission would make of the air, from tags", tq::app::predict},
    Command{"observe", "judge measured air by the standards", tq::app::observe},
    Command{"evaluate", "hold a result against measured air", tq::app::evaluate},
    Command{"grid", "write the grid alone, with a picture", tq::app::grid},
    Command{"weather", "write a scenario's hourly weather alone, with a picture", tq::app::weather},
    Command{"emissions", "write what a scenario emits, with a map", tq::app::emissions},
    Command{"bench", "measure the transport step beside this machine's memory", tq::app::bench},
};

void print_help() {
  fmt::print("tianqing: the air of a city, cell by cell\n\nusage: tianqing COMMAND ... (tianqing COMMAND --help tells "
             "more)\n\n");
  for (const Command& command : commands) {
    fmt::print("  {:<10} {}\n", command.name, command.purpose);
  }
  fmt::print("\n  --help     print this help\n  --version  print version, compiler, flags and libraries\n");
}

void print_version() {
  fmt::print("tianqing {}\ncompiler:  {}\nflags:     {} ({})\nlibraries: {}\n", tq::version::program,
             tq::version::compiler, tq::version::flags, tq::version::build_type, tq::version::libraries);
}

int dispatch(const Arguments& arguments) {
  if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h" || arguments[0] == "help") {
    print_help();
    return arguments.empty() ? tq::app::bad_input : tq::app::success;
  }
  if (arguments[0] == "--version") {
    print_version();
    return tq::app::success;
  }
  std::vector<std::string> names;
  for (const Command& command : commands) {
    if (arguments[0] == command.name) {
      return command.function({arguments.begin() + 1, arguments.end()});
    }
    names.push_back(command.name);
  }
  throw tq::app::UsageError(
      fmt::format("unknown command \"{}\"{}", arguments[0], tq::suggestion(arguments[0], names)));
}

} // namespace

int main(int count, char** values) {
  using namespace tq::app;
  try {
    const int status = dispatch({values + 1, values + count});
    if (std::fflush(stdout) != 0) {
      throw std::system_error(errno, std::generic_category(), "cannot write the output");
    }
    return status;
  } catch (const UsageError& error) {
    fmt::print(stderr, "tianqing: {}\n`tianqing --help` tells more\n", error.what());
    return bad_input;
  } catch (const tq::InputError& error) {
    fmt::print(stderr, "{}\n", error.what());
    const std::size_t count_of_problems = error.problems().size();
    fmt::print(stderr, "{} problem{}; nothing was run\n", count_of_problems, count_of_problems == 1 ? "" : "s");
    return bad_input;
  } catch (const tq::NumericalError& error) {
    fmt::print(stderr, "numerical error: {}\n", error.what());
    return bad_number;
  } catch (const tq::Interrupted& error) {
    fmt::print(stderr, "{}\n", error.what());
    return interrupted;
  } catch (const tq::FileError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return bad_file;
  } catch (const std::system_error& error) { // output that cannot be printed, paths that the file system refuses
    fmt::print(stderr, "{}\n", error.what());
    return bad_file;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "out of memory; `tianqing check` estimates what a run needs\n");
    return failure;
  } catch (const std::exception& error) {
    fmt::print(stderr, "internal error: {}\n", error.what());
    return failure;
  }
}
