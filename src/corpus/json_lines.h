// A file of JSON lines that kithkin wrote itself, read back a line at a time. Crawls, which may be
// anything and are large, are read by BlockReader and RowParser instead.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <simdjson.h>
#include <string>

#include <kithkin/result.h>

namespace kithkin {

/// Gets what a line holds, which lives until the call returns, and says what is wrong with it, if
/// anything is.
using OnJson = std::function<std::optional<std::string>(simdjson::dom::element value)>;

/// What to do with bytes that are not UTF-8: the line is damaged, or they become U+FFFD.
enum class BadUtf8 : std::uint8_t { refuse, replace };

/// Calls `on_json` for each line of the file in order. Blank lines are skipped; a line is parsed
/// whole, so that damage anywhere in it is noticed. Fails with `input`, naming the file and the
/// line: no such file, a line that is not JSON, or one that `on_json` finds wrong; lines before it
/// have been handed on by then. Holds one line at a time.
Result<void> read_json_lines(const std::string& file, BadUtf8 bad, const OnJson& on_json);

}  // namespace kithkin
