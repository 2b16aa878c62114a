// Tells the article from the furniture of its page.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <kithkin/clean.h>
#include <kithkin/result.h>

#include "clean/furniture.h"
#include "clean/outline.h"
#include "clean/removal.h"
#include "clean/span.h"

namespace kithkin {

/// An article that the page itself calls related.
struct ObservedRelated {
  std::string_view title;  ///< in the text
  std::optional<std::uint32_t> document;
};

/// A page taken apart.
struct CleanedPage {
  std::vector<Removal> removals;  ///< sorted, disjoint, on character borders
  std::vector<ObservedRelated> related;
};

/// The text without its removals, into `out`.
void remove(std::string_view text, const std::vector<Removal>& removals, std::string& out);

/// Scratch space: one per thread.
class Cleaner {
 public:
  /// `furniture` outlives the cleaner; null where nothing could be learned.
  explicit Cleaner(const Furniture* furniture) : furniture_(furniture) {}

  /// Replaces `page` with what has to go from a text. Views into `text` stay. With `document`, its
  /// number where what was learned is of this very crawl, a text that was decided on already is not
  /// read again. Fails with `input` when what was learned cannot be read back.
  Result<void> clean(std::string_view text, std::string_view title, HostKey host, CleanedPage& page,
                     std::optional<std::uint32_t> document = {});

  /// The same by what the page itself shows, of a text that was outlined: code, and what it says
  /// twice. `lines` are borrowed.
  Result<void> clean_alone(std::string_view text, std::vector<OutlineLine>& lines,
                           std::vector<Removal>& removals);

  /// Whether a text has any word at all.
  bool has_words(std::string_view text);

 private:
  struct Mark {
    bool removed = false;
    bool coded = false;  // holds code, and little else
    RemovalKind kind = RemovalKind::code;
    std::uint64_t detail = 0;
  };
  struct Embedded {
    std::size_t begin = 0, end = 0;
    std::uint32_t document = 0;
  };
  struct Box {
    std::size_t begin = 0, end = 0;  // lines
    std::size_t links = 0;
  };
  Result<void> mark_all(std::string_view title, CleanedPage& page);
  [[nodiscard]] bool says_twice();
  void mark_code();
  void mark_repeats_of_host();
  void mark_repeats_of_page();
  void find_links();
  bool is_own_title(const OutlineLine& line);
  Result<void> mark_embedded();
  Result<std::size_t> end_of_embedded(std::size_t link, std::uint32_t document);
  void mark_boxes(CleanedPage& page);
  void mark_box(std::size_t begin, std::size_t end, CleanedPage& page);
  void mark_ends();
  void mark_gaps();
  void collect(CleanedPage& page) const;

  void remove_line(std::size_t line, RemovalKind kind, std::uint64_t detail);
  [[nodiscard]] const RepeatedLine* learned(std::uint64_t key) const;
  [[nodiscard]] const RepeatedLine* labels(std::size_t line) const;
  [[nodiscard]] bool is_repeated(std::size_t line) const;
  [[nodiscard]] bool is_furniture(std::size_t line) const;
  [[nodiscard]] bool is_apart(std::size_t line) const;
  [[nodiscard]] bool may_repeat(std::size_t line) const;
  [[nodiscard]] bool opens_boxes(std::size_t line) const;
  [[nodiscard]] Box box_at(std::size_t link) const;
  [[nodiscard]] bool is_box(const Box& box) const;
  [[nodiscard]] bool is_heading(std::size_t line) const;
  [[nodiscard]] bool is_prose(std::size_t line) const;
  [[nodiscard]] bool is_entry(std::size_t line) const;

  const Furniture* furniture_;
  Outliner outliner_;
  std::string_view text_;
  HostKey host_ = 0;
  std::uint64_t title_ = 0;
  std::vector<OutlineLine> lines_;
  std::vector<Mark> marks_;                          // by line
  std::vector<std::optional<std::uint32_t>> links_;  // by line, the document it leads to
  std::vector<ByteSpan> debris_;
  std::vector<std::uint64_t> keys_;
  struct Seen {
    std::uint32_t first = 0, count = 0;
  };
  std::vector<TokenHash> title_words_, line_words_;
  KeyTable<Seen> seen_;
  bool wrapped_ = false;
  std::size_t last_prose_ = 0;  // line
};

}  // namespace kithkin
