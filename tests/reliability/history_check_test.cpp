// Every kind of violation is seen and named: a checker that cannot fail proves nothing.
#include "reliability/history_check.h"

#include <gmock/gmock.h>

namespace earshot::test {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Not;

class HistoryCheck : public ::testing::Test {
 protected:
  /// Anna and Ben in the room; a1, b1, a2 were said; both have everything; all is acknowledged.
  HistoryCheck() {
    history_.log = {{1, "Anna", "", "joined"},
                    {2, "Ben", "", "joined"},
                    text(3, "Anna", "a1"),
                    text(4, "Ben", "b1"),
                    text(5, "Anna", "a2")};
    history_.settled = 5;
    const std::vector<Entry> sinceBen(history_.log.begin() + 1, history_.log.end());
    history_.parties = {{"Anna", {"a1", "a2"}, {{"a1", 3}, {"a2", 5}}, {}, history_.log, history_.log},
                        {"Ben", {"b1"}, {{"b1", 4}}, {}, sinceBen, sinceBen}};
  }
  static Entry text(std::uint64_t seq, const std::string& actor, const std::string& id) {
    return {seq, actor, id, "says " + id};
  }
  [[nodiscard]] std::vector<Violation> violations() const { return checkHistory(history_); }
  void expectOnly(Fault fault) const {
    EXPECT_THAT(violations(), Not(IsEmpty())) << nameOf(fault) << " was not seen";
    EXPECT_THAT(violations(), Each(Field(&Violation::fault, fault))) << describe(violations());
  }
  void expectSeen(Fault fault) const {
    EXPECT_THAT(violations(), Contains(Field(&Violation::fault, fault))) << describe(violations());
  }

  History history_;
  Party& anna() { return history_.parties[0]; }
  Party& ben() { return history_.parties[1]; }
};

TEST_F(HistoryCheck, PassesWhatIsRight) {
  EXPECT_EQ(describe(violations()), "");
}

TEST_F(HistoryCheck, PassesWhoComesLateAndWhoLeavesEarly) {
  ben().shown = {history_.log[4]};
  EXPECT_EQ(describe(violations()), "");
  ben().shown = {history_.log[1], history_.log[2]};
  ben().saved = ben().shown;
  ben().sawAll = false;
  EXPECT_EQ(describe(violations()), "");
}

TEST_F(HistoryCheck, PassesWhatWaitsToBeSent) {
  ben().sent.emplace_back("b2");
  ben().waiting = {"b2"};
  EXPECT_EQ(describe(violations()), "");
}

TEST_F(HistoryCheck, SeesAnAcknowledgedTextThatTheLogLost) {
  anna().sent.emplace_back("a3");
  anna().waiting = {"a3"};  // it may be sent again, and still the number was a lie
  anna().acknowledged["a3"] = 6;
  expectOnly(Fault::LostAcknowledged);
}

TEST_F(HistoryCheck, SeesAnAcknowledgementOfAnotherNumber) {
  anna().acknowledged["a1"] = 4;
  expectOnly(Fault::LostAcknowledged);
}

TEST_F(HistoryCheck, SeesAPromisedTextThatIsNowhere) {
  ben().sent.emplace_back("b2");
  expectOnly(Fault::LostPromised);
}

TEST_F(HistoryCheck, SeesATextThatIsNumberedTwice) {
  const Entry again = text(6, "Ben", "b1");
  history_.log.push_back(again);
  for (Party& party : history_.parties) {
    party.shown.push_back(again);
    party.saved.push_back(again);
  }
  expectOnly(Fault::RepeatedInLog);
}

TEST_F(HistoryCheck, SeesTheSameIdOfTwoPeopleAsTwoTexts) {
  ben().sent.emplace_back("a1");
  history_.log.push_back(text(6, "Ben", "a1"));
  EXPECT_EQ(describe(violations()), "");
}

TEST_F(HistoryCheck, SeesASendersTextsOutOfOrder) {
  anna().sent = {"a2", "a1"};
  expectOnly(Fault::SenderReordered);
}

TEST_F(HistoryCheck, SeesATextThatNobodySaid) {
  ben().sent.clear();
  ben().acknowledged.clear();
  expectOnly(Fault::NeverSent);
}

TEST_F(HistoryCheck, SeesAGapInTheLog) {
  history_.log.erase(history_.log.begin());
  anna().shown.erase(anna().shown.begin());
  anna().saved.erase(anna().saved.begin());
  expectOnly(Fault::GapInLog);
}

TEST_F(HistoryCheck, SeesAGapInWhatWasShownAndSaved) {
  ben().shown.erase(ben().shown.begin() + 1);
  expectOnly(Fault::GapInView);
  ben().shown.insert(ben().shown.begin() + 1, history_.log[2]);
  EXPECT_EQ(describe(violations()), "");
  ben().saved.erase(ben().saved.begin() + 1);
  expectOnly(Fault::GapInView);
}

TEST_F(HistoryCheck, SeesAnEventThatIsShownTwice) {
  ben().shown.push_back(ben().shown.back());
  expectOnly(Fault::ShownTwiceOrBackward);
}

TEST_F(HistoryCheck, SeesEventsShownInAnotherOrder) {
  std::swap(ben().shown[1], ben().shown[2]);
  expectSeen(Fault::ShownTwiceOrBackward);
}

TEST_F(HistoryCheck, SeesAnotherTextUnderTheSameNumber) {
  ben().saved[1].content = "says something else";
  expectOnly(Fault::DiffersFromLog);
  ben().saved[1] = history_.log[2];
  ben().shown.push_back(text(6, "Anna", "a3"));
  expectOnly(Fault::DiffersFromLog);
}

TEST_F(HistoryCheck, SeesWhoDoesNotHaveTheEnd) {
  ben().shown.pop_back();
  expectOnly(Fault::Incomplete);
}

TEST_F(HistoryCheck, SeesATextThatWasSentAndWouldBeSentAgain) {
  ben().waiting = {"b1"};
  expectOnly(Fault::SentAndWaiting);
}

}  // namespace
}  // namespace earshot::test
