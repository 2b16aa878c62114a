// The loops of every instruction set that this machine has against the scalar ones.
#include "text/text_kernels.h"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "unit/base/instruction_sets.h"
#include "unit/base/random.h"

namespace kithkin {
namespace {

/// Texts of blocks and a byte more: ASCII, characters of two bytes, of any size, or any bytes.
std::string random_text(Random& random, std::size_t blocks) {
  const std::size_t size = blocks * kTextBlock + 1;
  const std::uint64_t kind = random.below(4);
  std::string out;
  while (out.size() < size) {
    unsigned char bytes[4];
    if (kind == 3 || random.chance(.01)) {
      out += static_cast<char>(random.below(256));
    } else if (random.chance(kind == 0 ? 1 : .2)) {
      out += static_cast<char>(random.below(128));
    } else {
      const auto c = static_cast<char32_t>(kind == 1 ? 0x80 + random.below(0x780)
                                                     : 0x80 + random.below(0xD000));
      out.append(reinterpret_cast<const char*>(bytes), encode_utf8(c, bytes));
    }
  }
  out.resize(size);
  return out;
}

struct Classified {
  explicit Classified(std::size_t blocks)
      : folded(blocks * kTextBlock), words(blocks), spaces(blocks), others(blocks), leads(blocks) {}
  [[nodiscard]] BlockBits bits() {
    return {words.data(), spaces.data(), others.data(), leads.data()};
  }
  std::vector<unsigned char> folded;
  std::vector<std::uint64_t> words, spaces, others, leads;
};

const unsigned char* bytes_of(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

TEST(TextKernels, TellBytesApart) {
  with_each_instruction_set([] {
    Random random(1);
    for (int round = 0; round < 200; ++round) {
      const std::size_t blocks = random.below(5);
      const std::string text = random_text(random, blocks);
      Classified fast(blocks), slow(blocks);
      classify_blocks(bytes_of(text), blocks, fast.folded.data(), fast.bits());
      scalar::classify_blocks(bytes_of(text), blocks, slow.folded.data(), slow.bits());
      ASSERT_EQ(fast.words, slow.words);
      ASSERT_EQ(fast.spaces, slow.spaces);
      ASSERT_EQ(fast.others, slow.others);
      ASSERT_EQ(fast.leads, slow.leads);
      for (std::size_t i = 0; i < blocks * kTextBlock; ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x80) continue;
        const unsigned char folded = c >= 'A' && c <= 'Z' ? c + 0x20 : c;
        ASSERT_EQ(fast.folded[i], folded);
        ASSERT_EQ(slow.folded[i], folded);
        const bool is_word = (folded >= 'a' && folded <= 'z') || (c >= '0' && c <= '9');
        ASSERT_EQ(slow.words[i / kTextBlock] >> (i % kTextBlock) & 1, is_word ? 1U : 0U);
        ASSERT_EQ(slow.spaces[i / kTextBlock] >> (i % kTextBlock) & 1, c == ' ' ? 1U : 0U);
      }
    }
  });
}

TEST(TextKernels, FoldPairs) {
  static PairTable table;
  Random random(2);
  for (std::uint32_t& entry : table)
    entry = random.chance(.1) ? kNoPair : static_cast<std::uint32_t>(random.below(0x40000));
  with_each_instruction_set([] {
    Random texts(3);
    for (int round = 0; round < 400; ++round) {
      const std::size_t blocks = texts.below(5);
      const std::string text = random_text(texts, blocks);
      Classified fast(blocks);
      classify_blocks(bytes_of(text), blocks, fast.folded.data(), fast.bits());
      Classified slow = fast;
      std::vector<std::uint64_t> fast_dropped(blocks, 42), slow_dropped(blocks, 7);
      fold_pairs(bytes_of(text), blocks, table, fast.folded.data(), fast.leads.data(),
                 fast.words.data(), fast_dropped.data());
      scalar::fold_pairs(bytes_of(text), blocks, table, slow.folded.data(), slow.leads.data(),
                         slow.words.data(), slow_dropped.data());
      ASSERT_EQ(fast.leads, slow.leads);
      ASSERT_EQ(fast.words, slow.words);
      ASSERT_EQ(fast_dropped, slow_dropped);
      ASSERT_EQ(fast.folded, slow.folded);
    }
  });
}

TEST(TextKernels, TellRoles) {
  Random random(6);
  static const RoleTable table(
      [&](std::uint32_t) { return static_cast<std::uint8_t>(random.below(3)); });
  with_each_instruction_set([] {
    Random texts(7);
    for (int round = 0; round < 200; ++round) {
      const std::size_t blocks = texts.below(5);
      const std::string text = random_text(texts, blocks);
      Classified bytes(blocks);
      classify_blocks(bytes_of(text), blocks, bytes.folded.data(), bytes.bits());
      std::vector<std::uint64_t> joiners(blocks, 42), slow_joiners(blocks, 7);
      std::vector<std::uint64_t> parts = bytes.spaces, slow_parts = bytes.spaces;
      tell_roles(bytes_of(text), blocks, table, bytes.others.data(), parts.data(), joiners.data());
      scalar::tell_roles(bytes_of(text), blocks, table, bytes.others.data(), slow_parts.data(),
                         slow_joiners.data());
      ASSERT_EQ(parts, slow_parts);
      ASSERT_EQ(joiners, slow_joiners);
      for (std::size_t i = 0; i < blocks * kTextBlock; ++i) {
        const auto bit = [&](const auto& bits) { return bits[i / kTextBlock] >> (i % 64) & 1; };
        const bool is_other = bit(bytes.others) != 0;
        const std::uint8_t role = is_other ? table.roles[static_cast<unsigned char>(text[i])] : 0;
        ASSERT_EQ(bit(parts), bit(bytes.spaces) | (role == 1));
        ASSERT_EQ(bit(joiners), role == 2 ? 1U : 0U);
      }
    }
  });
}

TEST(TextKernels, FindEdges) {
  with_each_instruction_set([] {
    Random random(4);
    for (int round = 0; round < 400; ++round) {
      std::vector<std::uint64_t> parts(random.below(6));
      for (std::uint64_t& bits : parts) {
        bits = random.word();
        for (std::uint64_t n = random.below(4); n > 0; --n)  // 0 for a bit in two
          bits = random.chance(.5) ? bits & random.word() : bits | random.word();
      }
      std::vector<std::uint32_t> expected;
      for (std::uint32_t at = 0; at < parts.size() * kTextBlock; ++at) {
        const auto is_part = [&](std::uint32_t i) {
          return (parts[i / kTextBlock] >> (i % kTextBlock) & 1) != 0;
        };
        if (is_part(at) != (at == 0 || is_part(at - 1))) expected.push_back(at);
      }
      for (const auto find : {&find_edges, &scalar::find_edges}) {
        std::vector<std::uint32_t> edges(parts.size() * kTextBlock + kSpareEdges);
        edges.resize(find(parts.data(), parts.size(), edges.data()));
        ASSERT_EQ(edges, expected);
      }
    }
  });
}

TEST(TextKernels, HashWords) {
  with_each_instruction_set([] {
    Random random(5);
    std::vector<unsigned char> text(6000);
    for (unsigned char& byte : text)
      byte = static_cast<unsigned char>(random.below(256));
    for (int round = 0; round < 300; ++round) {
      std::vector<std::uint32_t> edges;
      const std::size_t words = random.below(40);
      for (std::uint32_t at = 0; edges.size() < 2 * words;) {
        const auto size =
            static_cast<std::uint32_t>(1 + random.below(random.chance(.9) ? 20 : 120));
        edges.push_back(at);
        edges.push_back(at + size);
        at += size + static_cast<std::uint32_t>(random.below(3));
      }
      const std::size_t count = edges.size() / 2;
      std::vector<TokenHash> hashes(count + 1, 42);
      hash_words(text.data(), edges.data(), count, hashes.data());
      for (std::size_t i = 0; i < count; ++i) {
        std::vector<unsigned char> word(text.begin() + edges[2 * i],
                                        text.begin() + edges[2 * i + 1]);
        const std::size_t size = word.size();
        word.resize((size + 7) / 8 * 8);
        ASSERT_EQ(hashes[i], hash_token(word.data(), size)) << size;
      }
      ASSERT_EQ(hashes[count], 42U) << "nothing behind them";
    }
  });
}

TEST(TextKernels, MarkBytesOfASet) {
  static constexpr ByteSet kSigns = byte_set([](unsigned char byte) {
    return std::string_view("{<&;[]%(`\xC2\xEF").find(static_cast<char>(byte)) !=
           std::string_view::npos;
  });
  static constexpr ByteSet kTrails =
      byte_set([](unsigned char byte) { return (byte & 0xC0) == 0x80; });
  for (std::uint32_t byte = 0; byte < 256; ++byte)
    ASSERT_EQ(kTrails.contains(static_cast<unsigned char>(byte)), (byte & 0xC0) == 0x80);
  with_each_instruction_set([] {
    Random random(6);
    for (int round = 0; round < 400; ++round) {
      std::string text = random_text(random, 4);
      text.resize(random.below(text.size()));
      const ByteSet& set = random.chance(.5) ? kSigns : kTrails;
      const std::size_t blocks = (text.size() + kTextBlock - 1) / kTextBlock;
      std::vector<std::uint64_t> bits(blocks + 1, 42);
      mark_bytes(bytes_of(text), text.size(), set, bits.data());
      ASSERT_EQ(bits.back(), 42U);
      for (std::size_t i = 0; i < blocks * kTextBlock; ++i) {
        const bool expected = i < text.size() && set.contains(static_cast<unsigned char>(text[i]));
        ASSERT_EQ(bits[i / kTextBlock] >> (i % kTextBlock) & 1, expected ? 1U : 0U) << i;
      }
    }
  });
}

}  // namespace
}  // namespace kithkin
