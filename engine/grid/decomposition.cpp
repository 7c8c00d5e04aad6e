#include "grid/decomposition.hpp"

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace tq {

namespace {

/// First cell of block p of `count` blocks over n cells; block sizes differ by at most one.
int block_start(int n, int p, int count) {
  return int(std::int64_t(n) * p / count);
}

void check_blocks(const char* axis, int n, int count, int halo) {
  if (n < 1 || count < 1) {
    throw std::invalid_argument(std::string("a decomposition needs at least one cell and one block along ") +
                                axis);
  }
  if (count > 1 && n / count < halo) {
    throw std::invalid_argument("cannot cut " + std::to_string(n) + " cells along " + axis + " into " +
                                std::to_string(count) + " blocks: each must have at least " +
                                std::to_string(halo) + " cells");
  }
}

struct Range {
  int first = 0, last = 0; // half open
  std::size_t size() const { return std::size_t(last - first); }
};

/// Along one axis with n own cells: the cells that the neighbour on side d (-1, 0, 1) needs ...
Range owned_for(int d, int n, int halo) {
  return d < 0 ? Range{0, halo} : d > 0 ? Range{n - halo, n} : Range{0, n};
}

/// ... and the halo cells that it owns.
Range owned_by(int d, int n, int halo) {
  return d < 0 ? Range{-halo, 0} : d > 0 ? Range{n, n + halo} : Range{0, n};
}

/// Calls body(pointer to the first element, number of elements) for each row of the region, in one fixed
/// order.
template <class T, class Body>
void for_each_row(const View4<T>& field, std::span<const int> levels, Range i, Range j, Body body) {
  for (int n = 0; n < field.nt; ++n) {
    const View3<T> tracer = field[n];
    for (const int k : levels) {
      for (int row = j.first; row < j.last; ++row) {
        body(tracer.line(row, k) + i.first, i.size());
      }
    }
  }
}

template <class T> std::vector<T>& message_buffer(std::size_t size) {
  thread_local std::vector<T> buffer;
  buffer.resize(size);
  return buffer;
}

} // namespace

Decomposition::Decomposition(int nx, int ny, int px, int py, int halo) : nx_(nx), ny_(ny), px_(px), py_(py) {
  check_blocks("x", nx, px, halo);
  check_blocks("y", ny, py, halo);
}

Subdomain Decomposition::of(int rank) const {
  if (rank < 0 || rank >= ranks()) {
    throw std::out_of_range("no rank " + std::to_string(rank) + " in a decomposition into " +
                            std::to_string(ranks()));
  }
  const int p = rank % px_;
  const int q = rank / px_;
  Subdomain part;
  part.i0 = block_start(nx_, p, px_);
  part.j0 = block_start(ny_, q, py_);
  part.nx = block_start(nx_, p + 1, px_) - part.i0;
  part.ny = block_start(ny_, q + 1, py_) - part.j0;
  part.nx_global = nx_;
  part.ny_global = ny_;
  for (int dj = -1; dj <= 1; ++dj) {
    for (int di = -1; di <= 1; ++di) {
      const bool inside = p + di >= 0 && p + di < px_ && q + dj >= 0 && q + dj < py_;
      const bool self = di == 0 && dj == 0;
      part.neighbour[1 + dj][1 + di] = inside && !self ? (q + dj) * px_ + p + di : -1;
    }
  }
  return part;
}

template <class T>
void exchange_halo(Communicator& communicator, const Subdomain& subdomain, View4<T> field,
                   std::span<const int> levels) {
  if (levels.empty()) {
    return; // no empty messages
  }
  // All sends come before the first receive: sends are buffered, so no order of ranks can lock up.
  for (const bool sending : {true, false}) {
    for (int dj = -1; dj <= 1; ++dj) {
      for (int di = -1; di <= 1; ++di) {
        const int neighbour = subdomain.neighbour[1 + dj][1 + di];
        if (neighbour < 0) {
          continue;
        }
        const Range i = sending ? owned_for(di, field.nx, field.halo) : owned_by(di, field.nx, field.halo);
        const Range j = sending ? owned_for(dj, field.ny, field.halo) : owned_by(dj, field.ny, field.halo);
        std::vector<T>& buffer =
            message_buffer<T>(i.size() * j.size() * levels.size() * std::size_t(field.nt));
        T* packed = buffer.data();
        if (sending) {
          for_each_row(field, levels, i, j,
                       [&](const T* row, std::size_t size) { packed = std::copy_n(row, size, packed); });
          communicator.send(neighbour, std::as_bytes(std::span(buffer)));
        } else {
          communicator.receive(neighbour, std::as_writable_bytes(std::span(buffer)));
          for_each_row(field, levels, i, j, [&](T* row, std::size_t size) {
            std::copy_n(packed, size, row);
            packed += size;
          });
        }
      }
    }
  }
}

template <class T>
void gather(Communicator& communicator, const Decomposition& decomposition,
            std::type_identity_t<View2<const T>> local, View2<T> global) {
  const auto cells = [](const Subdomain& part) { return std::size_t(part.nx) * std::size_t(part.ny); };
  if (!communicator.is_root()) {
    const Subdomain part = decomposition.of(communicator.rank());
    std::vector<T>& buffer = message_buffer<T>(cells(part));
    for (int j = 0; j < part.ny; ++j) {
      std::copy_n(local.line(j), part.nx, buffer.data() + std::ptrdiff_t(j) * part.nx);
    }
    communicator.send(0, std::as_bytes(std::span(buffer)));
    return;
  }
  for (int rank = 0; rank < decomposition.ranks(); ++rank) {
    const Subdomain part = decomposition.of(rank);
    const T* source = nullptr;
    if (rank > 0) {
      std::vector<T>& buffer = message_buffer<T>(cells(part));
      communicator.receive(rank, std::as_writable_bytes(std::span(buffer)));
      source = buffer.data();
    }
    for (int j = 0; j < part.ny; ++j) {
      const T* row = rank > 0 ? source + std::ptrdiff_t(j) * part.nx : local.line(j);
      std::copy_n(row, part.nx, global.line(part.j0 + j) + part.i0);
    }
  }
}

template <class T>
void scatter(Communicator& communicator, const Decomposition& decomposition,
             std::type_identity_t<View2<const T>> global, View2<T> local) {
  const auto buffer_of = [](const Subdomain& part) -> std::vector<T>& {
    return message_buffer<T>(std::size_t(part.nx) * std::size_t(part.ny));
  };
  if (!communicator.is_root()) {
    const Subdomain part = decomposition.of(communicator.rank());
    std::vector<T>& buffer = buffer_of(part);
    communicator.receive(0, std::as_writable_bytes(std::span(buffer)));
    for (int j = 0; j < part.ny; ++j) {
      std::copy_n(buffer.data() + std::ptrdiff_t(j) * part.nx, part.nx, local.line(j));
    }
    return;
  }
  for (int rank = 0; rank < decomposition.ranks(); ++rank) {
    const Subdomain part = decomposition.of(rank);
    std::vector<T>& buffer = buffer_of(part);
    for (int j = 0; j < part.ny; ++j) {
      std::copy_n(global.line(part.j0 + j) + part.i0, part.nx,
                  rank > 0 ? buffer.data() + std::ptrdiff_t(j) * part.nx : local.line(j));
    }
    if (rank > 0) {
      communicator.send(rank, std::as_bytes(std::span(buffer)));
    }
  }
}

template void exchange_halo<float>(Communicator&, const Subdomain&, View4<float>, std::span<const int>);
template void exchange_halo<double>(Communicator&, const Subdomain&, View4<double>, std::span<const int>);
template void gather<float>(Communicator&, const Decomposition&, View2<const float>, View2<float>);
template void gather<double>(Communicator&, const Decomposition&, View2<const double>, View2<double>);
template void scatter<float>(Communicator&, const Decomposition&, View2<const float>, View2<float>);
template void scatter<double>(Communicator&, const Decomposition&, View2<const double>, View2<double>);

} // namespace tq
