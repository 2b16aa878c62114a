// See story_teller.h.
#include "engine/story_teller.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "base/try.h"

namespace kithkin {
namespace {

std::optional<std::int64_t> date_of(const ArticleFacts& facts) {
  return facts.date != DocumentRecord::kNoDate ? std::optional(facts.date) : std::nullopt;
}

}  // namespace

void StoryTeller::begin() {
  founders_.resize(relater_.size());
  std::iota(founders_.begin(), founders_.end(), 0U);
}

Result<void> StoryTeller::tell(const LanguageArticles& language, const NeighborsOf& neighbors_of) {
  const PassTimer timer(job_.timings, "lists");
  const auto& numbers = language.articles.numbers;
  std::vector<std::uint32_t> by_time(numbers.size());
  std::iota(by_time.begin(), by_time.end(), 0U);
  std::stable_sort(by_time.begin(), by_time.end(), [&](std::uint32_t a, std::uint32_t b) {
    return relater_.facts(numbers[a]).date < relater_.facts(numbers[b]).date;  // undated ones last
  });
  StoryBuilder builder(language.articles, language.calibration);
  std::vector<Neighbor> buffer, neighbors;
  for (const std::uint32_t i : by_time) {
    const auto near = neighbors_of(numbers[i], buffer);
    neighbors.assign(near.begin(), near.end());
    for (Neighbor& neighbor : neighbors)
      neighbor.article = relater_.facts(neighbor.article).place;
    KITHKIN_TRY(builder.add(i, date_of(relater_.facts(numbers[i])), neighbors));
  }
  for (std::uint32_t i = 0; i < numbers.size(); ++i)
    founders_[numbers[i]] = numbers[builder.founder_of(i)];
  for (StoryEvent event : builder.events()) {
    event.story = numbers[event.story];
    event.other = numbers[event.other];
    event.article = numbers[event.article];
    events_.push_back(event);
  }
  return {};
}

void StoryTeller::unite_languages(NeighborLists& neighbors) {
  std::vector<StoryArticle> articles;
  std::vector<StoryLink> links;
  for (std::uint32_t a = 0; a < relater_.size(); ++a) {
    const ArticleFacts& facts = relater_.facts(a);
    articles.push_back({facts.language, date_of(facts), founders_[a]});
    const Calibration& calibration = relater_.languages()[facts.language].calibration;
    for (const Neighbor& neighbor : neighbors.of(a)) {
      const std::uint32_t b = neighbor.article;
      if (b < a || relater_.are_of_one_language(a, b)) continue;
      const auto others = neighbors.of(b);
      const bool is_mutual = std::any_of(others.begin(), others.end(),
                                         [&](const Neighbor& other) { return other.article == a; });
      if (is_mutual) links.push_back({a, b, calibration.rarity(neighbor.similarity)});
    }
  }
  const std::vector<StoryEvent> merges = unite_stories(articles, links);
  events_.insert(events_.end(), merges.begin(), merges.end());
  for (std::uint32_t a = 0; a < relater_.size(); ++a)
    founders_[a] = articles[a].founder;
}

}  // namespace kithkin
