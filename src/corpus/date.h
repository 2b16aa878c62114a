// Dates as crawls write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kithkin {

/// Seconds since 1970-01-01T00:00:00Z of an ISO 8601 date or date-time ("2015-07-23",
/// "2015-07-23T08:05:00.5+03:00", "20150723T080500Z", a space for the T), an RFC 822 date
/// ("Thu, 23 Jul 2015 08:05:00 +0300", also with a zone name), or epoch seconds or milliseconds in
/// digits. Without a zone, UTC. Nothing when it is none of these or no day of the calendar.
std::optional<std::int64_t> parse_date(std::string_view text);

/// Epoch seconds of a number: from 10^11 on (5138 in seconds, 1973 in milliseconds) it is taken as
/// milliseconds. Nothing when it is not finite, or 10^16 or more either way: the year 318,857.
std::optional<std::int64_t> epoch_seconds(double number);

}  // namespace kithkin
