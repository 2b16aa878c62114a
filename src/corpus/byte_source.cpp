// Three sources behind one face: plain, zlib's inflate, zstd's streaming decompressor.
// Tests: tests/unit/corpus/byte_source_test.cpp.
#include "corpus/byte_source.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>
#include <zlib.h>
#include <zstd.h>

#include "base/file.h"
#include "base/try.h"

namespace kithkin {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 18;

class PlainSource final : public ByteSource {
 public:
  explicit PlainSource(File file) : file_(std::move(file)) {}
  Result<std::size_t> read(void* out, std::size_t size) override {
    KITHKIN_TRY_ASSIGN(const std::size_t got, file_.read(out, size));
    consumed_ += got;
    return got;
  }
  [[nodiscard]] std::uint64_t consumed() const override { return consumed_; }
  [[nodiscard]] bool is_plain() const override { return true; }

 private:
  File file_;
  std::uint64_t consumed_ = 0;
};

/// What gzip and zstd have in common: a buffer of compressed bytes.
class CompressedSource : public ByteSource {
 public:
  explicit CompressedSource(File file) : file_(std::move(file)), buffer_(kChunk) {}
  [[nodiscard]] std::uint64_t consumed() const override { return consumed_; }

 protected:
  /// Refills when empty; false at the end of the file.
  Result<bool> fill() {
    if (at_ < end_) return true;
    KITHKIN_TRY_ASSIGN(end_, file_.read(buffer_.data(), buffer_.size()));
    at_ = 0;
    consumed_ += end_;
    return end_ > 0;
  }
  [[nodiscard]] Error damaged(const std::string& what) const {
    return {ErrorCode::input, what, file_.path(), 0};
  }

  File file_;
  std::vector<char> buffer_;
  std::size_t at_ = 0, end_ = 0;
  std::uint64_t consumed_ = 0;
};

class GzipSource final : public CompressedSource {
 public:
  explicit GzipSource(File file) : CompressedSource(std::move(file)) {
    usable_ = inflateInit2(&stream_, 15 + 16) == Z_OK;
  }
  ~GzipSource() override {
    if (usable_) inflateEnd(&stream_);
  }

  Result<std::size_t> read(void* out, std::size_t size) override {
    if (!usable_) return damaged("not enough memory to decompress");
    stream_.next_out = static_cast<Bytef*>(out);
    stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(size, UINT32_MAX));
    const uInt room = stream_.avail_out;
    while (stream_.avail_out == room) {
      KITHKIN_TRY_ASSIGN(const bool more, fill());
      if (!more && member_done_) return std::size_t{0};
      if (member_done_) begin_member();
      const int code = step();
      if (code == Z_STREAM_END) {
        member_done_ = true;
      } else if (code != Z_OK && code != Z_BUF_ERROR) {
        if (stream_.avail_out != room) break;  // deliver first, fail with the next call
        return damaged("the gzip stream is damaged");
      }
      // At the end of the file the decoder may still hold finished bytes, for more reads than one.
      if (!more && !member_done_ && stream_.avail_out == room)
        return damaged("the gzip stream is truncated");
    }
    return static_cast<std::size_t>(room - stream_.avail_out);
  }

 private:
  int step() {
    stream_.next_in = reinterpret_cast<Bytef*>(buffer_.data() + at_);
    stream_.avail_in = static_cast<uInt>(end_ - at_);
    const int code = inflate(&stream_, Z_NO_FLUSH);
    at_ = end_ - stream_.avail_in;
    return code;
  }

  /// After a member another one may follow; zero padding may too, as gzip itself allows.
  void begin_member() {
    while (at_ < end_ && buffer_[at_] == 0)
      ++at_;
    if (at_ == end_) return;  // the loop refills and comes back
    inflateReset(&stream_);
    member_done_ = false;
  }

  z_stream stream_{};
  bool usable_ = false;
  bool member_done_ = false;
};

class ZstdSource final : public CompressedSource {
 public:
  explicit ZstdSource(File file)
      : CompressedSource(std::move(file)), stream_(ZSTD_createDStream()) {
    if (stream_ != nullptr) ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, 31);
  }
  ~ZstdSource() override { ZSTD_freeDStream(stream_); }

  Result<std::size_t> read(void* out, std::size_t size) override {
    if (stream_ == nullptr) return damaged("not enough memory to decompress");
    ZSTD_outBuffer output{out, size, 0};
    while (output.pos == 0) {
      KITHKIN_TRY_ASSIGN(const bool more, fill());
      if (!more && !frame_open_) return std::size_t{0};
      ZSTD_inBuffer input{buffer_.data(), std::min(end_, at_ + (may_hold_ ? 0 : wanted_)), at_};
      const std::size_t code = ZSTD_decompressStream(stream_, &output, &input);
      at_ = input.pos;
      if (ZSTD_isError(code)) return damaged("the zstd stream is damaged");
      frame_open_ = code != 0;
      may_hold_ = output.pos == size;
      wanted_ = code > kBlockHeader ? code - kBlockHeader : kBlockHeader;
      // At the end of the file the decoder may still hold finished bytes, for more reads than one.
      if (!more && frame_open_ && output.pos == 0) return damaged("the zstd stream is truncated");
    }
    return output.pos;
  }

 private:
  // A call that fails forgets what it has put out before. So it gets no more than a block at a
  // time: as much as the decoder asks for, but for the header of the block behind it; and nothing
  // while it may hold bytes that did not fit.
  static constexpr std::size_t kBlockHeader = 3;
  std::size_t wanted_ = kBlockHeader;

  ZSTD_DStream* stream_;
  bool frame_open_ = false;
  bool may_hold_ = false;
};

bool is_zstd(const std::array<unsigned char, 4>& m) {
  const bool frame = m[0] == 0x28 && m[1] == 0xB5 && m[2] == 0x2F && m[3] == 0xFD;
  const bool skippable = (m[0] & 0xF0) == 0x50 && m[1] == 0x2A && m[2] == 0x4D && m[3] == 0x18;
  return frame || skippable;
}

}  // namespace

Result<std::unique_ptr<ByteSource>> ByteSource::open(const std::string& path) {
  KITHKIN_TRY_ASSIGN(File file, File::open(path));
  std::array<unsigned char, 4> magic{};
  KITHKIN_TRY_ASSIGN(const std::size_t got, file.read_some_at(0, magic.data(), magic.size()));
  std::unique_ptr<ByteSource> source;
  if (got >= 2 && magic[0] == 0x1F && magic[1] == 0x8B) {
    source = std::make_unique<GzipSource>(std::move(file));
  } else if (got == 4 && is_zstd(magic)) {
    source = std::make_unique<ZstdSource>(std::move(file));
  } else {
    source = std::make_unique<PlainSource>(std::move(file));
  }
  return source;
}

}  // namespace kithkin
