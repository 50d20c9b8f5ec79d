#include "app/second_start.h"

#include <gtest/gtest.h>

#include "app/limits.h"

namespace earshot::app {
namespace {

TEST(SecondStart, ComesBackAsItWas) {
  for (const SecondStart& start :
       {SecondStart{}, SecondStart{{"join", "earshot:192.168.1.20", "--as", "Zoë \"Z\"\n"}, {}},
        SecondStart{{"", "--data-dir", "/x y"}, "token_TIME17"}}) {
    const auto line = lineOf(start);
    ASSERT_TRUE(line);
    EXPECT_EQ(line->find('\n'), std::string::npos);
    EXPECT_EQ(secondStartOf(*line), start);
  }
}

TEST(SecondStart, PassesNothingOnThatIsNoTextOrTooMuch) {
  EXPECT_FALSE(lineOf({{"\xff"}, {}}));
  EXPECT_FALSE(lineOf({{}, "\xff"}));
  EXPECT_FALSE(lineOf({{std::string(kMaxSecondStartBytes, 'x')}, {}}));
  EXPECT_FALSE(lineOf({std::vector<std::string>(kMaxSecondStartArguments + 1, "x"), {}}));
  EXPECT_TRUE(lineOf({std::vector<std::string>(kMaxSecondStartArguments, "x"), {}}));
}

TEST(SecondStart, UnderstandsNothingElse) {
  std::string tooMany = R"({"version":1,"activation":"","arguments":[""])";
  for (std::size_t i = 0; i < kMaxSecondStartArguments; ++i) tooMany.insert(tooMany.size() - 1, R"(,"")");
  const std::vector<std::string> lines{"",
                                       "{",
                                       "[]",
                                       "null",
                                       R"({"version":2,"arguments":[],"activation":""})",
                                       R"({"version":1,"arguments":[]})",
                                       R"({"version":1,"activation":""})",
                                       R"({"version":1,"arguments":"x","activation":""})",
                                       R"({"version":1,"arguments":[1],"activation":""})",
                                       R"({"version":1,"arguments":[],"activation":1})",
                                       R"({"version":1,"arguments":["\u0000"],"activation":""})",
                                       tooMany + "}",
                                       std::string(kMaxSecondStartBytes, '['),
                                       "{\"version\":1,\"arguments\":[\"\xff\"],\"activation\":\"\"}"};
  for (const std::string& line : lines) {
    EXPECT_FALSE(secondStartOf(line)) << line.substr(0, 80);
  }
}

}  // namespace
}  // namespace earshot::app
