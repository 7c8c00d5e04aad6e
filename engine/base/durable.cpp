#include "base/durable.hpp"

#include "base/error.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <unistd.h>

namespace tq {

void put_on_disk(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool good = file >= 0 && (::fsync(file) == 0 || errno == EINVAL); // EINVAL: a file system without
  const int cause = errno;
  if (file >= 0) {
    ::close(file);
  }
  if (!good) {
    throw FileError("cannot write " + path.string() + ": " + std::strerror(cause));
  }
}

void replace_file(const std::filesystem::path& part, const std::filesystem::path& target) {
  std::error_code error;
  try {
    put_on_disk(part);
    std::filesystem::rename(part, target, error);
  } catch (const FileError&) {
    std::filesystem::remove(part, error);
    throw;
  }
  if (error) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    throw FileError("cannot write " + target.string() + ": " + error.message());
  }
  put_on_disk(std::filesystem::absolute(target).parent_path());
}

void write_text(const std::filesystem::path& target, const std::string& text) {
  std::error_code ignored; // writing fails then, and says so
  std::filesystem::create_directories(target.parent_path(), ignored);
  // A device or a pipe is written to, not replaced.
  const std::filesystem::file_status there = std::filesystem::status(target, ignored);
  const bool stream = std::filesystem::exists(there) && !std::filesystem::is_regular_file(there) &&
                      !std::filesystem::is_directory(there);
  const std::filesystem::path part = stream ? target : std::filesystem::path(target.string() + ".part");
  std::ofstream file(part, std::ios::binary);
  file << text;
  file.close();
  if (!file) {
    if (!stream) {
      std::filesystem::remove(part, ignored);
    }
    throw FileError("cannot write " + target.string() + ": the disk may be full");
  }
  if (!stream) {
    replace_file(part, target);
  }
}

std::optional<FileLock> FileLock::take(const std::filesystem::path& file) {
  FileLock lock(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (lock.file_ >= 0 && ::flock(lock.file_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    return std::nullopt;
  }
  return lock;
}

FileLock::~FileLock() {
  if (file_ >= 0) {
    ::close(file_);
  }
}

} // namespace tq
