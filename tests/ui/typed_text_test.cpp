#include "ui/typed_text.h"

#include <gtest/gtest.h>

#include "app/limits.h"

namespace earshot::ui {
namespace {

app::Errc refusal(const app::Command& command) {
  const auto checked = checkCommand(command);
  EXPECT_FALSE(checked.ok());
  return checked.ok() ? app::Errc::Cancelled : checked.error().code;
}

app::SendText plain(std::string text) {
  return {app::TextStyle::Plain, std::move(text)};
}

TEST(TypedText, IsCleanedBeforeItIsSent) {
  const auto checked = checkCommand(plain("hello\r\nthere \n"));
  ASSERT_TRUE(checked.ok());
  EXPECT_EQ(std::get<app::SendText>(*checked).text, "hello\nthere");
}

TEST(TypedText, KeepsItsStyle) {
  const auto checked = checkCommand(app::SendText{app::TextStyle::Action, "waves"});
  ASSERT_TRUE(checked.ok());
  EXPECT_EQ(std::get<app::SendText>(*checked).style, app::TextStyle::Action);
}

TEST(TypedText, MayBeAsLongAsTheLimitAndNoLonger) {
  EXPECT_TRUE(checkCommand(plain(std::string(app::kMaxTextCodePoints, 'x'))).ok());
  EXPECT_EQ(refusal(plain(std::string(app::kMaxTextCodePoints + 1, 'x'))), app::Errc::TextTooLong);
}

TEST(TypedText, IsNeverEmptyOrMalformed) {
  EXPECT_EQ(refusal(plain(" \n\t ")), app::Errc::TextEmpty);
  EXPECT_EQ(refusal(plain("\xff")), app::Errc::TextInvalid);
}

TEST(TypedText, ANewNameIsNormalized) {
  const auto checked = checkCommand(app::Rename{"  Anna   Lena "});
  ASSERT_TRUE(checked.ok());
  EXPECT_EQ(std::get<app::Rename>(*checked).name, "Anna Lena");
  EXPECT_EQ(refusal(app::Rename{std::string(500, 'x')}), app::Errc::NameTooLong);
}

TEST(TypedText, ATopicIsOneLineAndMayBeEmpty) {
  const auto checked = checkCommand(app::SetTopic{"tea\nat  five"});
  ASSERT_TRUE(checked.ok());
  EXPECT_EQ(std::get<app::SetTopic>(*checked).topic, "tea at five");
  EXPECT_TRUE(checkCommand(app::SetTopic{""}).ok());
  EXPECT_EQ(refusal(app::SetTopic{std::string(app::kMaxTopicCodePoints + 1, 'x')}), app::Errc::TopicTooLong);
}

}  // namespace
}  // namespace earshot::ui
