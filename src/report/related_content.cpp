// One walk over each file. Stories first, since they say whose titles are wanted of the second.
// Tests: tests/unit/report/related_page_test.cpp.
#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <unordered_map>
#include <utility>

#include "base/try.h"
#include "base/utf8.h"
#include "corpus/related_file.h"
#include "report/related_page.h"

namespace kithkin {
namespace {

constexpr std::size_t kMostCharacters = 300;  // of a title
constexpr std::size_t kMostBytesOfUrl = 4096, kMostBytesOfField = 64;

/// A title is a line or two. One of megabytes is held and shown by its beginning.
std::string shorten(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t count = 0; end < text.size() && count < kMostCharacters; ++count)
    end += decode_utf8(text, end).size;
  return std::string(text.substr(0, end)) + (end < text.size() ? "…" : "");
}

/// A field that is of no use by half.
std::string whole_or_none(std::string_view text, std::size_t most) {
  return std::string(text.size() <= most ? text : std::string_view());
}

PageArticle copy(const ArticleCard& card) {
  return {std::string(card.id), shorten(card.title), whole_or_none(card.url, kMostBytesOfUrl),
          whole_or_none(card.date, kMostBytesOfField), whole_or_none(card.lang, kMostBytesOfField)};
}

PageStory copy(const StoryLine& line, std::uint64_t most_members) {
  PageStory story{std::string(line.id),
                  shorten(line.title),
                  whole_or_none(line.first, kMostBytesOfField),
                  whole_or_none(line.last, kMostBytesOfField),
                  line.size,
                  {}};
  for (const std::string_view id :
       line.members.first(std::min<std::uint64_t>(line.members.size(), most_members))) {
    story.members.push_back({std::string(id), {}, {}, {}, {}});
  }
  return story;
}

PageList copy(const RelatedLine& line, std::uint64_t most_entries) {
  PageList list{copy(line.article), std::string(line.story), {}, line.entries.size()};
  for (const RelatedEntry& entry :
       line.entries.first(std::min<std::uint64_t>(line.entries.size(), most_entries))) {
    list.entries.push_back({copy(entry.article), entry.score, entry.same_story, {}});
    for (const std::string_view term : entry.reasons)
      list.entries.back().reasons.push_back(shorten(term));
  }
  return list;
}

/// The largest stories so far; of one size the earlier ones.
class LargestStories {
 public:
  explicit LargestStories(const RelatedPageOptions& options) : options_(options) {}

  void add(const StoryLine& line) {
    if (options_.stories == 0) return;
    const bool full = by_size_.size() >= options_.stories;
    if (full && line.size <= std::prev(by_size_.end())->first) return;
    if (full) by_size_.erase(std::prev(by_size_.end()));
    by_size_.emplace(line.size, copy(line, options_.members));
  }

  std::vector<PageStory> take() {
    std::vector<PageStory> out;
    for (auto& [size, story] : by_size_)
      out.push_back(std::move(story));
    return out;
  }

 private:
  const RelatedPageOptions& options_;
  std::multimap<std::uint64_t, PageStory, std::greater<>> by_size_;
};

/// Whose titles are wanted, and where to. Of documents with one id the first counts.
class WantedMembers {
 public:
  explicit WantedMembers(std::vector<PageStory>& stories) {
    for (PageStory& story : stories) {
      for (PageArticle& member : story.members)
        places_[member.id].push_back(&member);
    }
  }

  void note(const ArticleCard& card) {
    const auto found = places_.find(key_.assign(card.id));
    if (found == places_.end()) return;
    for (PageArticle* member : found->second)
      *member = copy(card);
    places_.erase(found);
  }

 private:
  std::string key_;
  std::unordered_map<std::string, std::vector<PageArticle*>> places_;
};

}  // namespace

Result<RelatedContent> collect_related(const std::string& directory,
                                       const RelatedPageOptions& options) {
  const std::filesystem::path folder = directory;
  RelatedContent content;
  LargestStories largest(options);
  KITHKIN_TRY(read_stories((folder / "stories.jsonl").string(), [&](const StoryLine& line) {
    if (line.size < 2) return;
    ++content.stories;
    largest.add(line);
  }));
  content.shown_stories = largest.take();
  WantedMembers wanted(content.shown_stories);
  const std::uint64_t most_lists = std::max<std::uint64_t>(options.lists, 1);
  KITHKIN_TRY(read_related((folder / "related.jsonl").string(), [&](const RelatedLine& line) {
    ++content.articles;
    wanted.note(line.article);
    if (line.entries.empty()) return;
    ++content.lists;
    content.entries += line.entries.size();
    if (content.shown_lists.size() < most_lists) {
      content.shown_lists.push_back(copy(line, options.entries));
    }
  }));
  return content;
}

}  // namespace kithkin
