// See page.h. Tests: tests/unit/synth/page_test.cpp.
#include "synth/page.h"

#include <algorithm>
#include <cstring>

#include "synth/random.h"

namespace kithkin {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101ULL, kHighs = 0x8080808080808080ULL;

/// High bits where a byte of `word` is zero, and perhaps above the lowest of these.
constexpr std::uint64_t zero_bytes(std::uint64_t word) { return (word - kOnes) & ~word & kHighs; }

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

/// How many bytes from `begin` on can be copied as they are.
std::size_t plain_run(std::string_view text, std::size_t begin) {
  std::size_t i = begin;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    const std::uint64_t control = (word - kOnes * 0x20) & ~word & kHighs;
    if ((control | zero_bytes(word ^ kOnes * '"') | zero_bytes(word ^ kOnes * '\\')) != 0) break;
  }
  while (i < text.size() && !needs_escape(text[i]))
    ++i;
  return i - begin;
}

void append_two_digits(std::int64_t number, std::string& out) {
  out += static_cast<char>('0' + number / 10);
  out += static_cast<char>('0' + number % 10);
}

}  // namespace

std::string host_name(std::uint64_t key, std::string_view language, std::uint32_t number) {
  constexpr std::string_view kConsonants = "bdfgklmnprstvz", kVowels = "aeiou";
  Random random(key);
  std::string out;
  for (std::uint32_t i = random.between(2, 4); i > 0; --i) {
    out += kConsonants[random.below(kConsonants.size())];
    out += kVowels[random.below(kVowels.size())];
  }
  out += '-';
  out += language;
  out += std::to_string(number);
  return out + ".example";
}

// Days to a date: Howard Hinnant, "chrono-compatible low-level date algorithms", 2013.
void append_iso_date(std::int64_t seconds, std::string& out) {
  const std::int64_t days = seconds / 86400 + 719468, second = seconds % 86400;
  const std::int64_t era = days / 146097, of_era = days % 146097;
  const std::int64_t year_of_era =
      (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const std::int64_t day_of_year =
      of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const std::int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  const std::int64_t year = era * 400 + year_of_era + (month <= 2 ? 1 : 0);
  append_two_digits(year / 100, out);
  append_two_digits(year % 100, out);
  out += '-';
  append_two_digits(month, out);
  out += '-';
  append_two_digits(day_of_year - (153 * month_from_march + 2) / 5 + 1, out);
  out += 'T';
  append_two_digits(second / 3600, out);
  out += ':';
  append_two_digits(second / 60 % 60, out);
  out += ':';
  append_two_digits(second % 60, out);
  out += 'Z';
}

void append_json_utf8(std::string& out, std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t run = plain_run(text, i);
    out.append(text, i, run);
    i += run;
    if (i == text.size()) break;
    const char c = text[i];
    if (c == '\n') {
      out += "\\n";
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else {
      out += "\\u00";
      out += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[static_cast<unsigned char>(c) & 15];
    }
  }
  out += '"';
}

void append_page(const PageLine& page, std::string& out) {
  const auto append = [&](std::string_view name, std::string_view value) {
    out += name;
    append_json_utf8(out, value);
  };
  append("{\"id\":", page.id);
  append(",\"url\":", page.url);
  append(",\"title\":", page.title);
  append(",\"text\":", page.text);
  if (!page.date.empty()) append(",\"date\":", page.date);
  append(",\"lang\":", page.lang);
  append(",\"source\":", page.source);
  out += "}\n";
}

}  // namespace kithkin
