// Whatever a compressed file holds: its bytes come, or an error that names it, and the blocks that
// are cut out of it are the same bytes. What was compressed comes back; damage to it is noticed or
// changes nothing.
//
// zstd takes windows of up to 2 GiB, as large crawls have: give the fuzzer -malloc_limit_mb=4096.
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/block_reader.h"
#include "corpus/byte_source.h"
#include "corpus/output_file.h"
#include "fuzz/fuzz.h"

namespace {

using kithkin::fuzz::require;
constexpr std::size_t kMost = std::size_t{1} << 20;  // bombs are another matter

struct ReadBack {
  std::string bytes;
  bool failed = false, cut = false;
};

ReadBack read(const std::string& path, std::size_t at_once) {
  ReadBack out;
  auto source = kithkin::ByteSource::open(path);
  require(static_cast<bool>(source));
  std::string buffer(at_once, '\0');
  while (out.bytes.size() < kMost) {
    const auto got = (*source)->read(buffer.data(), buffer.size());
    if (!got) {
      require(got.error().code == kithkin::ErrorCode::input && got.error().file == path);
      out.failed = true;
      return out;
    }
    require(*got <= at_once);
    if (*got == 0) return out;
    out.bytes.append(buffer, 0, *got);
  }
  out.cut = true;
  return out;
}

/// The blocks of a file one behind the other; a line over the longest is passed over in part.
void check_blocks(const std::string& path, const ReadBack& whole) {
  const std::vector<kithkin::InputFile> files = {{path, path, 1}};
  kithkin::BlockReader reader(files, 64, std::size_t{1} << 22);
  kithkin::LineBlock block;
  std::string bytes;
  for (;;) {
    const auto more = reader.next(block);
    require(static_cast<bool>(more));
    if (!*more) break;
    require(block.offset == bytes.size() && block.size <= block.bytes.size());
    bytes += block.text();
    std::string_view line;
    std::size_t offset = 0;
    for (auto lines = block.lines(); lines.next(line, offset);)
      require(offset + line.size() <= block.size);
  }
  require(bytes == whole.bytes);
  require(reader.errors().empty() != whole.failed);
}

std::string compress(std::string_view bytes, kithkin::Compression compression) {
  const std::string path = kithkin::fuzz::directory().file("compressed");
  auto out = kithkin::OutputFile::create(path, compression);
  require(out && out->write(bytes) && out->close());
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  kithkin::fuzz::Bytes bytes(data, size);
  const std::uint64_t kind = bytes.take() % 3, at_once = 1 + bytes.take(2) % 5000;
  if (kind == 0) {
    const std::string path = kithkin::fuzz::write_file(bytes.rest());
    const ReadBack whole = read(path, at_once);
    if (!whole.cut) check_blocks(path, whole);
    return 0;
  }
  const std::uint64_t place = bytes.take(2), change = bytes.take();
  const std::string_view content = bytes.rest();
  std::string packed =
      compress(content, kind == 1 ? kithkin::Compression::gzip : kithkin::Compression::zstd);
  require(!packed.empty());
  const ReadBack sound = read(kithkin::fuzz::write_file(packed), at_once);
  require(!sound.failed && sound.bytes == content);
  packed[place % packed.size()] ^= static_cast<char>(change);
  const std::string path = kithkin::fuzz::write_file(packed);
  const ReadBack damaged = read(path, at_once);
  if (!damaged.cut) check_blocks(path, damaged);
  return 0;
}
