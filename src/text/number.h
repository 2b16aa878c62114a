// Numbers as they are meant and not as they are written: what two printings of one figure share.
#pragma once

#include <cstdint>
#include <span>

#include "base/hash.h"

namespace kithkin {

/// A token that begins with a digit, by its place among the tokens.
struct NumberToken {
  std::uint32_t token = 0;
  WordKey key = 0;
};

/// The key of a number, odd: of its digits in order, whatever is written behind them or between
/// thousands ("2014" and "2014AD", "363,378" and "363.378"); of its digits in any order where
/// something else parts them, since decimals in right-to-left text come in both orders ("31.3",
/// "3r31"). `folded` begins with an ASCII digit.
WordKey number_key(std::span<const unsigned char> folded);

}  // namespace kithkin
