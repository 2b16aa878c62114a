// What stands on the pages of <kithkin/related_page.h>: gathered from the files by collect_related,
// then made into HTML, a piece at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <kithkin/related_page.h>

namespace kithkin {

struct PageArticle {
  std::string id, title, url, date, lang;
};

struct PageEntry {
  PageArticle article;
  double score = 0;
  bool same_story = false;
  std::vector<std::string> reasons;
};

struct PageList {
  PageArticle article;
  std::string story;
  std::vector<PageEntry> entries;  ///< those to be shown
  std::uint64_t total = 0;         ///< all that there are
};

struct PageStory {
  std::string id, title, first, last;
  std::uint64_t size = 0;
  std::vector<PageArticle> members;  ///< those to be shown
};

struct RelatedContent {
  std::uint64_t articles = 0;  ///< lines of related.jsonl
  std::uint64_t lists = 0;     ///< those with entries
  std::uint64_t entries = 0;
  std::uint64_t stories = 0;  ///< of two members or more
  std::vector<PageList> shown_lists;
  std::vector<PageStory> shown_stories;  ///< largest first, of one size as they stand in the file
};

/// Reads both files once and holds what is to be shown and the first list in any case, which is
/// the snippet's example. Fails with `input`.
Result<RelatedContent> collect_related(const std::string& directory,
                                       const RelatedPageOptions& options);

/// Gets the next piece of a page.
class PageSink {
 public:
  virtual ~PageSink() = default;
  virtual Result<void> write(std::string_view html) = 0;
};

Result<void> write_related_html(const RelatedContent& content, const RelatedPageOptions& options,
                                PageSink& out);

/// related_snippet.html. Some kilobytes.
std::string related_snippet(const RelatedContent& content);

/// "the title" escaped and isolated, as a link where the article has an address of the web; the id
/// where it has no title.
std::string html_title(const PageArticle& article);

/// "<li>", with the language of an entry where it has one of its own and not that of its list.
std::string html_entry_begin(const PageArticle& entry);

}  // namespace kithkin
