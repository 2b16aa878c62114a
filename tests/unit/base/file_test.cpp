// Files and temporary directories: who removes what, and which error says what.
#include "base/file.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <unistd.h>
#include <utility>

#include "unit/base/temporary.h"

namespace kithkin {
namespace {

namespace fs = std::filesystem;

TEST(TemporaryDirectory, IsRemovedWithAllItHoldsAtTheEndOfItsScope) {
  std::string path;
  {
    const TemporaryDirectory directory = make_test_directory();
    path = directory.path();
    fs::create_directories(directory.file("a/b"));
    ASSERT_TRUE(File::create(directory.file("a/b/c")));
    ASSERT_TRUE(fs::exists(path));
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(TemporaryDirectory, LivesWithItsLastOwner) {
  std::string path;
  {
    TemporaryDirectory second;
    {
      TemporaryDirectory first = make_test_directory();
      path = first.path();
      second = std::move(first);
    }
    EXPECT_TRUE(fs::exists(path));
    const TemporaryDirectory third(std::move(second));
    EXPECT_EQ(third.path(), path);
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(TemporaryDirectory, IsRemovedWhenAnotherTakesItsPlace) {
  TemporaryDirectory directory = make_test_directory();
  const std::string path = directory.path();
  directory = make_test_directory();
  EXPECT_FALSE(fs::exists(path));
  EXPECT_TRUE(fs::exists(directory.path()));
}

TEST(TemporaryDirectory, IsMadeUnderItsParentWithItsPrefix) {
  const TemporaryDirectory parent = make_test_directory();
  const auto child = TemporaryDirectory::create(parent.path(), ".part-");
  ASSERT_TRUE(child);
  EXPECT_EQ(fs::path(child->path()).parent_path(), parent.path());
  EXPECT_TRUE(fs::path(child->path()).filename().string().starts_with(".part-"));
}

TEST(TemporaryDirectory, FailsWithOutputUnderAParentThatIsNotThere) {
  const TemporaryDirectory parent = make_test_directory();
  const auto child = TemporaryDirectory::create(parent.file("missing"), "x");
  ASSERT_FALSE(child);
  EXPECT_EQ(child.error().code, ErrorCode::output);
  EXPECT_EQ(child.error().file, parent.file("missing"));
}

TEST(File, ReadsWhatWasWritten) {
  const TemporaryDirectory directory = make_test_directory();
  auto file = File::create(directory.file("f"));
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->write("hello "));
  ASSERT_TRUE(file->write("world"));
  ASSERT_TRUE(file->close());
  EXPECT_FALSE(file->is_open());

  const auto again = File::open(directory.file("f"));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->size(), 11U);
  EXPECT_TRUE(again->is_regular());
  std::string bytes(5, '?');
  ASSERT_TRUE(again->read_at(6, bytes.data(), 5));
  EXPECT_EQ(bytes, "world");
  const auto some = again->read_some_at(9, bytes.data(), 5);
  ASSERT_TRUE(some);
  EXPECT_EQ(*some, 2U);
  const auto first = again->read(bytes.data(), 5);
  ASSERT_TRUE(first);
  EXPECT_EQ(bytes.substr(0, *first), std::string("hello").substr(0, *first));
}

TEST(File, FailsWithInputWhenItEndsTooEarly) {
  const TemporaryDirectory directory = make_test_directory();
  const auto file = File::create(directory.file("f"));
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->write("abc"));
  char bytes[4];
  const auto result = file->read_at(0, bytes, 4);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::input);
  EXPECT_EQ(result.error().file, directory.file("f"));
}

/// A pipe that is open and empty, read by a file that its path opened.
class EmptyPipe : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(::pipe(ends_), 0);
    auto opened = File::open("/dev/fd/" + std::to_string(ends_[0]));
    if (!opened) GTEST_SKIP() << opened.error().describe();
    file_ = std::move(*opened);
  }
  void TearDown() override { ::close(ends_[0]), ::close(ends_[1]); }

  int ends_[2] = {-1, -1};
  File file_;
};

TEST_F(EmptyPipe, IsNotWaitedForByWhoWasInterruptedBefore) {
  char byte = 0;
  const auto got = file_.read(&byte, 1, [] { return true; });
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::cancelled);
}

TEST_F(EmptyPipe, IsWaitedForUntilInterruptedWithoutASignal) {
  int asked = 0;
  char byte = 0;
  const auto got = file_.read(&byte, 1, [&] { return ++asked == 3; });
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::cancelled);
}

TEST_F(EmptyPipe, GivesWhatIsWrittenAndEndsWithItsWriter) {
  ASSERT_EQ(::write(ends_[1], "x", 1), 1);
  const auto never = [] { return false; };
  char byte = 0;
  const auto got = file_.read(&byte, 1, never);
  ASSERT_TRUE(got);
  EXPECT_EQ(*got, 1U);
  EXPECT_EQ(byte, 'x');
  ::close(std::exchange(ends_[1], -1));
  const auto end = file_.read(&byte, 1, never);
  ASSERT_TRUE(end);
  EXPECT_EQ(*end, 0U);
}

TEST(File, ThatIsMissingOrADirectoryIsAnInputError) {
  const TemporaryDirectory directory = make_test_directory();
  for (const std::string& path : {directory.file("missing"), directory.path()}) {
    const auto file = File::open(path);
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().code, ErrorCode::input);
    EXPECT_EQ(file.error().file, path);
  }
}

TEST(File, ThatCannotBeCreatedIsAnOutputError) {
  const TemporaryDirectory directory = make_test_directory();
  const auto file = File::create(directory.file("missing/f"));
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, ErrorCode::output);
}

TEST(File, CreatingEmptiesWhatWasThere) {
  const TemporaryDirectory directory = make_test_directory();
  ASSERT_TRUE(File::create(directory.file("f"))->write("long before"));
  const auto file = File::create(directory.file("f"));
  ASSERT_TRUE(file);
  EXPECT_EQ(file->size(), 0U);
}

TEST(File, MovesLeaveNothingBehind) {
  const TemporaryDirectory directory = make_test_directory();
  File a = std::move(*File::create(directory.file("f")));
  File b = std::move(a);
  EXPECT_TRUE(b.is_open());
  EXPECT_FALSE(a.is_open());
  EXPECT_TRUE(b.write("x"));
}

TEST(File, OnAFullDeviceFailsWithOutput) {
  if (!fs::exists("/dev/full")) GTEST_SKIP();
  const auto file = File::create("/dev/full");
  ASSERT_TRUE(file);
  const auto result = file->write("x");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::output);
}

}  // namespace
}  // namespace kithkin
