// Neighbors where vectors take part: of a language by texts and vectors together, of two languages
// by vectors alone, and of a language by texts where an article has no vector.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/job.h"
#include "engine/related_lists.h"
#include "engine/relater.h"
#include "relate/neighbors.h"

namespace kithkin {

/// Searches group by group: articles of one language that have a vector or have none. What a
/// similarity means depends on the two groups; so that one list can hold neighbors of several, each
/// similarity is turned into that of the article's own language, by texts, that is as rare.
class VectorNeighbors {
 public:
  /// All outlive this; `lists` are by the numbers of articles.
  VectorNeighbors(JobContext& job, const Relater& relater, const RelatedLists& chooser,
                  bool has_queries, NeighborLists& lists);

  /// Fills the lists of a language's articles with others of it. Fails with `input` and with
  /// `cancelled`.
  Result<void> find_within(std::uint32_t language);

  /// Adds to all lists articles of other languages.
  Result<void> find_across();

 private:
  /// Who looks and who is found: without queries all do both.
  enum class Role : std::uint8_t { both, looks, is_found };
  struct Group {
    std::uint32_t language = 0;
    bool has_vectors = false;
    Role role = Role::both;
    std::vector<std::uint32_t> articles{};  // ascending
  };
  [[nodiscard]] ArticleSet set_of(const Group& group, Basis basis) const;
  [[nodiscard]] bool may_meet(const Group& a, const Group& b) const;
  Result<void> search(const Group& group, Basis basis);
  Result<void> search(const Group& a, const Group& b, Basis basis);
  void offer(const Group& group, const Group& others, const Calibration& calibration,
             NeighborLists& found);

  JobContext& job_;
  const Relater& relater_;
  const RelatedLists& chooser_;
  NeighborLists& lists_;
  std::vector<Group> groups_;
};

}  // namespace kithkin
