// Reads related.jsonl and stories.jsonl, what is known of how the articles of a crawl relate; the
// format is in docs/formats.md.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <kithkin/result.h>

namespace kithkin {

/// What a file says of an article to people; empty where it says nothing.
struct ArticleCard {
  std::string_view id, title, url, date, lang;
};

struct RelatedEntry {
  ArticleCard article;
  double score = 0;  ///< 0 to 1
  bool same_story = false;
  std::vector<std::string_view> reasons;  ///< terms
};

/// A line of related.jsonl.
struct RelatedLine {
  ArticleCard article;
  std::string_view story;
  std::span<const RelatedEntry> entries;
};

/// A line of stories.jsonl.
struct StoryLine {
  std::string_view id, title, first, last;
  std::uint64_t size = 0;  ///< as the line says; else the number of members
  std::span<const std::string_view> members;
};

/// What they get lives until they return.
using OnRelated = std::function<void(const RelatedLine&)>;
using OnStory = std::function<void(const StoryLine&)>;

/// Calls `on_related` or `on_story` for each line of the file in order. The ids of articles and of
/// stories and the arrays have to be there; what else is missing or is not of its type counts as
/// absent. Bytes that are not UTF-8 become U+FFFD. Fails with `input`, naming file and line, as
/// read_json_lines() does. Both hold one line at a time.
Result<void> read_related(const std::string& file, const OnRelated& on_related);
Result<void> read_stories(const std::string& file, const OnStory& on_story);

}  // namespace kithkin
