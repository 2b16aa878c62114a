// What stands between the quotes of a JSON string, without its escapes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kithkin {

/// Unescapes `raw`, which is UTF-8. Without a backslash the result is `raw` itself, else it is
/// appended to `storage` and the result points into it: reserve enough before (raw.size() is),
/// so that earlier results stay valid. Unpaired surrogates become U+FFFD. Nothing when an escape
/// is not one of JSON's.
std::optional<std::string_view> unescape_json(std::string_view raw, std::string& storage);

}  // namespace kithkin
