// See kernels.h. One source for every instruction set, by Highway: this file is compiled once for
// each, and the best one that the machine has is called. kernels_test.cpp holds all of them against
// the scalar forms at the end.
#include "relate/kernels.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "base/simd.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "relate/kernels.cpp"
#include <hwy/foreach_target.h>  // must come before highway.h
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace kithkin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using DU16 = hn::CappedTag<std::uint16_t, kLanes>;
using D32 = hn::CappedTag<std::int32_t, kLanes>;
using DF = hn::Repartition<float, D32>;

/// sum + a.low * b.low + a.high * b.high, where the halves of each 32 bits are numbers of 16.
template <class V32>
HWY_INLINE V32 add_products(V32 sum, V32 a, V32 b) {
#if HWY_ARCH_X86 && HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128
  const hn::Repartition<std::int16_t, D32> d16;
  const D32 d32;
  V32 unused = hn::Zero(d32);
  return hn::ReorderWidenMulAccumulate(d32, hn::BitCast(d16, a), hn::BitCast(d16, b), sum, unused);
#else
  const auto low = [](V32 v) { return hn::ShiftRight<16>(hn::ShiftLeft<16>(v)); };
  const auto high = [](V32 v) { return hn::ShiftRight<16>(v); };
  return hn::Add(sum, hn::Add(hn::Mul(low(a), low(b)), hn::Mul(high(a), high(b))));
#endif
}

/// The pair of coordinates `pair` of a row, for every article.
template <class D>
HWY_INLINE hn::Vec<D> pair_of(D d, const std::int16_t* row, std::size_t pair) {
  std::int32_t both = 0;
  std::memcpy(&both, row + 2 * pair, sizeof both);
  return hn::Set(d, both);
}

/// Four rows against the articles of two vectors: what is loaded of a row serves both, what is
/// loaded of the articles all four.
HWY_INLINE void dot_four_rows(const std::int16_t* const* rows, const std::int32_t* from,
                              const std::int32_t* from_next, std::size_t pairs, std::size_t places,
                              std::int32_t* dots, std::int32_t* dots_next) {
  const D32 d;
  auto a = hn::Zero(d), b = a, c = a, e = a;
  auto a_next = a, b_next = a, c_next = a, e_next = a;
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    const auto articles = hn::LoadU(d, from + pair * kLanes);
    const auto next = hn::LoadU(d, from_next + pair * kLanes);
    const auto row_a = pair_of(d, rows[0], pair), row_b = pair_of(d, rows[1], pair);
    const auto row_c = pair_of(d, rows[2], pair), row_e = pair_of(d, rows[3], pair);
    a = add_products(a, articles, row_a);
    b = add_products(b, articles, row_b);
    c = add_products(c, articles, row_c);
    e = add_products(e, articles, row_e);
    a_next = add_products(a_next, next, row_a);
    b_next = add_products(b_next, next, row_b);
    c_next = add_products(c_next, next, row_c);
    e_next = add_products(e_next, next, row_e);
  }
  hn::StoreU(a, d, dots);
  hn::StoreU(b, d, dots + places);
  hn::StoreU(c, d, dots + 2 * places);
  hn::StoreU(e, d, dots + 3 * places);
  hn::StoreU(a_next, d, dots_next);
  hn::StoreU(b_next, d, dots_next + places);
  hn::StoreU(c_next, d, dots_next + 2 * places);
  hn::StoreU(e_next, d, dots_next + 3 * places);
}

void dot_rows(const std::int16_t* const* rows, const std::int16_t* block, std::size_t groups,
              std::size_t dimensions, std::int32_t* dots) {
  const std::size_t pairs = dimensions / 2, width = hn::Lanes(D32());
  const std::size_t places = groups * kLanes;
  const auto from = [&](std::size_t at) {
    return reinterpret_cast<const std::int32_t*>(block) + at / kLanes * kLanes * pairs +
           at % kLanes;
  };
  static_assert(kRowsAtOnce % 4 == 0);
  for (std::size_t at = 0; at < places; at += 2 * width) {
    const std::size_t next = at + width < places ? at + width : at;
    for (std::size_t row = 0; row < kRowsAtOnce; row += 4)
      dot_four_rows(rows + row, from(at), from(next), pairs, places, dots + row * places + at,
                    dots + row * places + next);
  }
}

/// Four terms at once, so that sums are loaded and stored once for four products; a stretch of
/// articles at a time, whose sums stay near; each column from its beginning to its end, which is
/// what processors foresee.
void add_columns(const TermColumn* terms, std::size_t count, std::size_t places,
                 std::uint16_t* sums) {
  constexpr std::size_t kStretch = 4096;
  const DU16 d;
  const hn::Rebind<std::uint8_t, DU16> d8;
  const std::size_t width = hn::Lanes(d);
  std::fill_n(sums, places, std::uint16_t{0});
  for (std::size_t begin = 0; begin < places; begin += kStretch) {
    const std::size_t end = std::min(places, begin + kStretch);
    for (std::size_t i = 0; i < count; i += 4) {
      const auto term = [&](std::size_t n) {
        return i + n < count ? terms[i + n] : TermColumn{terms[i].weights, 0};
      };
      const TermColumn a = term(0), b = term(1), c = term(2), e = term(3);
      const auto weight_a = hn::Set(d, a.weight), weight_b = hn::Set(d, b.weight);
      const auto weight_c = hn::Set(d, c.weight), weight_e = hn::Set(d, e.weight);
      const auto load = [&](const TermColumn& from, std::size_t at) {
        return hn::PromoteTo(d, hn::LoadU(d8, from.weights + at));
      };
      for (std::size_t at = begin; at < end; at += width) {
        const auto ab = hn::Add(hn::Mul(load(a, at), weight_a), hn::Mul(load(b, at), weight_b));
        const auto ce = hn::Add(hn::Mul(load(c, at), weight_c), hn::Mul(load(e, at), weight_e));
        hn::StoreU(hn::Add(hn::LoadU(d, sums + at), hn::Add(ab, ce)), d, sums + at);
      }
    }
  }
}

void select_hits(const Measured& measured, Mixture mixture, float row_least, const float* least,
                 std::vector<Hit>& hits) {
  const D32 d;
  const DF df;
  const hn::Rebind<std::uint16_t, D32> du16;
  const std::size_t width = hn::Lanes(d);
  const auto root = hn::Set(df, mixture.root), linear = hn::Set(df, mixture.linear);
  const auto row = hn::Set(df, row_least);
  HWY_ALIGN float found[kLanes];
  for (std::size_t at = 0; at < measured.terms.size(); at += width) {
    const auto terms = hn::PromoteTo(d, hn::LoadU(du16, measured.terms.data() + at));
    auto similarity = hn::Mul(hn::Sqrt(hn::ConvertTo(df, terms)), root);
    if (measured.dots != nullptr) {
      const auto dots = hn::LoadU(d, measured.dots + at);
      similarity = hn::Add(similarity, hn::Mul(hn::ConvertTo(df, dots), linear));
    }
    const auto hit = hn::Ge(similarity, hn::Min(row, hn::LoadU(df, least + at)));
    if (HWY_LIKELY(hn::AllFalse(df, hit))) continue;
    hn::StoreU(similarity, df, found);
    std::uint8_t bytes[8] = {};
    hn::StoreMaskBits(df, hit, bytes);
    std::uint32_t bits = bytes[0] | static_cast<std::uint32_t>(bytes[1]) << 8;
    for (; bits != 0; bits &= bits - 1) {
      const auto i = static_cast<std::uint32_t>(std::countr_zero(bits));
      hits.push_back({static_cast<std::uint32_t>(at) + i, found[i]});
    }
  }
}

}  // namespace kithkin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace kithkin {

HWY_EXPORT(dot_rows);
HWY_EXPORT(add_columns);
HWY_EXPORT(select_hits);

std::vector<std::int16_t> interleave(std::span<const std::int16_t> rows, std::size_t dimensions) {
  const std::size_t articles = dimensions == 0 ? 0 : rows.size() / dimensions;
  const std::size_t groups = (articles + kLanes - 1) / kLanes;
  std::vector<std::int16_t> out(groups * kLanes * dimensions, 0);
  for (std::size_t i = 0; i < articles; ++i) {
    std::int16_t* group = out.data() + i / kLanes * kLanes * dimensions;
    for (std::size_t d = 0; d < dimensions; ++d)
      group[(d / 2 * kLanes + i % kLanes) * 2 + d % 2] = rows[i * dimensions + d];
  }
  return out;
}

void dot_rows(const std::int16_t* const* rows, std::span<const std::int16_t> block,
              std::size_t dimensions, std::int32_t* dots) {
  if (is_scalar()) return scalar::dot_rows(rows, block, dimensions, dots);
  HWY_DYNAMIC_DISPATCH(dot_rows)
  (rows, block.data(), block.size() / kLanes / dimensions, dimensions, dots);
}

void add_columns(std::span<const TermColumn> terms, std::span<std::uint16_t> sums) {
  if (is_scalar()) return scalar::add_columns(terms, sums);
  HWY_DYNAMIC_DISPATCH(add_columns)(terms.data(), terms.size(), sums.size(), sums.data());
}

void select_hits(const Measured& measured, Mixture mixture, float row_least,
                 std::span<const float> least, std::vector<Hit>& hits) {
  if (is_scalar()) return scalar::select_hits(measured, mixture, row_least, least, hits);
  HWY_DYNAMIC_DISPATCH(select_hits)(measured, mixture, row_least, least.data(), hits);
}

namespace scalar {

void dot_rows(const std::int16_t* const* rows, std::span<const std::int16_t> block,
              std::size_t dimensions, std::int32_t* dots) {
  const std::size_t places = block.size() / dimensions;
  for (std::size_t row = 0; row < kRowsAtOnce; ++row) {
    for (std::size_t i = 0; i < places; ++i) {
      const std::int16_t* group = block.data() + i / kLanes * kLanes * dimensions;
      std::int32_t sum = 0;
      for (std::size_t d = 0; d < dimensions; ++d)
        sum += rows[row][d] * group[(d / 2 * kLanes + i % kLanes) * 2 + d % 2];
      dots[row * places + i] = sum;
    }
  }
}

void add_columns(std::span<const TermColumn> terms, std::span<std::uint16_t> sums) {
  std::fill(sums.begin(), sums.end(), std::uint16_t{0});
  for (const TermColumn& term : terms) {
    for (std::size_t i = 0; i < sums.size(); ++i)
      sums[i] = static_cast<std::uint16_t>(sums[i] + term.weights[i] * term.weight);
  }
}

void select_hits(const Measured& measured, Mixture mixture, float row_least,
                 std::span<const float> least, std::vector<Hit>& hits) {
  for (std::size_t i = 0; i < measured.terms.size(); ++i) {
    float similarity = std::sqrt(static_cast<float>(measured.terms[i])) * mixture.root;
    if (measured.dots != nullptr)
      similarity += static_cast<float>(measured.dots[i]) * mixture.linear;
    if (similarity >= row_least || similarity >= least[i])
      hits.push_back({static_cast<std::uint32_t>(i), similarity});
  }
}

}  // namespace scalar
}  // namespace kithkin
#endif  // HWY_ONCE
