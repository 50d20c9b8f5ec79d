#include "ui/name_completion.h"

#include <gtest/gtest.h>

namespace earshot::ui {
namespace {

std::vector<std::string> lookup(std::string_view start) {
  if (start == "an" || start == "An") return {"Anna", "Anton Berg"};
  if (start == "be") return {"Ben"};
  return {};
}

TEST(NameCompletion, AddressesSomebodyAtTheStart) {
  NameCompletion completion;
  EXPECT_EQ(completion.complete("be", lookup), "Ben: ");
}

TEST(NameCompletion, CompletesTheLastWord) {
  NameCompletion completion;
  EXPECT_EQ(completion.complete("ask be", lookup), "ask Ben ");
  EXPECT_EQ(completion.complete("one\nbe", lookup), "one\nBen ");
}

TEST(NameCompletion, OffersTheNextNameAtEachTab) {
  NameCompletion completion;
  EXPECT_EQ(completion.complete("an", lookup), "Anna: ");
  EXPECT_EQ(completion.complete("Anna: ", lookup), "Anton Berg: ");
  EXPECT_EQ(completion.complete("Anton Berg: ", lookup), "Anna: ");
}

TEST(NameCompletion, StartsAnewWhenSomethingElseWasTyped) {
  NameCompletion completion;
  EXPECT_EQ(completion.complete("an", lookup), "Anna: ");
  EXPECT_EQ(completion.complete("Anna: hello be", lookup), "Anna: hello Ben ");
}

TEST(NameCompletion, LeavesTheTextAloneWhenNobodyFits) {
  NameCompletion completion;
  EXPECT_EQ(completion.complete("", lookup), std::nullopt);
  EXPECT_EQ(completion.complete("hello ", lookup), std::nullopt);
  EXPECT_EQ(completion.complete("xyz", lookup), std::nullopt);
}

}  // namespace
}  // namespace earshot::ui
