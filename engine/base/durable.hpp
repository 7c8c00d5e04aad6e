#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace tq {

/// Returns once the content of a file, or the entries of a folder, are on disk. Throws FileError.
void put_on_disk(const std::filesystem::path& path);

/// `part`, a complete file beside `target`, takes its place, so that at any moment, even when the power fails, there is
/// either the old or the whole new file. Throws FileError; then `part` is removed.
void replace_file(const std::filesystem::path& part, const std::filesystem::path& target);

/// Writes a whole text file, or nothing of it; its folder is made. Throws FileError.
void write_text(const std::filesystem::path& target, const std::string& text);

/// The lock of a file, which ends with its owner, however that ends. It follows a file that is renamed.
class FileLock {
 public:
  /// Nothing if another process has it. Where the file system knows no locks, everybody gets one.
  static std::optional<FileLock> take(const std::filesystem::path& file);
  FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  FileLock& operator=(FileLock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~FileLock();

 private:
  explicit FileLock(int file) : file_(file) {}
  int file_;
};

} // namespace tq
