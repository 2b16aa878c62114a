// A place for a test's files, gone with the test.
#pragma once

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <utility>

#include "base/file.h"

namespace kithkin {

inline TemporaryDirectory make_test_directory() {
  auto directory = TemporaryDirectory::create("", "kithkin-test-");
  EXPECT_TRUE(directory) << directory.error().describe();
  return std::move(directory).value();
}

/// Does what a bad disk does: every byte of a file becomes another.
inline void spoil(const std::string& path) {
  const std::uintmax_t size = std::filesystem::file_size(path);
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file << std::string(size, '\xFE');
  EXPECT_TRUE(file.flush());
  EXPECT_EQ(std::filesystem::file_size(path), size);
}

}  // namespace kithkin
