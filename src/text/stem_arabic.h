// A light stem of an Arabic word: what is left without article, conjunction and common endings.
#pragma once

#include <string_view>

namespace kithkin {

/// The part of a folded word (letters of U+0600 to U+06FF only) that its inflections share; at
/// least three letters of it, or two behind an article, or all of it. A view into the word. Pure;
/// some 20 nanoseconds.
std::string_view stem_arabic(std::string_view folded);

}  // namespace kithkin
