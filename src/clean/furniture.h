// What a crawl teaches about the furniture of its pages, with no list of words in any language:
// which lines stand on many different articles of one host, and which are titles of other articles.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <kithkin/result.h>

#include "base/external_sort.h"
#include "base/spill.h"
#include "clean/count_filter.h"
#include "clean/key_table.h"
#include "clean/line_keys.h"
#include "clean/outline.h"
#include "clean/page_store.h"
#include "clean/removal.h"

namespace kithkin {

/// A site, as 32 bits of a hash: the host of the address without "www.", else the source, else the
/// one that stands for unknown.
using HostKey = std::uint32_t;
HostKey host_key(std::string_view url, std::string_view source);

/// A line that recurs on a host.
struct RepeatedLine {
  std::uint32_t articles = 0;      ///< of the host, those that it stands on; copies count once
  std::uint32_t before_links = 0;  ///< times that another article's title comes next
};

/// Immutable; may be shared between threads.
class Furniture {
 public:
  /// What is known of a line's shape or label on a host; null for nothing.
  [[nodiscard]] const RepeatedLine* repeated(HostKey host, std::uint64_t key) const {
    return lines_.find(key ^ mix64(host));
  }

  /// The same where it stands on enough of the host's articles to be called repeated.
  [[nodiscard]] const RepeatedLine* recurs(HostKey host, std::uint64_t key) const;

  /// Whether lines at the ends of articles that begin with this word are names behind a label, as
  /// "By Jane Doe", and not the article's: a third of a host's articles have one, and hardly any
  /// has prose there that begins so. Null where it is not.
  [[nodiscard]] const RepeatedLine* names_behind(HostKey host, std::uint64_t word) const {
    const RepeatedLine* names = word == 0 ? nullptr : repeated(host, word);
    if (!names || 3 * names->articles < articles(host)) return nullptr;
    return repeated(host, prose_word(word)) ? nullptr : names;
  }

  /// Articles of a host; copies count once.
  [[nodiscard]] std::uint32_t articles(HostKey host) const {
    const std::uint32_t* count = articles_.find(host);
    return count ? *count : 0;
  }

  /// The first documents, at most kMostTitled, that have as their title what a line with this key
  /// says, where it is a line of others too; empty otherwise,
  /// and where more than 64 are called so.
  [[nodiscard]] std::span<const std::uint32_t> titled(std::uint64_t key) const {
    const Titled* titled = titles_.find(key);
    return titled ? std::span(titled->documents.data(), titled->count)
                  : std::span<const std::uint32_t>();
  }
  static constexpr std::size_t kMostTitled = 3;

  /// Replaces `keys` with what the lines of a document can be known by, which titled() has named:
  /// OutlineLine::key, and where they are long, either end. Sorted. Gives the bytes of its
  /// paragraphs. Of other documents nothing is known. Fails with `input`.
  Result<std::uint64_t> lines_of(std::uint32_t document, std::vector<std::uint64_t>& keys) const;
  static bool knows(const std::vector<std::uint64_t>& keys, const OutlineLine& line);

  /// Whether nothing that was learned can bear on a document, so that what it loses was known when
  /// it was added: most lose nothing.
  [[nodiscard]] bool is_decided(std::uint32_t document) const {
    return document < open_.size() && !open_[document];
  }
  /// Whether a document is decided and loses nothing.
  [[nodiscard]] bool stays(std::uint32_t document) const {
    return is_decided(document) && !loses_[document];
  }
  /// Replaces `removals` with those of a document that is decided. Fails with `input`.
  Result<void> removals_of(std::uint32_t document, std::vector<Removal>& removals) const;

  [[nodiscard]] std::uint64_t spilled_bytes() const { return spilled_; }

 private:
  friend class FurnitureLearner;
  /// What is kept of a document.
  struct Kept {
    std::uint64_t prose = 0;  // bytes of its paragraphs
    std::uint32_t removals = 0, keys = 0;
  };  // which follow
  static constexpr std::uint64_t kNothing = UINT64_MAX;

  [[nodiscard]] bool bears_on(const LearnedPage& page, std::span<const LineKeys> lines) const;

  KeyTable<RepeatedLine> lines_;
  struct Titled {
    std::array<std::uint32_t, kMostTitled> documents{};
    std::uint32_t count = 0;
  };
  KeyTable<Titled> titles_;
  KeyTable<std::uint32_t> articles_;
  std::unique_ptr<Spill> kept_;
  std::vector<std::uint64_t> offsets_;  // by document, of what is kept of it, or kNothing
  std::vector<bool> open_, loses_;      // by document: not decided; with removals of its own
  std::uint64_t spilled_ = 0;
};

/// Takes the pages of a crawl in input order. Memory is bounded by what is given, 16 bytes a
/// document and what it learns; the rest goes to temporary files. One thread at a time.
///
/// Few lines of a crawl are of interest: those that are many in it, and those that are called like
/// a document. So lines are counted roughly as they come, and only those that may be of interest
/// are sorted.
class FurnitureLearner {
 public:
  /// Files begin with `prefix`. `sorting` bytes are used until finish() returns, `outlines` bytes
  /// as long as what was learned. The better `crawl` tells the bytes to come, the less is sorted.
  FurnitureLearner(const std::string& prefix, std::size_t sorting, std::size_t outlines,
                   std::uint64_t crawl = 0);

  /// The next document: its host, the key of its title, its lines, and what it loses if nothing of
  /// it is learned. Fails with `output`.
  Result<void> add(HostKey host, std::uint64_t title, std::span<const LineKeys> lines,
                   std::span<const Removal> removals);

  /// Of the documents so far, and of those that have a line which seems to recur on their host.
  [[nodiscard]] std::uint32_t documents() const { return pages_->size(); }
  [[nodiscard]] std::uint32_t repeating() const { return repeating_; }

  /// What was learned. Call once.
  Result<Furniture> finish();

 private:
  /// A line on a page, or a title; what they have in common comes together when sorted.
  struct Use {
    std::uint64_t key = 0;
    HostKey host = 0;
    std::uint32_t document = 0;
    bool operator<(const Use& o) const {
      if (key != o.key) return key < o.key;
      return host != o.host ? host < o.host : document < o.document;
    }
  };
  /// An article that a repeated line stands on, or that a host has.
  struct Standing {
    std::uint64_t where = 0;
    std::uint32_t article = 0;
    bool operator<(const Standing& o) const {
      return where != o.where ? where < o.where : article < o.article;
    }
  };
  class UseGroup;

  template <class Visit>
  Result<void> for_each_use(std::uint32_t document, const LearnedPage& page,
                            std::span<const LineKeys> lines, Visit visit) const;
  Result<void> collect_uses();
  Result<void> find_repeats();
  Result<void> stand_on_articles();
  Result<void> stand_page(const LearnedPage& page, std::span<const LineKeys> lines);
  Result<void> count_articles();
  Result<void> find_open();
  Result<void> keep_pages();
  Result<void> keep_page(std::uint32_t document);

  Furniture out_;
  std::string prefix_;
  std::size_t outlines_memory_;
  std::optional<PageStore> pages_;
  CountFilter lines_of_host_, titles_;  // how many there are, by key
  std::optional<ExternalSorter<Use>> uses_;
  std::optional<ExternalSorter<Standing>> standings_;
  KeyTable<std::uint32_t> pages_of_host_;
  std::uint32_t repeating_ = 0;
  std::vector<bool> repeats_;  // by document, whether others have a line of it too
  std::vector<bool> linked_;   // by document, whether titled() names it
  std::vector<LineKeys> scratch_;
};

/// Articles of a host that a line has to stand on to be called repeated, of so many there are: an
/// eighth, and three; of a small host, half.
std::uint32_t least_articles(std::uint32_t articles_of_host);

}  // namespace kithkin
