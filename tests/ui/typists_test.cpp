#include "ui/typists.h"

#include <gmock/gmock.h>

#include "app/limits.h"
#include "ui/strings.h"
#include "ui/typing_line.h"

namespace earshot::ui {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Typists::Time kStart{1h};

class TypistsTest : public ::testing::Test {
 protected:
  const app::MemberId anna_ = app::makeRandom<app::MemberId>();
  const app::MemberId ben_ = app::makeRandom<app::MemberId>();
  Typists typists_;
};

TEST_F(TypistsTest, AreNobodyAtFirst) {
  EXPECT_THAT(typists_.at(kStart), IsEmpty());
  EXPECT_FALSE(typists_.nextChange(kStart));
  EXPECT_FALSE(typists_.stopped(anna_));
}

TEST_F(TypistsTest, CountUntilTheyHaveNotSaidSoForAWhile) {
  typists_.heard({anna_}, kStart);
  typists_.heard({ben_}, kStart + 1s);
  EXPECT_THAT(typists_.at(kStart + 1s), ElementsAre(anna_, ben_));
  EXPECT_EQ(typists_.nextChange(kStart + 1s), kStart + app::kTypingShown);
  typists_.heard({anna_}, kStart + app::kTypingInterval);
  EXPECT_THAT(typists_.at(kStart + app::kTypingShown), ElementsAre(anna_, ben_)) << "who began first";
  EXPECT_EQ(typists_.nextChange(kStart + app::kTypingShown), kStart + 1s + app::kTypingShown);
  EXPECT_THAT(typists_.at(kStart + 1s + app::kTypingShown), ElementsAre(anna_));
  EXPECT_THAT(typists_.at(kStart + app::kTypingInterval + app::kTypingShown), IsEmpty());
  EXPECT_FALSE(typists_.nextChange(kStart + app::kTypingInterval + app::kTypingShown));
}

TEST_F(TypistsTest, StopWhenWhatTheyWroteIsThere) {
  typists_.heard({anna_, ben_}, kStart);
  EXPECT_TRUE(typists_.stopped(anna_));
  EXPECT_FALSE(typists_.stopped(anna_));
  EXPECT_THAT(typists_.at(kStart), ElementsAre(ben_));
  typists_.clear();
  EXPECT_THAT(typists_.at(kStart), IsEmpty());
}

TEST_F(TypistsTest, SayItAgainBeforeTheyAreForgotten) {
  EXPECT_LT(app::kTypingPace, app::kTypingInterval) << "or a host would drop every second one";
  EXPECT_LT(app::kTypingInterval, app::kTypingShown);
}

TEST(TypingInWords, NamesOneOrTwo) {
  EXPECT_EQ(typingInWords({}), wxString());
  EXPECT_EQ(typingInWords({"Zoë"}), fromUtf8("Zoë is writing…"));
  EXPECT_EQ(typingInWords({"Anna", "Ben"}), fromUtf8("Anna and Ben are writing…"));
  EXPECT_EQ(typingInWords({"Anna", "Ben", "Carla"}), fromUtf8("Several people are writing…"));
  EXPECT_EQ(typingInWords({"%s"}), fromUtf8("%s is writing…"));
}

}  // namespace
}  // namespace earshot::ui
