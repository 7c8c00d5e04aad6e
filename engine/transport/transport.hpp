#pragma once
#include "grid/decomposition.hpp"
#include "state/accounts.hpp"
#include "state/forcing.hpp"
#include "state/tracers.hpp"
#include "transport/timestep.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace tq {

/// Moves, mixes and deposits the tracers of one rank: engine/transport/README.md gives the scheme. Per hour
/// call plan(); per outer step planes() and then columns(); when accounts are wanted, collect(). All are
/// collective.
template <class T> class Transport {
public:
  Transport(const Subdomain& subdomain, Communicator& communicator, const TracerSet& set, int nz,
            TransportOptions options);
  ~Transport();
  Transport(Transport&&) noexcept;

  /// Cuts `seconds` (an hour) of this forcing into steps, and prepares what stays the same during them:
  /// planes() and columns() must be given the same forcing. Throws NumericalError, see plan_steps().
  StepPlan plan(const Forcing<T>& forcing, double seconds);

  /// Horizontal transport of all levels over one outer step. `step_index` counts outer steps from the
  /// beginning of the run: its parity decides whether x or y goes first. q: (tracer, k, j, i) [kg kg-1],
  /// interior in and out; the halo is overwritten.
  void planes(const Forcing<T>& forcing, const StepPlan& plan, std::int64_t step_index, View4<T> q);

  /// Settling, vertical transport, mixing with emission and dry deposition, wet removal over one outer step, interior
  /// of q. Adds to `accounts` what is emitted, deposited, rained out, and what passes the lid. Tags are
  /// scaled to their total at the end. `unmixed`: totals (tracer indices) that mix() is called for instead.
  void columns(const Forcing<T>& forcing, const StepPlan& plan, View4<T> q, AccountViews accounts,
               std::span<const int> unmixed = {});

  /// One implicit step of mixing with emission and dry deposition of these totals and their tags, for
  /// `seconds`; accounts and tags as in columns().
  void mix(const Forcing<T>& forcing, double seconds, std::span<const int> totals, View4<T> q,
           AccountViews accounts);

  /// Adds what came in and went out through the sides since the last call to the columns at the edge.
  void collect(AccountViews accounts);

private:
  struct Memory;

  /// Calls body(strip) for every strip of columns, in parallel; each can hold `tracers` tracers at a time.
  template <class Body>
  void for_each_strip(const Forcing<T>& forcing, View4<T> q, AccountViews accounts, int tracers, Body body);
  template <Advection scheme>
  void sweep_planes(const Forcing<T>& forcing, const StepPlan& plan, std::int64_t step_index, View4<T> q);
  /// Substeps [from, to) of the levels that have them. `stored`: tracers share stored rows of faces.
  template <Advection scheme, bool stored>
  void sweep_levels(const Forcing<T>& forcing, const StepPlan& plan, std::int64_t step_index, View4<T> q, int from,
                    int to);
  void find_ranges(const Forcing<T>& forcing, View4<T> q);

  Subdomain subdomain_;
  Communicator& communicator_;
  TracerSet set_;
  int nz_;
  TransportOptions options_;
  std::unique_ptr<Memory> memory_;
};

} // namespace tq
