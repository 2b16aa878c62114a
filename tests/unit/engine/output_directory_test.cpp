// The output directory is made whole at the end or not at all.
#include "engine/output_directory.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <sstream>
#include <string>
#include <utility>

#include "unit/base/temporary.h"

namespace kithkin {
namespace {

namespace fs = std::filesystem;

void write_file(const std::string& path, const std::string& bytes) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path) << bytes;
}

std::string read_file(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

std::set<std::string> names_in(const std::string& path) {
  std::set<std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(path))
    out.insert(entry.path().lexically_relative(path).string());
  return out;
}

using Entries = std::set<std::string>;

class OutputDirectoryTest : public testing::Test {
 protected:
  /// Opens, writes `text` to `names`, and commits where asked to.
  void run(const std::vector<std::string>& names, const std::string& text, bool commit,
           bool overwrite = false) {
    auto out = OutputDirectory::open(path_, overwrite);
    ASSERT_TRUE(out) << out.error().describe();
    for (const std::string& name : names) {
      auto file = out->create(name);
      ASSERT_TRUE(file) << file.error().describe();
      ASSERT_TRUE(file->write(text));
      ASSERT_TRUE(file->close());
    }
    ASSERT_TRUE(!commit || out->commit());
  }
  void expect_refused() {
    const auto out = OutputDirectory::open(path_, false);
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(out.error().file, path_);
  }

  TemporaryDirectory parent_ = make_test_directory();
  std::string path_ = parent_.file("out");
};

TEST_F(OutputDirectoryTest, HoldsWhatWasCommitted) {
  run({"summary.json", "kept/a.jsonl", "kept/x/b.jsonl"}, "hello\n", true);
  EXPECT_EQ(names_in(path_),
            (Entries{"summary.json", "kept", "kept/a.jsonl", "kept/x", "kept/x/b.jsonl"}));
  EXPECT_EQ(read_file(path_ + "/kept/x/b.jsonl"), "hello\n");
}

TEST_F(OutputDirectoryTest, MadeHereGoesWhenNothingIsCommitted) {
  run({"summary.json", "kept/a.jsonl"}, "x", false);
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(OutputDirectoryTest, ThatWasThereStaysEmptyWhenNothingIsCommitted) {
  fs::create_directory(path_);
  run({"summary.json"}, "x", false);
  EXPECT_TRUE(fs::exists(path_));
  EXPECT_TRUE(fs::is_empty(path_));
}

TEST_F(OutputDirectoryTest, ShowsNothingUnderItsNameBeforeTheCommit) {
  auto out = OutputDirectory::open(path_, false);
  ASSERT_TRUE(out);
  auto file = out->create("summary.json");
  ASSERT_TRUE(file);
  EXPECT_FALSE(fs::exists(path_ + "/summary.json"));
  ASSERT_TRUE(file->close());
  ASSERT_TRUE(out->commit());
  EXPECT_TRUE(fs::exists(path_ + "/summary.json"));
}

TEST_F(OutputDirectoryTest, IsRefusedWhenItHoldsAnything) {
  write_file(path_ + "/notes.txt", "mine");
  expect_refused();
  EXPECT_EQ(names_in(path_), (Entries{"notes.txt"}));
}

TEST_F(OutputDirectoryTest, IsRefusedWhenItHoldsAFormerOutput) {
  run({"summary.json"}, "x", true);
  expect_refused();
}

TEST_F(OutputDirectoryTest, IsRefusedWhenItIsAFile) {
  write_file(path_, "a file");
  expect_refused();
  EXPECT_FALSE(OutputDirectory::open(path_, true)) << "overwriting or not";
  EXPECT_EQ(read_file(path_), "a file");
}

TEST_F(OutputDirectoryTest, OverwritingRemovesTheFilesOfAFormerRunAndNoOthers) {
  run({"summary.json", "kept/a.jsonl", "pairs.jsonl", "kept.jsonl.gz"}, "former", true);
  write_file(path_ + "/notes.txt", "mine");
  write_file(path_ + "/sub/kept.jsonl", "mine");
  write_file(path_ + "/kept.jsonl.bak", "mine");
  run({"summary.json", "kept.jsonl"}, "new", true, true);
  EXPECT_EQ(names_in(path_), (Entries{"summary.json", "kept.jsonl", "notes.txt", "sub",
                                      "sub/kept.jsonl", "kept.jsonl.bak"}));
  EXPECT_EQ(read_file(path_ + "/summary.json"), "new");
  EXPECT_EQ(read_file(path_ + "/notes.txt"), "mine");
}

TEST_F(OutputDirectoryTest, AFormerOutputStaysWhenTheNewOneIsNotCommitted) {
  run({"summary.json", "kept.jsonl"}, "former", true);
  run({"summary.json", "clusters.jsonl"}, "new", false, true);
  EXPECT_EQ(names_in(path_), (Entries{"summary.json", "kept.jsonl"}));
  EXPECT_EQ(read_file(path_ + "/summary.json"), "former");
}

TEST_F(OutputDirectoryTest, OverwritingRemovesWhatAKilledRunLeft) {
  write_file(path_ + "/.kithkin-partial-abcdef/kept.jsonl", "half");
  write_file(path_ + "/.kithkin-uvwxyz/run-0", "half");
  expect_refused();
  run({"summary.json"}, "new", true, true);
  EXPECT_EQ(names_in(path_), (Entries{"summary.json"}));
}

TEST_F(OutputDirectoryTest, OverwritingTakesAwayWhatAKilledCommitLeftOfAFormerRun) {
  run({"kept/a.jsonl", "summary.json"}, "old", true);
  fs::rename(path_ + "/summary.json", path_ + "/.kithkin-replaced-summary.json");
  run({"kept/b.jsonl", "summary.json"}, "new", true, true);
  EXPECT_EQ(names_in(path_), (Entries{"summary.json", "kept", "kept/b.jsonl"}));
}

TEST_F(OutputDirectoryTest, DoesNotLookWholeWhereItStoppedHalfway) {
  run({"pairs.jsonl", "summary.json"}, "old", true);
  fs::remove(path_ + "/pairs.jsonl");
  write_file(path_ + "/clusters.jsonl/of-the-user", "in the way of a file, and not empty");
  fs::rename(path_ + "/summary.json", path_ + "/kept.jsonl");
  auto out = OutputDirectory::open(path_, true);
  ASSERT_TRUE(out);
  for (const char* name : {"summary.json", "pairs.jsonl", "clusters.jsonl"})
    ASSERT_TRUE(out->create(name)->close());
  EXPECT_FALSE(out->commit());
  EXPECT_TRUE(fs::exists(path_ + "/pairs.jsonl"));
  EXPECT_FALSE(fs::exists(path_ + "/summary.json")) << "it comes last";
}

TEST_F(OutputDirectoryTest, IsHeldByOneRunAtATime) {
  run({"kept.jsonl"}, "old", true);
  auto first = OutputDirectory::open(path_, true);
  ASSERT_TRUE(first);
  ASSERT_TRUE(first->create("kept.jsonl")->close());
  const auto second = OutputDirectory::open(path_, true);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::output);
  EXPECT_TRUE(first->commit());
}

TEST_F(OutputDirectoryTest, TakesNothingOldAwayWhenTheNewIsGone) {
  run({"kept.jsonl"}, "old", true);
  auto out = OutputDirectory::open(path_, true);
  ASSERT_TRUE(out);
  ASSERT_TRUE(out->create("kept.jsonl")->close());
  for (const auto& entry : fs::directory_iterator(path_)) {
    if (entry.is_directory()) fs::remove_all(entry.path());
  }
  EXPECT_FALSE(out->commit());
  EXPECT_EQ(read_file(path_ + "/kept.jsonl"), "old");
}

TEST_F(OutputDirectoryTest, MayBeDeepAndNew) {
  path_ = parent_.file("a/b/c");
  run({"summary.json"}, "x", true);
  EXPECT_EQ(names_in(path_), (Entries{"summary.json"}));
}

TEST_F(OutputDirectoryTest, ThatCannotBeMadeIsAnOutputError) {
  write_file(path_, "a file");
  const auto out = OutputDirectory::open(path_ + "/below", false);
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code, ErrorCode::output);
}

TEST_F(OutputDirectoryTest, CommitsFromWhereItWasMovedTo) {
  auto opened = OutputDirectory::open(path_, false);
  ASSERT_TRUE(opened);
  {
    OutputDirectory out = std::move(opened).value();
    auto file = out.create("summary.json");
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->close());
    ASSERT_TRUE(out.commit());
  }
  EXPECT_EQ(names_in(path_), (Entries{"summary.json"}));
}

TEST_F(OutputDirectoryTest, IsFoundAgainByItsKeptLines) {
  fs::create_directory(path_);
  EXPECT_TRUE(former_output(path_).value().empty());
  EXPECT_TRUE(former_output(parent_.file("missing")).value().empty());
  for (const std::string name : {"kept.jsonl", "kept.jsonl.gz", "kept.jsonl.zst", "kept/a.jsonl"}) {
    fs::remove_all(path_);
    write_file(path_ + "/" + name, "x");
    const auto found = former_output(path_).value();
    ASSERT_EQ(found.size(), 1U) << name;
    EXPECT_EQ(found[0], path_ + "/" + name.substr(0, name.find("/")));
  }
}

}  // namespace
}  // namespace kithkin
