// The numbers of a JSON array.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kithkin {

/// Replaces `out` with the numbers of `token`, valid JSON as Row::vector holds it. False when it is
/// no array, holds anything but numbers, a number beyond the range of doubles, or more than `most`
/// of them; `reason` says so, in words that go behind the name of a field.
bool read_number_array(std::string_view token, std::size_t most, std::vector<double>& out,
                       std::string& reason);

}  // namespace kithkin
