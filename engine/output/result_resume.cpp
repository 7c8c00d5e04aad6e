#include "base/error.hpp"
#include "output/result_writer.hpp"

#include <fmt/format.h>

namespace tq {

void ResultWriter::serialise(Archive& archive) {
  archive("result.hours", hours_);
  archive("result.days", days_);
  archive("result.periods", periods_);
  archive("result.cell_sums", cell_sums_);
  archive("result.dry_deposition", dry_deposition_);
  archive("result.wet_deposition", wet_deposition_);
  for (auto& [path, record] : records_) {
    archive(path.c_str(), record.sum);
  }
}

void ResultWriter::take_over(const std::filesystem::path& result, Archive& archive) {
  serialise(archive);
  const auto read = [&](auto part) {
    try {
      return part();
    } catch (const std::exception& error) { // of HDF5, or a shape that cannot be
      throw DamagedResult(
          fmt::format("{}: its first {} hours cannot be read back: {}", result.string(), hours_, error.what()));
    }
  };
  if (!std::filesystem::exists(result)) {
    throw FileError(fmt::format("{}: no such file: its {} hours cannot be gone on with", result.string(), hours_));
  }
  const files::Hdf5File old = read([&] { return files::Hdf5File::open(result); });
  for (auto& [path, record] : records_) {
    const std::uint32_t expected = std::exchange(record.sum, 0);
    for (std::size_t n = 0; n < this->*record.count; ++n) {
      append(path, n, read([&, &dataset = path] { return old.read(dataset, n, 1); }));
    }
    if (record.sum != expected) {
      throw DamagedResult(fmt::format("{}: dataset {} does not hold the first {} hours as they were written",
                                      result.string(), path, hours_));
    }
  }
  file_.move_to(result);
}

} // namespace tq
