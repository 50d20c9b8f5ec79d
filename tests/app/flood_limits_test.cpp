#include "app/flood_limits.h"

#include <gtest/gtest.h>

namespace earshot::app {
namespace {

FloodLimits with(std::initializer_list<const char*> typed) {
  FloodLimits limits;
  for (const char* text : typed) {
    const auto change = parseFloodLimit(text);
    EXPECT_TRUE(change) << text;
    if (change) limits.apply(*change);
  }
  return limits;
}

TEST(FloodLimits, AreTheDefaultsUntilOneIsSet) {
  const FloodLimits limits;
  EXPECT_EQ(limits.of(FloodKind::Texts), (Rate{30, 5'000}));
  EXPECT_EQ(limits.of(FloodKind::Changes), (Rate{30, 5'000}));
  EXPECT_EQ(limits.of(FloodKind::Renames), (Rate{3, 5})) << "three in ten minutes";
  EXPECT_EQ(limits.of(FloodKind::History), (Rate{16, 4'000}));
  EXPECT_EQ(limits.of(FloodKind::Joins), (Rate{100, 500})) << "thirty a minute";
  EXPECT_TRUE(limits.isDefault(FloodKind::Texts));
  EXPECT_EQ(limits.toText(), "");
}

TEST(FloodLimits, AreSetOneByOneTheLastWordCounts) {
  const auto limits = with({"texts=5/20", "joins=none", "texts=7/0.25"});
  EXPECT_EQ(limits.of(FloodKind::Texts), (Rate{7, 250}));
  EXPECT_FALSE(limits.isDefault(FloodKind::Texts));
  EXPECT_EQ(limits.of(FloodKind::Joins), std::nullopt);
  EXPECT_TRUE(limits.isDefault(FloodKind::Renames));
}

TEST(FloodLimits, AreLiftedAndBroughtBackAllAtOnce) {
  const auto lifted = with({"texts=5/20", "none"});
  for (const auto kind :
       {FloodKind::Texts, FloodKind::Changes, FloodKind::Renames, FloodKind::History, FloodKind::Joins}) {
    EXPECT_EQ(lifted.of(kind), std::nullopt);
  }
  EXPECT_EQ(with({"none", "default"}), FloodLimits{});
  EXPECT_EQ(with({"none", "texts=default"}).of(FloodKind::Texts), (Rate{30, 5'000}));
  EXPECT_EQ(with({"none", "texts=default"}).of(FloodKind::Joins), std::nullopt);
}

TEST(FloodLimits, ComeBackAsTheyWereWritten) {
  for (const auto& limits :
       {with({}), with({"none"}), with({"texts=5/20"}), with({"changes=1/0.001", "renames=3/0.5", "history=none"}),
        with({"joins=1000000/1000000", "texts=1/999.999"})}) {
    const auto again = FloodLimits::fromText(limits.toText());
    ASSERT_TRUE(again) << limits.toText();
    EXPECT_EQ(*again, limits) << limits.toText();
  }
  EXPECT_EQ(with({"texts=05/020.500", "joins=none"}).toText(), "texts=5/20.5 joins=none");
  EXPECT_FALSE(FloodLimits::fromText("texts=5/20  joins=none"));
}

TEST(FloodLimits, RefuseWhatIsNone) {
  for (const char* typed : {"",
                            "texts",
                            "5/20",
                            "texts=",
                            "texts=5",
                            "texts=5/",
                            "texts=/5",
                            "texts=0/5",
                            "texts=5/0",
                            "texts=-5/5",
                            "texts=5/-5",
                            "texts=5/5/5",
                            "texts=+5/5",
                            "texts= 5/5",
                            "texts=5/.5",
                            "texts=5/1.",
                            "texts=5/1.2345",
                            "texts=5/0.000",
                            "texts=5/1e3",
                            "texts=1000001/1",
                            "texts=1/1000001",
                            "texts=99999999999/1",
                            "TEXTS=5/5",
                            "words=5/5",
                            "=5/5",
                            "texts=all",
                            "none=none"}) {
    EXPECT_FALSE(parseFloodLimit(typed)) << typed;
  }
}

}  // namespace
}  // namespace earshot::app
