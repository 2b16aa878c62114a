// A sample of the crawl: what words weigh, and how common shingles are among articles that resemble
// nothing.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <kithkin/result.h>

#include "engine/hash_lists.h"
#include "match/word_weights.h"

namespace kithkin {

/// Filled in document order by one thread. Which documents it takes says WordSample.
class CrawlSample {
 public:
  /// About `memory` bytes of shingles are held before a file `path` is written.
  CrawlSample(std::string path, std::size_t memory) : shingles_(std::move(path), memory) {}

  /// A document that WordSample::takes(): its words without repeats, and the shingles by which it
  /// is judged. Fails with `output`.
  Result<void> add(std::uint32_t document, const ContentHash& content,
                   std::span<const WordKey> words, std::span<const ShingleHash> shingles) {
    if (!words_.add(content, words)) return {};
    documents_.push_back(document);
    return shingles_.append(shingles);
  }

  /// Call once, after the last add().
  WordWeights weigh_words() { return words_.finish(); }

  /// Numbers of the documents, ascending; the judging shingles of each stand at its place.
  [[nodiscard]] std::span<const std::uint32_t> documents() const { return documents_; }
  [[nodiscard]] const HashLists<ShingleHash>& shingles() const { return shingles_; }

 private:
  WordSample words_;
  std::vector<std::uint32_t> documents_;
  HashLists<ShingleHash> shingles_;
};

}  // namespace kithkin
