// The learning walk: a crawl is read once for the furniture of its pages.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <kithkin/crawl.h>

#include "clean/furniture.h"
#include "corpus/block_reader.h"
#include "corpus/input_list.h"
#include "corpus/row_parser.h"
#include "engine/job.h"

namespace kithkin {

/// How the recipe names it.
inline constexpr const char* kCleaning = "crawl/2";

/// The site a row comes from.
inline HostKey host_of(const Row& row) { return host_key(row.url, row.source); }

/// What the learning walk leaves for those to come.
class Learned {
 public:
  Furniture furniture;

  void add_block(const LineBlock& block, std::uint32_t first_document) {
    blocks_.push_back({block.file, block.offset, first_document});
  }

  /// The number of a block's first document; none where the crawl has changed since.
  [[nodiscard]] std::optional<std::uint32_t> first_document(const LineBlock& block) const;

 private:
  struct Block {
    std::uint32_t file = 0;
    std::uint64_t offset = 0;
    std::uint32_t first_document = 0;
  };
  std::vector<Block> blocks_;  // in input order
};

/// Reads all files and learns. `visit` (may be empty) hears the id of every readable row, in order:
/// its place is its document number. Rows and files that cannot be read are passed over in silence;
/// the next walk reports them.
Result<Learned> learn_furniture(JobContext& job, const std::vector<InputFile>& files,
                                const CrawlInput& input,
                                const std::function<Result<void>(const std::string& id)>& visit);

}  // namespace kithkin
