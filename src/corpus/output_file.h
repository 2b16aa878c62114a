// Lines out, compressed on the way where asked for.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <kithkin/crawl.h>
#include <kithkin/result.h>

namespace kithkin {

/// Writes a file from its beginning to its end; the same bytes on every run. Not whole before
/// close() has succeeded. Move-only; one thread at a time.
class OutputFile {
 public:
  /// Fails with `output`.
  static Result<OutputFile> create(const std::string& path, Compression compression);
  OutputFile(OutputFile&&) noexcept;
  OutputFile& operator=(OutputFile&&) noexcept;
  ~OutputFile();

  Result<void> write(std::string_view bytes);
  Result<void> close();

 private:
  struct State;
  explicit OutputFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// ".gz", ".zst" or nothing.
std::string_view suffix(Compression compression) noexcept;

}  // namespace kithkin
