#pragma once
/// Checkpoints: all that the next hour of a run depends on. NAME.checkpoint-20171204T160000Z.tqc lies beside the result
/// NAME.nc and holds the state at that time (UTC), the end of the result's last hour then. A file of it:
///
///   tianqing_schema = checkpoint/1\n
///   what CheckpointHeader, the run and its modules give to an Archive, in the machine's own order of bytes
///   CRC-32 of all before, 4 bytes of the same order; so ends every version
///
/// It is written under a temporary name, put on disk and renamed.

#include "base/archive.hpp"
#include "base/durable.hpp"
#include "base/time.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tq {

inline constexpr const char* checkpoint_schema = "checkpoint/1";

/// Which run it is of.
struct CheckpointHeader {
  std::string scenario;                                      // its name
  std::string scenario_file;                                 // absolute
  std::string scenario_text;                                 // resolved, TOML
  std::vector<std::pair<std::string, std::uint32_t>> inputs; // files that the scenario names, with their checksums
  Instant time = 0;

  void serialise(Archive& archive);
};

std::filesystem::path checkpoint_path(const std::filesystem::path& result, Instant time);

/// The results in a folder that have checkpoints, complete or not, in alphabetical order.
std::vector<std::filesystem::path> results_with_checkpoints(const std::filesystem::path& folder);

/// Newest first.
std::vector<std::filesystem::path> checkpoints_of(const std::filesystem::path& result);

/// Removes checkpoints later than `latest`, all but the `kept` newest of the others, and what an interrupted writing
/// left.
void prune_checkpoints(const std::filesystem::path& result, Instant latest, std::size_t kept);

/// The closing of a C file.
struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

/// What cannot be written throws FileError.
class CheckpointWriter final : public Archive {
 public:
  CheckpointWriter(const std::filesystem::path& file, CheckpointHeader header);
  CheckpointWriter(CheckpointWriter&&) = default;
  /// Without commit() nothing stays.
  ~CheckpointWriter() override;
  /// Completes the file and gives it its name. While the lock is held, nobody can resume from it.
  FileLock commit();

 private:
  void raw(void* data, std::size_t size) override;

  std::filesystem::path path_, part_;
  std::unique_ptr<std::FILE, CloseFile> file_;
  std::uint32_t sum_ = 0;
};

class CheckpointReader final : public Archive {
 public:
  /// Checks the whole file first. Throws FileError if it is damaged or cannot be read, InputError if it has another
  /// layout.
  explicit CheckpointReader(const std::filesystem::path& file);
  const std::filesystem::path& path() const { return path_; }
  const CheckpointHeader& header() const { return header_; }

 private:
  void raw(void* data, std::size_t size) override;

  std::filesystem::path path_;
  std::unique_ptr<std::FILE, CloseFile> file_;
  CheckpointHeader header_;
};

} // namespace tq
