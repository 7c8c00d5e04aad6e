#include "files/epw.hpp"

#include "base/constants.hpp"
#include "base/text_file.hpp"
#include "base/time.hpp"
#include "files/csv.hpp"
#include "files/lines.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <string_view>

namespace tq::files {

namespace {

constexpr std::array<std::string_view, 8> header_names = {"LOCATION",
                                                          "DESIGN CONDITIONS",
                                                          "TYPICAL/EXTREME PERIODS",
                                                          "GROUND TEMPERATURES",
                                                          "HOLIDAYS/DAYLIGHT SAVINGS",
                                                          "COMMENTS 1",
                                                          "COMMENTS 2",
                                                          "DATA PERIODS"};

/// Problems of one kind beyond this many are only counted: a shifted column would repeat its own 8760 times.
constexpr int problems_listed = 20;

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string_view{}
                                         : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string_view> split_fields(std::string_view line) {
  std::vector<std::string_view> fields;
  while (true) {
    const std::size_t comma = line.find(',');
    fields.push_back(trim(line.substr(0, comma)));
    if (comma == std::string_view::npos) {
      return fields;
    }
    line.remove_prefix(comma + 1);
  }
}

/// A field of the data lines, numbered from 1 as in the data dictionary.
struct Variable {
  std::size_t field;
  std::string_view name;
  double missing; // this value or more means: not known
  double EpwHour::*member;
  double scale;
  double offset;
};

constexpr std::array<Variable, 9> variables = {{
    {7, "dry bulb temperature", 99.9, &EpwHour::temperature, 1, constants::zero_celsius},
    {8, "dew point temperature", 99.9, &EpwHour::dew_point, 1, constants::zero_celsius},
    {9, "relative humidity", 999, &EpwHour::relative_humidity, 0.01, 0},
    {10, "atmospheric station pressure", 999999, &EpwHour::pressure, 1, 0},
    {13, "horizontal infrared radiation", 9999, &EpwHour::infrared_radiation, 1, 0},
    {14, "global horizontal radiation", 9999, &EpwHour::global_radiation, 1, 0},
    {21, "wind direction", 999, &EpwHour::wind_direction, 1, 0},
    {22, "wind speed", 999, &EpwHour::wind_speed, 1, 0},
    {23, "total sky cover", 99, &EpwHour::cloud_cover, 0.1, 0},
}};
constexpr std::size_t rain_field = 34;
constexpr std::size_t rain_period_field = 35;

class Reader {
 public:
  explicit Reader(const std::filesystem::path& file)
      : file_(file.string()), text_(read_text_file(file)), lines_(split_lines(text_)) {}

  EpwFile read() {
    take_header();
    problems_.throw_if_any(); // without its header the rest would only repeat one mistake
    for (std::size_t i = header_names.size(); i < lines_.size(); ++i) {
      if (!trim(lines_[i]).empty()) {
        take_hour(int(i) + 1, split_fields(lines_[i]));
      }
    }
    if (problem_count_ > problems_listed) {
      problems_.add({file_, int(lines_.size()), 0},
                    fmt::format("and {} further problems of data lines", problem_count_ - problems_listed));
    }
    const std::size_t hours = data_lines_;
    if (hours != 8760 && hours != 8784) {
      problems_.add({file_, int(lines_.size()), 0},
                    fmt::format("has {} hours: must have 8760, or 8784 with 29 February", hours));
    }
    problems_.throw_if_any();
    return std::move(result_);
  }

 private:
  void problem(int line, std::size_t field, std::string text) {
    if (++problem_count_ <= problems_listed) {
      problems_.add({file_, line, int(field)}, std::move(text));
    }
  }

  void take_header() {
    for (std::size_t i = 0; i < header_names.size(); ++i) {
      const std::string_view line = i < lines_.size() ? lines_[i] : std::string_view{};
      const std::vector<std::string_view> fields = split_fields(line);
      if (fields[0] != header_names[i]) {
        problems_.add({file_, int(i) + 1, 0}, fmt::format("begins with \"{}\": must begin with \"{}\"",
                                                          fields[0].substr(0, 40), header_names[i]));
        return; // one line too many or too few makes all that follow wrong
      }
      if (i == 0) {
        take_location(fields);
      }
    }
    take_periods(split_fields(lines_[7]));
  }

  void take_location(const std::vector<std::string_view>& fields) {
    if (fields.size() != 10) {
      problems_.add({file_, 1, 0}, fmt::format("LOCATION has {} fields: must have 10", fields.size()));
      return;
    }
    result_.city = fields[1];
    const auto take = [&](std::size_t field, const char* name, double minimum, double maximum) {
      const std::optional<double> value = parse_number(fields[field - 1]);
      if (!value || *value < minimum || *value > maximum) {
        problems_.add({file_, 1, int(field)}, fmt::format("{} = \"{}\": must be a number in [{}, {}]", name,
                                                          fields[field - 1], minimum, maximum));
      }
      return value.value_or(0);
    };
    result_.latitude = take(7, "latitude", -90, 90);
    result_.longitude = take(8, "longitude", -180, 180);
    result_.utc_offset = take(9, "time zone", -12, 14);
    result_.elevation = take(10, "elevation", -1000, 9999.9);
  }

  void take_periods(const std::vector<std::string_view>& fields) {
    if (fields.size() < 3 || fields[1] != "1" || fields[2] != "1") {
      problems_.add({file_, 8, 0},
                    fmt::format("DATA PERIODS,{},{}: must be one period with one record per hour (1,1)",
                                fields.size() > 1 ? fields[1] : "", fields.size() > 2 ? fields[2] : ""));
    }
  }

  void take_hour(int line, const std::vector<std::string_view>& fields) {
    ++data_lines_;
    if (fields.size() < 32 || fields.size() > 35) {
      problem(line, 0, fmt::format("has {} fields: must have 35 (32 in old files)", fields.size()));
      expected_ = {};
      return;
    }
    EpwHour hour;
    hour.line = line;
    if (!take_time(hour, line, fields)) {
      expected_ = {};
      return;
    }
    for (const Variable& variable : variables) {
      const std::optional<double> value =
          number(line, fields, variable.field, variable.name, variable.missing);
      if (value) {
        hour.*variable.member = *value * variable.scale + variable.offset;
      }
    }
    const std::optional<double> rain = number(line, fields, rain_field, "liquid precipitation depth", 999);
    const std::optional<double> period =
        number(line, fields, rain_period_field, "liquid precipitation quantity", 99);
    if (rain && (*rain == 0 || !period || *period == 1)) {
      hour.rain = *rain;
    }
    result_.hours.push_back(hour);
  }

  /// Nothing for a missing value, and for one that is no number (a problem).
  std::optional<double> number(int line, const std::vector<std::string_view>& fields, std::size_t field,
                               std::string_view name, double missing) {
    if (field > fields.size() || fields[field - 1].empty()) {
      return {};
    }
    const std::optional<double> value = parse_number(fields[field - 1]);
    if (!value) {
      problem(line, field, fmt::format("{} = \"{}\": must be a number", name, fields[field - 1]));
      return {};
    }
    return *value >= missing ? std::nullopt : value;
  }

  /// Reads year, month, day and hour, and checks that the hour follows the one before.
  bool take_time(EpwHour& hour, int line, const std::vector<std::string_view>& fields) {
    std::array<int, 4> parts{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const std::optional<double> value = parse_number(fields[i]);
      if (!value || *value != std::floor(*value) || std::abs(*value) > 9999) {
        problem(line, i + 1,
                fmt::format("\"{}\": must be a whole number (year, month, day, hour)", fields[i]));
        return false;
      }
      parts[i] = int(*value);
    }
    hour.year = parts[0];
    hour.month = parts[1];
    hour.day = parts[2];
    hour.hour = parts[3];
    // Typical years may take 29 February from any year: a leap year stands for all.
    const CivilTime civil{2000, hour.month, hour.day, hour.hour - 1, 0, 0};
    if (!is_valid(civil)) {
      problem(line, 2,
              fmt::format("month {}, day {}, hour {}: must be a day of the year and an hour from 1 to 24",
                          hour.month, hour.day, hour.hour));
      return false;
    }
    if (expected_ && !(civil == *expected_) && !after_february(civil)) {
      problem(line, 2,
              fmt::format("month {}, day {}, hour {}: must be month {}, day {}, hour {}, which follows",
                          hour.month, hour.day, hour.hour, expected_->month, expected_->day,
                          expected_->hour + 1));
    }
    expected_ = to_utc(from_utc(civil) + seconds_per_hour);
    expected_->year = 2000;
    return true;
  }

  /// 1 March may follow 28 February.
  bool after_february(const CivilTime& civil) const {
    return *expected_ == CivilTime{2000, 2, 29, 0, 0, 0} && civil == CivilTime{2000, 3, 1, 0, 0, 0};
  }

  std::string file_;
  std::string text_;
  std::vector<std::string_view> lines_; // of text_
  EpwFile result_;
  ProblemList problems_;
  int problem_count_ = 0;
  std::size_t data_lines_ = 0;
  std::optional<CivilTime> expected_; // the hour that must follow
};

} // namespace

EpwFile read_epw(const std::filesystem::path& file) {
  return Reader(file).read();
}

} // namespace tq::files
