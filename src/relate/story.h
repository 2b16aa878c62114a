// Stories: articles on one event, drawn together as they appear.
//
// Articles come in the order of their dates. Each is held against the stories its neighbors belong
// to, by how alike it is to what a story's articles have in common, by how much of what is special
// to it (names, numbers) the story knows, and by the days since the story was last told; it joins
// the best that is good enough, or founds one. An article that fits two stories which fit each
// other merges them. A story that has doubled is looked through for articles that no longer fit;
// they are split off. Who founded a story gives it its name, so names stay when a crawl grows at
// its end.
//
// Stories are told by the words of one language. Where articles have vectors, stories of different
// languages are united afterwards.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include <kithkin/result.h>

#include "relate/calibration.h"
#include "relate/neighbors.h"

namespace kithkin {

/// What happened to stories, named by their founding articles.
struct StoryEvent {
  enum class Kind : std::uint8_t { merge, split } kind = Kind::merge;
  std::uint32_t story = 0;    ///< that goes on
  std::uint32_t other = 0;    ///< merged into it, or split off it
  std::uint32_t article = 0;  ///< at whose coming it happened
  std::uint32_t moved = 0;    ///< articles that changed their story
};

class StoryBuilder {
 public:
  static constexpr std::int64_t kDay = 86400;
  static constexpr std::int64_t kWindow = 7 * kDay;  ///< a story that rests longer is over

  /// All outlive the builder. Of at most so many stories it holds what their articles have in
  /// common, some 3 KB each; the others' is made again when it is asked for.
  StoryBuilder(const ArticleSet& articles, const Calibration& calibration,
               std::size_t centers = 8192)
      : articles_(articles),
        calibration_(calibration),
        most_centers_(centers),
        story_of_(articles.size(), kNone),
        awaited_by_(articles.size()) {}

  /// The next article by time. Its date may not be known; `neighbors` are its nearest in all the
  /// crawl, those that have not come yet among them. Fails with `input`.
  Result<void> add(std::uint32_t article, std::optional<std::int64_t> date,
                   std::span<const Neighbor> neighbors);

  /// The article that founded the story of this one. Precondition: it was added.
  [[nodiscard]] std::uint32_t founder_of(std::uint32_t article) const {
    return stories_[story_of_[article]].founder;
  }
  [[nodiscard]] const std::vector<StoryEvent>& events() const { return events_; }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  /// What the articles of a story have in common.
  struct Center {
    std::vector<TermWeight> sum;  // ascending; the weightiest only
    std::vector<float> place;
    std::vector<TermWeight> terms;  // the sum, of unit length
    std::vector<std::int16_t> coordinates;
    void add(const ArticleView& article);
    [[nodiscard]] ArticleView view() const { return {terms, coordinates}; }
  };
  struct Story {
    std::uint32_t founder = 0;
    std::optional<std::int64_t> last{};
    std::vector<std::uint32_t> members{};
    std::size_t looked_through = 4;  // at this size last
  };
  struct Fit {
    std::uint32_t story = kNone;
    float evidence = 0;
  };

  [[nodiscard]] bool is_over(const Story& story, std::optional<std::int64_t> date) const;
  Center* held_center(std::uint32_t story);
  Center& hold_center(std::uint32_t story);
  void forget_center(std::uint32_t story);
  Result<const Center*> center(std::uint32_t story);
  [[nodiscard]] float evidence(const ArticleView& article, const Center& story) const;
  Result<std::vector<Fit>> fits(const ArticleView& article, std::optional<std::int64_t> date,
                                std::span<const std::uint32_t> near);
  std::vector<std::uint32_t> near_ones(std::uint32_t article, std::span<const Neighbor> neighbors);
  Result<std::uint32_t> merge(std::uint32_t a, std::uint32_t b, std::uint32_t article);
  Result<void> look_through(std::uint32_t story, std::uint32_t article);
  Result<void> put(std::uint32_t article, std::optional<std::int64_t> date, std::uint32_t story);

  const ArticleSet& articles_;
  const Calibration& calibration_;
  std::size_t most_centers_;
  // By story: those asked for of late, and before. When the first are half of what may be held,
  // they become the second, and the second are forgotten.
  std::unordered_map<std::uint32_t, Center> centers_, old_centers_;
  std::vector<std::uint32_t> story_of_;                 // by article
  std::vector<std::vector<std::uint32_t>> awaited_by_;  // who came and has it as a neighbor
  std::vector<Story> stories_;
  std::vector<StoryEvent> events_;
};

/// What is known of an article when stories of different languages are united.
struct StoryArticle {
  std::uint32_t language = 0;
  std::optional<std::int64_t> date{};
  std::uint32_t founder = 0;  ///< of its story
};

/// Two articles of different languages, each among the neighbors of the other, and how rare it is
/// for two random ones to be as alike.
struct StoryLink {
  std::uint32_t a = 0, b = 0;
  float rarity = 0;
};

/// Unites stories that are linked by evidence enough to join one, in the order in which links come
/// about, the best first; the older takes in the younger. A story never gets two of one language:
/// what their own words held apart, vectors do not unite. Sets the founders of `articles`.
std::vector<StoryEvent> unite_stories(std::vector<StoryArticle>& articles,
                                      std::span<const StoryLink> links);

}  // namespace kithkin
