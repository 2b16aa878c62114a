// What stands between braces: style rules, data, statements, or none of them.
#pragma once

#include <cstddef>
#include <string_view>

namespace kithkin {

enum class BlockKind {
  kNone,        ///< not closed, or prose
  kEmpty,       ///< nothing but blanks
  kRules,       ///< key: value; or rules of them
  kData,        ///< "key": value
  kStatements,  ///< statements that end in ;
  kCalls,       ///< statements without ;
  kPairs,       ///< key: value, without ;
};

struct Block {
  BlockKind kind = BlockKind::kNone;
  std::size_t end = 0;  ///< past the closing brace; `begin` + 1 when not closed
};

/// Reads the block whose { is at `begin`. Looks at no more than 64 KB and 24 braces deep.
Block read_block(std::string_view text, std::size_t begin);

/// Past the bracket ()[]{} that closes `depth` open ones, from `at` on; 0 when none does within
/// 4096 bytes or something of another script stands outside of quotes.
std::size_t closing_end(std::string_view text, std::size_t at, int depth);

/// Past the string in quotes at `at`, on one line; 0 when it is not closed there.
std::size_t string_end(std::string_view text, std::size_t at);

}  // namespace kithkin
