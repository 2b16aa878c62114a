// Each kind is a few lines on words, paragraphs or characters. How much is changed is drawn from a
// wide range, so that the true resemblance of the copies covers the scale from near 0 to 1.
// Tests: tests/unit/synth/mutation_test.cpp.
#include "synth/mutation.h"

#include <algorithm>

#include "base/utf8.h"

namespace kithkin {
namespace {

// Percent of a donor that goes into a copy, which must not become a copy of the donor too.
constexpr std::uint32_t kMostOfDonor = 60;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// Thai, kana, Han and their neighbors; Hangul has spaces.
bool is_unspaced(char32_t c) {
  return (c >= 0x0E00 && c < 0x0F00) || (c >= 0x1780 && c < 0x1800) ||
         (c >= 0x2E80 && !(c >= 0xAC00 && c < 0xD7B0) && c < 0xFB00);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Appends `text` with about half of its runs of digits replaced by others as long.
void append_with_new_numbers(std::string_view text, Random& random, std::string& out) {
  for (std::size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      out += text[i++];
      continue;
    }
    const bool is_changed = random.chance(32768);
    for (; i < text.size() && is_digit(text[i]); ++i)
      out += is_changed ? static_cast<char>('0' + random.below(10)) : text[i];
  }
}

}  // namespace

void Mutator::split_units(std::string_view text, std::vector<Unit>& out) {
  out.clear();
  for (std::size_t i = 0; i < text.size();) {
    if (is_space(text[i])) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    std::uint32_t unspaced = 0;
    while (i < text.size() && !is_space(text[i])) {
      if (static_cast<unsigned char>(text[i]) < 0xE0) {  // none of these scripts begins so
        if (unspaced > 0) break;
        ++i;
        continue;
      }
      const Decoded c = decode_utf8(text, i);
      if (is_unspaced(c.code_point))
        ++unspaced;
      else if (unspaced > 0)
        break;
      i += c.size;
      if (unspaced == 2) break;
    }
    out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(i)});
  }
}

void Mutator::split_lines(std::string_view text, std::vector<std::string_view>& out) {
  out.clear();
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (!line.empty()) out.push_back(line);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
}

std::string_view Mutator::source_unit(std::size_t i) const {
  return source_.substr(source_units_[i].begin, source_units_[i].end - source_units_[i].begin);
}

std::string_view Mutator::donor_unit(std::size_t i) const {
  return donor_.substr(donor_units_[i].begin, donor_units_[i].end - donor_units_[i].begin);
}

void Mutator::append_donor_words(Random& random, std::uint32_t count, std::string& out) const {
  for (std::uint32_t i = 0; i < count && !donor_units_.empty(); ++i) {
    if (i > 0) out += ' ';
    out += donor_unit(random.below(static_cast<std::uint32_t>(donor_units_.size())));
  }
}

/// The words of the donor that end within so many bytes.
std::string_view Mutator::donor_prefix(std::size_t bytes) const {
  const auto past = std::find_if(donor_units_.begin(), donor_units_.end(),
                                 [&](const Unit& unit) { return unit.end > bytes; });
  return donor_.substr(0, past == donor_units_.begin() ? 0 : std::prev(past)->end);
}

void Mutator::change_dateline(Random& random, std::string& out) const {
  constexpr std::size_t kDropped = 3;
  if (random.chance(21845) && source_units_.size() > kDropped) {  // one in three
    out = source_.substr(source_units_[kDropped].begin);
    return;
  }
  append_donor_words(random, 1, out);
  out += " (";
  append_donor_words(random, 1, out);
  out += ") - ";
  out += source_;
}

void Mutator::change_byline(Random& random, std::string& out) const {
  const bool is_in_front = random.chance(32768);
  if (!is_in_front) out.append(source_) += '\n';
  append_donor_words(random, random.between(2, 4), out);
  if (is_in_front) (out += '\n') += source_;
}

void Mutator::truncate(Random& random, std::string& out) const {
  const std::size_t kept = source_units_.size() * random.between(25, 90) / 100;
  out = source_.substr(0, kept == 0 ? source_.size() : source_units_[kept - 1].end);
}

void Mutator::extend(Random& random, std::string& out) const {
  out.append(source_) += '\n';
  const std::size_t most = donor_.size() * kMostOfDonor / 100;
  out += donor_prefix(std::min(source_.size() * random.between(10, 120) / 100, most));
}

void Mutator::update(Random& random, std::string& out) const {
  const auto count = static_cast<std::uint32_t>(lines_.size());
  const bool is_long = count >= 3;
  const std::uint32_t exchanged = is_long ? random.between(1, count - 1) : count;
  const auto append_donor = [&] {
    if (donor_lines_.empty()) return;
    const std::string_view line =
        donor_lines_[random.below(static_cast<std::uint32_t>(donor_lines_.size()))];
    const std::size_t most = donor_.size() * (kMostOfDonor / 2) / 100;
    out += line.size() > most ? donor_prefix(most) : line;
    out += '\n';
  };
  if (random.chance(32768)) append_donor();
  for (std::uint32_t i = 0; i < count; ++i) {
    if (i == exchanged) {
      append_donor();
      continue;
    }
    append_with_new_numbers(lines_[i], random, out);
    out += '\n';
  }
  if (!is_long) append_donor_words(random, random.between(4, 12), out);
  while (out.ends_with('\n'))
    out.pop_back();
}

void Mutator::move(Random& random, std::string& out) const {
  const auto count = static_cast<std::uint32_t>(lines_.size());
  if (count < 2) {  // two halves of the only one
    const auto units = static_cast<std::uint32_t>(source_units_.size());
    if (units < 2) {
      out = source_;
      return;
    }
    const std::uint32_t cut = source_units_[random.between(1, units - 1)].begin;
    out.append(source_.substr(cut)) += ' ';
    out += source_.substr(0, cut);
    return;
  }
  const std::uint32_t turn = random.between(1, count - 1);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (i > 0) out += '\n';
    out += lines_[(i + turn) % count];
  }
}

void Mutator::quote(Random& random, std::string& out) const {
  const std::uint32_t before = random.between(10, 40), after = kMostOfDonor - before;
  out.append(donor_prefix(donor_.size() * before / 100)) += "\n\"";
  out.append(source_) += "\"\n";
  out += donor_.substr(donor_prefix(donor_.size() * (100 - after) / 100).size());
}

void Mutator::substitute(Random& random, std::string& out) const {
  const std::uint32_t share = random.between(655, 7864);  // of 65536: 1 to 12 in a hundred
  std::size_t at = 0;
  for (std::size_t i = 0; i < source_units_.size(); ++i) {
    out += source_.substr(at, source_units_[i].begin - at);
    if (random.chance(share) && !donor_units_.empty())
      append_donor_words(random, 1, out);
    else
      out += source_unit(i);
    at = source_units_[i].end;
  }
  out += source_.substr(at);
}

void Mutator::misread(Random& random, std::string& out) const {
  const std::uint32_t distance = random.between(50, 1000);  // characters, in the mean half as many
  const auto is_inside = [&](std::size_t i) {
    return i < source_.size() && (static_cast<unsigned char>(source_[i]) & 0xC0) == 0x80;
  };
  for (std::size_t i = 0; i < source_.size();) {
    const std::size_t begin = i;
    for (std::uint32_t left = random.below(distance); left > 0 && i < source_.size(); --left) {
      for (++i; is_inside(i);)
        ++i;
    }
    out += source_.substr(begin, i - begin);
    if (i == source_.size()) break;
    const std::string_view character = source_.substr(i, decode_utf8(source_, i).size);
    i += character.size();
    if (character == "\n") {
      out += character;
      continue;
    }
    switch (random.below(4)) {
      case 0: break;  // lost
      case 1: out.append(character) += character; break;
      case 2: out += ' '; break;
      default: {  // taken for another one of this text
        std::size_t other = random.below(static_cast<std::uint32_t>(source_.size()));
        while (other > 0 && is_inside(other))
          --other;
        const Decoded read = decode_utf8(source_, other);
        if (!is_space(source_[other])) out += source_.substr(other, read.size);
      }
    }
  }
}

void Mutator::repunctuate(Random& random, std::string& out) const {
  bool is_open = false;
  for (std::size_t i = 0; i < source_.size(); ++i) {
    const char c = source_[i];
    switch (c) {
      case '"': out += (is_open = !is_open) ? "\u201C" : "\u201D"; break;
      case '-': out += "\u2013"; break;
      case ' ': out += random.chance(2048) ? "\u00A0" : " "; break;
      case '\n': out += "\r\n"; break;
      default: out += c;
    }
  }
}

bool Mutator::needs_donor(CopyKind kind) noexcept {
  return kind == CopyKind::dateline || kind == CopyKind::byline || kind == CopyKind::extended ||
         kind == CopyKind::updated || kind == CopyKind::quoted || kind == CopyKind::substituted;
}

void Mutator::make(CopyKind kind, std::string_view source, std::string_view donor,
                   std::uint64_t key, std::string& out) {
  out.clear();
  source_ = source;
  donor_ = donor;
  const bool needs_source = kind == CopyKind::dateline || kind == CopyKind::truncated ||
                            kind == CopyKind::moved || kind == CopyKind::substituted;
  if (needs_source) split_units(source, source_units_);
  if (needs_donor(kind)) split_units(donor, donor_units_);
  if (kind == CopyKind::updated || kind == CopyKind::moved) split_lines(source, lines_);
  if (kind == CopyKind::updated) split_lines(donor, donor_lines_);
  Random random(key);
  switch (kind) {
    case CopyKind::exact: out = source; break;
    case CopyKind::dateline: change_dateline(random, out); break;
    case CopyKind::byline: change_byline(random, out); break;
    case CopyKind::truncated: truncate(random, out); break;
    case CopyKind::extended: extend(random, out); break;
    case CopyKind::updated: update(random, out); break;
    case CopyKind::moved: move(random, out); break;
    case CopyKind::quoted: quote(random, out); break;
    case CopyKind::substituted: substitute(random, out); break;
    case CopyKind::ocr: misread(random, out); break;
    case CopyKind::punctuation: repunctuate(random, out); break;
  }
}

}  // namespace kithkin
