#pragma once
#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace tq {

/// Wall-clock seconds by part of the program, in the order in which the parts were first entered.
class Timers {
public:
  using Clock = std::chrono::steady_clock;

  /// Measures from its construction to its destruction.
  class Scope {
  public:
    Scope(Timers& timers, const char* part) : timers_(timers), part_(part), start_(Clock::now()) {}
    ~Scope() { timers_.add(part_, std::chrono::duration<double>(Clock::now() - start_).count()); }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

  private:
    Timers& timers_;
    const char* part_;
    Clock::time_point start_;
  };

  void add(const Timers& other) {
    for (const auto& [part, seconds] : other.parts_) {
      add(part, seconds);
    }
  }

  void add(const std::string& part, double seconds) {
    for (auto& [name, sum] : parts_) {
      if (name == part) {
        sum += seconds;
        return;
      }
    }
    parts_.emplace_back(part, seconds);
  }

  const std::vector<std::pair<std::string, double>>& parts() const { return parts_; }

private:
  std::vector<std::pair<std::string, double>> parts_;
};

} // namespace tq
