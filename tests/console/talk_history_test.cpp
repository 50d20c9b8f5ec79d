#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "app/conversation.h"
#include "app/limits.h"
#include "console/talk.h"
#include "support/temporary_folder.h"

namespace earshot::console {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Keeps what the host was asked of the past.
class RecordingLink final : public app::RoomLink {
 public:
  void submit(app::Request) override {}
  void submitPrivate(app::PrivateRequest) override {}
  void askHistory(app::Position before, std::size_t) override { askedBefore.push_back(before); }
  void tellTyping() override {}
  void retryNow() override {}
  void close() override {}

  std::vector<app::Position> askedBefore;
};

/// A room in which much more happened than was said.
class TalkHistoryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened = app::Conversation::open(folder_.path(), room_);
    ASSERT_TRUE(opened.ok());
    conversation_ = std::move(*opened);
    app::ConversationInfo info;
    info.room = room_;
    info.self = self_;
    info.selfName = "Anna";
    ASSERT_TRUE(conversation_->admitted(app::makeRandom<app::Epoch>(), info).ok());
    talk_.update(admission(false));
  }
  [[nodiscard]] app::LinkAdmitted admission(bool again) const {
    app::LinkAdmitted admitted;
    admitted.self = self_;
    admitted.selfName = "Anna";
    admitted.conversation = conversation_->path();
    admitted.again = again;
    return admitted;
  }

  static app::Event event(std::uint64_t seq, app::EventBody body) {
    return {app::Seq{seq}, app::UtcMillis{std::chrono::milliseconds{seq}}, berta_, "Berta", std::move(body)};
  }
  static app::Event topic(std::uint64_t seq) { return event(seq, app::TopicChanged{std::to_string(seq)}); }
  static app::Event said(std::uint64_t seq) {
    return event(seq, app::TextPosted{app::makeRandom<app::RequestId>(), app::TextStyle::Plain, std::to_string(seq)});
  }
  std::vector<app::StoredEvent> save(const std::vector<app::Event>& events) {
    auto recorded = conversation_->record(events, self_);
    EXPECT_TRUE(recorded.ok());
    return std::move(recorded->received);
  }
  /// As the link does: it is saved first.
  void hostAnswers(const std::vector<app::Event>& events, bool complete = false) {
    talk_.update(app::LinkHistory{save(events), complete, {}});
  }
  /// What was told since the last call: texts as they are, ends as "end" or "complete" with their mark.
  std::vector<std::string> told() {
    std::vector<std::string> all;
    std::istringstream in(out_.str());
    for (std::string line; std::getline(in, line);) {
      const auto parsed = nlohmann::json::parse(line);
      if (parsed["event"] == "message") all.push_back(parsed["text"]);
      if (parsed["event"] == "error") all.push_back(parsed["code"]);
      if (parsed["event"] == "history_end") {
        all.push_back((parsed["complete"] == true ? "complete " : "end ") + parsed.value("ref", std::string()));
      }
    }
    out_.str({});
    return all;
  }

  const test::TemporaryFolder folder_;
  const app::RoomId room_ = app::makeRandom<app::RoomId>();
  const app::MemberId self_ = app::makeRandom<app::MemberId>();
  static inline const app::MemberId berta_ = app::makeRandom<app::MemberId>();
  std::unique_ptr<app::Conversation> conversation_;
  std::ostringstream out_;
  RecordingLink link_;
  std::unique_ptr<TalkDialect> json_ = makeJsonDialect(out_);
  Talk talk_{*json_, link_};
};

TEST_F(TalkHistoryTest, AsksTheHostOnUntilThereIsEnough) {
  save({topic(5), topic(6)});
  talk_.line(R"({"history":{"limit":2},"ref":"x"})");
  hostAnswers({topic(3), topic(4)});
  EXPECT_THAT(told(), IsEmpty()) << "there may be messages before";
  ASSERT_THAT(link_.askedBefore, SizeIs(2));
  EXPECT_LT(link_.askedBefore[1], link_.askedBefore[0]);
  hostAnswers({said(1), said(2)});
  EXPECT_THAT(told(), ElementsAre("1", "2", "end x"));
  EXPECT_THAT(link_.askedBefore, SizeIs(2));
}

TEST_F(TalkHistoryTest, EndsWhereTheRoomBegins) {
  save({topic(5)});
  talk_.line(R"({"history":{"limit":2},"ref":"x"})");
  hostAnswers({said(3), topic(4)}, true);
  EXPECT_THAT(told(), ElementsAre("3", "complete x"));
}

TEST_F(TalkHistoryTest, EndsWithAHostThatSendsNothingMore) {
  save({topic(5)});
  talk_.line(R"({"history":{"limit":2},"ref":"x"})");
  hostAnswers({});
  EXPECT_THAT(told(), ElementsAre("end x"));
  talk_.line(R"({"history":{"limit":2},"ref":"y"})");
  talk_.update(app::LinkHistory{{}, false, app::Error{app::Errc::NotAMember}});
  EXPECT_THAT(told(), ElementsAre("not_a_member"));
}

TEST_F(TalkHistoryTest, DoesNotLookThroughAWholeRoomOfComingAndGoing) {
  std::uint64_t oldest = 1'000'000;
  save({topic(oldest)});
  talk_.line(R"({"history":{"limit":2},"ref":"x"})");
  while (told().empty()) {
    ASSERT_LE(link_.askedBefore.size(), app::kMaxHistoryEvents / app::kHistoryPageEvents);
    std::vector<app::Event> page;
    for (std::uint64_t seq = oldest - app::kHistoryPageEvents; seq < oldest; ++seq) page.push_back(topic(seq));
    oldest -= app::kHistoryPageEvents;
    hostAnswers(page);
  }
  EXPECT_THAT(link_.askedBefore, SizeIs(app::kMaxHistoryEvents / app::kHistoryPageEvents));
}

TEST_F(TalkHistoryTest, AnswersOneQuestionAfterTheOther) {
  save({topic(9)});
  talk_.line(R"({"history":{"limit":1},"ref":"first"})");
  talk_.line(R"({"history":{"limit":2},"ref":"second"})");
  EXPECT_THAT(link_.askedBefore, SizeIs(1));
  hostAnswers({topic(7), topic(8)});
  hostAnswers({said(5), topic(6)});
  EXPECT_THAT(told(), ElementsAre("5", "end first"));
  EXPECT_THAT(link_.askedBefore, SizeIs(3)) << "the second question wants one message more";
  hostAnswers({said(3), topic(4)});
  EXPECT_THAT(told(), ElementsAre("3", "5", "end second"));
}

TEST_F(TalkHistoryTest, AsksAgainWhenTheConnectionBrokeBeforeTheAnswer) {
  save({topic(5)});
  talk_.line(R"({"history":{"limit":1},"ref":"x"})");
  talk_.update(app::LinkInterrupted{{app::Errc::ConnectionLost}, {}});
  talk_.update(admission(true));
  ASSERT_THAT(link_.askedBefore, SizeIs(2));
  hostAnswers({said(4)});
  EXPECT_THAT(told(), ElementsAre("4", "end x"));
}

}  // namespace
}  // namespace earshot::console
