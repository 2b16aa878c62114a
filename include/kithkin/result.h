// Expected failures as values. Every call that can fail on input, output or options returns a
// Result; a broken precondition is an assertion. Nothing here prints, throws or exits.
#pragma once

#include <cassert>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace kithkin {

enum class ErrorCode : std::uint8_t {
  invalid_argument,  ///< an option or a combination of options that makes no sense
  input,             ///< something to be read is missing, unreadable or damaged
  output,     ///< something to be written could not be (full disk, closed pipe, no permission)
  cancelled,  ///< the caller asked to stop (see Progress::cancelled)
  limit,      ///< a documented limit was reached (documents, line length)
};

/// What happened, where, and what to do. `file` is empty where no file is concerned, `line` is 0
/// where no line is; lines count from 1.
struct Error {
  ErrorCode code = ErrorCode::invalid_argument;
  std::string message;
  std::string file;
  std::uint64_t line = 0;

  /// "file:line: message", as much of it as is known.
  [[nodiscard]] std::string describe() const {
    std::string out;
    if (!file.empty()) {
      out += file;
      if (line != 0) out += ":" + std::to_string(line);
      out += ": ";
    }
    return out + message;
  }
};

/// A value or the Error that prevented it.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const noexcept { return state_.index() == 0; }

  /// Precondition for all of these: the result holds a value.
  T& value() & { return assert(*this), std::get<0>(state_); }
  const T& value() const& { return assert(*this), std::get<0>(state_); }
  T&& value() && { return assert(*this), std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  /// Precondition: the result holds an error.
  const Error& error() const& { return assert(!*this), std::get<1>(state_); }
  Error&& error() && { return assert(!*this), std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  explicit operator bool() const noexcept { return !error_.has_value(); }
  const Error& error() const& { return assert(error_), *error_; }
  Error&& error() && { return assert(error_), *std::move(error_); }

 private:
  std::optional<Error> error_;  // success, of which there are millions, makes no strings
};

}  // namespace kithkin
