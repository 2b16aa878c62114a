// Which story each article of a crawl belongs to.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/job.h"
#include "engine/relater.h"
#include "relate/neighbors.h"
#include "relate/story.h"

namespace kithkin {

/// The neighbors of an article, all by their numbers in the crawl, the nearest first; may be put
/// into the buffer.
using NeighborsOf =
    std::function<std::span<const Neighbor>(std::uint32_t article, std::vector<Neighbor>& buffer)>;

/// Tells the stories of each language, and unites them where vectors relate languages. Articles go
/// by their numbers in the crawl, also in events.
class StoryTeller {
 public:
  /// Both outlive this.
  StoryTeller(JobContext& job, const Relater& relater) : job_(job), relater_(relater) {}

  /// Gives each article a story of its own; call once the articles are read.
  void begin();

  /// Neighbors are of the language. Fails with `input`.
  Result<void> tell(const LanguageArticles& language, const NeighborsOf& neighbors_of);

  /// Links are articles of two languages that have each other in their lists, whose similarities
  /// mean what the calibration of their language's texts says.
  void unite_languages(NeighborLists& neighbors);

  /// By article: the founder of its story.
  [[nodiscard]] const std::vector<std::uint32_t>& founders() const { return founders_; }
  [[nodiscard]] const std::vector<StoryEvent>& events() const { return events_; }

 private:
  JobContext& job_;
  const Relater& relater_;
  std::vector<std::uint32_t> founders_;
  std::vector<StoryEvent> events_;
};

}  // namespace kithkin
