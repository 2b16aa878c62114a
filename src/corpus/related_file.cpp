// See related_file.h. Lines are taken apart into memory that is kept from one to the next.
// Tests: tests/unit/corpus/related_file_test.cpp.
#include "corpus/related_file.h"

#include <algorithm>
#include <optional>

#include "corpus/json_lines.h"

namespace kithkin {
namespace {

namespace dom = simdjson::dom;
using Complaint = std::optional<std::string>;

/// A string, or empty for anything else.
std::string_view text_of(dom::element object, std::string_view name) {
  std::string_view text;
  return object[name].get(text) ? std::string_view() : text;
}

ArticleCard card_of(dom::element object, std::string_view id) {
  return {id, text_of(object, "title"), text_of(object, "url"), text_of(object, "date"),
          text_of(object, "lang")};
}

Complaint read_entry(dom::element object, RelatedEntry& out) {
  std::string_view id;
  if (object["id"].get(id)) return "an entry has no \"id\", or one that is not a string";
  out.article = card_of(object, id);
  if (object["score"].get(out.score)) out.score = 0;
  out.score = std::clamp(out.score, 0.0, 1.0);
  if (object["same_story"].get(out.same_story)) out.same_story = false;
  out.reasons.clear();
  dom::array reasons;
  if (object["reasons"].get(reasons)) return std::nullopt;
  for (const dom::element reason : reasons) {
    const std::string_view term = text_of(reason, "term");
    if (!term.empty()) out.reasons.push_back(term);
  }
  return std::nullopt;
}

}  // namespace

Result<void> read_related(const std::string& file, const OnRelated& on_related) {
  std::vector<RelatedEntry> entries;  // never shortened: their reasons keep their memory
  const auto take = [&](dom::element object) -> Complaint {
    std::string_view id;
    dom::array related;
    if (object["id"].get(id)) return "no string \"id\": is this a related.jsonl?";
    if (object["related"].get(related)) return "no array \"related\": is this a related.jsonl?";
    std::size_t count = 0;
    for (const dom::element entry : related) {
      if (count == entries.size()) entries.emplace_back();
      if (auto wrong = read_entry(entry, entries[count++])) return wrong;
    }
    on_related({card_of(object, id), text_of(object, "story"), std::span(entries).first(count)});
    return std::nullopt;
  };
  return read_json_lines(file, BadUtf8::replace, take);
}

Result<void> read_stories(const std::string& file, const OnStory& on_story) {
  std::vector<std::string_view> ids;
  const auto take = [&](dom::element object) -> Complaint {
    StoryLine story;
    dom::array members;
    if (object["story"].get(story.id)) return "no string \"story\": is this a stories.jsonl?";
    if (object["members"].get(members)) return "no array \"members\": is this a stories.jsonl?";
    ids.clear();
    for (const dom::element member : members) {
      if (member["id"].get(ids.emplace_back())) {
        return "a member has no \"id\", or one that is not a string";
      }
    }
    story.title = text_of(object, "title");
    story.first = text_of(object, "first");
    story.last = text_of(object, "last");
    if (object["size"].get(story.size)) story.size = ids.size();
    story.members = ids;
    on_story(story);
    return std::nullopt;
  };
  return read_json_lines(file, BadUtf8::replace, take);
}

}  // namespace kithkin
