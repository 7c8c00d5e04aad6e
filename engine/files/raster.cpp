#include "files/raster.hpp"

#include "base/text_file.hpp"
#include "files/csv.hpp"
#include "files/lines.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <optional>
#include <string_view>

namespace tq::files {

namespace {

struct Word {
  std::string_view text;
  int line = 0;
};

/// Words of a line, blanks between them.
void take_words(std::string_view line, int number, std::vector<Word>& words) {
  constexpr std::string_view blanks = " \t\r\f\v";
  while (true) {
    const std::size_t first = line.find_first_not_of(blanks);
    if (first == std::string_view::npos) {
      return;
    }
    const std::size_t end = std::min(line.find_first_of(blanks, first), line.size());
    words.push_back({line.substr(first, end - first), number});
    line.remove_prefix(end);
  }
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  return result;
}

const std::vector<std::string>& header_keys() {
  static const std::vector<std::string> keys = {"ncols",     "nrows",     "xllcorner", "yllcorner",
                                                "xllcenter", "yllcenter", "cellsize",  "nodata_value"};
  return keys;
}

/// A header entry as read; line 0: not given.
struct Entry {
  double value = 0;
  int line = 0;
};

class Header {
 public:
  Header(std::string file, ProblemList& problems)
      : file_(std::move(file)), entries_(header_keys().size()), problems_(problems) {}

  void take(const std::vector<Word>& words) {
    const std::string key = lower(words[0].text);
    const SourceLocation where{file_, words[0].line, 0};
    const auto known = std::find(header_keys().begin(), header_keys().end(), key);
    if (known == header_keys().end()) {
      problems_.add(
          where, fmt::format("unknown header key \"{}\"{}", words[0].text, suggestion(key, header_keys())));
      return;
    }
    const std::optional<double> value = words.size() == 2 ? parse_number(words[1].text) : std::nullopt;
    Entry& entry = entries_[std::size_t(known - header_keys().begin())];
    if (entry.line > 0) {
      problems_.add(where, fmt::format("{} is there twice: also in line {}", key, entry.line));
      return;
    }
    entry.line = words[0].line;
    if (!value) {
      const std::string_view text = words.size() > 1 ? words[1].text : std::string_view{};
      problems_.add(where, fmt::format("{} = {}: must be one number", key, text));
      bad_ = true;
      return;
    }
    entry.value = *value;
  }

  const Entry& operator[](const std::string& key) const {
    return entries_[std::size_t(std::find(header_keys().begin(), header_keys().end(), key) -
                                header_keys().begin())];
  }

  /// Fills the raster's shape, or adds problems.
  void shape(AsciiRaster& raster) {
    const double columns = whole("ncols");
    const double rows = whole("nrows");
    const Entry& cell_size = (*this)["cellsize"];
    bool good = !bad_ && columns > 0 && rows > 0;
    if (cell_size.line == 0) {
      missing("cellsize");
      good = false;
    } else if (!bad_ && !(cell_size.value > 0)) {
      problems_.add({file_, cell_size.line, 0},
                    fmt::format("cellsize = {}: must be positive", cell_size.value));
      good = false;
    }
    const std::optional<double> x = edge("xllcorner", "xllcenter", cell_size.value);
    const std::optional<double> y = edge("yllcorner", "yllcenter", cell_size.value);
    if (!good || !x || !y) {
      return;
    }
    raster.columns = int(columns);
    raster.rows = int(rows);
    raster.cell_size = cell_size.value;
    raster.x_west = *x;
    raster.y_south = *y;
  }

 private:
  void missing(const std::string& key) {
    problems_.add({file_, 0, 0}, fmt::format("has no header key {}: must be given", key));
  }

  /// A count of cells, or 0 with a problem.
  double whole(const std::string& key) {
    const Entry& entry = (*this)[key];
    if (entry.line == 0) {
      missing(key);
      return 0;
    }
    if (!bad_ && !(entry.value >= 1 && entry.value <= 1e6 && entry.value == std::floor(entry.value))) {
      problems_.add({file_, entry.line, 0},
                    fmt::format("{} = {}: must be a whole number from 1 to 1000000", key, entry.value));
      return 0;
    }
    return entry.value;
  }

  std::optional<double> edge(const std::string& corner, const std::string& center, double cell_size) {
    const Entry& at_corner = (*this)[corner];
    const Entry& at_center = (*this)[center];
    if ((at_corner.line > 0) == (at_center.line > 0)) {
      problems_.add({file_, std::max(at_corner.line, at_center.line), 0},
                    fmt::format("must have either {} or {}", corner, center));
      return {};
    }
    return at_corner.line > 0 ? at_corner.value : at_center.value - 0.5 * cell_size;
  }

  std::string file_;
  std::vector<Entry> entries_;
  ProblemList& problems_;
  bool bad_ = false; // an entry's value could not be read
};

} // namespace

AsciiRaster read_ascii_raster(const std::filesystem::path& file) {
  const std::string text = read_text_file(file);
  const std::vector<std::string_view> lines = split_lines(text);
  ProblemList problems;
  Header header(file.string(), problems);
  std::size_t next = 0;
  std::vector<Word> words;
  for (; next < lines.size(); ++next) {
    words.clear();
    take_words(lines[next], int(next) + 1, words);
    if (words.empty()) {
      continue;
    }
    if (parse_number(words[0].text) || lower(words[0].text) == "nan") {
      break;
    }
    header.take(words);
  }
  AsciiRaster raster;
  header.shape(raster);
  problems.throw_if_any();

  const double nodata = header["nodata_value"].line > 0 ? header["nodata_value"].value : -9999.0;
  const std::size_t expected = std::size_t(raster.rows) * std::size_t(raster.columns);
  std::vector<double> from_north;
  std::size_t count = 0;
  for (; next < lines.size(); ++next) {
    words.clear();
    take_words(lines[next], int(next) + 1, words);
    for (const Word& word : words) {
      std::optional<double> value = parse_number(word.text);
      if (!value && lower(word.text) == "nan") {
        value = nodata;
      }
      if (!value) {
        problems.add({file.string(), word.line, 0}, fmt::format("\"{}\": must be a number", word.text));
      }
      from_north.push_back(!value || *value == nodata ? std::numeric_limits<double>::quiet_NaN() : *value);
      ++count;
    }
  }
  if (count != expected) {
    problems.add({file.string(), int(lines.size()), 0},
                 fmt::format("has {} values: must have {} (nrows = {} times ncols = {})", count, expected,
                             raster.rows, raster.columns));
  }
  problems.throw_if_any();
  raster.values.reserve(expected);
  for (int row = raster.rows - 1; row >= 0; --row) {
    const auto first = from_north.begin() + std::ptrdiff_t(row) * raster.columns;
    raster.values.insert(raster.values.end(), first, first + raster.columns);
  }
  return raster;
}

} // namespace tq::files
