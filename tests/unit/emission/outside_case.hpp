#pragma once
#include "base/log.hpp"
#include "city.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tq::test {

/// A city whose scenario has one more inventory, with files of the test's own beside it.
class OutsideCase : public ::testing::Test {
 protected:
  ~OutsideCase() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  /// The base with this [[inventory]] text.
  EmissionModel model(const std::string& inventory) const {
    write("scenario.toml",
          "base = \"" + (emission_directory() / "data" / "scenario.toml").string() + "\"\n" + inventory);
    return city_.model(folder_ / "scenario.toml");
  }
  /// What reading says, without the folder; "" if nothing.
  std::string message(const std::string& inventory) const {
    try {
      model(inventory);
      return "";
    } catch (const InputError& error) {
      return without_folder(error.what());
    }
  }
  /// What is said on the terminal.
  std::string warnings(const std::string& inventory) const {
    testing::internal::CaptureStderr();
    model(inventory);
    return without_folder(testing::internal::GetCapturedStderr());
  }
  std::string without_folder(std::string text) const {
    const std::string prefix = folder_.string() + "/";
    for (auto found = text.find(prefix); found != std::string::npos; found = text.find(prefix)) {
      text.erase(found, prefix.size());
    }
    return text;
  }
  /// kg s-1 of all sources of the inventory "more", by what is on the grid.
  static InventoryAmounts on_grid(const EmissionModel& model) {
    std::vector<double> sum(std::size_t(model.species().count()), 0.0);
    for (const Source& source : model.inventory().sources) {
      for (const PlacedShare& share : source.placement.shares) {
        for (std::size_t s = 0; source.inventory == "more" && s < sum.size(); ++s) {
          sum[s] += share.share * source.streams.at(0).rate[s];
        }
      }
    }
    return model.species().gather(sum);
  }

  City city_;
  std::filesystem::path folder_ = scratch_directory("outside");
};

} // namespace tq::test
