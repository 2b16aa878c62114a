// Which files a crawl is made of: directories, their order, what is passed over, what is missing.
#include "corpus/input_list.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "unit/base/temporary.h"

namespace kithkin {
namespace {

namespace fs = std::filesystem;

class InputListTest : public testing::Test {
 protected:
  std::string make(const std::string& name, const std::string& bytes = "x\n") const {
    const fs::path path = root() / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }
  [[nodiscard]] fs::path root() const { return directory_.path(); }

  InputList list(const std::vector<std::string>& arguments) const {
    auto out = list_inputs(arguments, spill_);
    EXPECT_TRUE(out) << (out ? "" : out.error().describe());
    return std::move(out).value();
  }
  /// Names under the root, without it.
  std::vector<std::string> names(const std::vector<std::string>& arguments) const {
    std::vector<std::string> out;
    for (const InputFile& file : list(arguments).files)
      out.push_back(fs::path(file.name).lexically_relative(root()).string());
    return out;
  }

  const TemporaryDirectory directory_ = make_test_directory();
  const TemporaryDirectory spill_ = make_test_directory();
};

using Names = std::vector<std::string>;

TEST_F(InputListTest, FilesComeInTheOrderOfTheArguments) {
  const auto b = make("b.jsonl"), a = make("a.jsonl");
  EXPECT_EQ(names({b, a, b}), (Names{"b.jsonl", "a.jsonl", "b.jsonl"}));
}

TEST_F(InputListTest, ANamedFileIsReadWhateverItsNameIs) {
  EXPECT_EQ(names({make("dump.txt")}), Names{"dump.txt"});
}

TEST_F(InputListTest, ADirectoryGivesItsCrawlFilesAtAnyDepthAndNothingElse) {
  for (const char* name : {"a.jsonl", "b.ndjson", "c.json", "d.jsonl.gz", "e.ndjson.zst",
                           "f.json.gz", "g.json.zst", "sub/h.jsonl", "sub/deep/er/i.jsonl.zst"}) {
    make(name);
  }
  for (const char* name : {"README.md", "a.txt", "b.csv", "c.jsonl.bz2", "d.jsonl.tmp", "e.gz",
                           "f.zst", "jsonl", "g.jsonlx", "h.JSONL", "i.tsv.gz", "sub/j.jsonl~"}) {
    make(name);
  }
  EXPECT_EQ(names({root().string()}),
            (Names{"a.jsonl", "b.ndjson", "c.json", "d.jsonl.gz", "e.ndjson.zst", "f.json.gz",
                   "g.json.zst", "sub/deep/er/i.jsonl.zst", "sub/h.jsonl"}));
}

TEST_F(InputListTest, PathsOfADirectoryAreOrderedByTheirBytes) {
  for (const char* name : {"b.jsonl", "B.jsonl", "a/z.jsonl", "a.jsonl", "a-b.jsonl", "10.jsonl",
                           "9.jsonl", "é.jsonl", "a/b/c.jsonl", "z.jsonl"}) {
    make(name);
  }
  EXPECT_EQ(names({root().string()}),
            (Names{"10.jsonl", "9.jsonl", "B.jsonl", "a-b.jsonl", "a.jsonl", "a/b/c.jsonl",
                   "a/z.jsonl", "b.jsonl", "z.jsonl", "é.jsonl"}));
}

TEST_F(InputListTest, DirectoriesAndFilesMix) {
  make("one/x.jsonl"), make("two/y.jsonl");
  const auto last = make("first.jsonl");
  EXPECT_EQ(names({(root() / "two").string(), last, (root() / "one/").string()}),
            (Names{"two/y.jsonl", "first.jsonl", "one/x.jsonl"}));
}

TEST_F(InputListTest, SizesAreThoseOnDisk) {
  const auto path = make("a.jsonl", "12345");
  const auto by_name = list({path}), by_directory = list({root().string()});
  ASSERT_EQ(by_name.files.size(), 1U);
  ASSERT_EQ(by_directory.files.size(), 1U);
  EXPECT_EQ(by_name.files[0].size, 5U);
  EXPECT_EQ(by_directory.files[0].size, 5U);
  EXPECT_EQ(by_name.files[0].path, path);
}

TEST_F(InputListTest, WhatIsMissingIsNotedAndTheOthersAreListed) {
  const auto a = make("a.jsonl"), b = make("b.jsonl");
  const auto missing = (root() / "missing.jsonl").string();
  const InputList out = list({a, missing, b});
  EXPECT_EQ(out.files.size(), 2U);
  ASSERT_EQ(out.errors.size(), 1U);
  EXPECT_EQ(out.errors[0].code, ErrorCode::input);
  EXPECT_EQ(out.errors[0].file, missing);
  EXPECT_NE(out.errors[0].message.find("No such file"), std::string::npos);
}

TEST_F(InputListTest, ADirectoryWithNothingInItIsAnError) {
  fs::create_directories(root() / "empty");
  const InputList out = list({(root() / "empty").string()});
  EXPECT_TRUE(out.files.empty());
  ASSERT_EQ(out.errors.size(), 1U);
  EXPECT_EQ(
      out.errors[0].describe(),
      (root() / "empty").string() + ": holds no *.jsonl, *.ndjson or *.json (also .gz, .zst)");
}

TEST_F(InputListTest, LinksToFilesAreFollowed) {
  const auto target = make("elsewhere/a.jsonl");
  fs::create_directories(root() / "crawl");
  fs::create_symlink(target, root() / "crawl/link.jsonl");
  EXPECT_EQ(names({(root() / "crawl").string()}), Names{"crawl/link.jsonl"});
}

TEST_F(InputListTest, ADirectoryThatHasTheNameOfACrawlFileIsSearched) {
  make("odd.jsonl/a.jsonl");
  EXPECT_EQ(names({root().string()}), Names{"odd.jsonl/a.jsonl"});
}

TEST_F(InputListTest, AFolderThatCannotBeSearchedDoesNotHideTheOthers) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may search every folder";
  make("a/x.jsonl"), make("b/y.jsonl"), make("c/z.jsonl");
  fs::permissions(root() / "b", fs::perms::none);
  const InputList out = list({root().string()});
  fs::permissions(root() / "b", fs::perms::owner_all);
  EXPECT_EQ(out.files.size(), 2U);
  ASSERT_EQ(out.errors.size(), 1U);
  EXPECT_NE(out.errors[0].describe().find("/b"), std::string::npos);
}

TEST_F(InputListTest, APipeIsCopiedOnceBecauseItCannotBeReadTwice) {
  const auto pipe = (root() / "pipe").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_TRUE(needs_spill({pipe}));
  std::thread writer([&] { std::ofstream(pipe, std::ios::binary) << "line\nline\n"; });
  const InputList out = list({pipe});
  writer.join();
  ASSERT_EQ(out.files.size(), 1U);
  EXPECT_EQ(out.files[0].name, pipe);
  EXPECT_NE(out.files[0].path, pipe);
  EXPECT_EQ(out.files[0].size, 10U);
  EXPECT_EQ(fs::file_size(out.files[0].path), 10U);
}

TEST_F(InputListTest, CopyingStopsWhenInterrupted) {
  const auto pipe = (root() / "pipe").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const auto before = std::signal(SIGPIPE, SIG_IGN);  // the pipe may be closed before it is read
  std::thread writer([&] { std::ofstream(pipe, std::ios::binary) << "line\n"; });
  const auto out = list_inputs({pipe}, spill_, [] { return true; });
  writer.join();
  std::signal(SIGPIPE, before);
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code, ErrorCode::cancelled);
}

TEST_F(InputListTest, OnlyStandardInputAndPipesNeedASpill) {
  const auto file = make("a.jsonl");
  EXPECT_TRUE(needs_spill({file, "-"}));
  EXPECT_FALSE(needs_spill({file, root().string(), (root() / "missing").string()}));
  EXPECT_FALSE(needs_spill({}));
}

}  // namespace
}  // namespace kithkin
