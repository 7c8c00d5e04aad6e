#include "base/communicator.hpp"

#include <condition_variable>
#include <cstring>
#include <deque>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace tq {

double Communicator::maximum(double value) {
  maximum(std::span(&value, 1));
  return value;
}

void Communicator::maximum(std::span<double> values) {
  const auto bytes = std::as_writable_bytes(values);
  if (!is_root()) {
    send(0, bytes);
    receive(0, bytes);
    return;
  }
  std::vector<double> received(values.size());
  for (int other = 1; other < size(); ++other) {
    receive(other, std::as_writable_bytes(std::span(received)));
    for (std::size_t m = 0; m < values.size(); ++m) {
      values[m] = received[m] > values[m] ? received[m] : values[m];
    }
  }
  for (int other = 1; other < size(); ++other) {
    send(other, bytes);
  }
}

void Communicator::broadcast(std::span<std::byte> data) {
  if (!is_root()) {
    receive(0, data);
    return;
  }
  for (int other = 1; other < size(); ++other) {
    send(other, data);
  }
}

void SerialCommunicator::send(int, std::span<const std::byte>) {
  throw std::logic_error("a lone rank has nobody to send to");
}

void SerialCommunicator::receive(int, std::span<std::byte>) {
  throw std::logic_error("a lone rank has nobody to receive from");
}

namespace {

/// Mailboxes of all pairs of virtual ranks.
struct Post {
  explicit Post(int count) : count(count), boxes(std::size_t(count) * count) {}

  int count;
  std::mutex mutex;
  std::condition_variable arrived;
  std::vector<std::deque<std::vector<std::byte>>> boxes; // [to * count + from]
  bool failed = false;
};

class VirtualRank final : public Communicator {
public:
  VirtualRank(Post& post, int rank) : post_(post), rank_(rank) {}
  int rank() const override { return rank_; }
  int size() const override { return post_.count; }

  void send(int to, std::span<const std::byte> data) override {
    {
      const std::lock_guard lock(post_.mutex);
      post_.boxes[std::size_t(to) * post_.count + rank_].emplace_back(data.begin(), data.end());
    }
    post_.arrived.notify_all();
  }

  void receive(int from, std::span<std::byte> data) override {
    std::unique_lock lock(post_.mutex);
    auto& box = post_.boxes[std::size_t(rank_) * post_.count + from];
    post_.arrived.wait(lock, [&] { return !box.empty() || post_.failed; });
    if (box.empty()) {
      throw std::runtime_error("another rank failed");
    }
    const std::vector<std::byte> message = std::move(box.front());
    box.pop_front();
    if (message.size() != data.size()) {
      throw std::logic_error("a message has another size than its receiver expects");
    }
    std::memcpy(data.data(), message.data(), data.size());
  }

private:
  Post& post_;
  int rank_;
};

} // namespace

void run_virtual_ranks(int count, const std::function<void(Communicator&)>& body) {
  Post post(count);
  std::exception_ptr first;
  std::vector<std::thread> threads;
  for (int rank = 0; rank < count; ++rank) {
    threads.emplace_back([&, rank] {
      VirtualRank communicator(post, rank);
      try {
        body(communicator);
      } catch (...) {
        {
          const std::lock_guard lock(post.mutex);
          if (!post.failed) {
            post.failed = true;
            first = std::current_exception();
          }
        }
        post.arrived.notify_all();
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  if (first) {
    std::rethrow_exception(first);
  }
}

} // namespace tq
