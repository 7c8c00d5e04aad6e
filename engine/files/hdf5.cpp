#include "files/hdf5.hpp"

#include "base/durable.hpp"
#include "base/error.hpp"
#include "files/hdf5_id.hpp"

#include <fmt/format.h>
#include <hdf5.h>

namespace tq::files {

static_assert(std::is_same_v<herr_t, int> && std::is_same_v<hsize_t, unsigned long long> && sizeof(hid_t) == 8);

std::unique_lock<std::recursive_mutex> lock_hdf5() {
  // Files close with their owners. HDF5's own closing at exit would try again what a full disk refused, and crash.
  [[maybe_unused]] static const herr_t no_atexit = H5dont_atexit();
  static std::recursive_mutex mutex;
  return std::unique_lock(mutex);
}

std::string hdf5_version() {
  unsigned major = 0, minor = 0, release = 0;
  const auto lock = lock_hdf5();
  H5get_libversion(&major, &minor, &release);
  return fmt::format("{}.{}.{}", major, minor, release);
}

Hdf5Guard::Hdf5Guard() : lock_(lock_hdf5()) {
  H5Eget_auto2(H5E_DEFAULT, reinterpret_cast<H5E_auto2_t*>(&printer_), &printer_data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Hdf5Guard::~Hdf5Guard() { H5Eset_auto2(H5E_DEFAULT, reinterpret_cast<H5E_auto2_t>(printer_), printer_data_); }

std::string hdf5_cause() {
  std::string cause;
  H5Ewalk2(
      H5E_DEFAULT, H5E_WALK_UPWARD,
      [](unsigned, const H5E_error2_t* entry, void* text) -> herr_t {
        if (entry->desc != nullptr && static_cast<std::string*>(text)->empty()) {
          *static_cast<std::string*>(text) = entry->desc;
        }
        return 0;
      },
      &cause);
  // Of "file write failed: time = ..., error message = 'No space left on device', buf = 0x..." what a person needs.
  constexpr std::string_view mark = "error message = '";
  const std::size_t message = cause.find(mark), time = cause.find(": time = ");
  if (message != std::string::npos && time != std::string::npos) {
    const std::size_t first = message + mark.size();
    cause = cause.substr(0, time) + ": " + cause.substr(first, cause.find('\'', first) - first);
  }
  return cause.empty() ? "HDF5 gives no cause" : cause;
}

std::int64_t Hdf5File::State::check(std::int64_t status, const std::string& subject) const {
  if (status < 0) {
    throw FileError(fmt::format("cannot {} {}: {}: {}", writing ? "write" : "read", path.string(), subject, hdf5_cause()));
  }
  return status;
}

Hdf5Id& Hdf5File::State::dataset(const std::string& name) {
  const auto found = datasets.find(name);
  if (found != datasets.end()) {
    return found->second;
  }
  const hid_t id = H5Dopen2(file, name.c_str(), H5P_DEFAULT);
  if (id < 0 && !writing) {
    throw InputError({path.string()}, "has no dataset " + name);
  }
  return datasets[name] = Hdf5Id(check(id, "dataset " + name), H5Dclose);
}

std::vector<std::uint64_t> Hdf5File::State::shape(const std::string& name) {
  const Hdf5Id space(check(H5Dget_space(dataset(name)), "dataset " + name), H5Sclose);
  hsize_t lengths[H5S_MAX_RANK] = {};
  const auto rank = check(H5Sget_simple_extent_dims(space, lengths, nullptr), "dataset " + name);
  return {lengths, lengths + rank};
}

Hdf5File::Hdf5File(std::unique_ptr<State> state) : state_(std::move(state)) {}
Hdf5File::Hdf5File(Hdf5File&&) noexcept = default;
Hdf5File& Hdf5File::operator=(Hdf5File&& other) noexcept {
  const Hdf5Guard guard;
  state_ = std::move(other.state_);
  return *this;
}

Hdf5File::~Hdf5File() {
  const Hdf5Guard guard;
  state_.reset();
}

const std::filesystem::path& Hdf5File::path() const { return state_->path; }

namespace {

/// Without file locking others can read while we write, and we while others write.
Hdf5Id unlocked_access() {
  Hdf5Id access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  H5Pset_file_locking(access, false, true);
  return access;
}

} // namespace

Hdf5File Hdf5File::create(const std::filesystem::path& path, bool overwrite) {
  const Hdf5Guard guard;
  auto state = std::make_unique<State>();
  state->path = path;
  state->writing = true;
  if (overwrite) { // removed, not truncated: whoever reads the old file keeps it
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
  }
  const Hdf5Id access = unlocked_access();
  // Space is taken in large blocks, so that what a flush writes mostly lies below the end of file that the one before
  // recorded: a process killed within a flush would else leave records that point beyond it. Closing gives back the rest.
  H5Pset_meta_block_size(access, 1 << 20);
  H5Pset_small_data_block_size(access, 8 << 20);
  const Hdf5Id creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
  state->check(H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "root group");
  state->check(H5Pset_obj_track_times(creation, false), "root group"); // reruns are byte-identical
  state->file =
      Hdf5Id(state->check(H5Fcreate(path.c_str(), H5F_ACC_EXCL, creation, access), "creating the file"), H5Fclose);
  state->check(H5Fflush(state->file, H5F_SCOPE_LOCAL), "creating the file"); // as long as its head says
  return Hdf5File(std::move(state));
}

Hdf5File Hdf5File::open(const std::filesystem::path& path) {
  const Hdf5Guard guard;
  if (!std::filesystem::exists(path)) {
    throw InputError({path.string()}, "no such file");
  }
  auto state = std::make_unique<State>();
  state->path = path;
  const Hdf5Id access = unlocked_access();
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, access);
  if (file < 0) {
    throw InputError({path.string()}, "cannot be opened as an HDF5 file: " + hdf5_cause());
  }
  state->file = Hdf5Id(file, H5Fclose);
  return Hdf5File(std::move(state));
}

void Hdf5File::flush() {
  const Hdf5Guard guard;
  state_->check(H5Fflush(state_->file, H5F_SCOPE_LOCAL), "flushing");
}

void Hdf5File::move_to(const std::filesystem::path& target) {
  flush();
  replace_file(state_->path, target);
  state_->path = target;
}

void Hdf5File::close() {
  const Hdf5Guard guard;
  for (auto& [name, dataset] : state_->datasets) {
    state_->check(dataset.close(), "dataset " + name);
  }
  state_->datasets.clear();
  state_->check(state_->file.close(), "closing");
}

} // namespace tq::files
