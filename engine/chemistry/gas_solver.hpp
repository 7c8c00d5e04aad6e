#pragma once
#include "chemistry/mechanism.hpp"
#include "chemistry/reaction_tables.hpp"
#include "chemistry/rosenbrock.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace tq::gas {

/// Of a step's error in each species: relative x amount + absolute [molecules cm-3].
struct Tolerances {
  double relative = 1e-3;
  double absolute = 1e3;
};

/// Cells that react for a while, their rate constants frozen.
struct CellBlock {
  int cells = 0;
  double* amount = nullptr; // molecules cm-3, [species][cell]
  std::ptrdiff_t species_stride = 0;
  const double* rate = nullptr; // as of Mechanism::rates(), [reaction][cell]
  std::ptrdiff_t reaction_stride = 1, rate_cell_stride = 0; // as it stands: one set of rates for all cells
  double* first_step = nullptr; // s, [cell]: kept from call to call; 0 before the first
  double* given = nullptr;      // molecules cm-3, [species][cell], species_stride too: added is what clipping gave
};

/// A cell that the usual steps did not take to the end.
struct SolverTrouble {
  int cell = 0;        // of the block
  double time = 0;     // s, how far the usual steps came
  int species = 0;     // of the mechanism, whose error was largest there
  StepStatus reason = StepStatus::done;
  bool mended = false; // smaller steps did; otherwise the cell is as it was before
};

/// "cell 7: O3 after 12.5 s: steps too small; smaller ones from the start did" and so on.
std::string describe(const SolverTrouble& trouble, const Mechanism& mechanism);

/// Solves a mechanism in many cells (rosenbrock.hpp: Ros3). Elements are kept to round-off times loss rate and step, of the
/// amount that passes through a species. What is below 0 at the end becomes 0 and its amount is `given`. A cell's result is the same to the bit in whatever block it stands.
class GasSolver {
public:
  /// Memory of one thread.
  class Workspace {
  public:
    explicit Workspace(const GasSolver& solver);
    Workspace(Workspace&&) = default;
    Workspace& operator=(Workspace&&) = default;
    /// Steps that cells tried so far, all together.
    long steps() const { return steps_; }

  private:
    friend class GasSolver;
    std::vector<Lanes> lanes_;
    PackMemory memory_;
    long steps_ = 0;
  };

  explicit GasSolver(const Mechanism& mechanism, Tolerances tolerances = {});

  /// Takes all cells over `seconds`. Troubles are listed by cell.
  std::vector<SolverTrouble> advance(double seconds, const CellBlock& block, Workspace& workspace) const;

  const ReactionTables& tables() const { return tables_; }

private:
  void load(const CellBlock& block, int first, int last, const PackMemory& memory) const;
  void store(const CellBlock& block, int lane, int cell, const PackMemory& memory) const;
  SolverTrouble mend(double seconds, const CellBlock& block, SolverTrouble trouble, const PackMemory& memory) const;

  ReactionTables tables_;
  Tolerances tolerances_;
};

} // namespace tq::gas
