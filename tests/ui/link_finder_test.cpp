#include "ui/link_finder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace earshot::ui {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> linksIn(std::string_view text) {
  std::vector<std::string> links;
  for (const TextRange& range : findLinks(text)) links.emplace_back(text.substr(range.begin, range.end - range.begin));
  return links;
}

TEST(LinkFinder, FindsWebAddresses) {
  EXPECT_THAT(linksIn("see http://a.example and https://b.example/x?y=1#z now"),
              ElementsAre("http://a.example", "https://b.example/x?y=1#z"));
}

TEST(LinkFinder, FindsBareWww) {
  EXPECT_THAT(linksIn("www.example.com/faq"), ElementsAre("www.example.com/faq"));
  EXPECT_EQ(linkTarget("www.example.com"), "https://www.example.com");
  EXPECT_EQ(linkTarget("WWW.example.com"), "https://WWW.example.com");
  EXPECT_EQ(linkTarget("http://www.example.com"), "http://www.example.com");
}

TEST(LinkFinder, FindsLinksIntoRooms) {
  EXPECT_THAT(linksIn("Come to earshot://192.0.2.1:1060/?r=a&n=Tea%20room."),
              ElementsAre("earshot://192.0.2.1:1060/?r=a&n=Tea%20room"));
  EXPECT_THAT(linksIn("earshot: not a link"), IsEmpty());
}

TEST(LinkFinder, IgnoresCase) {
  EXPECT_THAT(linksIn("HTTPS://Example.ORG"), ElementsAre("HTTPS://Example.ORG"));
}

TEST(LinkFinder, LeavesThePunctuationOfTheSentenceOut) {
  EXPECT_THAT(linksIn("Look at https://a.example/b. Or https://c.example, or https://d.example/e?!"),
              ElementsAre("https://a.example/b", "https://c.example", "https://d.example/e"));
  EXPECT_THAT(linksIn("wait, https://a.example…"), ElementsAre("https://a.example"));
}

TEST(LinkFinder, KeepsBracketsThatTheAddressOpened) {
  EXPECT_THAT(linksIn("https://en.example/wiki/Set_(music)"), ElementsAre("https://en.example/wiki/Set_(music)"));
  EXPECT_THAT(linksIn("(see https://a.example/b)"), ElementsAre("https://a.example/b"));
  EXPECT_THAT(linksIn("(https://a.example/b_(c)), well"), ElementsAre("https://a.example/b_(c)"));
  EXPECT_THAT(linksIn("[https://a.example]"), ElementsAre("https://a.example"));
}

TEST(LinkFinder, StopsAtQuotesSpacesAndIdeographicPunctuation) {
  EXPECT_THAT(linksIn("<a href=\"https://a.example\">"), ElementsAre("https://a.example"));
  EXPECT_THAT(linksIn("https://a.example\nhttps://b.example"), ElementsAre("https://a.example", "https://b.example"));
  EXPECT_THAT(linksIn("见https://a.example/路径。然后"), ElementsAre("https://a.example/路径"));
}

TEST(LinkFinder, StopsAtInvisibleCharactersThatCouldHideTheTarget) {
  EXPECT_THAT(linksIn("https://a.example\u200E.evil.example"), ElementsAre("https://a.example"));
}

TEST(LinkFinder, WantsAHost) {
  EXPECT_THAT(linksIn("http:// and https://, www. and www.x"), IsEmpty());
  EXPECT_THAT(linksIn("http://"), IsEmpty());
}

TEST(LinkFinder, WantsTheBeginningOfAWord) {
  EXPECT_THAT(linksIn("xhttp://a.example awww.example.com"), IsEmpty());
  EXPECT_THAT(linksIn("file:///etc/passwd javascript:alert(1) ftp://a.example"), IsEmpty());
}

TEST(LinkFinder, SurvivesMalformedText) {
  EXPECT_THAT(linksIn("http://a\xff.b"), ElementsAre("http://a"));
}

}  // namespace
}  // namespace earshot::ui
