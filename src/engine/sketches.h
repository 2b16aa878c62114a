// What fingerprinting makes of documents, on its way from the threads to the stores.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <kithkin/result.h>

#include "base/hash.h"
#include "base/try.h"
#include "engine/fingerprint.h"

namespace kithkin {

/// What is wanted of each document beside its keys.
struct SketchOptions {
  bool finds_contained = false, tells_formulas = false;
};

/// The sketches of documents one after another.
class Sketches {
 public:
  /// One of them. Spans are valid until the batch changes.
  struct Sketch {
    std::uint32_t tokens = 0;
    ContentHash content;
    std::span<const WordKey> words;  ///< where it may belong to the sample
    std::span<const ShingleHash> shingles;
    std::span<const ShingleHash> looked_up;  ///< in the index
  };

  void clear();

  /// Appends the text that `text` has taken in, and spends it. Of the documents before it there are
  /// at least `before`: whether it belongs to the sample its number decides, which may not be known
  /// yet.
  void add(Fingerprinter& text, const SketchOptions& options, std::uint32_t before);

  [[nodiscard]] std::size_t size() const { return tokens_.size(); }
  /// Of all of them.
  [[nodiscard]] std::span<const std::uint64_t> keys() const { return keys_; }

  /// Calls visit(sketch) for each in order, until it fails.
  template <class Visit>
  Result<void> for_each(Visit visit) const {
    Ends begin;
    for (std::size_t i = 0; i < size(); ++i) {
      const Ends& end = ends_[i];
      KITHKIN_TRY(visit(Sketch{tokens_[i], contents_[i], part(words_, begin.words, end.words),
                               part(shingles_, begin.shingles, end.shingles),
                               part(looked_up_, begin.looked_up, end.looked_up)}));
      begin = end;
    }
    return {};
  }

 private:
  struct Ends {
    std::size_t words = 0, shingles = 0, looked_up = 0;
  };
  template <class Hash>
  static std::span<const Hash> part(const std::vector<Hash>& all, std::size_t begin,
                                    std::size_t end) {
    return std::span(all).subspan(begin, end - begin);
  }

  std::vector<std::uint32_t> tokens_;
  std::vector<ContentHash> contents_;
  std::vector<Ends> ends_;
  std::vector<std::uint64_t> keys_;
  std::vector<WordKey> words_;
  std::vector<ShingleHash> shingles_, looked_up_;
};

}  // namespace kithkin
