// A cursor over the text, and three grammars tried in turn: number, RFC 822, ISO 8601.
// Days by the proleptic Gregorian calendar. Tests: tests/unit/corpus/date_test.cpp.
#include "corpus/date.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

namespace kithkin {
namespace {

class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) { spaces(); }

  [[nodiscard]] bool done() {
    spaces();
    return text_.empty();
  }
  void spaces() {
    while (!text_.empty() && (text_[0] == ' ' || text_[0] == '\t'))
      text_.remove_prefix(1);
  }
  bool accept(char c) {
    if (text_.empty() || text_[0] != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  /// Exactly `least` to `most` digits.
  std::optional<int> digits(std::size_t least, std::size_t most) {
    std::size_t n = 0;
    int value = 0;
    while (n < most && n < text_.size() && text_[n] >= '0' && text_[n] <= '9') {
      value = value * 10 + (text_[n++] - '0');
    }
    if (n < least) return std::nullopt;
    text_.remove_prefix(n);
    return value;
  }
  /// Letters, as many as there are.
  std::string_view word() {
    std::size_t n = 0;
    while (n < text_.size() && ((text_[n] | 0x20) >= 'a' && (text_[n] | 0x20) <= 'z'))
      ++n;
    const auto out = text_.substr(0, n);
    text_.remove_prefix(n);
    return out;
  }
  void fraction() {
    if (!accept('.') && !accept(',')) return;
    while (!text_.empty() && text_[0] >= '0' && text_[0] <= '9')
      text_.remove_prefix(1);
  }

 private:
  std::string_view text_;
};

struct Clock {
  int hour = 0, minute = 0, second = 0;
};

std::optional<std::int64_t> seconds(int year, int month, int day, const Clock& clock, int zone) {
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  const bool past_midnight = clock.hour == 24 && (clock.minute > 0 || clock.second > 0);
  if (!date.ok() || clock.hour > 24 || past_midnight || clock.minute > 59 || clock.second > 60) {
    return std::nullopt;
  }
  const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
  return days * 86400 + clock.hour * 3600 + clock.minute * 60 + clock.second - zone;
}

bool same_word(std::string_view a, std::string_view lower) {
  if (a.size() < 3) return false;
  for (std::size_t i = 0; i < 3; ++i) {
    if ((a[i] | 0x20) != lower[i]) return false;
  }
  return true;
}

std::optional<int> month_number(std::string_view name) {
  constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                        "jul", "aug", "sep", "oct", "nov", "dec"};
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (same_word(name, kMonths[i])) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

/// "Z", "+03:00", "+0300", "+03", "GMT", "EST"; nothing at all is UTC. Seconds east.
std::optional<int> zone(Cursor& in) {
  in.spaces();
  const bool east = in.accept('+');
  if (east || in.accept('-')) {
    const auto hours = in.digits(2, 2);
    if (!hours || *hours > 23) return std::nullopt;
    in.accept(':');
    const int minutes = in.digits(2, 2).value_or(0);
    if (minutes > 59) return std::nullopt;
    const int offset = *hours * 3600 + minutes * 60;
    return east ? offset : -offset;
  }
  struct Name {
    std::string_view name;
    int hours;
  };
  constexpr std::array<Name, 13> kNames = {{{"", 0},
                                            {"Z", 0},
                                            {"z", 0},
                                            {"UT", 0},
                                            {"UTC", 0},
                                            {"GMT", 0},
                                            {"EST", -5},
                                            {"EDT", -4},
                                            {"CST", -6},
                                            {"CDT", -5},
                                            {"MST", -7},
                                            {"PST", -8},
                                            {"PDT", -7}}};
  const auto name = in.word();
  for (const auto& known : kNames) {
    if (known.name == name) return known.hours * 3600;
  }
  return std::nullopt;
}

/// "08:05", "08:05:00.25", "080500".
std::optional<Clock> clock(Cursor& in) {
  const auto hour = in.digits(2, 2);
  if (!hour) return std::nullopt;
  Clock out{*hour, 0, 0};
  const bool colon = in.accept(':');
  const auto minute = in.digits(2, 2);
  if (!minute) return colon ? std::nullopt : std::optional(out);
  out.minute = *minute;
  if (colon && !in.accept(':')) return out;
  const auto second = in.digits(2, 2);
  if (!second) return colon ? std::nullopt : std::optional(out);
  out.second = *second;
  in.fraction();
  return out;
}

std::optional<std::int64_t> iso(std::string_view text) {
  Cursor in(text);
  const auto year = in.digits(4, 4);
  if (!year) return std::nullopt;
  const bool dashed = in.accept('-') || in.accept('/');
  const auto month = in.digits(2, 2);
  if (!month) return std::nullopt;
  if (dashed && !in.accept('-') && !in.accept('/')) {
    return in.done() ? seconds(*year, *month, 1, {}, 0) : std::nullopt;
  }
  const auto day = in.digits(2, 2);
  if (!day) return std::nullopt;
  if (in.done()) return seconds(*year, *month, *day, {}, 0);
  // Digits that run on without a T are seconds of the epoch, not a date with hours.
  if (!in.accept('T') && !in.accept('t') && !dashed) return std::nullopt;
  const auto time = clock(in);
  if (!time) return std::nullopt;
  const auto offset = zone(in);
  if (!offset || !in.done()) return std::nullopt;
  return seconds(*year, *month, *day, *time, *offset);
}

std::optional<std::int64_t> rfc822(std::string_view text) {
  Cursor in(text);
  if (!in.word().empty() && !in.accept(',')) return std::nullopt;
  in.spaces();
  const auto day = in.digits(1, 2);
  in.spaces();
  in.accept('-');
  const auto month = month_number(in.word());
  in.accept('-');
  in.spaces();
  auto year = in.digits(2, 4);
  if (!day || !month || !year) return std::nullopt;
  if (*year < 100) *year += *year < 70 ? 2000 : 1900;
  if (in.done()) return seconds(*year, *month, *day, {}, 0);
  const auto time = clock(in);
  if (!time) return std::nullopt;
  const auto offset = zone(in);
  if (!offset || !in.done()) return std::nullopt;
  return seconds(*year, *month, *day, *time, *offset);
}

std::optional<std::int64_t> epoch(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return epoch_seconds(value);
}

}  // namespace

std::optional<std::int64_t> epoch_seconds(double number) {
  if (!(std::fabs(number) < 1e16)) return std::nullopt;
  const bool milliseconds = std::fabs(number) >= 1e11;
  return static_cast<std::int64_t>(std::floor(milliseconds ? number / 1000 : number));
}

std::optional<std::int64_t> parse_date(std::string_view text) {
  while (!text.empty() && text.back() == ' ')
    text.remove_suffix(1);
  while (!text.empty() && text.front() == ' ')
    text.remove_prefix(1);
  if (const auto value = iso(text)) return value;
  if (const auto value = rfc822(text)) return value;
  if (text.size() < 5) return std::nullopt;  // "2015" is a year, not a quarter past midnight
  return epoch(text);
}

}  // namespace kithkin
