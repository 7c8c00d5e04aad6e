#pragma once
#include "emission/pollutants.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tq {

struct BurnerFuel {
  std::string id;
  bool gas = false;      // counted in m3, else in kg
  double heat = 0;       // J per kg or m3
  double efficiency = 1; // of a boiler
  double sulfur = 0;     // mass share, of coal
  double ash = 0;        // mass share, of coal
};

/// A way to burn a fuel.
struct Burner {
  std::string id; // "USE FUEL TECHNOLOGY"
  std::string use, fuel, technology;
  InventoryAmounts factors{}; // kg per kg or m3 of fuel; of coal without what the balances give
  /// Coal only: balances of sulfur and ash. Shares of flue-gas particles below 2.5, 10 and 30 um, and of black and
  /// organic carbon in PM2.5.
  bool balance = false;
  double ash_retained = 0;
  double pm2_5_share = 0, pm10_share = 0, tsp_share = 0, bc_share = 0, oc_share = 0;
};

/// What controls leave of each pollutant (1: all), and what they add.
struct Abatement {
  double so2 = 1, nox = 1, hf = 1, fine = 1, coarse = 1; // coarse: all particles above 2.5 um
  double ammonia_slip = 0;                               // kg per kg of fuel
};

/// Table of data/emission/combustion.toml.
class CombustionTable {
 public:
  /// Reads a file of schema "combustion/1". Every use must have a boiler for natural gas, which may replace other
  /// fuels. All problems go to `problems`. Throws InputError if it cannot be read.
  CombustionTable(const std::filesystem::path& file, ProblemList& problems);
  /// The table that comes with the program, read once. Throws InputError.
  static const CombustionTable& standard();

  const std::vector<BurnerFuel>& fuels() const { return fuels_; }
  const std::vector<Burner>& burners() const { return burners_; }
  double no2_share() const { return no2_share_; }

  /// The burner; nullptr if there is none.
  const Burner* burner(const std::string& use, const std::string& fuel, const std::string& technology) const;
  /// kg per kg or m3 of fuel, before controls; sulfur and ash as mass shares count for coal alone.
  InventoryAmounts unabated(const Burner& burner, double sulfur, double ash) const;

  /// Of controls joined by "+", such as "low_nox_burner+sncr+bag_filter", in any order; "" is none. What a tabulated
  /// combination says of a pollutant replaces what its members say, the most effective first, each control once; all
  /// others follow each other. An unknown name goes to `unknown`.
  Abatement abatement(const std::string& controls, std::vector<std::string>& unknown) const;
  std::vector<std::string> control_names() const;
  /// Share that a control holds back, by so2, nox, hf, pm2_5 and coarse as far as it holds back any. Empty if unknown.
  std::map<std::string, double> removed(const std::string& control) const;
  /// Two controls whose joint effect is tabulated, and what both hold back together.
  struct Combination {
    std::string first, second;
    std::map<std::string, double> removed;
  };
  /// The most effective first.
  std::vector<Combination> combinations() const;

 private:
  struct Control {
    std::vector<std::string> members; // one, or those of a combination
    Abatement left;
    std::vector<bool> says; // so2, nox, hf, fine, coarse
  };

  static std::map<std::string, double> removed(const Control& control);

  double sulfur_retained_ = 0;
  double no2_share_ = 0;
  std::vector<BurnerFuel> fuels_;
  std::vector<Burner> burners_;
  std::vector<Control> controls_;
  std::vector<Control> combinations_;
};

/// Amounts behind the controls; `fuel` [kg per unit of the amounts] slips ammonia.
InventoryAmounts abate(InventoryAmounts amounts, const Abatement& abatement, double fuel);

} // namespace tq
