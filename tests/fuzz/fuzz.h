// What the fuzzers share: a check that stays in every build, the values that an input is cut into,
// and files, which lie where the system keeps temporary ones (in memory they are much faster).
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

namespace kithkin::fuzz {

inline void require(bool holds) {
  if (!holds) std::abort();
}

/// An input as values; zeros behind its end.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size)
      : rest_(reinterpret_cast<const char*>(data), size) {}

  /// The next `count` bytes, the lowest first.
  std::uint64_t take(std::size_t count = 1) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count && !rest_.empty(); ++i) {
      value |= std::uint64_t{static_cast<unsigned char>(rest_.front())} << (8 * i);
      rest_.remove_prefix(1);
    }
    return value;
  }
  std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : take(3) % bound; }
  std::string_view take_text(std::size_t size) {
    const std::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(text.size());
    return text;
  }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] bool empty() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

/// A directory for the files of this process.
inline const TemporaryDirectory& directory() {
  static const TemporaryDirectory made = [] {
    auto result = TemporaryDirectory::create("", "kithkin-fuzz-");
    require(static_cast<bool>(result));
    return std::move(result).value();
  }();
  return made;
}

/// A file with these bytes; the one before it is gone.
inline std::string write_file(std::string_view bytes) {
  std::string path = directory().file("input");
  const auto file = File::create(path);
  require(file && file->write(bytes));
  return path;
}

/// Does to a file what a bad disk may do: bytes become others, and it may end early. False when
/// there is no such file.
inline bool damage(const std::string& path, Bytes& bytes) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return false;
  struct stat status {};
  require(::fstat(descriptor, &status) == 0);
  const auto size = static_cast<std::uint64_t>(status.st_size);
  for (std::uint64_t times = bytes.take() % 8; times > 0 && size > 0; --times) {
    const std::uint64_t at = bytes.below(size);
    const std::string_view put = bytes.take_text(std::min(bytes.take() % 16, size - at));
    require(::pwrite(descriptor, put.data(), put.size(), static_cast<off_t>(at)) ==
            static_cast<ssize_t>(put.size()));
  }
  if (bytes.take() % 4 == 0)
    require(::ftruncate(descriptor, static_cast<off_t>(bytes.below(size + 1))) == 0);
  ::close(descriptor);
  return true;
}

}  // namespace kithkin::fuzz
