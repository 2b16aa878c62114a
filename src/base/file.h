// Files by descriptor: the few calls the library makes, with errors for people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <kithkin/result.h>

namespace kithkin {

/// "No space left on device" and the like, for the present errno.
std::string system_message();

/// An open descriptor, closed with its owner. Move-only. Reads at an offset may come from several
/// threads at once.
class File {
 public:
  File() = default;
  ~File();
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;

  /// Fails with `input`.
  static Result<File> open(const std::string& path);
  /// Creates or truncates. Fails with `output`.
  static Result<File> create(const std::string& path);
  /// Opens a directory and holds it against every other holder until closed; file systems without
  /// locks let everyone hold. Fails with `output`.
  static Result<File> hold_directory(const std::string& path);
  /// Standard input; not closed with its owner.
  static File standard_input();

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::uint64_t size() const;
  [[nodiscard]] bool is_regular() const;

  /// Reads up to `size` bytes; 0 at the end. Fails with `input`, and with `cancelled` where
  /// `interrupted` says so, which is asked before the read and now and then while it waits.
  Result<std::size_t> read(void* out, std::size_t size,
                           const std::function<bool()>& interrupted = {}) const;
  /// Reads exactly `size` bytes at `offset`. Fails with `input`, also at an early end.
  Result<void> read_at(std::uint64_t offset, void* out, std::size_t size) const;
  /// Reads up to `size` bytes at `offset`; fewer only at the end.
  Result<std::size_t> read_some_at(std::uint64_t offset, void* out, std::size_t size) const;
  /// Writes all. Fails with `output`.
  Result<void> write(std::string_view bytes) const;
  /// Takes its name away; the bytes go when it is closed. Fails with `output`.
  Result<void> remove() const;
  /// Closes and reports what the system only says then. Fails with `output`.
  Result<void> close();

 private:
  File(int descriptor, std::string path, bool owned);
  int descriptor_ = -1;
  bool owned_ = true;
  std::string path_;
};

/// A directory of our own, removed with all it holds when the owner goes. Move-only.
class TemporaryDirectory {
 public:
  TemporaryDirectory() = default;
  ~TemporaryDirectory();
  TemporaryDirectory(TemporaryDirectory&& other) noexcept;
  TemporaryDirectory& operator=(TemporaryDirectory&& other) noexcept;

  /// Makes a new directory with a name that starts with `prefix`, under `parent` (empty: the
  /// system's place for temporary files). Fails with `output`.
  static Result<TemporaryDirectory> create(const std::string& parent, const std::string& prefix);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string file(std::string_view name) const;

 private:
  std::string path_;
};

}  // namespace kithkin
