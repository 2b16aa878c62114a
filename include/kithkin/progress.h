// How a long job talks to its caller. The library never prints: it reports here.
#pragma once

#include <cstdint>
#include <string_view>

#include <kithkin/result.h>

namespace kithkin {

/// Override what you want to hear. Calls come from one thread at a time.
class Progress {
 public:
  virtual ~Progress() = default;

  /// A pass begins. `total` is in bytes of input, or in items where a pass reads no input; 0 when
  /// unknown.
  virtual void begin(std::string_view /*pass*/, std::uint64_t /*total*/) {}

  /// `done` of the total. Called after every block of input or batch of pairs, so keep it cheap.
  virtual void advance(std::uint64_t /*done*/) {}

  /// Something was passed over: a row that cannot be read, a file that cannot be opened.
  virtual void warn(const Error& /*what*/) {}

  /// Something worth telling that is not wrong ("band keys spilled to disk: 3.1 GB").
  virtual void note(std::string_view /*what*/) {}

  /// Polled often; true makes the job remove its temporary files and return `cancelled`.
  [[nodiscard]] virtual bool cancelled() const { return false; }
};

}  // namespace kithkin
