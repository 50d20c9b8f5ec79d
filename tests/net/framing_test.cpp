#include "net/framing.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "app/limits.h"

namespace earshot::net {
namespace {

using ::testing::ElementsAre;
using Bytes = std::vector<std::uint8_t>;

struct Got {
  FrameType type;
  Bytes body;
  bool operator==(const Got&) const = default;
};

constexpr std::size_t kPingLimit = 100;
constexpr std::size_t kEventLimit = 70'000;

std::optional<std::size_t> testLimit(FrameType type) {
  if (type == FrameType::Ping) return kPingLimit;
  if (type == FrameType::Events) return kEventLimit;
  return std::nullopt;
}

Bytes frameBytes(std::uint16_t type, const Bytes& body, std::uint16_t flags = 0) {
  Bytes out(8);
  writeHeader({static_cast<std::uint32_t>(body.size()), type, flags}, std::span<std::uint8_t, 8>(out.data(), 8));
  out.insert(out.end(), body.begin(), body.end());
  return out;
}

Bytes headerBytes(std::uint32_t length, FrameType type, std::uint16_t flags = 0) {
  Bytes out(8);
  writeHeader({length, static_cast<std::uint16_t>(type), flags}, std::span<std::uint8_t, 8>(out.data(), 8));
  return out;
}

/// Feeds in pieces of the given size; ok is false after an error.
struct Outcome {
  std::vector<Got> frames;
  bool ok = true;
  bool operator==(const Outcome&) const = default;
};

Outcome decode(const Bytes& stream, std::size_t piece) {
  FrameDecoder decoder(testLimit);
  Outcome outcome;
  for (std::size_t at = 0; at < stream.size() && outcome.ok; at += piece) {
    const auto part = std::span(stream).subspan(at, std::min(piece, stream.size() - at));
    outcome.ok = decoder
                     .feed(part,
                           [&](const Frame& frame) {
                             outcome.frames.push_back({frame.type, Bytes(frame.body.begin(), frame.body.end())});
                             return true;
                           })
                     .ok();
  }
  return outcome;
}

Bytes operator+(Bytes a, const Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

TEST(Framing, WritesTheHeaderInNetworkOrder) {
  EXPECT_THAT(headerBytes(0x01020304, static_cast<FrameType>(0x0506), 0x0708), ElementsAre(1, 2, 3, 4, 5, 6, 7, 8));
  const Bytes raw{1, 2, 3, 4, 5, 6, 7, 8};
  EXPECT_EQ(readHeader(std::span<const std::uint8_t, 8>(raw.data(), 8)), (FrameHeader{0x01020304, 0x0506, 0x0708}));
}

TEST(Framing, GivesTheSameFramesWholeAndByteByByte) {
  const Bytes stream = frameBytes(40, {1, 2, 3}) + frameBytes(40, {}) + frameBytes(32, Bytes(300, 7)) +
                       frameBytes(999, Bytes(50, 9), kFlagOptional) + frameBytes(40, {4});
  const Outcome whole = decode(stream, stream.size());
  ASSERT_TRUE(whole.ok);
  ASSERT_EQ(whole.frames.size(), 4U);
  EXPECT_EQ(whole.frames[0], (Got{FrameType::Ping, {1, 2, 3}}));
  EXPECT_EQ(whole.frames[1], (Got{FrameType::Ping, {}}));
  EXPECT_EQ(whole.frames[2], (Got{FrameType::Events, Bytes(300, 7)}));
  EXPECT_EQ(whole.frames[3], (Got{FrameType::Ping, {4}}));
  for (std::size_t piece = 1; piece < 40; ++piece) EXPECT_EQ(decode(stream, piece), whole) << "pieces of " << piece;
}

TEST(Framing, CutsRandomStreamsAlikeInRandomPieces) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 200; ++round) {
    Bytes stream;
    for (int i = 0; i < 20; ++i) {
      Bytes body(random() % 90);
      std::generate(body.begin(), body.end(), [&] { return static_cast<std::uint8_t>(random()); });
      const bool known = random() % 4 != 0;
      stream = stream + frameBytes(known ? 40 : 777, body, known ? 0 : kFlagOptional);
    }
    EXPECT_EQ(decode(stream, 1 + random() % 200), decode(stream, stream.size()));
  }
}

TEST(Framing, TakesEveryLengthUpToTheLimitAndNoneBeyond) {
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, kPingLimit - 1, kPingLimit}) {
    const Outcome outcome = decode(frameBytes(40, Bytes(length, 1)), 16);
    EXPECT_TRUE(outcome.ok) << length;
    ASSERT_EQ(outcome.frames.size(), 1U) << length;
    EXPECT_EQ(outcome.frames[0].body.size(), length);
  }
  for (const std::uint32_t length :
       {static_cast<std::uint32_t>(kPingLimit) + 1, 0x7fffffffU, 0x80000000U, 0xffffffffU}) {
    EXPECT_FALSE(decode(headerBytes(length, FrameType::Ping), 8).ok) << length;
  }
}

TEST(Framing, RefusesAnOversizeFrameOnItsHeaderWithoutTakingMemory) {
  FrameDecoder decoder(testLimit);
  const auto sink = [](const Frame&) { return true; };
  const Bytes header = headerBytes(0xffffffff, FrameType::Events);
  EXPECT_TRUE(decoder.feed(std::span(header).first(7), sink).ok());
  const auto refused = decoder.feed(std::span(header).last(1), sink);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, app::Errc::ProtocolViolation);
  EXPECT_LT(decoder.held(), 64U);
}

TEST(Framing, DoesNotTakeMemoryForABodyThatHasOnlyBeenAnnounced) {
  FrameDecoder decoder(testLimit);
  const Bytes header = headerBytes(kEventLimit, FrameType::Events);
  ASSERT_TRUE(decoder.feed(header, [](const Frame&) { return true; }).ok());
  EXPECT_LT(decoder.held(), 64U);
}

TEST(Framing, SkipsUnknownOptionalFramesButNotRequiredOnes) {
  EXPECT_TRUE(decode(frameBytes(999, Bytes(5'000, 1), kFlagOptional), 100).ok);
  EXPECT_FALSE(decode(frameBytes(999, {1}), 100).ok);
  const auto tooLong = static_cast<std::uint32_t>(app::kMaxControlFrameBytes) + 1;
  EXPECT_FALSE(decode(headerBytes(tooLong, static_cast<FrameType>(999), kFlagOptional), 100).ok);
}

TEST(Framing, TreatsAnHttpRequestAsNonsense) {
  const std::string request = "GET / HTTP/1.1\r\nHost: example\r\n\r\n";
  EXPECT_FALSE(decode(Bytes(request.begin(), request.end()), 4).ok);
}

TEST(Framing, StopsWhenTheReceiverSaysSo) {
  FrameDecoder decoder(testLimit);
  int seen = 0;
  const Bytes stream = frameBytes(40, {1}) + frameBytes(40, {2});
  EXPECT_TRUE(decoder.feed(stream, [&](const Frame&) { return ++seen > 1; }).ok());
  EXPECT_EQ(seen, 1);
}

TEST(Framing, AsksForTheLimitInTheStateOfThatMoment) {
  bool greeted = false;
  FrameDecoder decoder(
      [&](FrameType) { return greeted ? std::optional<std::size_t>(10) : std::optional<std::size_t>(2); });
  const auto sink = [&](const Frame&) {
    greeted = true;
    return true;
  };
  EXPECT_TRUE(decoder.feed(frameBytes(1, {1, 2}) + frameBytes(2, Bytes(10, 1)), sink).ok());
}

}  // namespace
}  // namespace earshot::net
