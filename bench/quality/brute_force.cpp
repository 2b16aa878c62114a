// The truth that kithkin's pairs are held against: every pair of documents, measured without
// sketches, without candidates and without hashes.
//
//   brute_force INPUT LEAST_RESEMBLANCE LEAST_CONTAINMENT > pairs.tsv
//
// Of kithkin it uses what reads rows and what turns a text into words, since these define what a
// word is; nothing of src/sketch, src/match or src/cluster. Words and shingles are numbered as they
// appear, by their spelling, so that two are equal exactly when they are written alike. An inverted
// index counts what each document shares with all before it: quadratic in the worst case, and good
// for some ten thousand articles.
//
// Writes id_a, id_b, shared, size_a, size_b, resemblance, containment_a, containment_b, exact for
// each pair with that resemblance, or that containment on either side; a comes first in the input.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <unordered_map>
#include <vector>

#include <kithkin/text.h>

#include "engine/crawl_scan.h"

namespace {

constexpr std::size_t kShingle = 5;

/// Five words by number; 0 where a text has fewer.
using Shingle = std::array<std::uint32_t, kShingle>;

struct ShingleHasher {
  std::size_t operator()(const Shingle& shingle) const {
    std::uint64_t sum = 0;
    for (const std::uint32_t word : shingle)
      sum = (sum ^ word) * 0x100000001b3ULL + (sum >> 29);
    return sum;
  }
};

struct Text {
  std::string id;
  std::vector<std::uint32_t> words;
  std::vector<std::uint32_t> shingles;  // ascending, without repeats
};

/// Gives each new key the next number, from 1.
template <class Map, class Key>
std::uint32_t number_of(Map& map, const Key& key) {
  return map.try_emplace(key, static_cast<std::uint32_t>(map.size() + 1)).first->second;
}

class Texts {
 public:
  void add(const std::string& id, std::string_view text) {
    Text out{id, {}, {}};
    for (const kithkin::Token& token : kithkin::tokenize(text))
      out.words.push_back(number_of(words_, token.folded));
    const std::size_t size = std::min(out.words.size(), kShingle);
    for (std::size_t i = 0; size > 0 && i + size <= out.words.size(); ++i) {
      Shingle shingle{};
      std::copy_n(out.words.begin() + static_cast<std::ptrdiff_t>(i), size, shingle.begin());
      out.shingles.push_back(number_of(shingles_, shingle));
    }
    std::sort(out.shingles.begin(), out.shingles.end());
    out.shingles.erase(std::unique(out.shingles.begin(), out.shingles.end()), out.shingles.end());
    texts_.push_back(std::move(out));
  }

  [[nodiscard]] const std::vector<Text>& all() const { return texts_; }
  [[nodiscard]] std::size_t distinct_shingles() const { return shingles_.size(); }

 private:
  std::unordered_map<std::string, std::uint32_t> words_;
  std::unordered_map<Shingle, std::uint32_t, ShingleHasher> shingles_;
  std::vector<Text> texts_;
};

void print_pair(const Text& a, const Text& b, std::uint32_t shared, double least_resemblance,
                double least_containment) {
  const auto common = static_cast<double>(shared);
  const auto size_a = static_cast<double>(a.shingles.size());
  const auto size_b = static_cast<double>(b.shingles.size());
  const double resemblance = common / (size_a + size_b - common);
  const double containment_a = common / size_a;
  const double containment_b = common / size_b;
  if (resemblance < least_resemblance &&
      std::max(containment_a, containment_b) < least_containment) {
    return;
  }
  std::printf("%s\t%s\t%u\t%zu\t%zu\t%.17g\t%.17g\t%.17g\t%d\n", a.id.c_str(), b.id.c_str(), shared,
              a.shingles.size(), b.shingles.size(), resemblance, containment_a, containment_b,
              a.words == b.words ? 1 : 0);
}

void print_pairs(const Texts& texts, double least_resemblance, double least_containment) {
  const std::vector<Text>& all = texts.all();
  std::vector<std::vector<std::uint32_t>> holders(texts.distinct_shingles() + 1);
  std::puts("id_a\tid_b\tshared\tsize_a\tsize_b\tresemblance\tcontainment_a\tcontainment_b\texact");
  for (std::uint32_t b = 0; b < all.size(); ++b) {
    std::vector<std::uint32_t> counts(b, 0);
    for (const std::uint32_t shingle : all[b].shingles) {
      for (const std::uint32_t a : holders[shingle])
        ++counts[a];
      holders[shingle].push_back(b);
    }
    for (std::uint32_t a = 0; a < b; ++a) {
      if (counts[a] == 0) continue;
      print_pair(all[a], all[b], counts[a], least_resemblance, least_containment);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: brute_force INPUT LEAST_RESEMBLANCE LEAST_CONTAINMENT\n", stderr);
    return 2;
  }
  kithkin::CrawlInput input;
  input.paths = {argv[1]};
  kithkin::Progress progress;
  Texts texts;
  const auto rows = kithkin::for_each_row(
      input, progress,
      [&](const kithkin::Row& row, const std::string& id) -> kithkin::Result<bool> {
        texts.add(id, row.text);
        return true;
      });
  if (!rows || !rows->input_errors.empty()) {
    const kithkin::Error& error = rows ? rows->input_errors.front() : rows.error();
    std::fprintf(stderr, "%s\n", error.describe().c_str());
    return 3;
  }
  print_pairs(texts, std::atof(argv[2]), std::atof(argv[3]));
  return std::fflush(stdout) == 0 ? 0 : 4;
}
