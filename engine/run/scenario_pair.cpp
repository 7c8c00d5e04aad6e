#include "run/scenario_pair.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <future>

namespace tq {

namespace fs = std::filesystem;
using config::Node;

namespace {

/// Tables and keys in which the two may differ: those of emission and background, and what does not touch the air.
constexpr std::array free_keys = {"name",       "title",       "inventory",   "release", "measure", "emergency",
                                  "background", "attribution", "uncertainty", "output",  "receptor"};

void add_folders(const Node& node, std::vector<fs::path>& folders) {
  const fs::path folder = fs::absolute(fs::path(".") / node.where.file).parent_path().lexically_normal();
  if (std::find(folders.begin(), folders.end(), folder) == folders.end()) {
    folders.push_back(folder);
  }
  for (const auto& [key, entry] : node.entries) {
    add_folders(entry, folders);
  }
  for (const Node& item : node.items) {
    add_folders(item, folders);
  }
}

/// The run's scenario, placed in the folder from which its files are found.
Node find_run(const std::string& text, const fs::path& result, const fs::path& overlay, const Node& asked) {
  std::vector<fs::path> folders;
  add_folders(asked, folders);
  fs::path missing;
  for (const fs::path& folder : folders) {
    Node run = config::parse_toml(text, (folder / result.filename()).string());
    ProblemList ignored; // the run went with them
    const std::vector<fs::path> files = config::Settings::check(run, scenario_schema(), ignored).files();
    const auto absent =
        std::find_if_not(files.begin(), files.end(), [](const fs::path& file) { return fs::exists(file); });
    if (absent == files.end()) {
      return run;
    }
    missing = missing.empty() ? *absent : missing;
  }
  throw InputError({result.string()},
                   fmt::format("its scenario's files lie in no folder of {} and its bases; there is no {}",
                               overlay.string(), missing.lexically_normal().string()));
}

/// The entry of a table, made where it is not there.
Node& entry_of(Node& table, const std::string& key) {
  if (Node* entry = table.find(key)) {
    return *entry;
  }
  Node fresh;
  fresh.where = table.where;
  return table.entries.emplace_back(key, std::move(fresh)).second;
}

void take_over(Node& asked, const Node& run, const std::string& key) {
  std::erase_if(asked.entries, [&](const auto& entry) { return entry.first == key; });
  if (const Node* entry = run.find(key)) {
    asked.entries.emplace_back(key, *entry);
  }
}

/// The seed belongs to a run, not to what is asked about it.
void take_seed(Node& asked, const Node& run) {
  const Node* weather = run.find("weather");
  const Node* generator = weather != nullptr ? weather->find("generator") : nullptr;
  if (generator != nullptr && generator->find("seed") != nullptr) {
    take_over(entry_of(entry_of(asked, "weather"), "generator"), *generator, "seed");
  }
}

/// Where a dotted key was written, or the innermost table of it that is there.
SourceLocation place_of(const Node& root, std::string key) {
  const Node* node = &root;
  while (!key.empty()) {
    const std::string name = key.substr(0, key.find_first_of(".["));
    const Node* below = node->find(name);
    if (below == nullptr || key.size() == name.size() || key[name.size()] == '[') {
      return below != nullptr ? below->where : node->where;
    }
    node = below;
    key.erase(0, name.size() + 1);
  }
  return node->where;
}

class Comparison {
 public:
  Comparison(const Node& asked, const fs::path& result, ProblemList& problems)
      : asked_(asked), result_(result), problems_(problems) {}

  void tables(const Node& run, const Node& asked, const std::string& path) {
    for (const auto& [key, value] : asked.entries) {
      if (!path.empty() || std::find(free_keys.begin(), free_keys.end(), key) == free_keys.end()) {
        values(run.find(key), &value, path.empty() ? key : path + "." + key);
      }
    }
    for (const auto& [key, value] : run.entries) {
      if (asked.find(key) == nullptr &&
          (!path.empty() || std::find(free_keys.begin(), free_keys.end(), key) == free_keys.end())) {
        values(&value, nullptr, path.empty() ? key : path + "." + key);
      }
    }
  }

 private:
  void values(const Node* run, const Node* asked, const std::string& path) {
    if (run != nullptr && asked != nullptr && run->is_table() && asked->is_table()) {
      tables(*run, *asked, path);
    } else if (run != nullptr && asked != nullptr && run->is_array() && asked->is_array() &&
               run->items.size() == asked->items.size() && !run->items.empty() && run->items[0].is_table()) {
      for (std::size_t n = 0; n < run->items.size(); ++n) {
        tables(run->items[n], asked->items[n], fmt::format("{}[{}]", path, n));
      }
    } else if (text_of(run) != text_of(asked)) {
      problems_.add(place_of(asked_, path),
                    fmt::format("{} = {}: must be {}, as in {}: nothing but emission and background may differ", path,
                                text_of(asked), text_of(run), result_.string()));
    }
  }

  static std::string text_of(const Node* node) { return node != nullptr ? config::to_toml(*node) : "absent"; }

  const Node& asked_;
  const fs::path& result_;
  ProblemList& problems_;
};

/// All but what the two may differ in, as they stand when they are resolved. Both as if they lay in the run's folder,
/// so that equal files have equal paths.
void check_air(const Node& run, Node asked, const fs::path& result) {
  ProblemList problems, own;
  const Node placed = asked;
  asked.where.file = run.where.file;
  const auto resolved = [&](const Node& scenario) {
    return config::parse_toml(config::Settings::check(scenario, scenario_schema(), own).resolved(), run.where.file);
  };
  const Node run_text = resolved(run), asked_text = resolved(asked);
  own.throw_if_any();
  Comparison(placed, result, problems).tables(run_text, asked_text, "");
  problems.throw_if_any();
}

} // namespace

ScenarioPair load_scenario_pair(const std::string& text, const fs::path& result, const fs::path& overlay) {
  Node asked = config::read_scenario(overlay);
  Node run = find_run(text, result, overlay, asked);
  take_over(asked, run, "attribution");
  take_seed(asked, run);
  check_air(run, asked, result);
  auto later = std::async(std::launch::async, [&] { return load_case(std::move(run), result); });
  Case of_asked = load_case(std::move(asked), overlay);
  Case of_run = later.get();
  if (of_run.ground != of_asked.ground) {
    throw InputError({overlay.string()}, "has measures that change the ground, and with it how air moves and what it "
                                         "loses: tags cannot tell that, `tianqing run` can");
  }
  return {std::move(of_run), std::move(of_asked)};
}

std::vector<double> hourly_background(const Case& c) {
  std::vector<double> all;
  for (Instant hour = c.start; hour < c.end; hour += seconds_per_hour) {
    const std::vector<double> species = c.background.at(hour, 0.0);
    all.insert(all.end(), species.begin(), species.end());
  }
  return all;
}

} // namespace tq
