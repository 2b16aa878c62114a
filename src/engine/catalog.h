// What is known of each document: a little in memory, the rest in a spill.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kithkin/deduplicate.h>
#include <kithkin/result.h>

#include "base/document_set.h"
#include "base/external_sort.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/spill.h"

namespace kithkin {

/// Where a document stands and what decides whether it is kept. 48 bytes in the spill.
struct DocumentRecord {
  std::uint64_t offset = 0;     ///< of its line in the decompressed file
  std::uint64_t id_offset = 0;  ///< of its id in the spill of ids
  std::int64_t date = 0;        ///< epoch seconds; kNoDate when unknown
  std::uint32_t line = 0;       ///< from 1
  std::uint32_t line_size = 0;  ///< bytes, without the line end
  std::uint32_t id_size = 0;
  std::uint32_t source_rank = 0;  ///< place in DeduplicateOptions::sources, or their number

  static constexpr std::int64_t kNoDate = INT64_MAX;
};

/// The place of a source in options.sources, or their number when it is not there.
std::uint32_t source_rank(const DeduplicateOptions& options, std::string_view source);

/// All documents, numbered in input order from 0; older ones (to deduplicate against) come first.
/// 8 bytes a document are resident: its length and its exact twin. Filled by one thread, where a
/// document stands before what it says; then read by any number.
class Catalog {
 public:
  /// Files go to `directory`; about `memory` bytes are held before they do, and another `sorting`
  /// until find_exact() returns.
  Catalog(const TemporaryDirectory& directory, std::size_t memory, std::size_t sorting);

  static constexpr std::uint32_t kMostDocuments = UINT32_MAX - 1;

  /// `record.id_offset` and `.id_size` are set here. Fails with `output`, or with `limit` beyond
  /// kMostDocuments.
  Result<void> add(DocumentRecord record, std::string_view id);

  /// What the next document says, of those that were added. Fails with `output`.
  Result<void> describe(std::uint32_t tokens, const ContentHash& content);

  [[nodiscard]] std::uint32_t size() const { return size_; }
  /// Documents that were described so far.
  [[nodiscard]] std::uint32_t described() const {
    return static_cast<std::uint32_t>(tokens_.size());
  }

  /// Documents so far are the older ones.
  void mark_old() { old_ = size(); }
  [[nodiscard]] bool is_old(std::uint32_t document) const { return document < old_; }
  [[nodiscard]] std::uint32_t old_documents() const { return old_; }

  /// Tokens of each document.
  [[nodiscard]] const std::vector<std::uint32_t>& tokens() const { return tokens_; }

  Result<DocumentRecord> record(std::uint32_t document) const;
  Result<std::string> id(std::uint32_t document) const;

  /// Groups documents with equal tokens (and at least one), and makes the best of each group by
  /// `options.keep` its twin. Call once, when all are described.
  Result<void> find_exact(const DeduplicateOptions& options);

  /// The document that stands for all that are exactly equal to this one; itself when alone.
  [[nodiscard]] std::uint32_t twin(std::uint32_t document) const { return twin_[document]; }
  /// Those that are their own twins and have tokens.
  [[nodiscard]] DocumentSet distinct() const;

  [[nodiscard]] std::uint64_t spilled_bytes() const;

 private:
  struct Content {
    std::uint64_t high = 0, low = 0;
    std::uint32_t document = 0;
    [[nodiscard]] bool same_text(const Content& o) const { return high == o.high && low == o.low; }
    bool operator<(const Content& o) const {
      if (high != o.high) return high < o.high;
      if (low != o.low) return low < o.low;
      return document < o.document;
    }
  };
  Result<void> settle_group(const std::vector<std::uint32_t>& group,
                            const DeduplicateOptions& options);

  Spill records_, ids_;
  std::optional<ExternalSorter<Content>> contents_;  // until exact copies are known
  std::uint64_t spilled_before_ = 0;                 // by what is gone
  std::vector<std::uint32_t> tokens_, twin_;
  std::uint32_t size_ = 0, old_ = 0;
};

/// Orders documents by how gladly they are kept: older ones first, then by the policy, then by id,
/// then by input order.
struct Preference {
  bool is_new = false;
  std::int64_t first = 0, second = 0;
  std::string id;
  std::uint32_t document = 0;

  static Result<Preference> of(std::uint32_t document, const Catalog& catalog,
                               const DeduplicateOptions& options);
  bool operator<(const Preference& other) const;
};

}  // namespace kithkin
