#include "output/result_file.hpp"

#include "base/durable.hpp"
#include "output/checkpoint.hpp"
#include "output/result_writer.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <unistd.h>

namespace tq {

namespace fs = std::filesystem;

std::vector<ResultPollutant> result_pollutants(const SpeciesTable& species) {
  std::vector<ResultPollutant> pollutants;
  for (const Pollutant& one : species.pollutants()) {
    bool particle = false;
    for (const int member : one.members) {
      particle = particle || species.species()[std::size_t(member)].particle;
    }
    pollutants.push_back({one.id, one.name, one.cf_name, particle});
  }
  return pollutants;
}

fs::path result_cells_path(const fs::path& file) {
  return file.parent_path() / (file.stem().string() + "_cells.geojson");
}

void check_result_target(const fs::path& file, bool overwrite) {
  const bool unfinished = !checkpoints_of(file).empty();
  ProblemList problems;
  for (const fs::path& target : {file, result_cells_path(file)}) {
    std::error_code ignored;
    if (fs::is_directory(target, ignored)) {
      problems.add({target.string()}, "is a folder: a result cannot be written over it");
    } else if (!overwrite && fs::exists(target, ignored)) {
      problems.add({target.string()}, std::string("exists already: --overwrite replaces it, -o DIR writes elsewhere") +
                                          (unfinished ? ", `tianqing resume` goes on with it" : ""));
    }
  }
  problems.throw_if_any();
  fs::path folder = fs::absolute(file).parent_path(); // the nearest that exists must take a new entry
  while (!fs::exists(folder) && folder.has_relative_path()) {
    folder = folder.parent_path();
  }
  if (!fs::is_directory(folder)) {
    throw FileError("cannot write " + file.string() + ": " + folder.string() + " is not a folder");
  }
  if (::access(folder.c_str(), W_OK | X_OK) != 0) {
    throw FileError("cannot write " + file.string() + ": no permission to create files in " + folder.string());
  }
}

struct ResultFile::State {
  static constexpr std::size_t longest_queue = 4; // hours

  ResultWriter writer;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<ResultHour> queue;
  std::exception_ptr failure;
  bool ending = false, writing = false;
  std::thread thread;

  template <class... Arguments> explicit State(Arguments&&... arguments) : writer(arguments...) {}

  void work() {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [&] { return ending || !queue.empty(); });
      if (queue.empty()) {
        return;
      }
      ResultHour hour = std::move(queue.front());
      queue.pop_front();
      changed.notify_all();
      if (failure) {
        continue; // hours after a failed one would leave a hole
      }
      writing = true;
      lock.unlock();
      std::exception_ptr problem;
      try {
        writer.write(hour);
      } catch (...) {
        problem = std::current_exception();
      }
      lock.lock();
      writing = false;
      failure = problem;
      changed.notify_all();
    }
  }

  void end() {
    {
      const std::lock_guard lock(mutex);
      ending = true;
    }
    changed.notify_all();
    if (thread.joinable()) {
      thread.join();
    }
  }
};

ResultFile::ResultFile(const fs::path& file, const Grid& grid, const ManagementCells& cells, const ResultHeader& header,
                       const ResultOptions& options) {
  check_result_target(file, options.overwrite);
  if (file.has_parent_path()) {
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    if (error) {
      throw FileError("cannot write " + file.string() + ": creating its folder: " + error.message());
    }
  }
  state_ = std::make_unique<State>(file, grid, cells, header, options);
  start();
}

ResultFile::ResultFile(const fs::path& file, const Grid& grid, const ManagementCells& cells, const ResultHeader& header,
                       const ResultOptions& options, Archive& checkpoint) {
  const fs::path part = file.string() + ".part";
  ResultOptions fresh = options;
  fresh.overwrite = true; // of what a resumption that was cut off itself left
  try {
    state_ = std::make_unique<State>(part, grid, cells, header, fresh);
    state_->writer.take_over(file, checkpoint);
  } catch (...) {
    std::error_code ignored;
    fs::remove(part, ignored);
    throw;
  }
  start();
}

void ResultFile::start() {
  std::error_code ignored;
  fs::remove(result_cells_path(state_->writer.path()), ignored); // it is of an earlier run
  state_->thread = std::thread([state = state_.get()] { state->work(); });
}

ResultFile::~ResultFile() { state_->end(); }

void ResultFile::write(ResultHour hour) {
  std::unique_lock lock(state_->mutex);
  state_->changed.wait(lock, [&] { return state_->failure || state_->queue.size() < State::longest_queue; });
  if (state_->failure) {
    std::rethrow_exception(state_->failure);
  }
  state_->queue.push_back(std::move(hour));
  state_->changed.notify_all();
}

void ResultFile::serialise(Archive& archive) {
  std::unique_lock lock(state_->mutex);
  state_->changed.wait(lock, [&] { return state_->failure || (state_->queue.empty() && !state_->writing); });
  if (state_->failure) {
    std::rethrow_exception(state_->failure);
  }
  put_on_disk(state_->writer.path());
  state_->writer.serialise(archive);
}

void ResultFile::finish(const ResultSummary& summary) {
  state_->end();
  if (state_->failure) {
    std::rethrow_exception(state_->failure);
  }
  state_->writer.finish(summary);
  state_->writer.close();
}

} // namespace tq
