#include "app/error_text.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "app/hosting.h"
#include "app/text.h"

namespace earshot::app {
namespace {

std::vector<Errc> everyCode() {
  std::vector<Errc> codes;
  for (int number = 0; number <= static_cast<int>(Errc::UsageInvalid); ++number) {
    codes.push_back(static_cast<Errc>(number));
  }
  return codes;
}

/// One sentence: a capital (or a quotation) at the start, one full stop, at the end.
void expectOneSentence(const std::string& text) {
  SCOPED_TRACE(text);
  ASSERT_GT(text.size(), 12U);
  EXPECT_TRUE(text.front() == '"' || (text.front() >= 'A' && text.front() <= 'Z'));
  EXPECT_TRUE(text.ends_with('.'));
  EXPECT_EQ(text.find(". "), std::string::npos);
  EXPECT_EQ(text.find('\n'), std::string::npos);
  EXPECT_EQ(text.find('_'), std::string::npos);
  EXPECT_EQ(text.find("  "), std::string::npos);
  EXPECT_LE(text.size(), 160U);
}

TEST(ErrorText, IsOneSentenceForEveryErrorWithAndWithoutDetail) {
  for (const Errc code : everyCode()) {
    SCOPED_TRACE(codeName(code));
    expectOneSentence(describe(Error{code}));
    expectOneSentence(describe(Error{code, "X"}));
    EXPECT_NE(describe(Error{code}), describe(Error{static_cast<Errc>(-1)})) << "has no sentence of its own";
  }
}

TEST(ErrorText, SaysInOneSentenceWhyAHostCannotSave) {
  const auto unsaved = [](Errc code) { return describeUnsaved({Error{code}}); };
  for (const Errc code : everyCode()) {
    expectOneSentence(describeUnsaved({Error{code, "X"}}));
    const auto privately = describeUnsaved({Error{code, "X"}, true});
    expectOneSentence(privately);
    EXPECT_NE(privately.find("private messages"), std::string::npos);
    for (const char* ofTheRoom : {"say anything", "said in the room", "folder of the room"}) {
      EXPECT_EQ(privately.find(ofTheRoom), std::string::npos) << privately;
    }
  }
  EXPECT_NE(unsaved(Errc::StorageFull).find("free some space"), std::string::npos);
  EXPECT_NE(unsaved(Errc::StorageFailed), unsaved(Errc::StorageFull));
  EXPECT_NE(unsaved(Errc::StorageGone).find("bring it back"), std::string::npos);
  EXPECT_EQ(unsaved(Errc::NotFound), unsaved(Errc::StorageGone));
  EXPECT_NE(unsaved(Errc::StorageCorrupt).find("earshot check --repair"), std::string::npos);
}

TEST(ErrorText, DiffersForEveryError) {
  std::set<std::string> sentences;
  for (const Errc code : everyCode()) sentences.insert(describe(Error{code}));
  EXPECT_EQ(sentences.size(), everyCode().size());
}

TEST(ErrorText, CodesAreDistinctSnakeCaseWords) {
  std::set<std::string> names;
  for (const Errc code : everyCode()) {
    const std::string name = codeName(code);
    EXPECT_NE(name, "unknown");
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string::npos) << name;
    names.insert(name);
  }
  EXPECT_EQ(names.size(), everyCode().size());
  EXPECT_EQ(codeName(Errc::NameTaken), "name_taken");
  EXPECT_EQ(codeName(Errc::NotAMember), "not_a_member");
  EXPECT_EQ(codeName(Errc::StorageReadOnly), "storage_read_only");
}

TEST(ErrorText, OffersTheFreeNameWhenANameIsTaken) {
  EXPECT_EQ(describe(Error{Errc::NameTaken, "Anna (2)"}), "That name is taken in this room; \"Anna (2)\" is free.");
}

TEST(ErrorText, SaysWhenToTryAgainUnlessThatHappensByItself) {
  EXPECT_EQ(describe(Error{Errc::TooFast}),
            "You are writing faster than this room allows; what you wrote is sent in a moment.");
  EXPECT_EQ(describe(Error{Errc::TooFast, "12"}),
            "That is more at once than this room allows; try again in 12 seconds.");
  EXPECT_EQ(describe(Error{Errc::TooFast, "1"}), "That is more at once than this room allows; try again in 1 second.");
}

TEST(ErrorText, NamesTheAddressThatCouldNotBeReached) {
  for (const Errc code : {Errc::AddressInvalid, Errc::HostUnknown, Errc::ConnectionRefused, Errc::ConnectTimedOut,
                          Errc::NetworkUnreachable, Errc::NotEarshot}) {
    EXPECT_NE(describe(Error{code, "10.0.0.7:1060"}).find("10.0.0.7:1060"), std::string::npos) << codeName(code);
  }
}

TEST(ErrorText, NamesTheFileThatCouldNotBeSaved) {
  for (const Errc code : {Errc::StorageFull, Errc::StorageReadOnly, Errc::StorageCorrupt, Errc::StorageNewer,
                          Errc::StorageFailed, Errc::NotFound}) {
    EXPECT_NE(describe(Error{code, "Küche.txt"}).find("\"Küche.txt\""), std::string::npos) << codeName(code);
  }
}

TEST(ErrorText, NamesThePortThatIsInUse) {
  EXPECT_EQ(describe(Error{Errc::PortInUse, "1060"}),
            "Port 1060 is already used by another program on this computer; choose another port.");
}

TEST(ErrorText, CannotBeBrokenByWhatAnotherComputerSent) {
  const std::string text = describe(Error{Errc::NameTaken, "x\" is free.\nRun this: \x1B[31m\u202E\xFF"});
  EXPECT_TRUE(isValidText(text));
  EXPECT_EQ(text.find_first_of("\n\x1B"), std::string::npos);
  EXPECT_EQ(text.find("\u202E"), std::string::npos);
}

TEST(ErrorText, SaysForEveryReasonHowSomebodyLeft) {
  std::set<std::string> phrases;
  for (int number = 0; number <= static_cast<int>(LeaveReason::TooSlow); ++number) {
    const std::string phrase = describe(static_cast<LeaveReason>(number));
    EXPECT_FALSE(phrase.empty());
    EXPECT_FALSE(phrase.ends_with('.'));
    phrases.insert(phrase);
  }
  EXPECT_EQ(phrases.size(), 5U);
  EXPECT_EQ(describe(LeaveReason::Left), "left");
}

}  // namespace
}  // namespace earshot::app
