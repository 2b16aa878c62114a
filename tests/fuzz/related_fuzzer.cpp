// Whatever related.jsonl and stories.jsonl hold: what comes out lives and is within its bounds,
// and an error names the line.
#include <cstdint>
#include <string>
#include <string_view>

#include "corpus/related_file.h"
#include "fuzz/fuzz.h"

namespace {

using kithkin::fuzz::require;

std::size_t touch(std::string_view text) { return std::string(text).size(); }

std::size_t touch(const kithkin::ArticleCard& card) {
  return touch(card.id) + touch(card.title) + touch(card.url) + touch(card.date) + touch(card.lang);
}

void check(const kithkin::Result<void>& result, const std::string& path, std::uint64_t read) {
  if (result) return;
  require(result.error().code == kithkin::ErrorCode::input && result.error().file == path);
  require(result.error().line > read);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string path = kithkin::fuzz::write_file(bytes);
  const std::size_t most = 3 * size;  // a byte that is not UTF-8 becomes three
  std::uint64_t read = 0;
  std::size_t letters = 0;
  const auto lists = kithkin::read_related(path, [&](const kithkin::RelatedLine& line) {
    ++read;
    letters += touch(line.article) + touch(line.story);
    for (const kithkin::RelatedEntry& entry : line.entries) {
      letters += touch(entry.article);
      require(entry.score >= 0 && entry.score <= 1);
      for (const std::string_view reason : entry.reasons)
        letters += touch(reason);
    }
  });
  require(letters <= most);
  check(lists, path, read);
  read = letters = 0;
  const auto stories = kithkin::read_stories(path, [&](const kithkin::StoryLine& line) {
    ++read;
    letters += touch(line.id) + touch(line.title) + touch(line.first) + touch(line.last);
    for (const std::string_view member : line.members)
      letters += touch(member);
  });
  require(letters <= most);
  check(stories, path, read);
  return 0;
}
