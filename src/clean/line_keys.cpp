// See line_keys.h. A packed line is four bytes for its length, one that tells what follows, and
// eight for each key that follows:
//
//   "  • Floods: 12 dead"  length, flags, key, shape, label, rest
//   a paragraph            length, flags, key, ends
//   "* * *"                length, flags
//
// Every key is written, and where it is not to be kept the next is written over it: to ask what a
// line has would be guessed wrong too often. Tests: tests/unit/clean/line_keys_test.cpp.
#include "clean/line_keys.h"

#include <algorithm>
#include <cstring>

namespace kithkin {
namespace {

constexpr std::size_t kHead = 5, kMost = kHead + 5 * sizeof(std::uint64_t);  // bytes of a line
constexpr unsigned kKindShift = 5;  // behind a bit for each key

}  // namespace

void append_keys(std::span<const OutlineLine> lines, std::vector<LineKeys>& keys) {
  const auto has_words = [](const OutlineLine& line) { return line.key != 0; };
  const auto worded =
      static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), has_words));
  std::size_t number = 0;  // of lines with words
  for (const OutlineLine& line : lines) {
    LineKeys& out = keys.emplace_back();
    out = {line.key, line.shape, line.label, line.rest, line.ends, line.bytes()};
    if (has_words(line)) ++number;
    const bool at_end = number <= kEndLines || number + kEndLines > worded;
    if (line.label != 0) {
      out.kind = LineKeys::Label::label;
    } else if (at_end && line.word != 0) {
      out.kind = line.is_name ? LineKeys::Label::name : LineKeys::Label::prose;
      out.label = line.is_name ? line.word : prose_word(line.word);
    }
  }
}

void pack_lines(std::span<const LineKeys> lines, std::vector<char>& out) {
  out.resize(lines.size() * kMost);
  char* at = out.data();
  for (const LineKeys& line : lines) {
    char* const head = at;
    std::memcpy(at, &line.bytes, sizeof line.bytes);
    at += kHead;
    auto flags = static_cast<unsigned>(line.kind) << kKindShift;
    unsigned bit = 1;
    const auto put = [&](std::uint64_t key, bool is_kept) {
      std::memcpy(at, &key, sizeof key);
      at += is_kept ? sizeof key : 0;
      flags |= is_kept ? bit : 0;
      bit <<= 1;
    };
    put(line.key, line.key != 0);
    put(line.shape, line.shape != line.key);
    put(line.label, line.label != 0);
    put(line.rest, line.rest != 0);
    put(line.ends, line.ends != 0);
    head[kHead - 1] = static_cast<char>(flags);
  }
  out.resize(static_cast<std::size_t>(at - out.data()));
}

void unpack_lines(const char* packed, std::span<LineKeys> lines) {
  for (LineKeys& line : lines) {
    std::memcpy(&line.bytes, packed, sizeof line.bytes);
    const auto flags = static_cast<unsigned char>(packed[kHead - 1]);
    packed += kHead;
    unsigned bit = 1;
    const auto take = [&](std::uint64_t otherwise) {
      std::uint64_t key = 0;
      std::memcpy(&key, packed, sizeof key);
      const bool is_kept = (flags & bit) != 0;
      packed += is_kept ? sizeof key : 0;
      bit <<= 1;
      return is_kept ? key : otherwise;
    };
    line.key = take(0);
    line.shape = take(line.key);
    line.label = take(0);
    line.rest = take(0);
    line.ends = take(0);
    line.kind = static_cast<LineKeys::Label>(flags >> kKindShift);
  }
}

}  // namespace kithkin
