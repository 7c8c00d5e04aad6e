#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace tq {

/// Message passing between the ranks that share one simulation. The code of a rank is the same whether ranks are
/// alone, threads of one process ("virtual ranks"), or processes.
class Communicator {
public:
  virtual ~Communicator() = default;
  virtual int rank() const = 0;
  virtual int size() const = 0;

  /// Buffered: returns at once. Messages between two ranks arrive in the order sent.
  virtual void send(int to, std::span<const std::byte> data) = 0;
  /// Blocks until a message from `from` is there; its size must be that of `data`.
  virtual void receive(int from, std::span<std::byte> data) = 0;

  bool is_root() const { return rank() == 0; }
  /// The largest value over all ranks, on every rank; of several values at once, each of them.
  double maximum(double value);
  void maximum(std::span<double> values);
  /// True on every rank if it is true on any.
  bool any(bool value) { return maximum(value ? 1.0 : 0.0) > 0; }
  /// Gives every rank what `data` is on rank 0.
  void broadcast(std::span<std::byte> data);
};

/// One rank, alone.
class SerialCommunicator final : public Communicator {
public:
  int rank() const override { return 0; }
  int size() const override { return 1; }
  void send(int, std::span<const std::byte>) override;
  void receive(int, std::span<std::byte>) override;
};

/// Runs `body` once per virtual rank, each in its own thread, and waits for all. The first exception of any rank
/// is rethrown here; the other ranks then leave their waits with an exception of their own.
void run_virtual_ranks(int count, const std::function<void(Communicator&)>& body);

} // namespace tq
