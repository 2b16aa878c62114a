// simdjson's on-demand parser walks the line once. Wanted strings are unescaped (unescape.h); all
// else is only checked, since on-demand by itself would accept garbage it was not asked for.
//
// A field's name may be a path: "meta.host" is the member "host" of the object "meta", unless the
// line has a member that is called "meta.host", which wins. Of members that stand twice the last
// one counts, as in Python. Tests: tests/unit/corpus/row_parser_test.cpp.
#include "corpus/row_parser.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <simdjson.h>

#include "corpus/date.h"
#include "corpus/unescape.h"

namespace kithkin {
namespace {

namespace ondemand = simdjson::ondemand;
using simdjson::error_code;

enum Field : std::size_t {
  kId,
  kUrl,
  kTitle,
  kText,
  kDate,
  kLang,
  kSource,
  kHtml,
  kVector,
  kFields
};

/// A value as it was found: its kind, and its text (unescaped) or digits.
struct Found {
  enum Kind : std::uint8_t { absent, string, number, other } kind = absent;
  std::string_view text;
  bool exact_name = false;   // by a member called just so, not by a path
  std::string_view token{};  // of a string, and of any vector, as it stands in the line
};

/// Fields, a bit each.
using FieldSet = std::uint32_t;

/// Calls visit(f) for each field of a set.
template <class Visit>
void for_each_field(FieldSet fields, Visit visit) {
  for (; fields != 0; fields &= fields - 1)
    visit(static_cast<std::size_t>(std::countr_zero(fields)));
}

/// What is still to be matched of each field's name at some level of the line. Most members of a
/// line are called like no field, and most of those have another size than all names.
class Names {
 public:
  void add(std::size_t field, std::string_view name) {
    names_[field] = name;
    by_size_[slot(name)] |= FieldSet{1} << field;
    if (name.find('.') != std::string_view::npos) paths_ |= FieldSet{1} << field;
  }

  /// The fields that are called so.
  [[nodiscard]] FieldSet called(std::string_view key) const {
    FieldSet out = 0;
    for_each_field(by_size_[slot(key)], [&](std::size_t f) {
      if (names_[f] == key) out |= FieldSet{1} << f;
    });
    return out;
  }

  /// The fields whose paths lead through a member that is called so.
  [[nodiscard]] FieldSet leading_through(std::string_view key) const {
    FieldSet out = 0;
    for_each_field(paths_, [&](std::size_t f) {
      const std::string_view name = names_[f];
      if (name.size() > key.size() && name[key.size()] == '.' && name.starts_with(key))
        out |= FieldSet{1} << f;
    });
    return out;
  }

  /// What is left of those paths behind the member.
  [[nodiscard]] Names below(std::string_view key, FieldSet fields) const {
    Names out;
    for_each_field(fields, [&](std::size_t f) { out.add(f, names_[f].substr(key.size() + 1)); });
    return out;
  }

 private:
  static constexpr std::size_t kSlots = 16;
  static std::size_t slot(std::string_view name) { return std::min(name.size(), kSlots - 1); }

  std::array<std::string_view, kFields> names_;
  std::array<FieldSet, kSlots> by_size_{};  // the longest together
  FieldSet paths_ = 0;
};

/// The raw text from an opening quote to its end; empty when the end does not come before `limit`.
std::string_view raw_string(const char* quote, const char* limit) {
  const char* at = quote + 1;
  while (at < limit && *at != '"')
    at += *at == '\\' ? 2 : 1;
  return at < limit ? std::string_view(quote + 1, static_cast<std::size_t>(at - quote - 1))
                    : std::string_view();
}

/// A token without the white space behind it.
std::string_view trim(std::string_view token) {
  const std::size_t last = token.find_last_not_of(" \t\r\n");
  return token.substr(0, last + 1);
}

/// The JSON grammar of numbers: -? int frac? exp?
bool is_number(std::string_view s) {
  std::size_t i = 0;
  const auto digits = [&] {
    const std::size_t begin = i;
    while (i < s.size() && s[i] >= '0' && s[i] <= '9')
      ++i;
    return i - begin;
  };
  if (i < s.size() && s[i] == '-') ++i;
  const std::size_t begin = i;
  const std::size_t whole = digits();
  if (whole == 0 || (whole > 1 && s[begin] == '0')) return false;
  if (i < s.size() && s[i] == '.') {
    ++i;
    if (digits() == 0) return false;
  }
  if (i < s.size() && (s[i] == 'e' || s[i] == 'E')) {
    ++i;
    if (i < s.size() && (s[i] == '+' || s[i] == '-')) ++i;
    if (digits() == 0) return false;
  }
  return i == s.size();
}

/// Reads the whole line, checking everything and keeping what is named.
class Walker {
 public:
  /// Unescaped strings go to `storage`, which has room for the whole line.
  Walker(std::string_view line, std::array<Found, kFields>& found, std::string& storage)
      : end_(line.data() + line.size()), found_(found), storage_(storage) {}

  error_code members(ondemand::object object, const Names& names, bool top, unsigned depth) {
    if (depth > RowParser::kMostDepth) return simdjson::DEPTH_ERROR;
    for (auto member : object) {
      ondemand::field field;
      if (const auto error = std::move(member).get(field)) return error;
      const std::string_view raw = raw_string(field.key().raw() - 1, end_);
      const auto key = unescape_json(raw, storage_);
      if (!key) return simdjson::STRING_ERROR;
      if (const auto error = member_value(*key, field.value(), names, top, depth)) return error;
    }
    return simdjson::SUCCESS;
  }

 private:
  error_code member_value(std::string_view key, ondemand::value value, const Names& names, bool top,
                          unsigned depth) {
    const FieldSet here = names.called(key), below = names.leading_through(key);
    if (here == 0 && below == 0) return check(value, depth + 1);
    ondemand::json_type type;
    if (const auto error = value.type().get(type)) return error;
    if (type == ondemand::json_type::object && below != 0) {
      note(here, {Found::other, {}, top});
      ondemand::object object;
      if (const auto error = value.get_object().get(object)) return error;
      return members(object, names.below(key, below), false, depth + 1);
    }
    Found found{Found::other, {}, top};
    if ((here >> kVector & 1) != 0) return note_vector(value, type, here, found, depth);
    if (const auto error = read(value, type, here != 0, found, depth)) return error;
    note(here, found);
    return simdjson::SUCCESS;
  }

  error_code read(ondemand::value value, ondemand::json_type type, bool wanted, Found& found,
                  unsigned depth) {
    if (!wanted) return check(value, depth + 1);
    if (type == ondemand::json_type::string) {
      const std::string_view token = trim(value.raw_json_token());
      const auto text = string(value);
      if (!text) return simdjson::STRING_ERROR;
      found = {Found::string, *text, found.exact_name, token};
      return simdjson::SUCCESS;
    }
    if (type == ondemand::json_type::number) {
      found.kind = Found::number;
      found.text = trim(value.raw_json_token());
    }
    return check(value, depth + 1);
  }

  /// Notes the value of a vector as it stands in the line. An array has to be walked to know where
  /// it ends, and once more to be checked.
  error_code note_vector(ondemand::value value, ondemand::json_type type, FieldSet here,
                         Found& found, unsigned depth) {
    if (type == ondemand::json_type::array) {
      ondemand::array array;
      if (const auto error = value.get_array().get(array)) return error;
      if (const auto error = array.raw_json().get(found.token)) return error;
      if (const auto error = array.reset().error()) return error;
      found.token = trim(found.token);
      if (depth >= RowParser::kMostDepth) return simdjson::DEPTH_ERROR;
      if (const auto error = check_elements(array, depth + 1)) return error;
    } else {
      const std::string_view token = trim(value.raw_json_token());
      if (const auto error = read(value, type, true, found, depth)) return error;
      found.token = token;
    }
    note(here, found);
    return simdjson::SUCCESS;
  }

  std::optional<std::string_view> string(ondemand::value& value) {
    const std::string_view raw = trim(value.raw_json_token());
    ondemand::raw_json_string consumed;  // else a colon behind it would make it a key to simdjson
    if (value.get_raw_json_string().get(consumed)) return std::nullopt;
    if (raw.size() < 2 || raw.back() != '"') return std::nullopt;
    return unescape_json(raw.substr(1, raw.size() - 2), storage_);
  }

  void note(FieldSet here, const Found& found) {
    for_each_field(here, [&](std::size_t f) {
      if (found.exact_name || !found_[f].exact_name) found_[f] = found;
    });
  }

  error_code check(ondemand::value value, unsigned depth) {
    if (depth > RowParser::kMostDepth) return simdjson::DEPTH_ERROR;
    ondemand::json_type type;
    if (const auto error = value.type().get(type)) return error;
    switch (type) {
      case ondemand::json_type::object: {
        ondemand::object object;
        if (const auto error = value.get_object().get(object)) return error;
        return members(object, {}, false, depth);
      }
      case ondemand::json_type::array: {
        ondemand::array array;
        if (const auto error = value.get_array().get(array)) return error;
        return check_elements(array, depth);
      }
      case ondemand::json_type::number:
        return is_number(trim(value.raw_json_token())) ? simdjson::SUCCESS : simdjson::NUMBER_ERROR;
      case ondemand::json_type::string:
        return string(value) ? simdjson::SUCCESS : simdjson::STRING_ERROR;
      case ondemand::json_type::boolean: {
        bool ignored;
        return value.get_bool().get(ignored);
      }
      case ondemand::json_type::null: {
        bool null = false;
        if (const auto error = value.is_null().get(null)) return error;
        return null ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
      }
    }
    return simdjson::TAPE_ERROR;
  }

  error_code check_elements(ondemand::array array, unsigned depth) {
    for (auto element : array) {
      ondemand::value item;
      if (const auto error = element.get(item)) return error;
      if (const auto error = check(item, depth + 1)) return error;
    }
    return simdjson::SUCCESS;
  }

  const char* end_;
  std::array<Found, kFields>& found_;
  std::string& storage_;
};

std::string describe(error_code error) {
  switch (error) {
    case simdjson::UTF8_ERROR: return "invalid UTF-8";
    case simdjson::UNESCAPED_CHARS:
      return "a control character (such as NUL) stands in a string unescaped";
    case simdjson::DEPTH_ERROR:
      return "nested deeper than " + std::to_string(RowParser::kMostDepth) + " levels";
    case simdjson::CAPACITY: return "a line of 4 GiB or more";
    case simdjson::MEMALLOC: return "not enough memory for this line";
    default: return "not valid JSON";
  }
}

}  // namespace

struct RowParser::State {
  explicit State(const FieldNames& fields) : names(fields) {
    const std::array<const std::string*, kFields> all = {&names.id,     &names.url,  &names.title,
                                                         &names.text,   &names.date, &names.lang,
                                                         &names.source, &names.html, &names.vector};
    for (std::size_t f = 0; f < kFields; ++f) {
      const bool is_optional = f == kHtml || f == kVector;  // wanted only where they are named
      if (!is_optional || !all[f]->empty()) wanted.add(f, *all[f]);
    }
  }

  FieldNames names;
  Names wanted;  // points into `names`
  ondemand::parser parser;
  std::string storage;  // unescaped strings of the present line

  error_code walk(std::string_view line, std::array<Found, kFields>& found, std::string& reason) {
    ondemand::document document;
    if (const auto error =
            parser.iterate(line.data(), line.size(), line.size() + kPadding).get(document)) {
      return error;
    }
    ondemand::object object;
    ondemand::json_type type;
    if (const auto error = document.type().get(type)) return error;
    if (type != ondemand::json_type::object) {
      reason = "not a JSON object";
      return simdjson::INCORRECT_TYPE;
    }
    if (const auto error = document.get_object().get(object)) return error;
    if (const auto error = Walker(line, found, storage).members(object, wanted, true, 1)) {
      return error;
    }
    const char* after = nullptr;  // where there is anything after the object
    return document.current_location().get(after) ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
  }
};

RowParser::RowParser(const FieldNames& names) : state_(std::make_unique<State>(names)) {}
RowParser::~RowParser() = default;
RowParser::RowParser(RowParser&&) noexcept = default;
RowParser& RowParser::operator=(RowParser&&) noexcept = default;

bool RowParser::parse(std::string_view line, Row& row, std::string& reason) {
  constexpr std::size_t kLargeLine = std::size_t{32} << 20;
  std::array<Found, kFields> found;
  reason.clear();
  if (line.size() <= kLargeLine && state_->parser.capacity() > kLargeLine) {
    state_->parser = ondemand::parser();  // a giant line left giant buffers behind
    state_->storage = std::string();
  }
  state_->storage.clear();
  state_->storage.reserve(line.size());
  const error_code error = state_->walk(line, found, reason);
  if (error) {
    if (reason.empty()) reason = describe(error);
    return false;
  }
  const Found& text = found[kText];
  const bool has_html = found[kHtml].kind == Found::string;
  if (text.kind != Found::string && !has_html) {
    reason = "\"" + state_->names.text + "\" is " +
             (text.kind == Found::absent ? "missing" : "not a string");
    return false;
  }
  const auto string_of = [&](Field f) {
    return found[f].kind == Found::string ? found[f].text : std::string_view();
  };
  row = Row{};
  if (text.kind == Found::string) {
    row.text = text.text;
    row.text_token = text.token;
  }
  if (found[kId].kind == Found::string || found[kId].kind == Found::number)
    row.id = found[kId].text;
  if (row.id && row.id->empty()) row.id.reset();
  if (found[kDate].kind == Found::string) {
    row.date = parse_date(found[kDate].text);
  } else if (found[kDate].kind == Found::number) {
    double value = 0;
    const std::string_view digits = found[kDate].text;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec == std::errc()) row.date = epoch_seconds(value);
  }
  row.source = string_of(kSource);
  row.title = string_of(kTitle);
  row.url = string_of(kUrl);
  row.lang = string_of(kLang);
  row.html = string_of(kHtml);
  row.vector = found[kVector].token;
  return true;
}

}  // namespace kithkin
