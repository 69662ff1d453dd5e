// Independent work over a few threads. Results never depend on the number of threads: each index writes its
// own slot.
#pragma once

#include <cstddef>
#include <functional>

namespace restock {

/// Number of cores this process may use.
int available_threads();

/// Calls body(index, worker) once for each index in [0, count), worker in [0, threads). The first exception
/// is rethrown after all threads have stopped. With threads <= 1 everything runs in the caller's thread.
void parallel_for(std::size_t count, int threads,
                  const std::function<void(std::size_t index, int worker)>& body);

}  // namespace restock
