// See latent.h. The singular vectors are those of X, articles by terms: Y = X * random is made
// orthogonal, multiplied by X^T and X again a few times so that the great directions stand out, and
// what X is in those few directions is small enough for Eigen. Rows are weighed first (even_out).
// All sums run over articles in order, and the loops over dimensions are independent of each other:
// a vector unit changes no bit. latent_test.cpp holds it against Eigen's own SVD.
#define EIGEN_DONT_VECTORIZE  // the order of its sums would depend on the machine
#include "relate/latent.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "base/vector_clones.h"

namespace kithkin {
namespace {

constexpr std::size_t kExtra = 16;  // directions that are thrown away: they make the rest precise
constexpr int kPowerRounds = 3;
constexpr std::size_t kLeastArticles = 24;
constexpr double kFewestAlike = 0.25;  // of the mean
constexpr double kFlat = 0.9;          // of the greatest: no direction stands out
constexpr std::uint64_t kSeed = 0x6b6974686b696e;

/// Articles by terms, the terms by their places.
struct Sparse {
  std::vector<std::size_t> ends;
  std::vector<std::uint32_t> columns;
  std::vector<float> values;
  std::size_t terms = 0;

  [[nodiscard]] std::size_t articles() const { return ends.size(); }
};

/// Few columns, many rows.
class Tall {
 public:
  Tall(std::size_t rows, std::size_t columns) : columns_(columns), values_(rows * columns, 0) {}
  float* row(std::size_t i) { return values_.data() + i * columns_; }
  [[nodiscard]] const float* row(std::size_t i) const { return values_.data() + i * columns_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] std::size_t rows() const { return values_.size() / columns_; }

 private:
  std::size_t columns_;
  std::vector<float> values_;
};

/// Terms in two articles or more: one that stands in one says nothing of any other.
Sparse index(const std::vector<std::vector<TermWeight>>& articles, TermTable& terms) {
  std::size_t entries = 0;
  for (const auto& article : articles)
    entries += article.size();
  TermTable all;
  all.reset(entries);
  std::vector<std::uint32_t> counts;
  for (const auto& article : articles) {
    for (const TermWeight& entry : article) {
      const std::uint32_t place = all.insert(entry.term);
      if (place == counts.size()) counts.push_back(0);
      ++counts[place];
    }
  }
  const auto common = static_cast<std::size_t>(
      std::count_if(counts.begin(), counts.end(), [](std::uint32_t n) { return n > 1; }));
  terms.reset(common);
  Sparse out;
  for (const auto& article : articles) {
    for (const TermWeight& entry : article) {
      if (counts[all.find(entry.term)] < 2) continue;
      out.columns.push_back(terms.insert(entry.term));
      out.values.push_back(entry.weight);
    }
    out.ends.push_back(out.columns.size());
  }
  out.terms = common;
  return out;
}

/// Divides each article by how much there is like it, the sum of its products with all articles:
/// else what most is written about would have most directions (Coifman and Lafon 2006: the shape
/// of the data without their density). What nothing is like would count without bounds; it counts
/// as what a quarter of the mean is like.
void even_out(Sparse& x) {
  std::vector<double> sums(x.terms, 0);
  for (std::size_t at = 0; at < x.columns.size(); ++at)
    sums[x.columns[at]] += x.values[at];
  std::vector<double> likes(x.articles(), 0);
  double mean = 0;
  for (std::size_t i = 0, at = 0; i < x.articles(); ++i) {
    for (; at < x.ends[i]; ++at)
      likes[i] += x.values[at] * sums[x.columns[at]];
    mean += likes[i] / static_cast<double>(x.articles());
  }
  if (mean <= 0) return;
  for (std::size_t i = 0, at = 0; i < x.articles(); ++i) {
    const auto by = static_cast<float>(mean / std::max(likes[i], mean * kFewestAlike));
    for (; at < x.ends[i]; ++at)
      x.values[at] *= by;
  }
}

/// out += x * in
KITHKIN_LOOPS void multiply_loops(const Sparse& x, const Tall& in, Tall& out) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < x.articles(); ++i) {
    float* to = out.row(i);
    for (; at < x.ends[i]; ++at) {
      const float* from = in.row(x.columns[at]);
      const float value = x.values[at];
      for (std::size_t c = 0; c < in.columns(); ++c)
        to[c] += value * from[c];
    }
  }
}

KITHKIN_VECTOR_CLONES(void, multiply, (const Sparse& x, const Tall& in, Tall& out), (x, in, out))

/// out += x^T * in
KITHKIN_LOOPS void multiply_transposed_loops(const Sparse& x, const Tall& in, Tall& out) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < x.articles(); ++i) {
    const float* from = in.row(i);
    for (; at < x.ends[i]; ++at) {
      float* to = out.row(x.columns[at]);
      const float value = x.values[at];
      for (std::size_t c = 0; c < in.columns(); ++c)
        to[c] += value * from[c];
    }
  }
}

KITHKIN_VECTOR_CLONES(void, multiply_transposed, (const Sparse& x, const Tall& in, Tall& out),
                      (x, in, out))

/// Adds the products of each two columns, rows one after another.
KITHKIN_LOOPS void add_products_loops(const Tall& y, std::vector<double>& sums) {
  for (std::size_t i = 0; i < y.rows(); ++i) {
    const float* row = y.row(i);
    for (std::size_t a = 0; a < y.columns(); ++a) {
      double* to = sums.data() + a * y.columns();
      const double value = row[a];
      for (std::size_t b = 0; b < y.columns(); ++b)
        to[b] += value * row[b];
    }
  }
}

KITHKIN_VECTOR_CLONES(void, add_products, (const Tall& y, std::vector<double>& sums), (y, sums))

Eigen::MatrixXd gram(const Tall& y) {
  const auto n = static_cast<Eigen::Index>(y.columns());
  std::vector<double> sums(y.columns() * y.columns(), 0);
  add_products(y, sums);
  return Eigen::Map<Eigen::MatrixXd>(sums.data(), n, n);
}

/// Replaces each row by row * by, of which `by` is the rows one after another.
KITHKIN_LOOPS void multiply_rows_loops(Tall& y, const double* by, std::vector<double>& sum) {
  for (std::size_t i = 0; i < y.rows(); ++i) {
    float* row = y.row(i);
    std::fill(sum.begin(), sum.end(), 0);
    for (std::size_t a = 0; a < y.columns(); ++a) {
      const double value = row[a];
      const double* from = by + a * y.columns();
      for (std::size_t b = 0; b < y.columns(); ++b)
        sum[b] += value * from[b];
    }
    for (std::size_t b = 0; b < y.columns(); ++b)
      row[b] = static_cast<float>(sum[b]);
  }
}

KITHKIN_VECTOR_CLONES(void, multiply_rows, (Tall & y, const double* by, std::vector<double>& sum),
                      (y, by, sum))

void multiply_small(Tall& y, const Eigen::MatrixXd& by) {
  const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> by_rows = by;
  std::vector<double> sum(y.columns());
  multiply_rows(y, by_rows.data(), sum);
}

/// Makes the columns orthogonal, by the eigenvectors of their products: those that depend on
/// others, of which few articles have many, become zero instead of noise.
void orthogonalize(Tall& y) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(gram(y));
  Eigen::MatrixXd by = solver.eigenvectors();
  const double most = std::max(solver.eigenvalues().maxCoeff(), 1e-30);
  for (Eigen::Index i = 0; i < by.cols(); ++i) {
    const double value = solver.eigenvalues()(i);
    by.col(i) *= value > most * 1e-10 ? 1 / std::sqrt(value) : 0;
  }
  multiply_small(y, by);
}

/// What of each direction's square is noise, as much as in the first that is left out (Tipping and
/// Bishop 1999): so the last directions, which another sample would not have, hardly count, and it
/// matters little where the cut is. Where none stands out, all are taken as they are.
double noise_of(const Eigen::VectorXd& squares, std::size_t dimensions) {
  const auto next = static_cast<Eigen::Index>(dimensions);
  if (next >= squares.size() || squares(next) > squares(0) * kFlat) return 0;
  return std::max(0.0, squares(next));
}

}  // namespace

float length_of(std::span<const float> vector) {
  double sum = 0;
  for (const float x : vector)
    sum += static_cast<double>(x) * x;
  return static_cast<float>(std::sqrt(sum));
}

bool normalize(std::span<float> vector) {
  const float length = length_of(vector);
  if (length < 1e-10F) return false;
  for (float& x : vector)
    x /= length;
  return true;
}

void quantize(std::span<const float> unit, std::span<std::int16_t> out) {
  for (std::size_t i = 0; i < unit.size(); ++i)
    out[i] = static_cast<std::int16_t>(std::lrintf(unit[i] * kCoordinateScale));
}

LatentSpace LatentSpace::learn(const std::vector<std::vector<TermWeight>>& articles) {
  LatentSpace out;
  if (articles.size() < kLeastArticles) return out;
  Sparse x = index(articles, out.terms_);
  even_out(x);
  const std::size_t dimensions =
      std::min({kDimensions, articles.size() / 3, std::max<std::size_t>(x.terms, 1)});
  const std::size_t columns = std::min(dimensions + kExtra, std::max<std::size_t>(x.terms, 1));
  Tall v(x.terms, columns);
  std::uint64_t state = kSeed;
  for (std::size_t i = 0; i < x.terms; ++i) {
    for (std::size_t c = 0; c < columns; ++c)
      v.row(i)[c] = static_cast<float>(splitmix64(state) >> 40) / 8388608.0F - 1;
  }
  for (int round = 0; round < kPowerRounds; ++round) {
    Tall y(x.articles(), columns);
    multiply(x, v, y);
    orthogonalize(y);
    v = Tall(x.terms, columns);
    multiply_transposed(x, y, v);
  }
  // v = X^T Q: its left singular vectors are the directions, its singular values those of X.
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(gram(v));
  Eigen::MatrixXd by = solver.eigenvectors().rowwise().reverse();
  const Eigen::VectorXd squares = solver.eigenvalues().reverse();
  const double most = std::max(squares(0), 1e-30), noise = noise_of(squares, dimensions);
  for (Eigen::Index i = 0; i < by.cols(); ++i) {
    const double value = squares(i);
    const double kept = std::max(0.0, 1 - noise / std::max(value, 1e-30));
    // 1/s makes a direction of unit length, s^(1/2) stretches it.
    by.col(i) *= value > most * 1e-10 ? std::sqrt(std::sqrt(value / most) / value * kept) : 0;
  }
  multiply_small(v, by);
  out.dimensions_ = dimensions;
  out.directions_.assign(x.terms * kDimensions, 0);
  for (std::size_t i = 0; i < x.terms; ++i)
    std::copy_n(v.row(i), dimensions, out.directions_.data() + i * kDimensions);
  return out;
}

void LatentSpace::project(std::span<const TermWeight> article, std::span<float> out) const {
  std::fill(out.begin(), out.end(), 0.0F);
  if (is_empty()) return;
  for (const TermWeight& entry : article) {
    const std::uint32_t place = terms_.find(entry.term);
    if (place == TermTable::kNone) continue;
    const float* direction = directions_.data() + place * kDimensions;
    for (std::size_t c = 0; c < kDimensions; ++c)
      out[c] += entry.weight * direction[c];
  }
  if (!normalize(out)) std::fill(out.begin(), out.end(), 0.0F);
}

}  // namespace kithkin
