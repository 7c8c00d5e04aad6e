#include "output/checkpoint.hpp"

#include "base/checksum.hpp"
#include "base/error.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <set>

namespace tq {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view first_words = "tianqing_schema = ", mark = ".checkpoint-", extension = ".tqc",
                           part = ".part";
constexpr std::size_t stamp_length = std::string_view("20171204T160000Z").size();

std::string first_line() {
  return fmt::format("{}{}\n", first_words, checkpoint_schema);
}

/// The scenario's name of "NAME.checkpoint-20171204T160000Z.tqc"; "" of other names.
std::string scenario_of(std::string_view name) {
  const std::size_t tail = mark.size() + stamp_length + extension.size();
  const bool good =
      name.size() > tail && name.ends_with(extension) && name.substr(name.size() - tail).starts_with(mark);
  return std::string(good ? name.substr(0, name.size() - tail) : "");
}

/// All files of a folder, also of one that is not there.
std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder.empty() ? "." : folder, ignored)) {
    files.push_back(folder / entry.path().filename());
  }
  return files;
}

[[noreturn]] void cannot(const char* do_what, const fs::path& file) {
  throw FileError(fmt::format("cannot {} {}: {}", do_what, file.string(), std::strerror(errno)));
}

} // namespace

void CheckpointHeader::serialise(Archive& archive) {
  archive("scenario", scenario);
  archive("scenario_file", scenario_file);
  archive("scenario_text", scenario_text);
  std::size_t count = inputs.size();
  archive("inputs", count);
  inputs.resize(count);
  for (auto& [file, sum] : inputs) {
    archive("input", file);
    archive("checksum", sum);
  }
  archive("time", time);
}

fs::path checkpoint_path(const fs::path& result, Instant time) {
  const CivilTime t = to_utc(time);
  return result.parent_path() / fmt::format("{}{}{:04}{:02}{:02}T{:02}{:02}{:02}Z{}", result.stem().string(), mark,
                                            t.year, t.month, t.day, t.hour, t.minute, t.second, extension);
}

std::vector<fs::path> results_with_checkpoints(const fs::path& folder) {
  std::set<fs::path> results;
  for (const fs::path& file : files_in(folder)) {
    const std::string scenario = scenario_of(file.filename().string());
    if (!scenario.empty()) {
      results.insert(folder / (scenario + ".nc"));
    }
  }
  return {results.begin(), results.end()};
}

std::vector<fs::path> checkpoints_of(const fs::path& result) {
  std::vector<fs::path> found;
  for (const fs::path& file : files_in(result.parent_path())) {
    if (scenario_of(file.filename().string()) == result.stem()) {
      found.push_back(file);
    }
  }
  std::sort(found.rbegin(), found.rend()); // the name tells the time
  return found;
}

void prune_checkpoints(const fs::path& result, Instant latest, std::size_t kept) {
  std::error_code ignored; // what cannot be removed does no harm
  for (const fs::path& file : checkpoints_of(result)) {
    if (file > checkpoint_path(result, latest) || kept == 0) {
      fs::remove(file, ignored);
    } else {
      --kept;
    }
  }
  for (const fs::path& file : files_in(result.parent_path())) {
    if (file.extension() == part && scenario_of(file.stem().string()) == result.stem()) {
      fs::remove(file, ignored);
    }
  }
}

CheckpointWriter::CheckpointWriter(const fs::path& file, CheckpointHeader header)
    : path_(file), part_(file.string() + std::string(part)), file_(std::fopen(part_.c_str(), "wb")) {
  if (!file_) {
    cannot("write", part_);
  }
  std::string line = first_line();
  raw(line.data(), line.size());
  header.serialise(*this);
}

CheckpointWriter::~CheckpointWriter() {
  if (file_) {
    std::error_code ignored;
    fs::remove(part_, ignored);
  }
}

void CheckpointWriter::raw(void* data, std::size_t size) {
  sum_ = checksum({static_cast<const std::byte*>(data), size}, sum_);
  if (std::fwrite(data, 1, size, file_.get()) != size) {
    cannot("write", part_);
  }
}

FileLock CheckpointWriter::commit() {
  std::uint32_t sum = sum_;
  raw(&sum, sizeof sum);
  if (std::fflush(file_.get()) != 0) {
    cannot("write", part_);
  }
  file_.reset();
  std::optional<FileLock> lock = FileLock::take(part_);
  replace_file(part_, path_);
  return std::move(*lock); // nobody else knows the file yet
}

CheckpointReader::CheckpointReader(const fs::path& file)
    : Archive(true), path_(file), file_(std::fopen(file.c_str(), "rb")) {
  if (!file_) {
    cannot("read", file);
  }
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file, error);
  std::uint32_t stored = 0, sum = 0;
  if (error || size < sizeof stored) {
    throw FileError(fmt::format("{}: is damaged: it is shorter than a checkpoint", file.string()));
  }
  std::vector<std::byte> block(1 << 20);
  for (std::uintmax_t rest = size - sizeof stored; rest > 0;) {
    const auto bytes = std::span(block).first(std::min<std::uintmax_t>(rest, block.size()));
    raw(bytes.data(), bytes.size());
    sum = checksum(bytes, sum);
    rest -= bytes.size();
  }
  raw(&stored, sizeof stored);
  if (sum != stored) {
    throw FileError(fmt::format("{}: is damaged: its checksum is {:08x}, not {:08x}", file.string(), sum, stored));
  }
  std::rewind(file_.get());
  std::string line;
  for (char c = 0; c != '\n' && line.size() < 100;) {
    raw(&c, 1);
    line += c;
  }
  if (line != first_line()) {
    const bool versioned = line.starts_with(first_words) && line.ends_with('\n');
    throw InputError({file.string()},
                     versioned ? fmt::format("has the layout \"{}\": this program reads \"{}\"",
                                             line.substr(first_words.size(), line.size() - first_words.size() - 1),
                                             checkpoint_schema)
                               : "is not a checkpoint");
  }
  header_.serialise(*this);
}

void CheckpointReader::raw(void* data, std::size_t size) {
  if (std::fread(data, 1, size, file_.get()) != size) {
    std::ferror(file_.get()) ? cannot("read", path_)
                             : throw FileError(fmt::format("{}: ends before all is read", path_.string()));
  }
}

} // namespace tq
