// See file.h. Tests: tests/unit/base/file_test.cpp.
#include "base/file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kithkin {
namespace {

Error input_error(const std::string& path, const std::string& what) {
  return {ErrorCode::input, what + ": " + system_message(), path, 0};
}
Error output_error(const std::string& path, const std::string& what) {
  return {ErrorCode::output, what + ": " + system_message(), path, 0};
}

}  // namespace

std::string system_message() { return std::generic_category().message(errno); }

File::File(int descriptor, std::string path, bool owned)
    : descriptor_(descriptor), owned_(owned), path_(std::move(path)) {}

File::~File() {
  if (descriptor_ >= 0 && owned_) ::close(descriptor_);
}

File::File(File&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      owned_(other.owned_),
      path_(std::move(other.path_)) {}

File& File::operator=(File&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(owned_, other.owned_);
  std::swap(path_, other.path_);
  return *this;
}

Result<File> File::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return input_error(path, "cannot be opened");
  struct stat status {};
  if (::fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
    ::close(descriptor);
    return Error{ErrorCode::input, "is a directory", path, 0};
  }
  return File(descriptor, path, true);
}

Result<File> File::create(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) return output_error(path, "cannot be created");
  return File(descriptor, path, true);
}

Result<File> File::hold_directory(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return output_error(path, "cannot be opened");
  File file(descriptor, path, true);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    return Error{ErrorCode::output, "another run is writing here: wait, or choose another --out",
                 path, 0};
  }
  return file;
}

File File::standard_input() { return File(STDIN_FILENO, "-", false); }

std::uint64_t File::size() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) return 0;
  return static_cast<std::uint64_t>(std::max<off_t>(status.st_size, 0));
}

bool File::is_regular() const {
  struct stat status {};
  return ::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode);
}

Result<std::size_t> File::read(void* out, std::size_t size,
                               const std::function<bool()>& interrupted) const {
  // A signal ends a wait only if it comes while one waits: who waits for another program asks now
  // and then whether it came before.
  constexpr int kMilliseconds = 100;
  for (;;) {
    if (interrupted) {
      if (interrupted()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
      pollfd wait{descriptor_, POLLIN, 0};
      if (::poll(&wait, 1, kMilliseconds) <= 0) continue;
    }
    const ssize_t got = ::read(descriptor_, out, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return input_error(path_, "cannot be read");
  }
}

Result<std::size_t> File::read_some_at(std::uint64_t offset, void* out, std::size_t size) const {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::pread(descriptor_, static_cast<char*>(out) + done, size - done,
                                static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return input_error(path_, "cannot be read");
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

Result<void> File::read_at(std::uint64_t offset, void* out, std::size_t size) const {
  const auto got = read_some_at(offset, out, size);
  if (!got) return got.error();
  if (*got != size) return Error{ErrorCode::input, "is shorter than it was", path_, 0};
  return {};
}

Result<void> File::write(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t put = ::write(descriptor_, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return output_error(path_, "cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return {};
}

Result<void> File::remove() const {
  if (::unlink(path_.c_str()) != 0) return output_error(path_, "cannot be removed");
  return {};
}

Result<void> File::close() {
  if (descriptor_ < 0) return {};
  const int descriptor = std::exchange(descriptor_, -1);
  if (owned_ && ::close(descriptor) != 0 && errno != EINTR) {
    return output_error(path_, "cannot be written");
  }
  return {};
}

TemporaryDirectory::~TemporaryDirectory() {
  if (path_.empty()) return;
  std::error_code ignored;  // nothing can be done about it here
  std::filesystem::remove_all(path_, ignored);
}

TemporaryDirectory::TemporaryDirectory(TemporaryDirectory&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

TemporaryDirectory& TemporaryDirectory::operator=(TemporaryDirectory&& other) noexcept {
  std::swap(path_, other.path_);
  return *this;
}

Result<TemporaryDirectory> TemporaryDirectory::create(const std::string& parent,
                                                      const std::string& prefix) {
  std::error_code error;
  std::filesystem::path base = parent;
  if (parent.empty()) base = std::filesystem::temp_directory_path(error);
  if (error) base = "/tmp";
  std::string pattern = (base / (prefix + "XXXXXX")).string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    return output_error(base.string(), "cannot hold temporary files");
  }
  TemporaryDirectory directory;
  directory.path_ = pattern;
  return directory;
}

std::string TemporaryDirectory::file(std::string_view name) const {
  return path_ + "/" + std::string(name);
}

}  // namespace kithkin
