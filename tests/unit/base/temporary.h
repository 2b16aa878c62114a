// A place for a test's files, gone with the test.
#pragma once

#include <gtest/gtest.h>
#include <utility>

#include "base/file.h"

namespace kithkin {

inline TemporaryDirectory make_test_directory() {
  auto directory = TemporaryDirectory::create("", "kithkin-test-");
  EXPECT_TRUE(directory) << directory.error().describe();
  return std::move(directory).value();
}

}  // namespace kithkin
