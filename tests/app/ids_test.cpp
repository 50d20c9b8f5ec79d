#include "app/ids.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>
#include <type_traits>
#include <unordered_set>
#include <vector>

#include "app/following_id.h"

namespace earshot::app {
namespace {

static_assert(!std::is_convertible_v<RoomId, Epoch>, "two kinds of identifier must not be mixed up");
static_assert(!std::is_convertible_v<Seq, std::uint64_t>);
static_assert(MemberId::kSize == 32 && RoomId::kSize == 16 && RequestId::kSize == 16);

TEST(Ids, AreZeroUntilTheyAreSet) {
  EXPECT_EQ(hexOf(RoomId{}), std::string(32, '0'));
}

TEST(Ids, AreDifferentEveryTimeTheyAreMade) {
  std::set<MemberId> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(makeRandom<MemberId>());
  EXPECT_EQ(seen.size(), 1000U);
}

TEST(Ids, OfRequestsBeginWithTheirTimeAndRise) {
  RequestId before = makeRequestId();
  for (int i = 0; i < 1000; ++i) {
    const RequestId id = makeRequestId();
    EXPECT_LT(before, id);
    if (id.view().substr(0, 6) == before.view().substr(0, 6)) {
      EXPECT_EQ(id, following(before)) << "made in the same millisecond";
    }
    before = id;
  }
  EXPECT_NE(hexOf(before).substr(0, 8), "00000000");
}

TEST(Ids, FollowEachOtherAsNumbers) {
  const auto after = [](const char* hex) { return hexOf(following(*fromHex<RequestId>(hex))); };
  EXPECT_EQ(after("00000000000000000000000000000000"), "00000000000000000000000000000001");
  EXPECT_EQ(after("0123456789abcdef00000000000000ff"), "0123456789abcdef0000000000000100");
  EXPECT_EQ(after("00ffffffffffffffffffffffffffffff"), "01000000000000000000000000000000");
  EXPECT_EQ(after("ffffffffffffffffffffffffffffffff"), "00000000000000000000000000000000");
}

TEST(Ids, OfRequestsRiseWhicheverThreadMakesThem) {
  std::vector<std::vector<RequestId>> made(4);
  std::vector<std::thread> threads;
  for (auto& mine : made) {
    threads.emplace_back([&mine] {
      for (int i = 0; i < 500; ++i) mine.push_back(makeRequestId());
    });
  }
  for (auto& thread : threads) thread.join();
  std::set<RequestId> all;
  for (const auto& mine : made) {
    EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
    all.insert(mine.begin(), mine.end());
  }
  EXPECT_EQ(all.size(), 2000U);
}

TEST(Ids, ComeBackFromTheirHexadecimalForm) {
  const auto id = makeRandom<MemberId>();
  EXPECT_EQ(hexOf(id).size(), 64U);
  EXPECT_EQ(fromHex<MemberId>(hexOf(id)), id);
}

TEST(Ids, ComeBackFromTheirBytes) {
  const auto id = makeRandom<RoomId>();
  EXPECT_EQ(RoomId::fromView(id.view()), id);
}

TEST(Ids, RefuseBytesOfAnotherLength) {
  EXPECT_FALSE(RoomId::fromView(std::string(15, 'x')));
  EXPECT_FALSE(RoomId::fromView(std::string(17, 'x')));
  EXPECT_FALSE(RoomId::fromView(""));
}

TEST(Ids, RefuseTextThatIsNotExactlyTheirHexadecimalForm) {
  const std::string good = hexOf(makeRandom<RoomId>());
  ASSERT_TRUE(fromHex<RoomId>(good));
  EXPECT_FALSE(fromHex<RoomId>(good.substr(1)));
  EXPECT_FALSE(fromHex<RoomId>(good + "00"));
  EXPECT_FALSE(fromHex<RoomId>("g" + good.substr(1)));
  EXPECT_FALSE(fromHex<RoomId>(" " + good.substr(1)));
  EXPECT_FALSE(fromHex<RoomId>(std::string(32, ' ')));
  EXPECT_FALSE(fromHex<RoomId>(""));
}

TEST(Ids, ReadBothCasesOfHexadecimalDigits) {
  EXPECT_EQ(fromHex<RoomId>("ABCDEF00112233445566778899AABBCC"), fromHex<RoomId>("abcdef00112233445566778899aabbcc"));
}

TEST(Ids, SortByTheirBytes) {
  RoomId low;
  RoomId high;
  low.bytes[0] = 0x7F;
  high.bytes[0] = 0x80;
  EXPECT_LT(low, high);
}

TEST(Ids, CanBeKeysOfHashTables) {
  const auto id = makeRandom<MemberId>();
  std::unordered_set<MemberId> set{id, id, makeRandom<MemberId>()};
  EXPECT_EQ(set.size(), 2U);
  EXPECT_TRUE(set.contains(id));
}

TEST(Seq, CountsUpFromOne) {
  EXPECT_EQ(toNumber(next(Seq{})), 1U);
  EXPECT_EQ(toNumber(next(Seq{41})), 42U);
}

}  // namespace
}  // namespace earshot::app
