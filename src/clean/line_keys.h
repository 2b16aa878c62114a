// What a crawl is taught of a page's lines, and the few bytes in which that is kept.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "clean/outline.h"

namespace kithkin {

/// What a crawl is taught of a line.
struct LineKeys {
  enum class Label : std::uint32_t { none, label, name, prose };
  std::uint64_t key = 0, shape = 0;
  std::uint64_t label = 0;  ///< a label, or the first word of a line at the ends
  std::uint64_t rest = 0, ends = 0;
  std::uint32_t bytes = 0;
  Label kind = Label::none;  ///< of the label

  bool operator==(const LineKeys&) const = default;
};

/// The label of a line of prose that begins with a word: odd, as no other key is.
inline std::uint64_t prose_word(std::uint64_t word) { return word | 1; }
inline bool is_prose_word(std::uint64_t key) { return (key & 1) != 0; }

/// Appends the keys of a page's lines. First words are told of those at the ends, where names
/// stand; signs without words are no lines there.
void append_keys(std::span<const OutlineLine> lines, std::vector<LineKeys>& keys);

/// Replaces `out` with the keys of some lines, in as few bytes as can be told quickly: most lines
/// have neither label nor rest, and their shape is their key.
void pack_lines(std::span<const LineKeys> lines, std::vector<char>& out);

/// Replaces `lines`, which has room for as many as were packed, with them. Of the bytes
/// kUnpackSlack more may be read.
inline constexpr std::size_t kUnpackSlack = 8;
void unpack_lines(const char* packed, std::span<LineKeys> lines);

}  // namespace kithkin
