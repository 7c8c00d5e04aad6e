#include "paths.hpp"
#include "run/together.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <list>

using namespace tq;

TEST(Together, WhatDiffersInSourcesAndMeasuresAloneIsOneGroup) {
  const std::filesystem::path small = test::source_directory() / "tests/scenarios/small";
  const std::filesystem::path folder = test::scratch_directory("together") / "deeper"; // paths are relative to it
  std::filesystem::create_directories(folder);
  std::list<Case> cases;
  const auto add = [&](const std::string& name, const std::string& text) {
    const std::filesystem::path file = folder / (name + ".toml");
    std::ofstream(file) << fmt::format("base = \"{}\"\nname = \"{}\"\n{}", (small / "base.toml").string(), name, text);
    cases.push_back(load_case(file));
  };
  cases.push_back(load_case(small / "base.toml"));
  add("other-air", "[background]\nco = 399.0\n");
  add("banned", "title = \"All quiet\"\n[[measure]]\nid = \"ban\"\nkind = \"ban\"\n");
  add("tagged", "[attribution]\nby = \"sector\"\n");
  add("double", "[transport]\nprecision = \"double\"\n");
  add("longer", "[run]\nend = 2017-12-09T00:00:00+08:00\n");
  add("watched", "[[receptor]]\nid = \"here\"\nlongitude = 117.06\nlatitude = 29.33\n");
  for (const char* name : {"planted", "paved"}) { // the ground is the air's
    add(name, fmt::format("[[measure]]\nid = \"turn\"\nkind = \"surface\"\nselect = {{ sector = \"construction\" }}\n"
                          "ground = {{ becomes = \"{}\" }}\n",
                          std::string(name) == "planted" ? "forest" : "dense_town"));
  }
  cases.push_back(load_case(small / "plant.toml"));
  cases.push_back(load_case(small / "release.toml")); // has tracers of its own
  Cases all;
  for (const Case& c : cases) {
    all.push_back(&c);
  }
  std::vector<std::vector<std::string>> names;
  for (const Cases& group : group_cases(all)) {
    names.emplace_back();
    for (const Case* c : group) {
      names.back().push_back(c->name);
    }
  }
  EXPECT_EQ(names, (std::vector<std::vector<std::string>>{{cases.front().name, "banned", "tagged", "small-plant"},
                                                          {"other-air"},
                                                          {"double"},
                                                          {"longer"},
                                                          {"watched"},
                                                          {"planted"},
                                                          {"paved"},
                                                          {"small-release"}}));
}
