#include "app/crypto/sealed_stream.h"

#include <gtest/gtest.h>

#include "app/ids.h"

namespace earshot::app::crypto {
namespace {

SecretArray<32> randomKey() {
  SecretArray<32> key;
  fillRandom(key.span());
  return key;
}

class SealedStream : public testing::Test {
 protected:
  Bytes seal(std::string_view chunk, bool last = false, std::string_view context = {}) {
    return sealer.seal(bytesOf(chunk), bytesOf(context), last);
  }
  StreamOpener opener() { return {key, sealer.header()}; }

  SecretArray<32> key = randomKey();
  StreamSealer sealer{key};
};

std::string textOf(const StreamOpener::Chunk& chunk) {
  return {chunk.bytes.view().begin(), chunk.bytes.view().end()};
}

TEST_F(SealedStream, ComesBackChunkByChunk) {
  const Bytes first = seal("first", false, "context");
  const Bytes second = seal("");
  const Bytes third = seal("third", true);
  EXPECT_EQ(first.size(), 5 + kStreamOverheadBytes);
  StreamOpener open = opener();
  const auto a = open.open(first, bytesOf("context"));
  const auto b = open.open(second, {});
  const auto c = open.open(third, {});
  ASSERT_TRUE(a && b && c);
  EXPECT_EQ(textOf(*a) + "|" + textOf(*b) + "|" + textOf(*c), "first||third");
  EXPECT_FALSE(a->last || b->last);
  EXPECT_TRUE(c->last);
}

TEST_F(SealedStream, TakesNoOtherOrderAndNoGap) {
  const Bytes first = seal("first");
  const Bytes second = seal("second");
  EXPECT_FALSE(opener().open(second, {}));
  StreamOpener open = opener();
  ASSERT_TRUE(open.open(first, {}));
  EXPECT_FALSE(open.open(first, {}));
}

TEST_F(SealedStream, TakesNoOtherContextKeyOrHeader) {
  const Bytes first = seal("first", false, "context");
  EXPECT_FALSE(opener().open(first, {}));
  EXPECT_FALSE(opener().open(first, bytesOf("Context")));
  EXPECT_FALSE(StreamOpener(randomKey(), sealer.header()).open(first, bytesOf("context")));
  StreamHeader header = sealer.header();
  header[0] ^= 1;
  EXPECT_FALSE(StreamOpener(key, header).open(first, bytesOf("context")));
}

TEST_F(SealedStream, TakesNoBitFlippedAndNothingCutOff) {
  const Bytes sealed = seal("a chunk", true);
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    Bytes flipped = sealed;
    flipped[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    EXPECT_FALSE(opener().open(flipped, {})) << bit;
  }
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(opener().open(ByteView(sealed).first(size), {})) << size;
  }
}

}  // namespace
}  // namespace earshot::app::crypto
