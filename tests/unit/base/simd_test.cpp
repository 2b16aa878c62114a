// Choosing vector instructions: what each choice leaves, and that a machine is asked.
#include "base/simd.h"

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <kithkin/simd.h>

namespace kithkin {
namespace {

class UseSimd : public testing::Test {
 protected:
  ~UseSimd() override { EXPECT_TRUE(use_simd(Simd::automatic)); }
};

TEST_F(UseSimd, ScalarTakesScalarLoops) {
  EXPECT_FALSE(is_scalar());
  ASSERT_TRUE(use_simd(Simd::scalar));
  EXPECT_TRUE(is_scalar());
  ASSERT_TRUE(use_simd(Simd::automatic));
  EXPECT_FALSE(is_scalar());
}

TEST_F(UseSimd, Avx2LeavesNothingWider) {
  const VectorLevel best = vector_level();
  const Result<void> chosen = use_simd(Simd::avx2);
  if (best == VectorLevel::plain) {
    ASSERT_FALSE(chosen);
    EXPECT_EQ(chosen.error().code, ErrorCode::invalid_argument);
    return;
  }
  ASSERT_TRUE(chosen);
  EXPECT_EQ(vector_level(), VectorLevel::avx2);
#if defined(__x86_64__)
  EXPECT_EQ(hwy::SupportedTargets() & (HWY_AVX3 | HWY_AVX3_DL), 0);
#endif
  ASSERT_TRUE(use_simd(Simd::automatic));
  EXPECT_EQ(vector_level(), best);
}

TEST_F(UseSimd, Avx512IsRefusedWhereThereIsNone) {
  const VectorLevel best = vector_level();
  const Result<void> chosen = use_simd(Simd::avx512);
  EXPECT_EQ(static_cast<bool>(chosen), best == VectorLevel::avx512);
  EXPECT_EQ(vector_level(), best) << "a refusal changes nothing";
}

}  // namespace
}  // namespace kithkin
