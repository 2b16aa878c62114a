// See vector_neighbors.h. Each search is exact and keeps as many neighbors as a list needs, so the
// best of all of them together are the best of the crawl.
#include "engine/vector_neighbors.h"

#include <map>
#include <tuple>

#include "base/try.h"

namespace kithkin {

VectorNeighbors::VectorNeighbors(JobContext& job, const Relater& relater,
                                 const RelatedLists& chooser, bool has_queries,
                                 NeighborLists& lists)
    : job_(job), relater_(relater), chooser_(chooser), lists_(lists) {
  std::map<std::tuple<std::uint32_t, bool, bool>, std::size_t> places;
  for (std::uint32_t i = 0; i < relater.size(); ++i) {
    const std::uint32_t language = relater.facts(i).language;
    const bool is_query = relater.is_query(i), has_vector = relater.has_vector(i);
    const auto [at, is_new] = places.try_emplace({language, is_query, has_vector}, groups_.size());
    if (is_new) {
      const Role role = !has_queries ? Role::both : is_query ? Role::looks : Role::is_found;
      groups_.push_back({language, has_vector, role});
    }
    groups_[at->second].articles.push_back(i);
  }
}

ArticleSet VectorNeighbors::set_of(const Group& group, Basis basis) const {
  ArticleSet set;
  const ArticleSet& all = relater_.languages()[group.language].articles;
  set.terms = all.terms;
  set.numbers = group.articles;
  set.places = all.places;
  set.latent_size = all.latent_size;
  set.vector_size = all.vector_size;
  set.basis = basis;
  return set;
}

bool VectorNeighbors::may_meet(const Group& a, const Group& b) const {
  return a.role == Role::both || a.role != b.role;
}

Result<void> VectorNeighbors::find_within(std::uint32_t language) {
  for (std::size_t a = 0; a < groups_.size(); ++a) {
    if (groups_[a].language != language) continue;
    for (std::size_t b = a; b < groups_.size(); ++b) {
      if (groups_[b].language != language || !may_meet(groups_[a], groups_[b])) continue;
      const bool have_vectors = groups_[a].has_vectors && groups_[b].has_vectors;
      const Basis basis = have_vectors ? Basis::both : Basis::text;
      KITHKIN_TRY(a == b ? search(groups_[a], basis) : search(groups_[a], groups_[b], basis));
    }
  }
  return {};
}

Result<void> VectorNeighbors::find_across() {
  std::uint64_t work = 0, done = 0;
  const auto for_each_pair = [&](auto visit) -> Result<void> {
    for (std::size_t a = 0; a < groups_.size(); ++a) {
      for (std::size_t b = a + 1; b < groups_.size(); ++b) {
        const Group &one = groups_[a], &other = groups_[b];
        if (one.language != other.language && one.has_vectors && other.has_vectors &&
            may_meet(one, other))
          KITHKIN_TRY(
              visit(one, other, std::uint64_t{one.articles.size()} * other.articles.size()));
      }
    }
    return {};
  };
  KITHKIN_TRY(for_each_pair([&](const Group&, const Group&, std::uint64_t pairs) -> Result<void> {
    work += pairs;
    return {};
  }));
  job_.progress->begin("find neighbors in other languages", work);
  return for_each_pair([&](const Group& a, const Group& b, std::uint64_t pairs) -> Result<void> {
    KITHKIN_TRY(search(a, b, Basis::vectors));
    job_.progress->advance(done += pairs);
    return {};
  });
}

Result<void> VectorNeighbors::search(const Group& group, Basis basis) {
  const ArticleSet set = set_of(group, basis);
  const Calibration& calibration = relater_.calibration(group.language, group.language, basis);
  const NeighborSearch search{
      job_.threads, job_.progress, [&](std::uint32_t a, std::uint32_t b, float similarity) {
        return chooser_.weigh(set.numbers[a], set.numbers[b], similarity, calibration);
      }};
  NeighborLists found(set.size(), chooser_.pool());
  KITHKIN_TRY(find_neighbors(set, search, found));
  KITHKIN_TRY(measure_again(set, set, search, found));
  offer(group, group, calibration, found);
  return {};
}

Result<void> VectorNeighbors::search(const Group& a, const Group& b, Basis basis) {
  const ArticleSet of_a = set_of(a, basis), of_b = set_of(b, basis);
  const Calibration& calibration = relater_.calibration(a.language, b.language, basis);
  const auto searching = [&](const ArticleSet& own, const ArticleSet& others) {
    return NeighborSearch{
        job_.threads, job_.progress, [&](std::uint32_t i, std::uint32_t other, float similarity) {
          return chooser_.weigh(own.numbers[i], others.numbers[other], similarity, calibration);
        }};
  };
  std::optional<NeighborLists> found_a, found_b;
  if (a.role != Role::is_found) found_a.emplace(of_a.size(), chooser_.pool());
  if (b.role != Role::is_found) found_b.emplace(of_b.size(), chooser_.pool());
  KITHKIN_TRY(find_neighbors_between(of_a, found_a ? &*found_a : nullptr, of_b,
                                     found_b ? &*found_b : nullptr, searching(of_a, of_b)));
  if (found_a) {
    KITHKIN_TRY(measure_again(of_a, of_b, searching(of_a, of_b), *found_a));
    offer(a, b, calibration, *found_a);
  }
  if (found_b) {
    KITHKIN_TRY(measure_again(of_b, of_a, searching(of_b, of_a), *found_b));
    offer(b, a, calibration, *found_b);
  }
  return {};
}

void VectorNeighbors::offer(const Group& group, const Group& others, const Calibration& calibration,
                            NeighborLists& found) {
  const Calibration& own = relater_.languages()[group.language].calibration;
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const Neighbor& neighbor : found.of(i)) {
      if (neighbor.similarity <= 0) continue;
      lists_.offer(group.articles[i],
                   {others.articles[neighbor.article],
                    own.similarity_of_rarity(calibration.rarity(neighbor.similarity))});
    }
  }
}

}  // namespace kithkin
