#include "app/slash_command.h"

#include <gtest/gtest.h>

namespace earshot::app {
namespace {

SendText said(const TypedLine& line) {
  return std::get<SendText>(std::get<Command>(line));
}

TEST(SlashCommand, OrdinaryTextIsSentAsItIs) {
  EXPECT_EQ(said(parseTypedLine("hello /me")).text, "hello /me");
  EXPECT_EQ(said(parseTypedLine("hello")).style, TextStyle::Plain);
  EXPECT_EQ(said(parseTypedLine(" /me waves")).text, " /me waves");
  EXPECT_EQ(said(parseTypedLine("a\n/quit")).text, "a\n/quit");
  EXPECT_EQ(said(parseTypedLine("")).text, "");
}

TEST(SlashCommand, ASlashAloneIsText) {
  EXPECT_EQ(said(parseTypedLine("/")).text, "/");
  EXPECT_EQ(said(parseTypedLine("/ 2")).text, "/ 2");
  EXPECT_EQ(said(parseTypedLine("/\nx")).text, "/\nx");
}

TEST(SlashCommand, TwoSlashesSendOne) {
  EXPECT_EQ(said(parseTypedLine("//quit")).text, "/quit");
  EXPECT_EQ(said(parseTypedLine("//")).text, "/");
  EXPECT_EQ(said(parseTypedLine("///etc")).text, "//etc");
}

TEST(SlashCommand, MeIsAnAction) {
  const SendText action = said(parseTypedLine("/me  waves\nand smiles "));
  EXPECT_EQ(action.style, TextStyle::Action);
  EXPECT_EQ(action.text, "waves\nand smiles");
  EXPECT_TRUE(std::holds_alternative<SlashError>(parseTypedLine("/me")));
  EXPECT_TRUE(std::holds_alternative<SlashError>(parseTypedLine("/me  ")));
}

TEST(SlashCommand, NickRenames) {
  EXPECT_EQ(std::get<Rename>(std::get<Command>(parseTypedLine("/nick Anna Lena "))).name, "Anna Lena");
  EXPECT_TRUE(std::holds_alternative<SlashError>(parseTypedLine("/nick")));
}

TEST(SlashCommand, TopicMayBeEmptyToRemoveIt) {
  EXPECT_EQ(std::get<SetTopic>(std::get<Command>(parseTypedLine("/topic Tea at five"))).topic, "Tea at five");
  EXPECT_EQ(std::get<SetTopic>(std::get<Command>(parseTypedLine("/topic"))).topic, "");
}

TEST(SlashCommand, LocalCommandsIgnoreCase) {
  EXPECT_TRUE(std::holds_alternative<SlashQuit>(parseTypedLine("/QUIT")));
  EXPECT_TRUE(std::holds_alternative<SlashLeave>(parseTypedLine("/Leave")));
  EXPECT_TRUE(std::holds_alternative<SlashHelp>(parseTypedLine("/help")));
  EXPECT_EQ(std::get<SlashExport>(parseTypedLine("/export ~/talk of today.txt")).target, "~/talk of today.txt");
  EXPECT_EQ(std::get<SlashExport>(parseTypedLine("/export")).target, "");
}

TEST(SlashCommand, AnUnknownCommandIsNeverSent) {
  const TypedLine line = parseTypedLine("/frobnicate now");
  ASSERT_TRUE(std::holds_alternative<SlashError>(line));
  EXPECT_NE(std::get<SlashError>(line).sentence.find("/frobnicate"), std::string::npos);
  EXPECT_TRUE(std::holds_alternative<SlashError>(parseTypedLine("/meow")));
  EXPECT_TRUE(std::holds_alternative<SlashError>(parseTypedLine("/mé x")));
}

TEST(SlashCommand, HelpNamesEveryCommand) {
  std::string all;
  for (const SlashCommandInfo& info : slashCommands()) all += std::string(info.usage) + "\n";
  for (const char* word : {"/me", "/nick", "/topic", "/msg", "/safety", "/verify", "/accept", "/export", "/leave",
                           "/quit", "/help", "//"}) {
    EXPECT_NE(all.find(word), std::string::npos) << word;
  }
}

TEST(SlashCommand, PrivateOnesSayWhatAndWithWhom) {
  using What = SlashPrivate::What;
  EXPECT_EQ(std::get<SlashPrivate>(parseTypedLine("/msg Ben B  hello")), (SlashPrivate{What::Message, "Ben B  hello"}));
  EXPECT_EQ(std::get<SlashPrivate>(parseTypedLine("/ACCEPT Ben ")), (SlashPrivate{What::Accept, "Ben"}));
  EXPECT_EQ(std::get<SlashPrivate>(parseTypedLine("/safety Ben")).what, What::Safety);
  EXPECT_EQ(std::get<SlashPrivate>(parseTypedLine("/verify Ben")).what, What::Verify);
  for (const char* line : {"/msg", "/accept", "/safety ", "/verify"}) {
    EXPECT_TRUE(std::holds_alternative<SlashError>(parseTypedLine(line))) << line;
  }
}

}  // namespace
}  // namespace earshot::app
