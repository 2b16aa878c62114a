// Running a test under every instruction set that this machine has. Include it before Highway.
#pragma once

#include <cstdint>
#include <gtest/gtest.h>
#define HWY_WANT_AVX3_DL  // as text_kernels.cpp has it
#include <hwy/targets.h>
#include <vector>

namespace kithkin {

template <class Test>
void with_each_instruction_set(Test test) {
  const std::vector<std::int64_t> targets = hwy::SupportedAndGeneratedTargets();
  ASSERT_FALSE(targets.empty());
  for (const std::int64_t target : targets) {
    SCOPED_TRACE(hwy::TargetName(target));
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    test();
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace kithkin
