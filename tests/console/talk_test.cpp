#include "console/talk.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

namespace earshot::console {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Keeps what was asked of the room.
class RecordingLink final : public app::RoomLink {
 public:
  void submit(app::Request request) override { requests.push_back(std::move(request)); }
  void submitPrivate(app::PrivateRequest request) override { privateRequests.push_back(std::move(request)); }
  void askHistory(app::Position before, std::size_t) override { historyAsked.push_back(before); }
  void tellTyping() override { ++typingTold; }
  void retryNow() override {}
  void close() override { ++closes; }

  std::vector<app::Request> requests;
  std::vector<app::PrivateRequest> privateRequests;
  std::vector<app::Position> historyAsked;
  int typingTold = 0;
  int closes = 0;
};

class TalkTest : public ::testing::Test {
 protected:
  void admit(Talk& talk) {
    app::LinkAdmitted admitted;
    admitted.roomName = "Kitchen";
    admitted.selfName = "Anna";
    admitted.self = self_;
    admitted.members = {{self_, "Anna", {}}};
    talk.update(admitted);
  }
  app::Event text(const std::string& words, const app::MemberId& from, app::RequestId id = {},
                  app::TextStyle style = app::TextStyle::Plain) {
    return {app::Seq{7}, app::UtcMillis{}, from, from == self_ ? "Anna" : "Berta", app::TextPosted{id, style, words}};
  }
  std::vector<nlohmann::json> lines() {
    std::vector<nlohmann::json> parsed;
    std::istringstream in(out_.str());
    for (std::string line; std::getline(in, line);) parsed.push_back(nlohmann::json::parse(line));
    return parsed;
  }

  const app::MemberId self_ = app::makeRandom<app::MemberId>();
  const app::MemberId berta_ = app::makeRandom<app::MemberId>();
  std::ostringstream out_;
  RecordingLink link_;
  std::unique_ptr<TalkDialect> json_ = makeJsonDialect(out_);
  std::unique_ptr<TalkDialect> plain_ = makePlainDialect(out_, true);
};

TEST_F(TalkTest, KeepsWhatWasTypedUntilItIsInTheRoom) {
  Talk talk(*json_, link_);
  talk.line(R"({"say":"early"})");
  EXPECT_THAT(link_.requests, IsEmpty());
  admit(talk);
  ASSERT_EQ(link_.requests.size(), 1U);
  EXPECT_EQ(std::get<app::SendText>(link_.requests[0].command).text, "early");
}

TEST_F(TalkTest, TellsWhoIsWritingInJsonAlone) {
  for (const auto* dialect : {&json_, &plain_}) {
    Talk talk(**dialect, link_);
    admit(talk);
    out_.str({});
    talk.update(app::LinkTyping{{self_, app::makeRandom<app::MemberId>()}});
    talk.update(app::LinkTyping{{app::makeRandom<app::MemberId>()}});
    if (dialect == &plain_) {
      EXPECT_EQ(out_.str(), "");
    } else {
      EXPECT_EQ(lines(), (std::vector<nlohmann::json>{{{"event", "typing"}, {"names", {"Anna"}}}}));
    }
  }
}

TEST_F(TalkTest, PassesOnThatSomethingIsWritten) {
  Talk talk(*json_, link_);
  talk.line(R"({"typing":true})");
  EXPECT_EQ(link_.typingTold, 0);
  admit(talk);
  EXPECT_EQ(link_.typingTold, 1);
  talk.line(R"({"typing":1})");
  EXPECT_EQ(link_.typingTold, 1);
  EXPECT_EQ(lines().back()["event"], "error");
}

TEST_F(TalkTest, ReadsWhatIsAboutAnEarlierMessage) {
  Talk talk(*json_, link_);
  admit(talk);
  talk.line(R"({"edit":12,"say":"better"})");
  talk.line(R"({"delete":13})");
  talk.line(R"({"reply":14,"say":"yes"})");
  talk.line(R"({"react":15,"with":"👍"})");
  talk.line(R"({"react":15,"with":"👍","off":true})");
  ASSERT_EQ(link_.requests.size(), 5U);
  EXPECT_EQ(std::get<app::EditText>(link_.requests[0].command).target, app::Seq{12});
  EXPECT_EQ(std::get<app::EditText>(link_.requests[0].command).text, "better");
  EXPECT_EQ(std::get<app::DeleteText>(link_.requests[1].command).target, app::Seq{13});
  EXPECT_EQ(std::get<app::SendText>(link_.requests[2].command).replyTo, app::Seq{14});
  EXPECT_TRUE(std::get<app::React>(link_.requests[3].command).on);
  EXPECT_FALSE(std::get<app::React>(link_.requests[4].command).on);
  for (const char* bad : {R"({"edit":"12","say":"x"})", R"({"edit":12})", R"({"delete":0})", R"({"delete":-1})",
                          R"({"reply":1.5,"say":"x"})", R"({"react":15})", R"({"react":15,"with":3})"}) {
    talk.line(bad);
    EXPECT_EQ(lines().back()["event"], "error") << bad;
  }
  EXPECT_EQ(link_.requests.size(), 5U);
}

TEST_F(TalkTest, TellsWhatHappenedToEarlierMessages) {
  Talk talk(*json_, link_);
  admit(talk);
  const auto happens = [&](app::EventBody body, bool past = false) {
    talk.update(
        app::LinkEvent{{app::Position{9}, {app::Seq{9}, app::UtcMillis{}, berta_, "Berta", std::move(body)}}, past});
    return lines().back();
  };
  EXPECT_EQ(happens(app::TextEdited{app::Seq{3}, "better"}), (nlohmann::json{{"event", "edited"},
                                                                             {"seq", 9},
                                                                             {"of", 3},
                                                                             {"from", "Berta"},
                                                                             {"text", "better"},
                                                                             {"time", "1970-01-01T00:00:00.000Z"}}));
  EXPECT_EQ(happens(app::TextDeleted{app::Seq{3}}, true)["event"], "deleted") << "also what was missed";
  EXPECT_EQ(happens(app::Reacted{app::Seq{3}, "👍", true})["with"], "👍");
  EXPECT_EQ(happens(app::Reacted{app::Seq{3}, "👍", false})["off"], true);
  EXPECT_EQ(happens(app::TextPosted{{}, {}, "@Anna?", app::Seq{3}, true})["reply_to"], 3);
  EXPECT_EQ(lines().back()["mention"], true);
  EXPECT_EQ(lines().back()["edited"], true);
  EXPECT_FALSE(happens(app::TextPosted{{}, {}, "Anna?"}).contains("mention"));
  EXPECT_EQ(happens(app::TextPosted{{}, {}, "", {}, false, true})["deleted"], true);
}

TEST_F(TalkTest, SaysHowTheHostProvedItself) {
  const std::pair<app::HostProof, const char*> proofs[] = {{app::HostProof::FirstUse, "first_use"},
                                                           {app::HostProof::JoinCode, "join_code"},
                                                           {app::HostProof::Invite, "invite"},
                                                           {app::HostProof::Own, "own"}};
  for (const auto& [proof, name] : proofs) {
    app::LinkAdmitted admitted;
    admitted.proof = proof;
    json_->joined(admitted);
    EXPECT_EQ(lines().back()["proof"], name);
    EXPECT_EQ(lines().back()["fingerprint"], "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925")
        << "SHA-256 of 32 zeros";
  }
}

TEST_F(TalkTest, TellsPeopleWhenTheHostHasProvenNothing) {
  plain_->joined(app::LinkAdmitted{});
  EXPECT_THAT(out_.str(), HasSubstr("has not proven who it is"));
}

TEST_F(TalkTest, EndsWithOneWhenTheRoomWantsACode) {
  for (const app::Errc code : {app::Errc::JoinCodeNeeded, app::Errc::JoinCodeWrong, app::Errc::TooManyTries,
                               app::Errc::InviteExpired, app::Errc::HostKeyChanged}) {
    Talk talk(*json_, link_);
    talk.update(app::LinkClosed{{code, {}}});
    EXPECT_EQ(talk.exitCode(), 1);
    EXPECT_EQ(lines().back()["event"], "error");
    ASSERT_TRUE(talk.failure());
    EXPECT_EQ(talk.failure()->code, code);
  }
}

TEST_F(TalkTest, GivesTheMarkOfTheCallerBackWithTheAnswer) {
  Talk talk(*json_, link_);
  admit(talk);
  talk.line(R"({"say":"a","ref":"x"})");
  talk.line(R"({"rename":"host","ref":[1]})");
  talk.update(app::LinkSent{{app::Position{1}, text("a", self_, link_.requests[0].id)}});
  talk.update(app::LinkRefused{link_.requests[1].id, {app::Errc::NameForbidden, {}}});
  EXPECT_EQ(lines()[1]["event"], "sent");
  EXPECT_EQ(lines()[1]["ref"], "x");
  EXPECT_EQ(lines()[1]["seq"], 7);
  EXPECT_EQ(lines()[2]["code"], "name_forbidden");
  EXPECT_EQ(lines()[2]["ref"], nlohmann::json::array({1}));
}

TEST_F(TalkTest, LeavesAtTheEndOfInputOnceEverythingIsAnswered) {
  Talk talk(*json_, link_);
  talk.line(R"({"say":"a"})");
  talk.line(R"({"topic":"t"})");
  talk.inputEnded();
  admit(talk);
  EXPECT_EQ(link_.closes, 0);
  talk.update(app::LinkSent{{app::Position{1}, text("a", self_, link_.requests[0].id)}});
  EXPECT_EQ(link_.closes, 0);
  talk.update(app::LinkDone{link_.requests[1].id});
  EXPECT_EQ(link_.closes, 1);
  talk.update(app::LinkClosed{{app::Errc::Cancelled, {}}});
  EXPECT_EQ(talk.exitCode(), 0);
}

TEST_F(TalkTest, WaitsForWhatAnEarlierRunLeftOver) {
  Talk talk(*json_, link_);
  talk.inputEnded();
  const auto old = app::makeRandom<app::RequestId>();
  talk.update(app::LinkQueued{{old, {}, app::TextStyle::Plain, "left over"}});
  admit(talk);
  EXPECT_EQ(link_.closes, 0);
  talk.update(app::LinkSent{{app::Position{1}, text("left over", self_, old)}});
  EXPECT_EQ(link_.closes, 1);
}

TEST_F(TalkTest, ReportsFailureWhenSomethingSaidWasRefused) {
  Talk talk(*json_, link_);
  admit(talk);
  talk.line(R"({"say":""})");
  talk.inputEnded();
  talk.update(app::LinkRefused{link_.requests[0].id, {app::Errc::TextEmpty, {}}});
  talk.update(app::LinkClosed{{app::Errc::Cancelled, {}}});
  EXPECT_EQ(talk.exitCode(), 1);
}

TEST_F(TalkTest, SaysOnceThatATextIsDelayedAndStillKnowsItsRefWhenItIsSent) {
  Talk talk(*json_, link_);
  admit(talk);
  talk.line(R"({"say":"hello","ref":5})");
  const auto id = link_.requests[0].id;
  for (int i = 0; i < 2; ++i) {
    talk.update(app::LinkRefused{id, {app::Errc::HostStorageFull, {}}, true});
    talk.update(app::LinkQueued{{id, {}, app::TextStyle::Plain, "hello", {}}});
  }
  talk.update(app::LinkSent{{{}, text("hello", self_, id)}});
  const auto said = lines();
  ASSERT_EQ(said.size(), 3U);
  EXPECT_EQ(said[1]["event"], "delayed");
  EXPECT_EQ(said[1]["code"], "host_storage_full");
  EXPECT_EQ(said[1]["ref"], 5);
  EXPECT_EQ(said[2]["event"], "sent");
  EXPECT_EQ(said[2]["ref"], 5);
}

TEST_F(TalkTest, WaitsForNoDelayedTextWhenTheInputHasEnded) {
  Talk talk(*json_, link_);
  admit(talk);
  talk.line(R"({"say":"hello"})");
  talk.inputEnded();
  talk.update(app::LinkRefused{link_.requests[0].id, {app::Errc::HostStorageFull, {}}, true});
  EXPECT_EQ(link_.closes, 1);
  talk.update(app::LinkClosed{{app::Errc::Cancelled, {}}});
  EXPECT_EQ(talk.exitCode(), 1);
}

TEST_F(TalkTest, WaitsForATextThatWasOnlyTooFastAlsoWhenTheInputHasEnded) {
  Talk talk(*json_, link_);
  admit(talk);
  talk.line(R"({"say":"hello"})");
  const auto id = link_.requests[0].id;
  talk.inputEnded();
  talk.update(app::LinkRefused{id, {app::Errc::TooFast, {}}, true});
  EXPECT_EQ(link_.closes, 0);
  EXPECT_EQ(lines().back()["code"], "too_fast");
  talk.update(app::LinkSent{{{}, text("hello", self_, id)}});
  EXPECT_EQ(link_.closes, 1);
  talk.update(app::LinkClosed{{app::Errc::Cancelled, {}}});
  EXPECT_EQ(talk.exitCode(), 0);
}

TEST_F(TalkTest, EndsWithOneWhenTheHostGoesAndSaysWhy) {
  Talk talk(*json_, link_);
  admit(talk);
  talk.update(app::LinkClosed{{app::Errc::HostClosed, {}}});
  EXPECT_EQ(talk.exitCode(), 1);
  EXPECT_EQ(lines().back()["event"], "disconnected");
  EXPECT_EQ(lines().back()["reason"], "host_closed");
  ASSERT_TRUE(talk.failure());
}

TEST_F(TalkTest, SaysASuggestionForATakenName) {
  Talk talk(*json_, link_);
  talk.update(app::LinkClosed{{app::Errc::NameTaken, "Anna (2)"}});
  EXPECT_EQ(lines().back()["event"], "error");
  EXPECT_EQ(lines().back()["suggestion"], "Anna (2)");
  EXPECT_EQ(talk.exitCode(), 1);
}

TEST_F(TalkTest, AnswersNonsenseAndAsksNothingOfTheRoom) {
  Talk talk(*json_, link_);
  admit(talk);
  for (const char* line : {"x", "{}", "[]", "5", "{\"say\":1}", "\xff"}) talk.line(line);
  talk.line("   ");
  EXPECT_THAT(link_.requests, IsEmpty());
  EXPECT_EQ(lines().size(), 7U);  // joined and six errors
}

TEST_F(TalkTest, QuitsOnceEvenWhenAskedTwice) {
  Talk talk(*json_, link_);
  admit(talk);
  talk.line(R"({"quit":true})");
  talk.stopAsked();
  talk.line(R"({"say":"too late"})");
  EXPECT_EQ(link_.closes, 1);
  EXPECT_THAT(link_.requests, IsEmpty());
  talk.update(app::LinkClosed{{app::Errc::Cancelled, {}}});
  EXPECT_EQ(talk.exitCode(), 0);
}

TEST_F(TalkTest, DoesNotReportItsOwnFarewell) {
  Talk talk(*json_, link_);
  admit(talk);
  talk.update(app::LinkEvent{{app::Position{1}, {app::Seq{8}, {}, self_, "Anna", app::MemberLeft{}}}});
  EXPECT_EQ(lines().size(), 1U);
}

TEST_F(TalkTest, TellsEveryKindOfEventInJson) {
  Talk talk(*json_, link_);
  admit(talk);
  const auto happened = [&](app::EventBody body) {
    talk.update(app::LinkEvent{{app::Position{1}, {app::Seq{8}, {}, berta_, "Berta", std::move(body)}}});
    return lines().back();
  };
  EXPECT_EQ(happened(app::MemberJoined{})["event"], "member_joined");
  EXPECT_EQ(happened(app::MemberLeft{})["event"], "member_left");
  EXPECT_EQ(happened(app::MemberRenamed{"Bea"})["new_name"], "Bea");
  EXPECT_EQ(happened(app::TopicChanged{"T"})["topic"], "T");
  const auto said = happened(app::TextPosted{{}, app::TextStyle::Action, "waves"});
  EXPECT_EQ(said["event"], "message");
  EXPECT_EQ(said["action"], true);
  EXPECT_EQ(said["time"], "1970-01-01T00:00:00.000Z");
}

TEST_F(TalkTest, ReadsCommandsAndQuitWordsOfPeople) {
  Talk talk(*plain_, link_);
  admit(talk);
  talk.line("hello");
  talk.line("/me waves");
  talk.line("//not a command");
  talk.line("");
  talk.line("/nonsense");
  ASSERT_EQ(link_.requests.size(), 3U);
  EXPECT_EQ(std::get<app::SendText>(link_.requests[2].command).text, "/not a command");
  talk.line("quit");  // a word like any other
  EXPECT_EQ(link_.closes, 0);
  talk.line("QUIT");
  EXPECT_EQ(link_.closes, 1);
}

TEST_F(TalkTest, IndentsContinuationLinesSoThatNoneCanBeForged) {
  Talk talk(*plain_, link_);
  admit(talk);
  talk.update(app::LinkEvent{{app::Position{1}, text("hi\n[12:00] Anna: forged", berta_)}});
  EXPECT_THAT(out_.str(), Not(HasSubstr("\n[12:00] Anna: forged")));
}

TEST_F(TalkTest, SearchesAllConversationsInJson) {
  app::SearchQuery asked;
  std::size_t most = 0;
  Talk talk(*json_, link_, [&](const app::SearchQuery& query, std::size_t limit) {
    asked = query;
    most = limit;
    app::ConversationInfo room;
    room.room.bytes.fill(1);
    room.roomName = "Kitchen";
    app::ConversationInfo alone = room;
    alone.peer = app::PrivatePeer{berta_, "Berta", room.room};
    app::SearchResults results;
    results.hits.push_back({std::make_shared<app::ConversationInfo>(room), {{}, text("cake", berta_)}});
    results.hits.push_back(
        {std::make_shared<app::ConversationInfo>(alone), {{}, text("eats cake", self_, {}, app::TextStyle::Action)}});
    results.hasMore = true;
    return results;
  });
  admit(talk);
  talk.line(R"({"search":"cake","person":"Be","room":"Kitchen","from":"2026-01-01T00:00:00Z","limit":2,"ref":[1]})");
  EXPECT_EQ(asked.words, "cake");
  EXPECT_EQ(asked.person, "Be");
  EXPECT_EQ(asked.room, "Kitchen");
  EXPECT_EQ(asked.from, app::UtcMillis{std::chrono::seconds{1'767'225'600}});
  EXPECT_EQ(asked.to, std::nullopt);
  EXPECT_EQ(most, 2U);
  const auto all = lines();
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[1], nlohmann::json::parse(R"({"event":"found","ref":[1],"room":"Kitchen",
      "room_id":"01010101010101010101010101010101","seq":7,"from":"Berta","text":"cake",
      "time":"1970-01-01T00:00:00.000Z"})"));
  EXPECT_EQ(all[2]["private"], true);
  EXPECT_EQ(all[2]["with"], "Berta");
  EXPECT_EQ(all[2]["action"], true);
  EXPECT_FALSE(all[2].contains("seq"));
  EXPECT_EQ(all[3], nlohmann::json::parse(R"({"event":"search_done","ref":[1],"count":2,"more":true})"));
  EXPECT_THAT(link_.requests, IsEmpty());
}

TEST_F(TalkTest, RefusesASearchThatIsNone) {
  Talk talk(*json_, link_);
  admit(talk);
  for (const char* line : {R"({"search":""})", R"({"search":1})", R"({"search":"a","from":"soon"})",
                           R"({"search":"a","limit":0})", R"({"search":"a","limit":"many"})"}) {
    talk.line(line);
    EXPECT_EQ(lines().back()["code"], "usage_invalid") << line;
  }
  talk.line(R"({"search":"","person":"Ben"})");
  EXPECT_EQ(lines().back()["event"], "search_done");
}

class PrivateTalkTest : public TalkTest {
 protected:
  void admitBoth(Talk& talk) {
    app::LinkAdmitted admitted;
    admitted.self = self_;
    admitted.members = {{self_, "Anna", {}}, {berta_, "Berta", {}}, {bertaB_, "Berta B", {}}};
    talk.update(admitted);
  }
  template <class What>
  const What& asked(std::size_t index) {
    return std::get<What>(link_.privateRequests.at(index));
  }
  static app::LinkPrivate from(const app::MemberId& person, app::PrivateUpdate what) {
    return {person, std::move(what)};
  }

  const app::MemberId bertaB_ = app::makeRandom<app::MemberId>();
};

TEST_F(PrivateTalkTest, FindsThePersonByNameInJson) {
  Talk talk(*json_, link_);
  admitBoth(talk);
  talk.line(R"({"say":"hi","to":"berta b","ref":7})");
  talk.line(R"({"me":"waves","to":"Berta"})");
  ASSERT_EQ(link_.privateRequests.size(), 2U);
  EXPECT_EQ(asked<app::SendPrivate>(0).person, bertaB_);
  EXPECT_EQ(asked<app::SendPrivate>(0).name, "Berta B");
  EXPECT_EQ(asked<app::SendPrivate>(0).text, "hi");
  EXPECT_EQ(asked<app::SendPrivate>(1).style, app::TextStyle::Action);
  EXPECT_THAT(link_.requests, IsEmpty());
}

TEST_F(PrivateTalkTest, FindsThePersonAtTheBeginningOfATypedLine) {
  Talk talk(*plain_, link_);
  admitBoth(talk);
  talk.line("/msg berta B is nice");
  talk.line("/msg \"Berta\" B is nice");
  talk.line("/accept Berta B");
  talk.line("/safety Berta");
  talk.line("/verify Berta");
  ASSERT_EQ(link_.privateRequests.size(), 5U);
  EXPECT_EQ(asked<app::SendPrivate>(0).person, bertaB_);
  EXPECT_EQ(asked<app::SendPrivate>(0).text, "is nice");
  EXPECT_EQ(asked<app::SendPrivate>(1).person, berta_);
  EXPECT_EQ(asked<app::AcceptKey>(2).person, bertaB_);
  EXPECT_EQ(asked<app::AskSafetyWords>(3).person, berta_);
  EXPECT_TRUE(asked<app::SetVerified>(4).verified);
}

TEST_F(PrivateTalkTest, SaysThatNobodyIsCalledLikeThat) {
  Talk talk(*json_, link_);
  admitBoth(talk);
  talk.line(R"({"say":"hi","to":"Carla","ref":"r"})");
  EXPECT_THAT(link_.privateRequests, IsEmpty());
  EXPECT_EQ(lines().back()["code"], "person_unknown");
  EXPECT_EQ(lines().back()["ref"], "r");
  talk.line(R"({"say":"hi","to":5})");
  EXPECT_EQ(lines().back()["code"], "usage_invalid");
}

TEST_F(PrivateTalkTest, KnowsWhoLeftAndWhoWasWrittenToBefore) {
  Talk talk(*json_, link_);
  admitBoth(talk);
  talk.update(app::LinkEvent{{app::Position{1}, {app::Seq{8}, {}, berta_, "Berta", app::MemberLeft{}}}});
  const auto dora = app::makeRandom<app::MemberId>();
  talk.update(from(dora, app::PrivatePerson{"Dora", {}, {}}));
  talk.line(R"({"say":"hi","to":"Berta"})");
  talk.line(R"({"say":"hi","to":"Dora"})");
  EXPECT_EQ(asked<app::SendPrivate>(0).person, berta_);
  EXPECT_EQ(asked<app::SendPrivate>(1).person, dora);
}

TEST_F(PrivateTalkTest, PrefersWhoIsHereUnderANameToWhoWas) {
  Talk talk(*json_, link_);
  admitBoth(talk);
  const auto other = app::makeRandom<app::MemberId>();
  talk.update(app::LinkEvent{{app::Position{1}, {app::Seq{8}, {}, berta_, "Berta", app::MemberLeft{}}}});
  talk.update(app::LinkEvent{{app::Position{2}, {app::Seq{9}, {}, other, "Berta", app::MemberJoined{}}}});
  talk.line(R"({"say":"hi","to":"Berta"})");
  EXPECT_EQ(asked<app::SendPrivate>(0).person, other);
}

TEST_F(PrivateTalkTest, TellsWhatIsPrivateWithoutANumber) {
  Talk talk(*json_, link_);
  admitBoth(talk);
  talk.line(R"({"say":"hi","to":"Berta","ref":"x"})");
  const auto id = asked<app::SendPrivate>(0).id;
  talk.update(from(berta_, app::PrivateSent{{app::Position{1}, text("hi", self_, id)}}));
  EXPECT_EQ(lines().back().dump(),
            R"({"event":"sent","private":true,"ref":"x","time":"1970-01-01T00:00:00.000Z","to":"Berta"})");
  talk.update(from(berta_, app::PrivateDelivered{id, app::UtcMillis{}}));
  EXPECT_EQ(lines().back()["event"], "delivered");
  EXPECT_EQ(lines().back()["ref"], "x");
  EXPECT_EQ(lines().back()["private"], true);
  talk.update(from(berta_, app::PrivateEvent{{app::Position{2}, text("hello", berta_)}}));
  EXPECT_EQ(lines().back()["event"], "message");
  EXPECT_EQ(lines().back()["private"], true);
  EXPECT_EQ(lines().back()["from"], "Berta");
  EXPECT_FALSE(lines().back().contains("seq"));
}

TEST_F(PrivateTalkTest, LeavesAtTheEndOfInputOnceTheHostHasThePrivateText) {
  Talk talk(*json_, link_);
  admitBoth(talk);
  talk.line(R"({"say":"hi","to":"Berta"})");
  talk.inputEnded();
  EXPECT_EQ(link_.closes, 0);
  talk.update(from(berta_, app::PrivateSent{{app::Position{1}, text("hi", self_, asked<app::SendPrivate>(0).id)}}));
  EXPECT_EQ(link_.closes, 1);
}

TEST_F(PrivateTalkTest, ARefusedPrivateTextIsAnErrorAndAFailure) {
  Talk talk(*json_, link_);
  admitBoth(talk);
  talk.line(R"({"say":"hi","to":"Berta","ref":1})");
  talk.inputEnded();
  talk.update(from(berta_, app::PrivateRefused{asked<app::SendPrivate>(0).id, {app::Errc::PersonKeyChanged, "Berta"}}));
  EXPECT_EQ(lines().back()["code"], "person_key_changed");
  EXPECT_EQ(lines().back()["ref"], 1);
  talk.update(app::LinkClosed{{app::Errc::Cancelled, {}}});
  EXPECT_EQ(talk.exitCode(), 1);
}

TEST_F(PrivateTalkTest, TellsOnceThatAKeyChanged) {
  Talk talk(*json_, link_);
  admitBoth(talk);
  const std::size_t before = lines().size();
  talk.update(from(berta_, app::PrivatePerson{"Berta", app::PersonTrust::KeyChanged, {}}));
  talk.update(from(berta_, app::PrivatePerson{"Berta", app::PersonTrust::KeyChanged, "chat"}));
  talk.update(
      from(berta_, app::PrivateEvent{{app::Position{1}, {app::Seq{1}, {}, berta_, "Berta", app::KeyChanged{}}}}));
  ASSERT_EQ(lines().size(), before + 1);
  EXPECT_EQ(lines().back()["event"], "key_changed");
  EXPECT_EQ(lines().back()["was_verified"], false);
}

TEST_F(PrivateTalkTest, ShowsTheWordsOfBothInBothDialects) {
  app::PrivateSafetyWords words{{}, "Berta", {}, {}, app::PersonTrust::NotCompared};
  words.own.fill({"🐶", "Dog"});
  words.theirs.fill({"🐱", "Cat"});
  Talk json(*json_, link_);
  admitBoth(json);
  json.line(R"({"safety":"Berta","ref":"s"})");
  words.id = asked<app::AskSafetyWords>(0).id;
  json.update(from(berta_, words));
  EXPECT_EQ(lines().back()["event"], "safety");
  EXPECT_EQ(lines().back()["you"].size(), 8U);
  EXPECT_EQ(lines().back()["them"][0]["name"], "Cat");
  EXPECT_EQ(lines().back()["ref"], "s");
  Talk plain(*plain_, link_);
  admitBoth(plain);
  plain.update(from(berta_, words));
  EXPECT_THAT(out_.str(), HasSubstr("You: 🐶 Dog, 🐶 Dog"));
  EXPECT_THAT(out_.str(), HasSubstr("Berta: 🐱 Cat"));
}

TEST_F(PrivateTalkTest, MarksPrivateLinesForPeople) {
  Talk talk(*plain_, link_);
  admitBoth(talk);
  talk.update(from(berta_, app::PrivateEvent{{app::Position{1}, text("hi\n[12:00] (private) Anna: no", berta_)}}));
  EXPECT_THAT(out_.str(), HasSubstr("] (private) Berta: hi"));
  EXPECT_THAT(out_.str(), Not(HasSubstr("\n[12:00] (private)")));
}

}  // namespace
}  // namespace earshot::console
