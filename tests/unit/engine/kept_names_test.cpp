// Kept files follow the names of the input.
#include "engine/kept_names.h"

#include <gtest/gtest.h>
#include <set>
#include <string>
#include <vector>

namespace kithkin {
namespace {

using Names = std::vector<std::string>;

Names names_for(const Names& inputs) {
  std::vector<InputFile> files;
  for (const std::string& input : inputs)
    files.push_back({input, input, 0});
  return kept_names(files);
}

TEST(KeptNames, OfNothingAreNone) { EXPECT_TRUE(names_for({}).empty()); }

TEST(KeptNames, LeaveOutWhatAllInputsHaveInCommon) {
  EXPECT_EQ(names_for({"crawl/a.jsonl.gz", "crawl/x/b.jsonl"}),
            (Names{"kept/a.jsonl", "kept/x/b.jsonl"}));
  EXPECT_EQ(names_for({"/data/2024/a.jsonl", "/data/2025/a.jsonl"}),
            (Names{"kept/2024/a.jsonl", "kept/2025/a.jsonl"}));
  EXPECT_EQ(names_for({"x/y/a.jsonl", "x/y/b.jsonl", "x/z/c.jsonl"}),
            (Names{"kept/y/a.jsonl", "kept/y/b.jsonl", "kept/z/c.jsonl"}));
}

TEST(KeptNames, OfASingleFileIsItsName) {
  EXPECT_EQ(names_for({"some/where/a.jsonl"}), (Names{"kept/a.jsonl"}));
  EXPECT_EQ(names_for({"a.jsonl"}), (Names{"kept/a.jsonl"}));
}

TEST(KeptNames, AFileBesideAFolderOfItsNameIsNumbered) {
  EXPECT_EQ(names_for({"x/a.jsonl.gz", "x/a.jsonl/b.jsonl"}),
            (Names{"kept/a-2.jsonl", "kept/a.jsonl/b.jsonl"}));
}

TEST(KeptNames, LoseTheCompressionSuffix) {
  EXPECT_EQ(names_for({"a.jsonl.gz", "b.jsonl.zst", "c.json", "d.ndjson"}),
            (Names{"kept/a.jsonl", "kept/b.jsonl", "kept/c.json", "kept/d.ndjson"}));
}

TEST(KeptNames, StandardInputIsStdin) {
  EXPECT_EQ(names_for({"-"}), (Names{"kept/stdin.jsonl"}));
  EXPECT_EQ(names_for({"crawl/a.jsonl", "-"}), (Names{"kept/a.jsonl", "kept/stdin.jsonl"}));
}

// Bug: the folders in common are counted from the first input's, and "-" has none; where it comes
// first the others keep their whole path from the root.
TEST(KeptNames, StandardInputMayComeFirst) {
  EXPECT_EQ(names_for({"-", "crawl/a.jsonl"}), (Names{"kept/stdin.jsonl", "kept/a.jsonl"}));
  EXPECT_EQ(names_for({"-", "crawl/a.jsonl", "crawl/x/b.jsonl"}),
            (Names{"kept/stdin.jsonl", "kept/a.jsonl", "kept/x/b.jsonl"}));
}

TEST(KeptNames, AreNumberedWhereTheyWouldBeAlike) {
  EXPECT_EQ(names_for({"a.jsonl", "a.jsonl.gz", "a.jsonl.zst"}),
            (Names{"kept/a.jsonl", "kept/a-2.jsonl", "kept/a-3.jsonl"}));
  EXPECT_EQ(names_for({"a.jsonl", "a.jsonl"}), (Names{"kept/a.jsonl", "kept/a-2.jsonl"}));
}

TEST(KeptNames, AreAllDifferentHoweverTheInputsAreNamed) {
  const Names inputs = {"a.jsonl",   "a.jsonl.gz",   "a-2.jsonl",
                        "./a.jsonl", "x/../a.jsonl", "a-2.jsonl"};
  const Names names = names_for(inputs);
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), inputs.size());
}

TEST(KeptNames, NeverLeaveTheirFolder) {
  for (const std::string& name : names_for({"../a.jsonl", "../../b.jsonl", "./c/../d.jsonl"})) {
    EXPECT_TRUE(name.starts_with("kept/")) << name;
    EXPECT_EQ(name.find(".."), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace kithkin
