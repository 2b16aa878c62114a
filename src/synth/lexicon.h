// The words of a language by rank, ready to be copied into a text.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "synth/languages.h"
#include "synth/random.h"

namespace kithkin {

/// A word in a place of its own size, so that copying it is two moves whatever its length. What
/// follows it (a space, or nothing) is counted in `step` and not in `size`.
struct WordSlot {
  static constexpr std::size_t kMost = 30;
  std::array<char, kMost> bytes{};
  std::uint8_t size = 0, step = 0;

  [[nodiscard]] std::string_view view() const { return {bytes.data(), size}; }
};

/// Immutable after it is made; safe to share between threads.
class Lexicon {
 public:
  static constexpr std::uint32_t kOctaves = 13;                  ///< of Zipf's law
  static constexpr std::uint32_t kWords = (1U << kOctaves) - 1;  ///< 8191, all different
  static constexpr std::uint32_t kFirstTopical = 255;  ///< more frequent ones fit all topics

  /// About 3 ms and 260 kB.
  explicit Lexicon(const LanguageModel& model);

  [[nodiscard]] const LanguageModel& model() const { return *model_; }
  /// By rank, the most frequent first. The same rank means the same in all languages.
  [[nodiscard]] const WordSlot& operator[](std::uint32_t rank) const { return words_[rank]; }
  /// A word that only depends on `key`, for names and rare words: three or four syllables.
  [[nodiscard]] WordSlot rare_word(std::uint64_t key) const;

 private:
  [[nodiscard]] WordSlot make(Random& random, std::uint32_t syllables) const;

  const LanguageModel* model_;
  std::vector<std::string_view> onsets_, nuclei_, codas_, particles_;
  std::vector<WordSlot> words_;
};

/// Puts the first letter of `text` (Latin, Cyrillic, Greek) in upper case, in place: these have
/// capitals of equal size. Other scripts stay as they are.
void capitalize(char* text, std::size_t size) noexcept;

}  // namespace kithkin
