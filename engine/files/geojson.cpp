#include "files/geojson.hpp"

#include "base/text_file.hpp"

#include <cmath>
#include <cstddef>
#include <fmt/format.h>
#include <iterator>
#include <nlohmann/json.hpp>
#include <unordered_map>

namespace tq::files {

namespace {

using Json = nlohmann::json;

/// Walks over the text and leaves its position where a callback can see it: the library itself does not keep
/// the places of values.
class TrackingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  TrackingIterator(const char* at, const char** reached) : at_(at), reached_(reached) {}
  reference operator*() const { return *at_; }
  TrackingIterator& operator++() {
    *reached_ = ++at_;
    return *this;
  }
  TrackingIterator operator++(int) {
    TrackingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const TrackingIterator& other) const { return at_ == other.at_; }
  bool operator!=(const TrackingIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  const char** reached_;
};

/// Turns growing offsets into lines and columns (in bytes).
class LineCounter {
 public:
  LineCounter(const std::string& file, const std::string& text) : file_(file), text_(text) {}

  SourceLocation at(std::size_t offset) {
    for (; at_ < offset && at_ < text_.size(); ++at_) {
      if (text_[at_] == '\n') {
        ++line_;
        line_start_ = at_ + 1;
      }
    }
    return {file_, line_, int(offset - line_start_) + 1};
  }

 private:
  const std::string& file_;
  const std::string& text_;
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;
  int line_ = 1;
};

struct Document {
  Json root;
  std::vector<SourceLocation> features; // where the n-th item of "features" begins
};

/// What the library says, without its own code and place.
std::string detail(const Json::exception& error) {
  std::string_view text = error.what();
  for (const std::string_view mark : {"] ", "column "}) {
    const std::size_t found = text.find(mark);
    if (found != std::string_view::npos) {
      text.remove_prefix(found + mark.size());
    }
  }
  const std::size_t colon = text.find(": ");
  if (colon != std::string_view::npos && colon < 12) {
    text.remove_prefix(colon + 2);
  }
  return std::string(text);
}

Document parse(const std::string& file, const std::string& text) {
  Document document;
  LineCounter lines(file, text);
  const char* reached = text.data();
  bool in_features = false;
  const auto note = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (depth == 1 && event == Json::parse_event_t::key) {
      in_features = parsed == "features";
    }
    const bool begins =
        event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start;
    if (in_features && depth == 2 && (begins || event == Json::parse_event_t::value)) {
      document.features.push_back(lines.at(std::size_t(reached - text.data()) - 1));
      if (!begins) {
        document.features.back().column = 0; // a number ends only after the next character is read
      }
    }
    return true;
  };
  try {
    document.root = Json::parse(TrackingIterator(text.data(), &reached),
                                TrackingIterator(text.data() + text.size(), &reached), note);
  } catch (const Json::exception& error) {
    const std::size_t read = std::size_t(reached - text.data());
    LineCounter from_start(file, text);
    throw InputError(from_start.at(read > 0 ? read - 1 : 0), "is not JSON: " + detail(error));
  }
  return document;
}

std::string print_number(double value) {
  return value == std::floor(value) && std::abs(value) < 1e15 ? fmt::format("{:.0f}", value)
                                                              : fmt::format("{}", value);
}

class FeatureReader {
 public:
  FeatureReader(const Json& json, const std::string& id, SourceLocation where, ProblemList& problems)
      : json_(json), id_(id), problems_(problems) {
    feature_.where = std::move(where);
  }

  Feature read() {
    if (!json_.is_object() || json_.value("type", Json()) != "Feature") {
      problem("must be an object of type \"Feature\"");
      return std::move(feature_);
    }
    take_properties();
    take_id();
    const auto geometry = json_.find("geometry");
    if (geometry == json_.end() || !geometry->is_object()) {
      problem("has no geometry: must be Point, LineString, Polygon or one of their Multi forms");
      return std::move(feature_);
    }
    take_geometry(*geometry);
    return std::move(feature_);
  }

 private:
  void problem(const std::string& text) {
    problems_.add(feature_.where, feature_.id.empty() ? "feature " + text
                                                      : fmt::format("feature \"{}\": {}", feature_.id, text));
  }

  void take_properties() {
    const auto properties = json_.find("properties");
    if (properties == json_.end() || !properties->is_object()) {
      return;
    }
    for (const auto& [name, value] : properties->items()) {
      if (value.is_null()) {
        feature_.properties[name] = std::monostate{};
      } else if (value.is_boolean()) {
        feature_.properties[name] = value.get<bool>();
      } else if (value.is_number()) {
        feature_.properties[name] = value.get<double>();
      } else if (value.is_string()) {
        feature_.properties[name] = value.get<std::string>();
      }
    }
  }

  void take_id() {
    const auto id = id_ == "id" ? json_.find("id") : json_.end();
    if (id != json_.end() && id->is_string()) {
      feature_.id = id->get<std::string>();
    } else if (id != json_.end() && id->is_number()) {
      feature_.id = print_number(id->get<double>());
    } else {
      feature_.id = feature_.text(id_);
    }
    if (feature_.id.empty()) {
      problem(fmt::format("has no id: must have a {} \"{}\"", id_ == "id" ? "member or a property" : "property", id_));
    }
  }

  void take_geometry(const Json& geometry) {
    const Json type = geometry.value("type", Json());
    const Json nothing;
    const Json& at = geometry.contains("coordinates") ? geometry["coordinates"] : nothing;
    if (type == "Point") {
      take_point(at);
    } else if (type == "MultiPoint") {
      each(at, [this](const Json& item) { take_point(item); });
    } else if (type == "LineString") {
      take_line(at);
    } else if (type == "MultiLineString") {
      each(at, [this](const Json& item) { take_line(item); });
    } else if (type == "Polygon") {
      take_polygon(at);
    } else if (type == "MultiPolygon") {
      each(at, [this](const Json& item) { take_polygon(item); });
    } else {
      problem(fmt::format("geometry type {}: must be Point, LineString, Polygon or one of their Multi forms",
                          type.dump(-1, ' ', false, Json::error_handler_t::replace)));
    }
  }

  /// Calls `take` for each item of a list that must not be empty.
  template <class Take> void each(const Json& list, Take take) {
    if (!list.is_array() || list.empty()) {
      problem("coordinates: must be a list that is not empty");
      return;
    }
    for (const Json& item : list) {
      take(item);
    }
  }

  bool take_position(const Json& json, Line& line) {
    if (!json.is_array() || json.size() < 2 || !json[0].is_number() || !json[1].is_number()) {
      problem("position: must be [longitude, latitude]");
      return false;
    }
    const Position position{json[0].get<double>(), json[1].get<double>()};
    if (!(std::abs(position.x) <= 180 && std::abs(position.y) <= 90)) {
      problem(fmt::format(
          "position [{}, {}]: must be longitude and latitude in degrees, in [-180, 180] x [-90, 90]",
          position.x, position.y));
      return false;
    }
    line.push_back(position);
    return true;
  }

  /// Stops at the first bad position: coordinates in metres would repeat one mistake a thousand times.
  bool take_positions(const Json& json, std::size_t least, const char* what, Line& line) {
    if (!json.is_array() || json.size() < least) {
      problem(fmt::format("{} of {} positions: must have at least {}", what,
                          json.is_array() ? json.size() : 0, least));
      return false;
    }
    for (const Json& item : json) {
      if (!take_position(item, line)) {
        return false;
      }
    }
    return true;
  }

  void take_point(const Json& json) { take_position(json, feature_.points); }

  void take_line(const Json& json) {
    Line line;
    if (take_positions(json, 2, "line", line)) {
      feature_.lines.push_back(std::move(line));
    }
  }

  void take_polygon(const Json& json) {
    Polygon polygon;
    each(json, [&](const Json& item) {
      Line ring;
      if (!take_positions(item, 4, "ring", ring)) {
        return;
      }
      if (ring.front().x != ring.back().x || ring.front().y != ring.back().y) {
        problem(fmt::format("ring from [{}, {}] to [{}, {}]: must end where it begins", ring.front().x,
                            ring.front().y, ring.back().x, ring.back().y));
        return;
      }
      polygon.rings.push_back(std::move(ring));
    });
    if (!polygon.rings.empty()) {
      feature_.polygons.push_back(std::move(polygon));
    }
  }

  const Json& json_;
  const std::string& id_;
  ProblemList& problems_;
  Feature feature_;
};

} // namespace

std::string Feature::text(const std::string& name) const {
  const auto found = properties.find(name);
  if (found == properties.end()) {
    return "";
  }
  if (const bool* flag = std::get_if<bool>(&found->second)) {
    return *flag ? "true" : "false";
  }
  if (const double* number = std::get_if<double>(&found->second)) {
    return print_number(*number);
  }
  const std::string* text = std::get_if<std::string>(&found->second);
  return text == nullptr ? "" : *text;
}

std::vector<Feature> read_geojson(const std::filesystem::path& file) {
  return read_geojson_by(file, "id");
}

std::vector<Feature> read_geojson_by(const std::filesystem::path& file, const std::string& id) {
  const std::string name = file.string();
  const std::string text = read_text_file(file);
  const Document document = parse(name, text);
  const Json& root = document.root;
  if (!root.is_object() || root.value("type", Json()) != "FeatureCollection" || !root.contains("features") ||
      !root["features"].is_array()) {
    throw InputError({name, 1, 0},
                     "is no FeatureCollection: must be an object of that type with a list \"features\"");
  }
  const Json& list = root["features"];
  ProblemList problems;
  std::vector<Feature> features;
  std::unordered_map<std::string, SourceLocation> places;
  for (std::size_t i = 0; i < list.size(); ++i) {
    // A key "features" that is written twice leaves more places than items; the last list is the one that
    // counts.
    const std::size_t place = i + document.features.size() - list.size();
    features.push_back(FeatureReader(list[i], id, document.features[place], problems).read());
    const Feature& feature = features.back();
    const auto [earlier, fresh] = places.emplace(feature.id, feature.where);
    if (!fresh && !feature.id.empty()) {
      problems.add(feature.where, fmt::format("feature \"{}\": id is there twice: also at {}", feature.id,
                                              to_string(earlier->second)));
    }
  }
  problems.throw_if_any();
  return features;
}

} // namespace tq::files
