#include "app/roster.h"

#include <gmock/gmock.h>

namespace earshot::app {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

MemberId idOf(std::uint8_t number) {
  MemberId id;
  id.bytes[0] = number;
  return id;
}

Member somebody(std::uint8_t number, std::string name, std::chrono::milliseconds since = 5s) {
  return {idOf(number), std::move(name), UtcMillis{since}};
}

Event about(const Member& member, EventBody body) {
  return {Seq{1}, member.since, member.id, member.name, std::move(body)};
}

TEST(Roster, FollowsWhoComesGoesAndIsRenamed) {
  const Member anna = somebody(2, "Anna");
  const Member ben = somebody(1, "Ben", 7s);
  Roster roster({anna});
  roster.apply(about(ben, MemberJoined{}));
  EXPECT_THAT(roster.members(), ElementsAre(ben, anna));
  roster.apply(about(anna, MemberRenamed{"Anne"}));
  EXPECT_EQ(roster.find(anna.id)->name, "Anne");
  roster.apply(about(ben, MemberLeft{}));
  EXPECT_EQ(roster.find(ben.id), nullptr);
  EXPECT_EQ(roster.size(), 1U);
}

TEST(Roster, IsChangedByNothingElse) {
  const Member anna = somebody(2, "Anna");
  Roster roster({anna});
  const auto before = roster.digest();
  const Event others[]{about(anna, TopicChanged{"tea"}), about(somebody(9, "Nobody"), MemberLeft{}),
                       about(somebody(9, "Nobody"), MemberRenamed{"Somebody"})};
  for (const Event& event : others) roster.apply(event);
  EXPECT_EQ(roster.digest(), before);
  EXPECT_FALSE(Roster::isTouchedBy(others[0]));
  EXPECT_TRUE(Roster::isTouchedBy(others[1]));
  EXPECT_TRUE(Roster::isTouchedBy(others[2]));
}

TEST(Roster, DigestIsThatOfThePeopleAndNotOfTheirHistory) {
  const Member anna = somebody(2, "Anna");
  const Member ben = somebody(1, "Ben");
  Roster came;
  came.apply(about(anna, MemberJoined{}));
  came.apply(about(ben, MemberJoined{}));
  came.apply(about(somebody(3, "Carla"), MemberJoined{}));
  came.apply(about(somebody(3, "Carla"), MemberLeft{}));
  EXPECT_EQ(came.digest(), Roster({anna, ben}).digest());
  EXPECT_EQ(came.digest(), Roster({ben, anna}).digest());
}

TEST(Roster, DigestTellsEveryDifference) {
  const auto digest = Roster({somebody(1, "Ben"), somebody(2, "Anna")}).digest();
  EXPECT_NE(digest, Roster({somebody(1, "Ben")}).digest());
  EXPECT_NE(digest, Roster({somebody(1, "Ben"), somebody(3, "Anna")}).digest());
  EXPECT_NE(digest, Roster({somebody(1, "Bem"), somebody(2, "Anna")}).digest());
  EXPECT_NE(digest, Roster({somebody(1, "Ben", 6s), somebody(2, "Anna")}).digest());
  EXPECT_NE(digest, Roster({somebody(1, "Anna"), somebody(2, "Ben")}).digest());
}

/// The bytes that docs/PROTOCOL.md describes, hashed by another program.
TEST(Roster, DigestIsTheOneOfTheProtocol) {
  EXPECT_EQ(hexOf(Roster{}.digest()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hexOf(Roster({somebody(1, "Ben", 1'700'000'000'123ms)}).digest()),
            "ce415a4b351fb0841ef3e56e299d8a49e8cfc9ded8589d3b7ed15873017ccf1f");
}

}  // namespace
}  // namespace earshot::app
