// Tokens to stems: what the inflected forms of a word share, as far as it can be told.
//
// Some 50 to 200 nanoseconds a token of running text, whose words come again; allocates nothing
// once its buffers have grown. A Stemmer is scratch space of 128 KiB: one per thread and language.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "text/language.h"

struct sb_stemmer;

namespace kithkin {

/// What the stemmer knows of one language; in stem.cpp.
struct StemRules;

class Stemmer {
 public:
  /// For a language without rules (`is_identity()`) stems are the tokens.
  explicit Stemmer(const Language& language);

  /// The stem of a folded token (text/tokenize.h), never empty unless the token is. Tokens with
  /// digits, in another script than the language's, of fewer than three letters or of more than
  /// 64 bytes are their own stems, and so is what is not UTF-8. Good until the next call, and as
  /// long as the token is.
  std::string_view stem(std::string_view folded);

  [[nodiscard]] bool is_identity() const { return rules_ == nullptr; }

 private:
  struct Delete {
    void operator()(sb_stemmer* stemmer) const;
  };

  /// A token that was met, with its stem behind it.
  struct Met {
    std::uint8_t token_size = 0, stem_size = 0;
    std::array<char, 62> letters{};
  };

  std::string_view find_stem(std::string_view token);
  std::string_view snowball(std::string_view word);
  std::string_view restore_ending(std::string_view word);
  std::string_view fold_again(std::string_view stem);

  const StemRules* rules_ = nullptr;
  std::unique_ptr<sb_stemmer, Delete> snowball_;
  std::vector<Met> met_;           // the last token of each hash
  std::array<char, 96> buffer_{};  // a token with its ending restored, then its stem folded
};

}  // namespace kithkin
