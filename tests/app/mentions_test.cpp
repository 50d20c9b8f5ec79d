#include "app/mentions.h"

#include <gmock/gmock.h>

namespace earshot::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> kNames{"Anna", "Anna Lee", "Ben", "Zoë", "李明", "Ben (2)"};

std::vector<std::string> namesIn(std::string_view text) {
  std::vector<std::string> names;
  for (const Mention& mention : mentionsIn(text, kNames)) names.push_back(mention.name);
  return names;
}

TEST(Mentions, FindsNamesInAnyCaseWhereAWordBegins) {
  EXPECT_THAT(namesIn("@Anna, look"), ElementsAre("Anna"));
  EXPECT_THAT(namesIn("look (@ben) and @ZOË!"), ElementsAre("Ben", "Zoë"));
  EXPECT_THAT(namesIn("@李明：好"), ElementsAre("李明"));
  EXPECT_THAT(namesIn("@Anna@Ben"), ElementsAre("Anna")) << "that is an address";
}

TEST(Mentions, TakesTheLongestName) {
  EXPECT_THAT(namesIn("@Anna Lee and @Anna Leeds"), ElementsAre("Anna Lee", "Anna"));
  EXPECT_THAT(namesIn("@Ben (2) and @Ben (3)"), ElementsAre("Ben (2)", "Ben"));
}

TEST(Mentions, PassesOverWhatOnlyLooksLikeOne) {
  EXPECT_THAT(namesIn("mail anna@Anna.example, @Annabel, @ Anna, @, @Nobody, \xFF@\xFF"), IsEmpty());
}

TEST(Mentions, SaysWhereTheyStand) {
  const auto found = mentionsIn("hi @everyone!", kNames);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0], (Mention{3, 12, "everyone", true}));
}

TEST(Mentions, TellsWhetherSomebodyIsMeant) {
  EXPECT_TRUE(mentions("@anna?", "Anna", kNames));
  EXPECT_TRUE(mentions("@Everyone: lunch", "Anna", kNames));
  EXPECT_FALSE(mentions("@Anna Lee?", "Anna", kNames));
  EXPECT_FALSE(mentions("Anna", "Anna", kNames));
}

}  // namespace
}  // namespace earshot::app
