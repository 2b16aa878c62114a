// The texts of a crawl as the first walk made them: in memory while they fit, in a file beyond.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/document_set.h"
#include "base/large_pages.h"
#include "base/region.h"
#include "base/spill.h"
#include "base/try.h"
#include "match/text_source.h"

namespace kithkin {

/// Keys in a few large pieces of memory.
class KeyArena {
 public:
  /// Room for so many; empty when there is no memory.
  std::span<WordKey> take(std::size_t count);
  void clear() { regions_.clear(), giants_.clear(), free_ = {}; }

 private:
  std::vector<Region> regions_;
  std::vector<std::unique_ptr<WordKey[], FreeMemory>> giants_;  // of texts that no region can hold
  std::span<WordKey> free_;                                     // of the last region
};

/// Texts that a thread packs one after another: in its arena, or in a buffer of the batch's own.
class PackedTexts {
 public:
  /// Forgets all. Null: no arena.
  void begin(KeyArena* arena);

  /// Room for the next text; valid until the next call.
  std::span<WordKey> add(std::size_t size);

  /// Calls visit(n, packed, in_arena) for each, until it fails.
  template <class Visit>
  Result<void> for_each(Visit visit) const {
    const WordKey* own = buffer_.data();
    for (std::size_t n = 0; n < texts_.size(); ++n) {
      const auto [in_arena, size] = texts_[n];
      KITHKIN_TRY(
          visit(n, std::span(in_arena != nullptr ? in_arena : own, size), in_arena != nullptr));
      if (in_arena == nullptr) own += size;
    }
    return {};
  }

 private:
  struct Text {
    const WordKey* in_arena = nullptr;
    std::size_t size = 0;
  };
  KeyArena* arena_ = nullptr;
  std::vector<Text> texts_;
  std::vector<WordKey> buffer_;
};

/// All documents, packed, so that no text is read twice. Each thread packs into an arena of its
/// own while they are in memory, so that nothing is copied on the way; once they exceed it, all go
/// to a file. In memory they can be read in any order and take 16 bytes each beside their words; in
/// the file, batch by batch.
class HeldTexts final : public TextSource {
 public:
  enum class Where { memory, file, nowhere };
  /// What becomes of texts that exceed their memory.
  enum class Beyond { go_to_file, give_up };

  /// `shingle` is a shingle's size in tokens. Where `expected` words would be too many for
  /// `memory` bytes, none are held there. A file is `path`.
  HeldTexts(std::uint32_t shingle, std::uint64_t expected, std::size_t memory, Beyond beyond,
            unsigned threads, std::string path);

  [[nodiscard]] Where where() const { return where_; }
  /// Forgets all, for good, in memory and in the file.
  void give_up();

  /// Where a thread packs what is then added. Once texts are in memory no more, whoever owns it may
  /// clear it.
  KeyArena& arena(unsigned thread) { return arenas_[thread]; }

  /// Takes the next document. Whether it was packed in an arena, where it stays; what was not goes
  /// beyond the memory. Fails with `output`.
  Result<void> add(std::span<const WordKey> packed, bool in_arena);

  /// Puts another text in the place of one in memory; gives up where there is no room for both.
  void replace(std::uint32_t document, std::span<const WordKey> packed, bool in_arena);

  /// Call when no thread packs any more: lets go of arenas that nobody reads.
  void finish();

  [[nodiscard]] std::uint32_t documents() const { return documents_; }
  /// Of kBatch documents, the last one of fewer.
  [[nodiscard]] std::uint32_t batches() const {
    return documents_ / kBatch + (documents_ % kBatch != 0 ? 1 : 0);
  }

  static constexpr std::uint32_t kBatch = 256;
  struct Batch {
    std::vector<WordKey> buffer;  // scratch
    std::vector<std::span<const WordKey>> texts;
  };
  /// Reads documents from n kBatch on; any number of threads at once, each with its batch. Not when
  /// given up. Fails with `input`.
  Result<void> read(std::uint32_t n, Batch& batch) const;

  /// Counts the shingles of some documents in memory; only they may be read afterwards.
  void count_shingles(const DocumentSet& documents, unsigned threads);

  Result<std::span<const WordKey>> words(std::uint32_t document, TextBuffer& buffer) const override;
  Result<std::span<ShingleHash>> shingles(std::uint32_t document,
                                          TextBuffer& buffer) const override;
  [[nodiscard]] std::uint32_t count(std::uint32_t document) const override;

  [[nodiscard]] std::uint64_t spilled_bytes() const { return file_ ? file_->size() : spilled_; }

 private:
  struct Place {
    const WordKey* begin = nullptr;
    std::uint32_t size = 0;
    std::uint32_t shingles = 0;  // without repeats

    [[nodiscard]] std::span<const WordKey> packed() const { return {begin, size}; }
  };

  Result<void> go_beyond();
  Result<void> append(std::span<const WordKey> packed);

  std::uint32_t shingle_;
  std::size_t memory_;
  Beyond beyond_;
  std::string path_;
  Where where_ = Where::memory;
  std::uint32_t documents_ = 0;
  std::uint64_t held_ = 0;              // bytes
  std::vector<Place> places_;           // by document, in memory
  std::vector<KeyArena> arenas_;        // by thread
  std::optional<Spill> file_;           // of each document its size, then itself
  std::uint64_t spilled_ = 0;           // bytes of one that is gone
  std::vector<std::uint64_t> batches_;  // where they begin there, in keys
};

}  // namespace kithkin
