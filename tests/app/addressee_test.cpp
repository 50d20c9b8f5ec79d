#include "app/addressee.h"

#include <gmock/gmock.h>

#include <vector>

namespace earshot::app {
namespace {

const std::vector<std::string> kNames{"Ben", "Ben B", "Ülkü", "Anna  (2)", "\"Q\""};

std::pair<std::string, std::string> find(std::string_view typed) {
  const auto found = findAddressee(typed, kNames);
  return found ? std::pair(kNames[found->index], found->text) : std::pair(std::string("nobody"), std::string());
}

TEST(Addressee, IsTheLongestNameThatTheLineBeginsWith) {
  EXPECT_EQ(find("Ben hello there"), std::pair(std::string("Ben"), std::string("hello there")));
  EXPECT_EQ(find("Ben B hello"), std::pair(std::string("Ben B"), std::string("hello")));
  EXPECT_EQ(find("Ben Berta says hi").first, "Ben");
  EXPECT_EQ(find("Benny hello").first, "nobody");
}

TEST(Addressee, IgnoresCaseAndExtraSpaces) {
  EXPECT_EQ(find("  ben   b\thello"), std::pair(std::string("Ben B"), std::string("hello")));
  EXPECT_EQ(find("ÜLKÜ merhaba").first, "Ülkü");
  EXPECT_EQ(find("anna (2) hi").first, "Anna  (2)");
}

TEST(Addressee, MayStandInQuotes) {
  EXPECT_EQ(find("\"Ben\" B is the answer"), std::pair(std::string("Ben"), std::string("B is the answer")));
  EXPECT_EQ(find("\"Q\" hi").first, "\"Q\"");
  EXPECT_EQ(find("\"Carla\" hi").first, "nobody");
  EXPECT_EQ(find("\"Ben").first, "nobody");
}

TEST(Addressee, MayBeAllThereIs) {
  EXPECT_EQ(find("Ben"), std::pair(std::string("Ben"), std::string()));
  EXPECT_EQ(find("").first, "nobody");
  EXPECT_EQ(find("   ").first, "nobody");
  EXPECT_EQ(find("\xff\xfe hi").first, "nobody");
}

TEST(Addressee, KeepsTheTextAsItIsBehindTheName) {
  EXPECT_EQ(find("Ben two\nlines").second, "two\nlines");
}

TEST(Addressee, AWholeNameIsNotABeginning) {
  EXPECT_EQ(findName("ben b", kNames), 1U);
  EXPECT_FALSE(findName("Ben hello", kNames));
  EXPECT_FALSE(findName("", kNames));
}

}  // namespace
}  // namespace earshot::app
