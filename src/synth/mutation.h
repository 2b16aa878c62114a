// Makes copies as the world makes them, of any text in any script. Knows nothing of languages: what
// has to be added is taken from another text, the donor.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <kithkin/synth.h>

#include "synth/random.h"

namespace kithkin {

/// Scratch space, reused from text to text; one thread at a time.
class Mutator {
 public:
  /// Replaces `out` with a copy of `source`, which the key decides together with both texts.
  /// `donor` is another text in the language of `source`; one without words adds nothing, and
  /// of any less than two thirds go into the copy. Texts are
  /// UTF-8 of up to 4 GiB; bytes that are not UTF-8 are taken over as they are. O(bytes).
  void make(CopyKind kind, std::string_view source, std::string_view donor, std::uint64_t key,
            std::string& out);

  /// Whether this kind reads the donor at all.
  static bool needs_donor(CopyKind kind) noexcept;

 private:
  /// A word, or two characters of a script that is written without spaces.
  struct Unit {
    std::uint32_t begin = 0, end = 0;  // bytes
  };
  static void split_units(std::string_view text, std::vector<Unit>& out);
  static void split_lines(std::string_view text, std::vector<std::string_view>& out);

  [[nodiscard]] std::string_view source_unit(std::size_t i) const;
  [[nodiscard]] std::string_view donor_unit(std::size_t i) const;
  void append_donor_words(Random& random, std::uint32_t count, std::string& out) const;
  [[nodiscard]] std::string_view donor_prefix(std::size_t bytes) const;

  void change_dateline(Random& random, std::string& out) const;
  void change_byline(Random& random, std::string& out) const;
  void truncate(Random& random, std::string& out) const;
  void extend(Random& random, std::string& out) const;
  void update(Random& random, std::string& out) const;
  void move(Random& random, std::string& out) const;
  void quote(Random& random, std::string& out) const;
  void substitute(Random& random, std::string& out) const;
  void misread(Random& random, std::string& out) const;
  void repunctuate(Random& random, std::string& out) const;

  std::string_view source_, donor_;
  std::vector<Unit> source_units_, donor_units_;
  std::vector<std::string_view> lines_, donor_lines_;
};

}  // namespace kithkin
