#include "console/command_line.h"

#include <gmock/gmock.h>

#include <initializer_list>

namespace earshot::console {
namespace {

CommandLine parsed(std::initializer_list<const char*> arguments) {
  std::vector<const char*> argv{"earshot"};
  argv.insert(argv.end(), arguments);
  return parseCommandLine(static_cast<int>(argv.size()), argv.data(), "1.2.3");
}

TEST(CommandLine, OpensTheWindowWithoutACommand) {
  EXPECT_TRUE(std::holds_alternative<WindowArguments>(parsed({}).face));
}

TEST(CommandLine, TellsAnExplicitPortFromNone) {
  EXPECT_EQ(std::get<HostArguments>(parsed({"host", "--headless"}).face).port, std::nullopt);
  EXPECT_EQ(std::get<HostArguments>(parsed({"host", "-p", "0"}).face).port, 0);
  EXPECT_EQ(std::get<HostArguments>(parsed({"host", "--port", "1061"}).face).port, 1061);
}

TEST(CommandLine, ReadsWhatEachCommandNeeds) {
  const auto host =
      std::get<HostArguments>(parsed({"host", "--name", "Küche", "--bind", "10.0.0.1", "--headless", "--json"}).face);
  EXPECT_EQ(host.name, "Küche");
  EXPECT_EQ(host.bind, "10.0.0.1");
  EXPECT_TRUE(host.headless && host.json);
  const auto join = std::get<JoinArguments>(parsed({"join", "[::1]:1", "--as", "Anna", "--console"}).face);
  EXPECT_EQ(join.address, "[::1]:1");
  EXPECT_EQ(join.as, "Anna");
  EXPECT_TRUE(join.console);
  const auto exporting =
      std::get<ExportArguments>(parsed({"export", "Room", "-o", "x.txt", "--from", "2026-01-01"}).face);
  EXPECT_EQ(exporting.output, std::filesystem::path("x.txt"));
  EXPECT_EQ(exporting.from, "2026-01-01");
}

TEST(CommandLine, SearchesForAllWordsThatAreTyped) {
  const auto search =
      std::get<SearchArguments>(parsed({"search", "cake", "at five", "--person", "Ben", "--room", "Kitchen", "--from",
                                        "2026-01-01", "--to", "2026-02-01", "--limit", "5", "--json"})
                                    .face);
  EXPECT_EQ(search.typed.words, "cake at five ");
  EXPECT_EQ(search.typed.person, "Ben");
  EXPECT_EQ(search.typed.room, "Kitchen");
  EXPECT_EQ(search.typed.from, "2026-01-01");
  EXPECT_EQ(search.typed.to, "2026-02-01");
  EXPECT_EQ(search.limit, 5U);
  EXPECT_TRUE(search.json);
  EXPECT_EQ(std::get<SearchArguments>(parsed({"search", "--person", "Ben"}).face).typed.words, "");
  EXPECT_EQ(std::get<ExitNow>(parsed({"search", "cake", "--limit", "0"}).face).code, 2);
}

TEST(CommandLine, GivesTheProgramAwayOnlyWhenAsked) {
  const auto plain = std::get<HostArguments>(parsed({"host", "--headless"}).face);
  EXPECT_EQ(plain.shareFolder, std::nullopt);
  const auto sharing = std::get<HostArguments>(parsed({"host", "--headless", "--share-app", "dist"}).face);
  EXPECT_EQ(sharing.shareFolder, std::filesystem::path("dist"));
  EXPECT_EQ(sharing.sharePort, std::nullopt);
  const auto port =
      std::get<HostArguments>(parsed({"host", "--headless", "--share-app", "dist", "--share-port", "0"}).face);
  EXPECT_EQ(port.sharePort, 0);
  EXPECT_EQ(std::get<ExitNow>(parsed({"host", "--share-app", "dist"}).face).code, 2);
  EXPECT_EQ(std::get<ExitNow>(parsed({"host", "--headless", "--share-port", "1"}).face).code, 2);
}

TEST(CommandLine, AsksForAJoinCodeOrForNone) {
  const auto asBefore = std::get<HostArguments>(parsed({"host", "--headless"}).face);
  EXPECT_EQ(asBefore.access, app::Access::AsBefore);
  EXPECT_EQ(asBefore.joinCode, "");
  const auto coded = std::get<HostArguments>(parsed({"host", "--join-code", "Amber Tiger Lake 42"}).face);
  EXPECT_EQ(coded.access, app::Access::JoinCode);
  EXPECT_EQ(coded.joinCode, "Amber Tiger Lake 42");
  EXPECT_EQ(std::get<HostArguments>(parsed({"host", "--open"}).face).access, app::Access::Open);
  for (const auto& arguments :
       {std::initializer_list<const char*>{"host", "--open", "--join-code", "amber-tiger-lake-42"},
        {"host", "--join-code", "secret"},
        {"host", "--join-code", ""},
        {"host", "--join-code", "\xFF"},
        {"host", "--join-code"},
        {"join", "pc", "--join-code", "amber-tiger-lake-42"}}) {
    const auto face = parsed(arguments).face;
    ASSERT_TRUE(std::holds_alternative<ExitNow>(face)) << *(arguments.end() - 1);
    EXPECT_EQ(std::get<ExitNow>(face).code, 2);
  }
}

TEST(CommandLine, TakesLimitsOneByOneInTheirOrder) {
  EXPECT_TRUE(std::get<HostArguments>(parsed({"host"}).face).limits.empty());
  const auto host =
      std::get<HostArguments>(parsed({"host", "--limit", "none", "--limit", "texts=5/20", "--headless"}).face);
  ASSERT_EQ(host.limits.size(), 2U);
  EXPECT_EQ(host.limits[0], (app::FloodLimitChange{std::nullopt, app::NoLimit{}}));
  EXPECT_EQ(host.limits[1], (app::FloodLimitChange{app::FloodKind::Texts, app::Rate{5, 20'000}}));
  EXPECT_EQ(std::get<HostArguments>(parsed({"host", "--limit", "default"}).face).limits.size(), 1U);
  for (const char* wrong : {"texts=5", "texts=0/1", "words=5/5", "", "all"}) {
    const auto face = parsed({"host", "--limit", wrong}).face;
    ASSERT_TRUE(std::holds_alternative<ExitNow>(face)) << wrong;
    EXPECT_EQ(std::get<ExitNow>(face).code, 2);
  }
  EXPECT_EQ(std::get<ExitNow>(parsed({"host", "--limit", "none", "default"}).face).code, 2) << "one each";
}

TEST(CommandLine, TakesTheJoinCodeOfAMemberAsItWasTyped) {
  EXPECT_EQ(std::get<JoinArguments>(parsed({"join", "pc", "--console"}).face).joinCode, std::nullopt);
  EXPECT_EQ(std::get<JoinArguments>(parsed({"join", "pc", "--console", "--join-code", "odd"}).face).joinCode, "odd");
  EXPECT_EQ(std::get<JoinArguments>(parsed({"join", "pc", "--console", "--join-code", ""}).face).joinCode, "");
}

TEST(CommandLine, TakesTheDataFolderBeforeAndAfterTheCommand) {
  EXPECT_EQ(parsed({"--data-dir", "d", "rooms"}).dataDir, std::filesystem::path("d"));
  EXPECT_EQ(parsed({"rooms", "--data-dir", "d"}).dataDir, std::filesystem::path("d"));
  EXPECT_EQ(parsed({"rooms"}).dataDir, std::nullopt);
}

TEST(CommandLine, JoinsALinkInTheWindow) {
  const auto join = std::get<JoinArguments>(parsed({"earshot://192.168.1.12:1060/"}).face);
  EXPECT_EQ(join.address, "earshot://192.168.1.12:1060/");
  EXPECT_FALSE(join.console);
  EXPECT_EQ(std::get<JoinArguments>(parsed({"--data-dir", "d", "EARSHOT:pc"}).face).address, "EARSHOT:pc");
  EXPECT_EQ(std::get<JoinArguments>(parsed({"join", "earshot:pc", "--console"}).face).address, "earshot:pc");
}

TEST(CommandLine, TakesNothingFromALinkButAnAddress) {
  const auto join = std::get<JoinArguments>(parsed({"earshot:--headless --data-dir /x"}).face);
  EXPECT_EQ(join.address, "earshot:--headless --data-dir /x") << "one argument stays one argument";
  for (const auto& arguments : {std::initializer_list<const char*>{"http://192.168.1.12/"},
                                {"192.168.1.12"},
                                {"earshot"},
                                {"join", "pc", "earshot:pc"},
                                {"earshot:pc", "host"},
                                {"earshot:pc", "earshot:pc"}}) {
    const auto face = parsed(arguments).face;
    ASSERT_TRUE(std::holds_alternative<ExitNow>(face)) << *arguments.begin();
    EXPECT_EQ(std::get<ExitNow>(face).code, 2);
  }
}

TEST(CommandLine, AsksForTheAddressInTheWindowOnly) {
  EXPECT_EQ(std::get<JoinArguments>(parsed({"join"}).face).address, "");
  EXPECT_EQ(std::get<ExitNow>(parsed({"join", "--console"}).face).code, 2);
  EXPECT_EQ(std::get<ExitNow>(parsed({"join", "--console", "--json", "--as", "Bot"}).face).code, 2);
}

TEST(CommandLine, AnswersWrongUsageWithTwo) {
  EXPECT_EQ(std::get<ExitNow>(parsed({"--nonsense"}).face).code, 2);
  EXPECT_EQ(std::get<ExitNow>(parsed({"host", "-p", "99999"}).face).code, 2);
  EXPECT_EQ(std::get<ExitNow>(parsed({"--version"}).face).code, 0);
}

}  // namespace
}  // namespace earshot::console
