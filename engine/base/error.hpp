#pragma once
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace tq {

/// Where a value stands. Lines and columns count from 1; 0 means unknown.
struct SourceLocation {
  std::string file;
  int line = 0;
  int column = 0;
};

/// "file:line:column", without the parts that are unknown.
std::string to_string(const SourceLocation& where);

struct Problem {
  SourceLocation where;
  std::string text;
};

/// Bad input. Carries every problem found, so that a person can mend them in one go. Exit status 2.
/// what() has one line per problem: `file:line:column: text`.
class InputError : public std::exception {
public:
  explicit InputError(std::vector<Problem> problems);
  InputError(SourceLocation where, std::string text);
  const std::vector<Problem>& problems() const { return problems_; }
  const char* what() const noexcept override { return message_.c_str(); }

private:
  std::vector<Problem> problems_;
  std::string message_;
};

/// A number that cannot be: the text names cell, time and values. Exit status 3.
class NumericalError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// The run was stopped by a signal and ended cleanly. Exit status 4.
class Interrupted : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// Reading or writing failed for a reason outside the content: permissions, disk, library. Exit status 5.
class FileError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// Collects problems; nothing is thrown before all of an input has been looked at.
class ProblemList {
public:
  void add(SourceLocation where, std::string text) { problems_.push_back({std::move(where), std::move(text)}); }
  /// Takes over the problems of an InputError that a reader threw.
  void add(const InputError& error);
  bool empty() const { return problems_.empty(); }
  const std::vector<Problem>& problems() const { return problems_; }
  /// Throws InputError with all problems, each once, in the order of file, line and column; returns if there are none.
  void throw_if_any() const;

private:
  std::vector<Problem> problems_;
};

/// The candidate nearest to `word` by edit distance, or "" if none is near enough to be a likely slip.
std::string nearest(const std::string& word, const std::vector<std::string>& candidates);

/// `; did you mean "x"?` or "".
std::string suggestion(const std::string& word, const std::vector<std::string>& candidates);

} // namespace tq
