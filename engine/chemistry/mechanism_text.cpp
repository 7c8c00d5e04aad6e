#include "chemistry/mechanism_text.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <fmt/format.h>

namespace tq::gas {

namespace {

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)); }

} // namespace

MechanismText::MechanismText(std::string file, std::string text, ProblemList& problems)
    : file_(std::move(file)), text_(std::move(text)) {
  blank_comments(problems);
  cut(problems);
}

SourceLocation MechanismText::where(std::size_t at) const {
  const std::string_view before = text().substr(0, at);
  const std::size_t line_end = before.rfind('\n');
  return {file_, 1 + int(std::count(before.begin(), before.end(), '\n')),
          int(line_end == std::string_view::npos ? at + 1 : at - line_end)};
}

bool MechanismText::is_blank(std::size_t at) const { return std::isspace(static_cast<unsigned char>(text_[at])); }

std::size_t MechanismText::skip_blanks(std::size_t at, std::size_t end) const {
  while (at < end && is_blank(at)) {
    ++at;
  }
  return at;
}

std::size_t MechanismText::trim_end(std::size_t begin, std::size_t end) const {
  while (end > begin && is_blank(end - 1)) {
    --end;
  }
  return end;
}

std::string_view MechanismText::name_at(std::size_t at, std::size_t end) const {
  std::size_t stop = at;
  while (stop < end && (is_letter(text_[stop]) || (stop > at && is_digit(text_[stop])))) {
    ++stop;
  }
  return piece(at, stop);
}

void MechanismText::blank_comments(ProblemList& problems) {
  for (std::size_t at = 0; at < text_.size(); ++at) {
    std::size_t end = at;
    if (text_[at] == '{') {
      end = text_.find('}', at);
      if (end == std::string::npos) {
        problems.add(where(at), "comment { must end with }");
        end = text_.size() - 1;
      }
      ++end;
    } else if (text_[at] == '}') {
      problems.add(where(at), "} must end a comment that { began");
      end = at + 1;
    } else if (text_.compare(at, 2, "//") == 0) {
      end = std::min(text_.find('\n', at), text_.size());
    }
    std::replace_if(text_.begin() + std::ptrdiff_t(at), text_.begin() + std::ptrdiff_t(end),
                    [](char c) { return c != '\n'; }, ' ');
    at = std::max(at, end == 0 ? 0 : end - 1);
  }
}

void MechanismText::cut(ProblemList& problems) {
  std::size_t at = skip_blanks(0, text_.size());
  while (at < text_.size()) {
    if (text_[at] == '#') {
      const std::string_view word = name_at(at + 1, text_.size());
      std::string name(word);
      std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::toupper(c); });
      sections_.push_back({name, at});
      at += 1 + word.size();
      if (name == "INCLUDE") { // its file is a statement that ends with the line
        const std::size_t end = std::min(text_.find('\n', at), text_.size());
        const std::size_t begin = skip_blanks(at, end);
        statements_.push_back({sections_.size() - 1, begin, trim_end(begin, end)});
        at = end;
      }
    } else {
      const std::size_t stop = std::min(text_.find_first_of(";#", at), text_.size());
      const std::size_t end = trim_end(at, stop);
      if (stop == text_.size() || text_[stop] == '#') {
        problems.add(where(end), "statement must end with ;");
      }
      if (sections_.empty()) {
        problems.add(where(at), "must be in a section such as #EQUATIONS");
      } else if (end > at) {
        statements_.push_back({sections_.size() - 1, at, end});
      }
      at = stop < text_.size() && text_[stop] == ';' ? stop + 1 : stop;
    }
    at = skip_blanks(at, text_.size());
  }
}

std::vector<MechanismTerm> read_sum(const MechanismText& text, std::size_t begin, std::size_t end, const char* what,
                                    ProblemList& problems) {
  std::vector<MechanismTerm> terms;
  std::size_t at = text.skip_blanks(begin, end);
  const auto refuse = [&](const std::string& must) {
    const std::string_view rest = text.piece(at, text.trim_end(at, end));
    problems.add(text.where(at), rest.empty() ? "ends here: " + must : fmt::format("{}: {}", rest, must));
    return std::vector<MechanismTerm>();
  };
  while (at < end || terms.empty()) {
    double sign = 1;
    if (at < end && (text.text()[at] == '+' || text.text()[at] == '-')) {
      if (terms.empty() && text.text()[at] == '+') {
        return refuse(fmt::format("must begin with {}", what));
      }
      sign = text.text()[at] == '-' ? -1 : 1;
      at = text.skip_blanks(at + 1, end);
    } else if (!terms.empty()) {
      return refuse("must go on with + or -");
    }
    double number = 1;
    const char* const first = text.text().data() + at;
    const auto [stop, error] = std::from_chars(first, text.text().data() + end, number);
    const bool counted = error == std::errc{} && at < end && (is_digit(*first) || *first == '.');
    at = text.skip_blanks(counted ? at + std::size_t(stop - first) : at, end);
    const std::string_view name = text.name_at(at, end);
    if (name.empty()) {
      return refuse(fmt::format("must be {}, with or without a number before it", what));
    }
    terms.push_back({sign * (counted ? number : 1.0), counted, std::string(name), at});
    at = text.skip_blanks(at + name.size(), end);
  }
  return terms;
}

} // namespace tq::gas
