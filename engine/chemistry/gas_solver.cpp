#include "chemistry/gas_solver.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace tq::gas {

namespace {

constexpr double usual_first_step = 0.01; // of the time: where nothing is remembered
constexpr double smallest_step = 1e-9;    // of the time
constexpr int most_steps = 1000;
// A cell in trouble begins with steps that cannot be too long, and never takes long ones.
constexpr double careful_first_step = 1e-6, careful_longest_step = 0.02, careful_smallest_step = 1e-14; // of the time
constexpr int most_careful_steps = 100000;

PackControl usual_control(double seconds, const Tolerances& tolerances) {
  PackControl control;
  control.span = seconds;
  control.relative = tolerances.relative;
  control.absolute = tolerances.absolute;
  control.longest = seconds;
  control.smallest = smallest_step * seconds;
  control.most_steps = most_steps;
  return control;
}

} // namespace

std::string describe(const SolverTrouble& trouble, const Mechanism& mechanism) {
  return fmt::format("cell {}: {} after {:.6g} s: {}{}", trouble.cell,
                     mechanism.species()[std::size_t(trouble.species)].name, trouble.time,
                     trouble.reason == StepStatus::too_many_steps ? "too many steps" : "steps too small",
                     trouble.mended ? "; smaller ones from the start did" : "; smaller ones from the start neither");
}

GasSolver::Workspace::Workspace(const GasSolver& solver) {
  const GasTables t = solver.tables_.view();
  const std::size_t species = std::size_t(t.species), values = std::size_t(solver.tables_.values());
  lanes_.resize(8 * species + values + std::size_t(t.reactions) + std::size_t(t.entries));
  Lanes* next = lanes_.data();
  const auto take = [&](std::size_t count) { return std::exchange(next, next + count); };
  memory_ = {take(species), take(values), take(std::size_t(t.reactions)), take(std::size_t(t.entries)), take(species),
             take(species), {take(species), take(species), take(species), take(species)}, take(species)};
}

GasSolver::GasSolver(const Mechanism& mechanism, Tolerances tolerances) : tables_(mechanism), tolerances_(tolerances) {}

void GasSolver::load(const CellBlock& block, int first, int last, const PackMemory& memory) const {
  // Lanes without a cell repeat the last one.
  const auto cell = [&](int lane) { return std::ptrdiff_t(std::min(first + lane, last)); };
  for (std::size_t s = 0; s < tables_.species().size(); ++s) {
    const double* row = block.amount + tables_.species()[s] * block.species_stride;
    for (int l = 0; l < lanes; ++l) {
      memory.amount[s][l] = row[cell(l)];
    }
  }
  for (std::size_t r = 0; r < tables_.reactions().size(); ++r) {
    const double* row = block.rate + tables_.reactions()[r] * block.reaction_stride;
    for (int l = 0; l < lanes; ++l) {
      memory.value[r][l] = row[cell(l) * block.rate_cell_stride];
    }
  }
}

void GasSolver::store(const CellBlock& block, int lane, int cell, const PackMemory& memory) const {
  for (std::size_t s = 0; s < tables_.species().size(); ++s) {
    const double amount = memory.amount[s][lane];
    const std::ptrdiff_t at = tables_.species()[s] * block.species_stride + cell;
    block.amount[at] = amount > 0 ? amount : 0.0;
    if (block.given != nullptr) {
      block.given[at] += amount < 0 ? -amount : 0.0;
    }
  }
}

std::vector<SolverTrouble> GasSolver::advance(double seconds, const CellBlock& block, Workspace& workspace) const {
  const GasTables tables = tables_.view();
  const PackMemory& memory = workspace.memory_;
  std::vector<SolverTrouble> troubles;
  for (int first = 0; first < block.cells; first += lanes) {
    const int count = std::min(lanes, block.cells - first);
    PackControl control = usual_control(seconds, tolerances_);
    for (int l = 0; l < lanes; ++l) {
      const double remembered = block.first_step[first + std::min(l, count - 1)];
      control.active[l] = l < count ? -1 : 0;
      control.first_step[l] = remembered > 0 ? remembered : usual_first_step * seconds;
    }
    load(block, first, first + count - 1, memory);
    integrate<Ros3>(tables, memory, control);
    for (int l = 0; l < count; ++l) {
      workspace.steps_ += control.steps[l];
      if (control.status[l] == StepStatus::done) {
        block.first_step[first + l] = control.first_step[l];
        store(block, l, first + l, memory);
      } else {
        troubles.push_back({first + l, control.time[l],
                            tables_.species()[std::size_t(control.worst[l])], control.status[l], false});
      }
    }
  }
  for (SolverTrouble& trouble : troubles) {
    trouble = mend(seconds, block, trouble, memory);
  }
  return troubles;
}

SolverTrouble GasSolver::mend(double seconds, const CellBlock& block, SolverTrouble trouble,
                              const PackMemory& memory) const {
  PackControl control = usual_control(seconds, tolerances_);
  control.active[0] = -1;
  control.first_step = broadcast(careful_first_step * seconds);
  control.longest = careful_longest_step * seconds;
  control.smallest = careful_smallest_step * seconds;
  control.most_steps = most_careful_steps;
  load(block, trouble.cell, trouble.cell, memory);
  integrate<Ros3>(tables_.view(), memory, control);
  trouble.mended = control.status[0] == StepStatus::done;
  if (trouble.mended) {
    block.first_step[trouble.cell] = control.first_step[0];
    store(block, 0, trouble.cell, memory);
  }
  return trouble;
}

} // namespace tq::gas
