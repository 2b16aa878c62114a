// See story.h. Evidence is counted in powers of ten: how rare it is for two random articles to be
// as alike (calibration.h), which fades with the days between (a normal curve of three days, as
// Miranda and others 2018 found for streams of news), and two for what is special to the article.
#include "relate/story.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/try.h"

namespace kithkin {
namespace {

constexpr float kJoin = 4.3F;   // evidence to join a story
constexpr float kMerge = 5.5F;  // evidence for two stories to be one
constexpr float kLeave = 2.5F;  // what a member has to keep
constexpr float kSpecial = 2;   // evidence when all that is special is known to the story
constexpr double kFadeDays = 3;
constexpr float kUndated = 0.8F;  // how much evidence counts where a date is not known
constexpr std::size_t kSpecialTerms = 12;
constexpr std::size_t kCenterTerms = 100;
constexpr std::size_t kAwaiting = 8;  // of those that have a neighbor in common, the last so many

/// How much evidence counts after so many seconds.
float faded(std::int64_t seconds) {
  const double days = static_cast<double>(seconds) / StoryBuilder::kDay / kFadeDays;
  return static_cast<float>(std::nearbyint(std::exp(-days * days / 2) * 65536) / 65536);
}

std::vector<TermWeight> weightiest(std::span<const TermWeight> terms, std::size_t most) {
  std::vector<TermWeight> out(terms.begin(), terms.end());
  const auto weightier = [](const TermWeight& a, const TermWeight& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.term < b.term;
  };
  if (out.size() > most) {
    std::nth_element(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(most), out.end(),
                     weightier);
    out.resize(most);
  }
  std::sort(out.begin(), out.end(),
            [](const TermWeight& a, const TermWeight& b) { return a.term < b.term; });
  return out;
}

/// The share of what is special to an article that stands in a story, by weight.
float special_share(const ArticleView& article, std::span<const TermWeight> story) {
  double known = 0, all = 0;
  for (const TermWeight& entry : weightiest(article.terms, kSpecialTerms)) {
    const double square = static_cast<double>(entry.weight) * entry.weight;
    const auto at =
        std::lower_bound(story.begin(), story.end(), entry.term,
                         [](const TermWeight& other, TermHash term) { return other.term < term; });
    if (at != story.end() && at->term == entry.term) known += square;
    all += square;
  }
  return all > 0 ? static_cast<float>(known / all) : 0;
}

}  // namespace

void StoryBuilder::Center::add(const ArticleView& article) {
  std::vector<TermWeight> both;
  std::size_t i = 0;
  for (const TermWeight& entry : article.terms) {
    while (i < sum.size() && sum[i].term < entry.term)
      both.push_back(sum[i++]);
    both.push_back(entry);
    if (i < sum.size() && sum[i].term == entry.term) both.back().weight += sum[i++].weight;
  }
  both.insert(both.end(), sum.begin() + static_cast<std::ptrdiff_t>(i), sum.end());
  sum = weightiest(both, kCenterTerms);
  double square = 0;
  for (const TermWeight& entry : sum)
    square += static_cast<double>(entry.weight) * entry.weight;
  terms = sum;
  const double by = square > 0 ? 1 / std::sqrt(square) : 0;
  for (TermWeight& entry : terms)
    entry.weight = static_cast<float>(entry.weight * by);

  place.resize(article.coordinates.size(), 0);
  for (std::size_t c = 0; c < place.size(); ++c)
    place[c] += article.coordinates[c];
  std::vector<float> unit = place;
  if (!normalize(unit)) std::fill(unit.begin(), unit.end(), 0.0F);
  coordinates.resize(unit.size());
  quantize(unit, coordinates);
}

bool StoryBuilder::is_over(const Story& story, std::optional<std::int64_t> date) const {
  return story.members.empty() || (date && story.last && *date - *story.last > kWindow);
}

StoryBuilder::Center* StoryBuilder::held_center(std::uint32_t story) {
  if (const auto at = centers_.find(story); at != centers_.end()) return &at->second;
  const auto at = old_centers_.find(story);
  if (at == old_centers_.end()) return nullptr;
  Center center = std::move(at->second);
  old_centers_.erase(at);
  return &(hold_center(story) = std::move(center));
}

/// Room for a center that is not held.
StoryBuilder::Center& StoryBuilder::hold_center(std::uint32_t story) {
  if (2 * centers_.size() >= most_centers_) old_centers_ = std::exchange(centers_, {});
  return centers_[story];
}

void StoryBuilder::forget_center(std::uint32_t story) {
  centers_.erase(story);
  old_centers_.erase(story);
}

/// The center of a story that has members: what they add to it in their order. Stays until the
/// next but one is asked for.
Result<const StoryBuilder::Center*> StoryBuilder::center(std::uint32_t story) {
  if (const Center* held = held_center(story)) return held;
  Center made;
  ArticleBuffer buffer;
  for (const std::uint32_t member : stories_[story].members) {
    KITHKIN_TRY_ASSIGN(const ArticleView view, articles_.view(member, buffer));
    made.add(view);
  }
  Center& held = hold_center(story);
  held = std::move(made);
  return &held;
}

float StoryBuilder::evidence(const ArticleView& article, const Center& story) const {
  return calibration_.rarity(similarity(article, story.view())) +
         kSpecial * special_share(article, story.terms);
}

/// Articles that came before and are neighbors, whichever of the two has the other in its list, or
/// have a neighbor in common that is still to come: of the first articles of a large story the
/// nearest are mostly such.
std::vector<std::uint32_t> StoryBuilder::near_ones(std::uint32_t article,
                                                   std::span<const Neighbor> neighbors) {
  std::vector<std::uint32_t> out = std::exchange(awaited_by_[article], {});
  for (const Neighbor& neighbor : neighbors) {
    if (story_of_[neighbor.article] != kNone) {
      out.push_back(neighbor.article);
      continue;
    }
    std::vector<std::uint32_t>& others = awaited_by_[neighbor.article];
    const std::size_t few = std::min(others.size(), kAwaiting);
    out.insert(out.end(), others.end() - static_cast<std::ptrdiff_t>(few), others.end());
    others.push_back(article);
  }
  return out;
}

Result<std::vector<StoryBuilder::Fit>> StoryBuilder::fits(const ArticleView& article,
                                                          std::optional<std::int64_t> date,
                                                          std::span<const std::uint32_t> near) {
  std::vector<std::uint32_t> candidates;
  for (const std::uint32_t other : near) {
    const std::uint32_t story = story_of_[other];
    if (!is_over(stories_[story], date)) candidates.push_back(story);
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  std::vector<Fit> out;
  for (const std::uint32_t story : candidates) {
    const bool is_dated = date && stories_[story].last;
    const float share =
        is_dated ? faded(std::max<std::int64_t>(*date - *stories_[story].last, 0)) : kUndated;
    KITHKIN_TRY_ASSIGN(const Center* const of_story, center(story));
    const float value = share * evidence(article, *of_story);
    if (value >= kJoin) out.push_back({story, value});
  }
  std::sort(out.begin(), out.end(), [](const Fit& a, const Fit& b) {
    return a.evidence != b.evidence ? a.evidence > b.evidence : a.story < b.story;
  });
  return out;
}

Result<void> StoryBuilder::put(std::uint32_t article, std::optional<std::int64_t> date,
                               std::uint32_t number) {
  ArticleBuffer buffer;
  KITHKIN_TRY_ASSIGN(const ArticleView view, articles_.view(article, buffer));
  Story& story = stories_[number];
  Center* held = held_center(number);
  if (held == nullptr && story.members.empty()) held = &hold_center(number);
  if (held != nullptr) held->add(view);
  story.members.push_back(article);
  if (date) story.last = std::max(story.last.value_or(*date), *date);
  story_of_[article] = number;
  return {};
}

/// The older of two stories takes in the younger.
Result<std::uint32_t> StoryBuilder::merge(std::uint32_t a, std::uint32_t b, std::uint32_t article) {
  const std::uint32_t older = std::min(a, b), younger = std::max(a, b);
  Story& from = stories_[younger];
  events_.push_back({StoryEvent::Kind::merge, stories_[older].founder, from.founder, article,
                     static_cast<std::uint32_t>(from.members.size())});
  const std::vector<std::uint32_t> members = std::exchange(from.members, {});
  const std::optional<std::int64_t> last = from.last;
  forget_center(younger);
  for (const std::uint32_t member : members)
    KITHKIN_TRY(put(member, last, older));
  return older;
}

/// Members that no longer fit become a story of their own, founded by the first of them.
Result<void> StoryBuilder::look_through(std::uint32_t number, std::uint32_t article) {
  stories_[number].looked_through = stories_[number].members.size();
  std::vector<std::uint32_t> stay, leave;
  ArticleBuffer buffer;
  KITHKIN_TRY_ASSIGN(const Center* const of_story, center(number));
  for (const std::uint32_t member : stories_[number].members) {
    KITHKIN_TRY_ASSIGN(const ArticleView view, articles_.view(member, buffer));
    const bool is_founder = member == stories_[number].founder;
    (is_founder || evidence(view, *of_story) >= kLeave ? stay : leave).push_back(member);
  }
  if (leave.empty()) return {};
  const auto last = stories_[number].last;
  stories_[number].members.clear();
  forget_center(number);
  for (const std::uint32_t member : stay)
    KITHKIN_TRY(put(member, std::nullopt, number));
  const auto split = static_cast<std::uint32_t>(stories_.size());
  stories_.push_back({leave.front()});
  for (const std::uint32_t member : leave)
    KITHKIN_TRY(put(member, last, split));
  events_.push_back({StoryEvent::Kind::split, stories_[number].founder, leave.front(), article,
                     static_cast<std::uint32_t>(leave.size())});
  return {};
}

Result<void> StoryBuilder::add(std::uint32_t article, std::optional<std::int64_t> date,
                               std::span<const Neighbor> neighbors) {
  ArticleBuffer buffer;
  KITHKIN_TRY_ASSIGN(const ArticleView view, articles_.view(article, buffer));
  KITHKIN_TRY_ASSIGN(const std::vector<Fit> found, fits(view, date, near_ones(article, neighbors)));
  std::uint32_t story = static_cast<std::uint32_t>(stories_.size());
  if (found.empty()) {
    stories_.push_back({article});
  } else {
    story = found.front().story;
    if (found.size() > 1) {
      const std::uint32_t second = found[1].story;
      KITHKIN_TRY_ASSIGN(const Center* const of_second, center(second));
      KITHKIN_TRY_ASSIGN(const Center* const of_first, center(story));
      const float both = evidence(of_second->view(), *of_first);
      if (both >= kMerge) {
        KITHKIN_TRY_ASSIGN(story, merge(story, second, article));
      }
    }
  }
  KITHKIN_TRY(put(article, date, story));
  if (stories_[story].members.size() >= 2 * stories_[story].looked_through)
    return look_through(story, article);
  return {};
}

namespace {

/// Stories that have become one, by their founders.
class UnitedStories {
 public:
  explicit UnitedStories(std::span<const StoryArticle> articles)
      : parent_(articles.size()), sizes_(articles.size()), languages_(articles.size()) {
    for (std::uint32_t i = 0; i < articles.size(); ++i) {
      const std::uint32_t founder = articles[i].founder;
      parent_[i] = i;
      ++sizes_[founder];
      languages_[founder] = {articles[founder].language};
    }
  }
  [[nodiscard]] std::uint32_t founder(std::uint32_t story) const {
    while (parent_[story] != story)
      story = parent_[story];
    return story;
  }
  [[nodiscard]] bool share_a_language(std::uint32_t a, std::uint32_t b) const {
    return std::any_of(languages_[a].begin(), languages_[a].end(), [&](std::uint32_t language) {
      return std::find(languages_[b].begin(), languages_[b].end(), language) != languages_[b].end();
    });
  }
  /// Returns how many articles the younger had.
  std::uint32_t unite(std::uint32_t older, std::uint32_t younger) {
    parent_[younger] = older;
    sizes_[older] += sizes_[younger];
    languages_[older].insert(languages_[older].end(), languages_[younger].begin(),
                             languages_[younger].end());
    return sizes_[younger];
  }

 private:
  std::vector<std::uint32_t> parent_, sizes_;
  std::vector<std::vector<std::uint32_t>> languages_;  // few
};

}  // namespace

std::vector<StoryEvent> unite_stories(std::vector<StoryArticle>& articles,
                                      std::span<const StoryLink> links) {
  const auto comes_before = [&](std::uint32_t a, std::uint32_t b) {  // undated ones last
    const auto &of_a = articles[a].date, &of_b = articles[b].date;
    if (of_a != of_b) return of_a && (!of_b || *of_a < *of_b);
    return a < b;
  };
  struct Link {
    std::uint32_t earlier, later;
    float evidence;
  };
  std::vector<Link> good;
  for (const StoryLink& link : links) {
    Link next{link.a, link.b, link.rarity * kUndated};
    if (comes_before(link.b, link.a)) std::swap(next.earlier, next.later);
    const auto &from = articles[next.earlier].date, &to = articles[next.later].date;
    if (from && to) {
      if (*to - *from > StoryBuilder::kWindow) continue;
      next.evidence = link.rarity * faded(*to - *from);
    }
    if (next.evidence >= kJoin) good.push_back(next);
  }
  std::sort(good.begin(), good.end(), [&](const Link& x, const Link& y) {
    if (x.later != y.later) return comes_before(x.later, y.later);
    return x.evidence != y.evidence ? x.evidence > y.evidence : x.earlier < y.earlier;
  });
  UnitedStories stories(articles);
  std::vector<StoryEvent> events;
  for (const Link& link : good) {
    std::uint32_t older = stories.founder(articles[link.earlier].founder);
    std::uint32_t younger = stories.founder(articles[link.later].founder);
    if (older == younger || stories.share_a_language(older, younger)) continue;
    if (comes_before(younger, older)) std::swap(older, younger);
    events.push_back(
        {StoryEvent::Kind::merge, older, younger, link.later, stories.unite(older, younger)});
  }
  for (StoryArticle& article : articles)
    article.founder = stories.founder(article.founder);
  return events;
}

}  // namespace kithkin
