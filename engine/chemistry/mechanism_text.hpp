#pragma once
#include "base/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tq::gas {

/// The text of a mechanism file cut into statements, each with the section it stands in. Places are offsets in the text,
/// in which comments are blanks.
class MechanismText {
public:
  struct Section {
    std::string name; // upper case, without #
    std::size_t at;
  };
  struct Statement {
    std::size_t section; // index of sections()
    std::size_t begin, end;
  };

  MechanismText(std::string file, std::string text, ProblemList& problems);

  const std::vector<Section>& sections() const { return sections_; }
  const std::vector<Statement>& statements() const { return statements_; }
  std::string_view text() const { return text_; }
  std::string_view piece(std::size_t begin, std::size_t end) const { return text().substr(begin, end - begin); }
  SourceLocation where(std::size_t at) const;

  bool is_blank(std::size_t at) const;
  /// The first place from `at` on, before `end`, that is no blank; `end` if there is none.
  std::size_t skip_blanks(std::size_t at, std::size_t end) const;
  /// One behind the last place before `end`, from `begin` on, that is no blank.
  std::size_t trim_end(std::size_t begin, std::size_t end) const;
  /// The name that begins at `at`, or "".
  std::string_view name_at(std::size_t at, std::size_t end) const;

private:
  void blank_comments(ProblemList& problems);
  void cut(ProblemList& problems);

  std::string file_, text_;
  std::vector<Section> sections_;
  std::vector<Statement> statements_;
};

/// `2 NO2`: a coefficient and a name.
struct MechanismTerm {
  double coefficient;
  bool counted; // the text gives a number
  std::string name;
  std::size_t at;
};

/// The terms of a sum in [begin, end) of the text. `what` names what a term is in messages: "a species".
std::vector<MechanismTerm> read_sum(const MechanismText& text, std::size_t begin, std::size_t end, const char* what,
                                    ProblemList& problems);

} // namespace tq::gas
