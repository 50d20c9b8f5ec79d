#include "app/room.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>

#include "app/limits.h"
#include "app/names.h"
#include "app/text.h"

namespace earshot::app {
namespace {

using namespace std::chrono_literals;

MemberId person(unsigned number) {
  MemberId id;
  id.bytes[0] = static_cast<std::uint8_t>(number >> 8);
  id.bytes[1] = static_cast<std::uint8_t>(number);
  return id;
}

const MemberId kAnna = person(1);
const MemberId kBerta = person(2);
constexpr UtcMillis kNow{1'795'355'405'250ms};

Request asking(Command command) {
  return {makeRandom<RequestId>(), std::move(command)};
}

/// A room in which asking is doing.
class RoomTest : public testing::Test {
 protected:
  Result<std::optional<Event>> ask(const MemberId& from, Command command, UtcMillis now = kNow) {
    auto decided = room.decide(from, asking(std::move(command)), now);
    if (decided && *decided) room.apply(**decided);
    return decided;
  }
  /// The event that this makes.
  Event the(const MemberId& from, Command command) {
    auto decided = ask(from, std::move(command));
    if (!decided || !*decided) {
      ADD_FAILURE() << "no event";
      return {};
    }
    return **decided;
  }
  void expectRefused(const MemberId& from, const Command& command, Errc code) {
    const Seq before = room.lastSeq();
    const auto decided = ask(from, command);
    ASSERT_FALSE(decided);
    EXPECT_EQ(decided.error().code, code);
    EXPECT_EQ(room.lastSeq(), before);
  }
  void expectNothingHappens(const MemberId& from, const Command& command) {
    const auto decided = ask(from, command);
    ASSERT_TRUE(decided);
    EXPECT_EQ(*decided, std::nullopt);
  }
  void everybodyIn() {
    the(kAnna, Join{"Anna"});
    the(kBerta, Join{"Berta"});
  }

  Room room;
};

std::string nameOf(const Room& room, const MemberId& id) {
  const Member* member = room.find(id);
  return member == nullptr ? "nobody" : member->name;
}

TEST_F(RoomTest, LetsAMemberInUnderTheirName) {
  const Event event = the(kAnna, Join{"  Anna "});
  EXPECT_EQ(event, (Event{Seq{1}, kNow, kAnna, "Anna", MemberJoined{}}));
  ASSERT_NE(room.find(kAnna), nullptr);
  EXPECT_EQ(*room.find(kAnna), (Member{kAnna, "Anna", kNow}));
  EXPECT_EQ(room.roster().size(), 1U);
}

TEST_F(RoomTest, NumbersMessagesInTheOrderTheyArrive) {
  everybodyIn();
  EXPECT_EQ(toNumber(the(kAnna, SendText{TextStyle::Plain, "one"}).seq), 3U);
  EXPECT_EQ(toNumber(the(kBerta, SendText{TextStyle::Plain, "two"}).seq), 4U);
  EXPECT_EQ(toNumber(room.lastSeq()), 4U);
}

TEST_F(RoomTest, DecidesWithoutChangingAnything) {
  everybodyIn();
  const Room& constRoom = room;
  const auto first = constRoom.decide(kAnna, {RequestId{}, Rename{"Annika"}}, kNow);
  const auto second = constRoom.decide(kAnna, {RequestId{}, Rename{"Annika"}}, kNow);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
  EXPECT_EQ(nameOf(room, kAnna), "Anna");
  EXPECT_EQ(toNumber(room.lastSeq()), 2U);
}

TEST_F(RoomTest, NumbersDoNotFollowTheClock) {
  everybodyIn();
  ASSERT_TRUE(ask(kAnna, SendText{TextStyle::Plain, "now"}, kNow));
  const auto earlier = ask(kAnna, SendText{TextStyle::Plain, "earlier"}, kNow - 24h);
  ASSERT_TRUE(earlier && *earlier);
  EXPECT_EQ(toNumber((*earlier)->seq), 4U);
  EXPECT_EQ((*earlier)->time, kNow - 24h);
}

TEST_F(RoomTest, GivesANameToOneMemberOnly) {
  the(kAnna, Join{"Anna"});
  for (const auto* name : {"Anna", "ANNA", " anna ", "Ａｎｎａ", "ᴀɴɴᴀ"}) {
    const auto decided = ask(kBerta, Join{name});
    ASSERT_FALSE(decided) << name;
    EXPECT_EQ(decided.error().code, Errc::NameTaken) << name;
    EXPECT_TRUE(normalizeName(decided.error().detail)) << "the suggestion must be accepted";
  }
}

TEST_F(RoomTest, SuggestsAFreeNameThatThenWorks) {
  the(kAnna, Join{"Anna"});
  the(person(3), Join{"Anna (2)"});
  const auto refused = ask(kBerta, Join{"Anna"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), (Error{Errc::NameTaken, "Anna (3)"}));
  the(kBerta, Join{refused.error().detail});
  EXPECT_EQ(nameOf(room, kBerta), "Anna (3)");
}

TEST_F(RoomTest, RefusesNamesThatBreakTheRules) {
  expectRefused(kAnna, Join{""}, Errc::NameEmpty);
  expectRefused(kAnna, Join{std::string(500, 'x')}, Errc::NameTooLong);
  expectRefused(kAnna, Join{"An\nna"}, Errc::NameForbidden);
  expectRefused(kAnna, Join{"Server"}, Errc::NameForbidden);
  expectRefused(kAnna, Join{"\xFF"}, Errc::NameForbidden);
  the(kAnna, Join{"Anna"});
  expectRefused(kAnna, Rename{""}, Errc::NameEmpty);
  expectRefused(kAnna, Rename{std::string(500, 'x')}, Errc::NameTooLong);
  expectRefused(kAnna, Rename{"host"}, Errc::NameForbidden);
}

TEST_F(RoomTest, LetsNobodyInTwice) {
  the(kAnna, Join{"Anna"});
  expectRefused(kAnna, Join{"Anna"}, Errc::AlreadyMember);
  expectRefused(kAnna, Join{"Somebody"}, Errc::AlreadyMember);
}

TEST_F(RoomTest, LetsTheSameMemberBackInUnderTheSameNameAfterLeaving) {
  the(kAnna, Join{"Anna"});
  const Event left = the(kAnna, Leave{LeaveReason::Replaced});
  EXPECT_EQ(left.actorName, "Anna");
  EXPECT_EQ(std::get<MemberLeft>(left.body).reason, LeaveReason::Replaced);
  EXPECT_EQ(room.find(kAnna), nullptr);
  the(kBerta, Join{"Anna"});
  const auto refused = ask(kAnna, Join{"Anna"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "Anna (2)");
}

TEST_F(RoomTest, RefusesEverythingButJoiningToStrangers) {
  the(kAnna, Join{"Anna"});
  expectRefused(kBerta, SendText{TextStyle::Plain, "hello"}, Errc::NotAMember);
  expectRefused(kBerta, Rename{"B"}, Errc::NotAMember);
  expectRefused(kBerta, SetTopic{"T"}, Errc::NotAMember);
  expectRefused(kBerta, Leave{}, Errc::NotAMember);
  the(kAnna, Leave{});
  expectRefused(kAnna, SendText{TextStyle::Plain, "still here?"}, Errc::NotAMember);
}

TEST_F(RoomTest, IsFullAtItsLimit) {
  RoomState state;
  for (unsigned i = 0; i < kMaxMembers; ++i) state.members.push_back({person(i), "m" + std::to_string(i), kNow});
  room = Room(std::move(state));
  expectRefused(person(kMaxMembers), Join{"One more"}, Errc::RoomFull);
  the(person(7), Leave{});
  the(person(kMaxMembers), Join{"One more"});
}

TEST_F(RoomTest, PostsTextsUnderTheIdOfTheirRequest) {
  everybodyIn();
  const Request request = asking(SendText{TextStyle::Action, "waves"});
  const auto decided = room.decide(kAnna, request, kNow);
  ASSERT_TRUE(decided && *decided);
  EXPECT_EQ(**decided, (Event{Seq{3}, kNow, kAnna, "Anna", TextPosted{request.id, TextStyle::Action, "waves"}}));
}

TEST_F(RoomTest, PostsTextsCleaned) {
  everybodyIn();
  const Event event = the(kAnna, SendText{TextStyle::Plain, "  a\r\nb\x07\tc \n\n"});
  EXPECT_EQ(std::get<TextPosted>(event.body).text, "  a\nb\tc");
}

TEST_F(RoomTest, RefusesTextsThatAreEmptyOrNotText) {
  everybodyIn();
  for (const auto* text : {"", "  \n\t ", "\x01", "\u3000"}) {
    expectRefused(kAnna, SendText{TextStyle::Plain, text}, Errc::TextEmpty);
  }
  expectRefused(kAnna, SendText{TextStyle::Plain, "a\xFF"}, Errc::TextInvalid);
  expectRefused(kAnna, SendText{TextStyle::Plain, std::string("a\0b", 3)}, Errc::TextInvalid);
}

TEST_F(RoomTest, LimitsTextsByCharactersAndBytes) {
  everybodyIn();
  the(kAnna, SendText{TextStyle::Plain, std::string(kMaxTextCodePoints, 'x')});
  the(kAnna, SendText{TextStyle::Plain, std::string(kMaxTextCodePoints, 'x') + "\n\n"});
  expectRefused(kAnna, SendText{TextStyle::Plain, std::string(kMaxTextCodePoints + 1, 'x')}, Errc::TextTooLong);
  std::string party;
  for (std::size_t i = 0; i < kMaxTextCodePoints; ++i) party += "🎉";
  ASSERT_LE(party.size(), kMaxTextBytes);
  the(kAnna, SendText{TextStyle::Plain, party});
  expectRefused(kAnna, SendText{TextStyle::Plain, party + "🎉"}, Errc::TextTooLong);
}

TEST_F(RoomTest, RenamesUnderTheOldName) {
  everybodyIn();
  const Event event = the(kAnna, Rename{" Annika "});
  EXPECT_EQ(event.actorName, "Anna");
  EXPECT_EQ(std::get<MemberRenamed>(event.body).newName, "Annika");
  EXPECT_EQ(nameOf(room, kAnna), "Annika");
  EXPECT_EQ(the(kAnna, SendText{TextStyle::Plain, "hi"}).actorName, "Annika");
}

TEST_F(RoomTest, FreesTheOldNameAfterARename) {
  everybodyIn();
  the(kAnna, Rename{"Annika"});
  the(person(3), Join{"Anna"});
  expectRefused(kBerta, Rename{"annika"}, Errc::NameTaken);
  expectRefused(kBerta, Rename{"Anna"}, Errc::NameTaken);
}

TEST_F(RoomTest, DoesNothingForARenameToTheSameName) {
  everybodyIn();
  expectNothingHappens(kAnna, Rename{"Anna"});
  expectNothingHappens(kAnna, Rename{"  Anna "});
}

TEST_F(RoomTest, LetsMembersChangeTheCaseOfTheirOwnName) {
  everybodyIn();
  the(kAnna, Rename{"ANNA"});
  EXPECT_EQ(nameOf(room, kAnna), "ANNA");
  expectRefused(kBerta, Rename{"Anna"}, Errc::NameTaken);
}

TEST_F(RoomTest, ChangesItsTopic) {
  everybodyIn();
  const Event event = the(kAnna, SetTopic{"  Lunch\n at   noon "});
  EXPECT_EQ(std::get<TopicChanged>(event.body).topic, "Lunch at noon");
  EXPECT_EQ(room.topic(), "Lunch at noon");
  expectNothingHappens(kBerta, SetTopic{"Lunch at noon"});
  EXPECT_EQ(std::get<TopicChanged>(the(kBerta, SetTopic{" "}).body).topic, "");
  EXPECT_EQ(room.topic(), "");
  expectNothingHappens(kBerta, SetTopic{""});
}

TEST_F(RoomTest, LimitsItsTopic) {
  everybodyIn();
  expectRefused(kAnna, SetTopic{std::string(kMaxTopicCodePoints + 1, 'x')}, Errc::TopicTooLong);
  expectRefused(kAnna, SetTopic{"\xFF"}, Errc::TextInvalid);
  the(kAnna, SetTopic{std::string(kMaxTopicCodePoints, 'x')});
}

TEST_F(RoomTest, ListsItsMembersInTheOrderOfTheirIds) {
  the(kBerta, Join{"Aaron"});
  the(kAnna, Join{"Zoe"});
  const auto members = room.roster().members();
  ASSERT_EQ(members.size(), 2U);
  EXPECT_EQ(members[0].id, kAnna);
  EXPECT_EQ(members[1].id, kBerta);
}

TEST_F(RoomTest, GoesOnWhereItsStateStopped) {
  everybodyIn();
  the(kAnna, SetTopic{"T"});
  Room again(RoomState{room.topic(), room.lastSeq(), room.roster().members()});
  EXPECT_EQ(again.topic(), "T");
  EXPECT_EQ(again.roster().members(), room.roster().members());
  const auto taken = again.decide(person(3), asking(Join{"anna"}), kNow);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, Errc::NameTaken);
  const auto text = again.decide(kAnna, asking(SendText{TextStyle::Plain, "x"}), kNow);
  ASSERT_TRUE(text && *text);
  EXPECT_EQ(toNumber((*text)->seq), 4U);
}

Command randomCommand(std::mt19937& random) {
  static const std::vector<std::string> kNames{"Anna",   "anna",    "ANNA (2)", "Anna (2)", "Ben",  "ben ",
                                               "Straße", "STRASSE", "",         "server",   "\xFF", "王小明"};
  const std::string& name = kNames[random() % kNames.size()];
  switch (random() % 8) {
    case 0:
    case 1:
    case 2:
      return Join{name};
    case 3:
      return Rename{name};
    case 4:
      return SetTopic{std::to_string(random() % 3)};
    case 5:
      return Leave{static_cast<LeaveReason>(random() % 5)};
    default:
      return SendText{static_cast<TextStyle>(random() % 2), random() % 5 == 0 ? " " : "text"};
  }
}

void expectSound(const Room& room) {
  std::set<std::string> keys;
  for (const Member& member : room.roster().members()) {
    for (const std::string& key : std::set<std::string>{nameKeys(member.name)[0], nameKeys(member.name)[1]}) {
      ASSERT_TRUE(keys.insert(key).second) << member.name << " is there twice";
    }
    ASSERT_EQ(room.find(member.id)->name, member.name);
  }
}

TEST(RoomWalk, KeepsItsPromisesWhateverIsAsked) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    Room live;
    std::vector<Event> history;
    for (int step = 0; step < 1000; ++step) {
      const auto decided =
          live.decide(person(static_cast<unsigned>(random() % 6)), asking(randomCommand(random)), kNow + step * 1ms);
      if (!decided) {
        if (decided.error().code == Errc::NameTaken) {
          ASSERT_TRUE(normalizeName(decided.error().detail));
        }
        continue;
      }
      if (const auto& event = *decided) {
        ASSERT_EQ(toNumber(event->seq), history.size() + 1);
        live.apply(*event);
        history.push_back(*event);
      }
      expectSound(live);
    }
    ASSERT_GT(history.size(), 200U);

    Room replayed;
    for (const Event& event : history) replayed.apply(event);
    EXPECT_EQ(replayed.roster().members(), live.roster().members());
    EXPECT_EQ(replayed.topic(), live.topic());
    EXPECT_EQ(replayed.lastSeq(), live.lastSeq());
  }
}

}  // namespace
}  // namespace earshot::app
