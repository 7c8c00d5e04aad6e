#pragma once
#include <stdexcept>
#include <string>
#include <vector>

namespace tq::app {

/// What the program leaves to the shell. Scripts rely on these numbers.
enum ExitStatus { success = 0, failure = 1, bad_input = 2, bad_number = 3, interrupted = 4, bad_file = 5 };

/// A command line that cannot be understood: message, then a hint at `--help`. Exit status 2.
class UsageError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

using Arguments = std::vector<std::string>;

/// Subcommands: each parses its own arguments (`--help` included) and returns an exit status.
int run(const Arguments& arguments);
int resume(const Arguments& arguments);
int check(const Arguments& arguments);
int describe(const Arguments& arguments);
int compare(const Arguments& arguments);
int screen(const Arguments& arguments);
int who(const Arguments& arguments);
int ledger(const Arguments& arguments);
int rank(const Arguments& arguments);
int predict(const Arguments& arguments);
int observe(const Arguments& arguments);
int evaluate(const Arguments& arguments);
int grid(const Arguments& arguments);
int weather(const Arguments& arguments);
int emissions(const Arguments& arguments);
int bench(const Arguments& arguments);

} // namespace tq::app
