// A browser is trusted with nothing. <bdi> alone would not hold a title in: a U+2069 in the title
// closes the isolate that <bdi> opens. So what steers the display is left out first.
//
//   "http://good.example\@evil.example"   is the host good.example to a browser, and so it is here
//
// Tests: tests/unit/report/html_text_test.cpp.
#include "report/html_text.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace kithkin {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return lower(c); });
  return out;
}

template <class List>
bool contains(const List& list, std::string_view item) {
  return std::ranges::find(list, item) != list.end();
}

std::string_view entity(char32_t c) {
  switch (c) {
    case U'&': return "&amp;";
    case U'<': return "&lt;";
    case U'>': return "&gt;";
    case U'"': return "&quot;";
    case U'\'': return "&#39;";
    default: return "";
  }
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

/// What follows "http://" or "https://"; empty where that does not stand in front.
std::string_view behind_scheme(std::string_view url) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (lower(url.substr(0, scheme.size())) == scheme) return url.substr(scheme.size());
  }
  return {};
}

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// The host in what stands behind the scheme.
std::string_view raw_host(std::string_view rest) {
  rest = rest.substr(0, rest.find_first_of("/?#\\"));
  rest = rest.substr(rest.rfind('@') + 1);  // all of it where there is none
  const std::size_t colon = rest.rfind(':');
  const bool is_port =
      colon != std::string_view::npos && std::ranges::all_of(rest.substr(colon + 1), is_digit);
  return is_port ? rest.substr(0, colon) : rest;
}

/// An address that may be linked to, without space around it.
std::optional<std::string_view> web_address(std::string_view url) {
  url = trim(url);
  const std::string_view host = raw_host(behind_scheme(url));
  const auto bad = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (host.empty() || host.find(' ') != std::string_view::npos) return std::nullopt;
  if (std::ranges::any_of(url, bad)) return std::nullopt;
  return url;
}

constexpr std::array kRightToLeftScripts = {"adlm", "arab", "aran", "hebr", "mand",
                                            "nkoo", "rohg", "samr", "syrc", "thaa"};
/// Languages that are written from the right when no script is named.
constexpr std::array kRightToLeftLanguages = {
    "acm", "aeb", "afb", "ajp", "apc", "ar",  "ara", "arc", "ars", "ary", "arz", "azb",
    "bal", "bqi", "ckb", "div", "dv",  "fa",  "fas", "glk", "he",  "heb", "iw",  "ji",
    "kas", "khw", "ks",  "lrc", "mzn", "nqo", "per", "pes", "pnb", "prs", "ps",  "pus",
    "rhg", "sd",  "sdh", "skr", "snd", "syr", "ug",  "uig", "ur",  "urd", "yi",  "yid"};

/// A language tag with "-" between its parts; empty for what is none.
std::string language_tag(std::string_view declared) {
  declared = trim(declared);
  declared = declared.substr(0, declared.find_first_of(".,;@ "));
  std::string tag(declared);
  std::ranges::replace(tag, '_', '-');
  const auto plain = [](char c) { return is_letter(c) || is_digit(c) || c == '-'; };
  const std::size_t primary = std::min(tag.find('-'), tag.size());
  if (tag.size() > 35 || primary < 2 || primary > 8 || tag.back() == '-') return {};
  if (!std::ranges::all_of(tag, plain) || lower(tag).starts_with("und")) return {};
  return tag;
}

bool is_right_to_left(std::string_view tag) {
  const std::string low = lower(tag);
  const std::size_t primary = std::min(low.find('-'), low.size());
  if (low.size() > primary + 4) {
    const std::string_view script = std::string_view(low).substr(primary + 1, 4);
    const bool ends = low.size() == primary + 5 || low[primary + 5] == '-';
    if (ends && std::ranges::all_of(script, is_letter))
      return contains(kRightToLeftScripts, script);
  }
  return contains(kRightToLeftLanguages, low.substr(0, primary));
}

/// Letters of a text by the way they go, and the first one of either way.
struct Letters {
  std::size_t left = 0, right = 0;
  char32_t first_left = 0, first_right = 0;

  explicit Letters(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
      const Decoded d = decode_utf8(text, i);
      const Direction direction = d.valid ? strong_direction(d.code_point) : Direction::neutral;
      if (direction == Direction::left_to_right && left++ == 0) first_left = d.code_point;
      if (direction == Direction::right_to_left && right++ == 0) first_right = d.code_point;
      i += d.size;
    }
  }
};

/// What the script of a letter says of the language; empty where it says nothing.
std::string_view language_of_letter(char32_t c) {
  struct Block {
    char32_t first, last;
    std::string_view lang;
  };
  constexpr Block kBlocks[] = {
      {0x370, 0x3FF, "el"},         {0x530, 0x58F, "hy"},         {0x590, 0x5FF, "he"},
      {0x600, 0x6FF, "und-Arab"},   {0x700, 0x74F, "syr"},        {0x750, 0x77F, "und-Arab"},
      {0x780, 0x7BF, "dv"},         {0x7C0, 0x7FF, "nqo"},        {0x8A0, 0x8FF, "und-Arab"},
      {0xE00, 0xE7F, "th"},         {0x10A0, 0x10FF, "ka"},       {0x3040, 0x30FF, "ja"},
      {0x3400, 0x9FFF, "und-Hani"}, {0xAC00, 0xD7AF, "ko"},       {0xFB1D, 0xFB4F, "he"},
      {0xFB50, 0xFDFF, "und-Arab"}, {0xFE70, 0xFEFF, "und-Arab"}, {0x1E900, 0x1E95F, "und-Adlm"},
  };
  for (const Block& block : kBlocks) {
    if (c >= block.first && c <= block.last) return block.lang;
  }
  return "";
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (std::size_t i = 0; i < text.size();) {
    const Decoded d = decode_utf8(text, i);
    const std::string_view named = entity(d.code_point);
    if (!named.empty()) {
      out += named;
    } else if (!d.valid || is_control(d.code_point)) {
      out += "\uFFFD";
    } else {
      out.append(text, i, d.size);
    }
    i += d.size;
  }
  return out;
}

std::string html_text(std::string_view text) { return escape_html(clean_for_display(text)); }

std::string html_isolate(std::string_view text) {
  const Letters letters(text);
  const char* dir = letters.right > letters.left ? "rtl" : letters.left > 0 ? "ltr" : "auto";
  return std::string("<bdi dir=\"") + dir + "\">" + html_text(text) + "</bdi>";
}

std::optional<std::string> html_link(std::string_view url) {
  const auto address = web_address(url);
  if (!address) return std::nullopt;
  return escape_html(*address);
}

std::string html_host(std::string_view url) {
  const auto address = web_address(url);
  if (!address) return "";
  const std::string host = lower(raw_host(behind_scheme(*address)));
  return html_text(host.starts_with("www.") ? host.substr(4) : host);
}

std::string html_day(std::string_view date) {
  constexpr std::string_view kForm = "0000-00-00";
  bool is_day = date.size() >= kForm.size();
  for (std::size_t i = 0; is_day && i < kForm.size(); ++i) {
    is_day = kForm[i] == '-' ? date[i] == '-' : is_digit(date[i]);
  }
  if (is_day && date.size() > kForm.size()) is_day = date[kForm.size()] == 'T';
  if (!is_day) return html_text(date);
  return "<time datetime=\"" + escape_html(date) + "\">" +
         std::string(date.substr(0, kForm.size())) + "</time>";
}

std::string Writing::attributes() const {
  return " lang=\"" + lang + "\" dir=\"" + std::string(dir()) + "\"";
}

Writing writing_of(std::string_view declared, std::string_view text) {
  const Letters letters(text);
  const std::string tag = language_tag(declared);
  if (!tag.empty()) {
    const bool right = is_right_to_left(tag);
    const std::size_t with = right ? letters.right : letters.left;
    const std::size_t against = right ? letters.left : letters.right;
    if (with > 0 || against == 0) {
      return {tag, right ? Direction::right_to_left : Direction::left_to_right};
    }
  }
  if (letters.right > letters.left) {
    return {std::string(language_of_letter(letters.first_right)), Direction::right_to_left};
  }
  return {std::string(language_of_letter(letters.first_left)), Direction::left_to_right};
}

std::string group_digits(std::uint64_t number) {
  std::string out = std::to_string(number);
  for (std::size_t at = out.size(); at > 3; at -= 3)
    out.insert(at - 3, 1, ',');
  return out;
}

}  // namespace kithkin
