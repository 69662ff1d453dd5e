// HDF5's C library as experiments use it; included by the .cpp files that read or write such files alone.
#pragma once

#include <hdf5.h>

#include <string>

#include "env/core/error.h"

namespace restock::experiments {

/// An HDF5 object that is closed when it goes out of scope.
class Hdf5Handle {
 public:
  /// Throws InputError with `what` where the object could not be opened or made.
  Hdf5Handle(hid_t id, herr_t (*close)(hid_t), const std::string& what) : id_(id), close_(close) {
    if (id < 0) throw InputError(what);
  }
  Hdf5Handle(const Hdf5Handle&) = delete;
  Hdf5Handle& operator=(const Hdf5Handle&) = delete;
  ~Hdf5Handle() { close_(id_); }
  operator hid_t() const noexcept { return id_; }

 private:
  hid_t id_;
  herr_t (*close_)(hid_t);
};

/// HDF5 prints its error stack by default; our own messages say what matters.
inline void silence_hdf5() {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

}  // namespace restock::experiments
