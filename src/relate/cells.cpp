// See cells.h.
#include "relate/cells.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/parallel.h"
#include "base/try.h"
#include "relate/kernels.h"

namespace kithkin {
namespace {

constexpr int kRounds = 6;
constexpr std::size_t kLearnedFrom = 32;  // articles for each cell
constexpr std::size_t kPerTask = 256;     // articles

/// The middles of cells, of the length that coordinates have.
class Centers {
 public:
  /// So many of them, from articles spread over the set.
  static Result<Centers> learn(const ArticleSet& articles, std::size_t count,
                               const NeighborSearch& search);

  [[nodiscard]] std::size_t size() const { return rows_.size() / dimensions_; }

  /// For each of some articles the `each` nearest centers, the nearest first.
  Result<void> find_nearest(const ArticleSet& articles, std::span<const std::uint32_t> numbers,
                            std::size_t each, const NeighborSearch& search,
                            std::vector<std::uint16_t>& out) const;

 private:
  explicit Centers(std::size_t dimensions) : dimensions_(dimensions) {}
  void move(std::size_t center, std::span<const std::int64_t> sum);

  std::size_t dimensions_;
  std::vector<std::int16_t> rows_;
  std::vector<std::int16_t> block_;  // the same, interleaved
};

/// Coordinates of four articles at a time.
class PlaceReader {
 public:
  Result<void> read(const ArticleSet& articles, std::span<const std::uint32_t> numbers) {
    for (std::size_t row = 0; row < kRowsAtOnce; ++row) {
      const std::uint32_t number = numbers[std::min(row, numbers.size() - 1)];
      std::span<const std::int16_t> place = articles.place(number);
      if (articles.places != nullptr) {
        KITHKIN_TRY_ASSIGN(const ArticleView view, articles.view(number, buffers_[row]));
        place = view.coordinates;
      }
      places[row] = place.data();
    }
    return {};
  }
  std::array<const std::int16_t*, kRowsAtOnce> places{};

 private:
  std::array<ArticleBuffer, kRowsAtOnce> buffers_;
};

Result<void> Centers::find_nearest(const ArticleSet& articles,
                                   std::span<const std::uint32_t> numbers, std::size_t each,
                                   const NeighborSearch& search,
                                   std::vector<std::uint16_t>& out) const {
  out.resize(numbers.size() * each);
  const std::size_t tasks = (numbers.size() + kPerTask - 1) / kPerTask;
  const std::size_t places = block_.size() / dimensions_;
  return parallel_for(search.threads, tasks, [&](unsigned, std::size_t task) -> Result<void> {
    if (search.progress->cancelled()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
    PlaceReader reader;
    std::vector<std::int32_t> dots(kRowsAtOnce * places);
    std::vector<std::uint16_t> order(size());
    const std::size_t last = std::min(numbers.size(), (task + 1) * kPerTask);
    for (std::size_t i = task * kPerTask; i < last; i += kRowsAtOnce) {
      const std::size_t count = std::min(kRowsAtOnce, last - i);
      KITHKIN_TRY(reader.read(articles, numbers.subspan(i, count)));
      dot_rows(reader.places.data(), block_, dimensions_, dots.data());
      for (std::size_t row = 0; row < count; ++row) {
        const std::int32_t* near = dots.data() + row * places;
        for (std::size_t c = 0; c < order.size(); ++c)
          order[c] = static_cast<std::uint16_t>(c);
        std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(each),
                          order.end(), [near](std::uint16_t a, std::uint16_t b) {
                            return near[a] != near[b] ? near[a] > near[b] : a < b;
                          });
        std::copy_n(order.begin(), each,
                    out.begin() + static_cast<std::ptrdiff_t>((i + row) * each));
      }
    }
    return {};
  });
}

/// To the mean of its articles; where there are none, or they cancel out, it stays.
void Centers::move(std::size_t center, std::span<const std::int64_t> sum) {
  double square = 0;
  for (const std::int64_t x : sum)
    square += static_cast<double>(x) * static_cast<double>(x);
  if (square < 1) return;
  const double scale = kCoordinateScale / std::sqrt(square);
  for (std::size_t c = 0; c < dimensions_; ++c)
    rows_[center * dimensions_ + c] =
        static_cast<std::int16_t>(std::lrint(static_cast<double>(sum[c]) * scale));
}

Result<Centers> Centers::learn(const ArticleSet& articles, std::size_t count,
                               const NeighborSearch& search) {
  Centers out(articles.dimensions());
  const std::size_t size = articles.size(), sampled = std::min(size, count * kLearnedFrom);
  std::vector<std::uint32_t> sample(sampled);
  for (std::size_t i = 0; i < sampled; ++i)
    sample[i] = static_cast<std::uint32_t>(i * size / sampled);
  PlaceReader reader;
  const auto read = [&](std::size_t i) {
    return reader.read(articles, std::span(sample).subspan(i, 1));
  };
  out.rows_.resize(count * out.dimensions_);
  for (std::size_t center = 0; center < count; ++center) {
    KITHKIN_TRY(read(center * sampled / count));
    std::copy_n(reader.places[0], out.dimensions_, out.rows_.data() + center * out.dimensions_);
  }
  std::vector<std::uint16_t> cells;
  for (int round = 0; round < kRounds; ++round) {
    out.block_ = interleave(out.rows_, out.dimensions_);
    KITHKIN_TRY(out.find_nearest(articles, sample, 1, search, cells));
    std::vector<std::int64_t> sums(out.rows_.size(), 0);
    for (std::size_t i = 0; i < sampled; ++i) {
      KITHKIN_TRY(read(i));
      std::int64_t* sum = sums.data() + cells[i] * out.dimensions_;
      for (std::size_t c = 0; c < out.dimensions_; ++c)
        sum[c] += reader.places[0][c];
    }
    for (std::size_t center = 0; center < count; ++center)
      out.move(center, std::span(sums).subspan(center * out.dimensions_, out.dimensions_));
  }
  out.block_ = interleave(out.rows_, out.dimensions_);
  return out;
}

}  // namespace

template <class Taken>
void Cells::Lists::fill(std::span<const std::uint16_t> cells, std::size_t each, Taken taken,
                        std::size_t first, std::size_t count) {
  const std::size_t size = cells.size() / each;
  const auto for_each = [&](auto visit) {
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t n = 0, most = taken(i); n < most; ++n) {
        const std::size_t place = cells[i * each + n] - first;  // those before it are far beyond
        if (place < count) visit(place, static_cast<std::uint32_t>(i));
      }
    }
  };
  std::vector<std::size_t> next(count + 1, 0);
  for_each([&](std::size_t place, std::uint32_t) { ++next[place + 1]; });
  for (std::size_t place = 0; place < count; ++place)
    next[place + 1] += next[place];
  articles.resize(next[count]);
  for_each([&](std::size_t place, std::uint32_t article) { articles[next[place]++] = article; });
  next.pop_back();  // each has come to its end
  ends = std::move(next);
}

Result<Cells> Cells::learn(const ArticleSet& articles, const NeighborSearch& search) {
  const std::size_t count = std::clamp<std::size_t>(articles.size() / kArticles, 1, kMost);
  KITHKIN_TRY_ASSIGN(const Centers centers, Centers::learn(articles, count, search));
  std::vector<std::uint32_t> all(articles.size());
  std::iota(all.begin(), all.end(), 0U);
  Cells out;
  out.each_ = std::min(kNearest, count);
  KITHKIN_TRY(centers.find_nearest(articles, all, out.each_, search, out.nearest_));
  out.members_.fill(
      out.nearest_, out.each_, [](std::size_t) -> std::size_t { return 1; }, 0, count);
  static_assert(kNearest <= UINT8_MAX);
  out.looked_.resize(articles.size());
  for (std::size_t i = 0; i < articles.size(); ++i) {
    std::size_t looked = 0;
    for (std::size_t searched = 0; looked < out.each_ && searched < kSearched; ++looked)
      searched += out.members(out.nearest_[i * out.each_ + looked]).size();
    out.looked_[i] = static_cast<std::uint8_t>(looked);
  }
  return out;
}

std::span<const std::uint32_t> Cells::find_seekers(std::size_t cell) {
  const std::size_t first = cell / kAtOnce * kAtOnce;
  if (first != first_sought_) {
    seekers_.fill(
        nearest_, each_, [&](std::size_t i) -> std::size_t { return looked_[i]; }, first,
        std::min(kAtOnce, size() - first));
    first_sought_ = first;
  }
  return seekers_.of(cell - first);
}

}  // namespace kithkin
