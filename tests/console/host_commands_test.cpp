#include "console/host_commands.h"

#include <gtest/gtest.h>

#include "app/limits.h"

namespace earshot::console {
namespace {

using namespace std::chrono_literals;

template <class Command>
bool plain(const char* line) {
  return std::holds_alternative<Command>(readHostCommand(line, false));
}
template <class Command>
bool json(const std::string& line) {
  return std::holds_alternative<Command>(readHostCommand(line, true));
}
/// The terms of an invite that a line asks for; zero uses when it asks for none.
HostMakeInvite invite(const std::string& line, bool asJson) {
  const HostCommand command = readHostCommand(line, asJson);
  const auto* made = std::get_if<HostMakeInvite>(&command);
  return made != nullptr ? *made : HostMakeInvite{{}, 0};
}

TEST(HostCommands, QuitInAnyCaseInBothDialects) {
  for (const char* line : {"quit", "q", "QUIT", " Quit ", "/quit", "Q\t"}) {
    EXPECT_TRUE(plain<HostQuit>(line)) << line;
    EXPECT_TRUE(json<HostQuit>(line)) << line;
  }
  EXPECT_TRUE(json<HostQuit>(R"({"quit":true})"));
  EXPECT_FALSE(plain<HostQuit>("quit now"));
}

TEST(HostCommands, AreWordsForPeople) {
  EXPECT_TRUE(plain<HostShowAccess>("code"));
  EXPECT_TRUE(plain<HostNewJoinCode>("New  Code"));
  EXPECT_TRUE(plain<HostOpenToAll>("open"));
  EXPECT_TRUE(plain<HostHelp>("help"));
  EXPECT_TRUE(plain<HostNothing>(""));
  EXPECT_TRUE(plain<HostNothing>(" \t"));
  for (const char* line : {"hello", "open now", "new", "code 1", "{\"open\":true}", "\xFF\xFE"}) {
    EXPECT_TRUE(plain<HostWrong>(line)) << line;
  }
}

TEST(HostCommands, AreObjectsForPrograms) {
  EXPECT_TRUE(json<HostShowAccess>(R"({"access":true})"));
  EXPECT_TRUE(json<HostNewJoinCode>(R"({"new_code":true})"));
  EXPECT_TRUE(json<HostOpenToAll>(R"({"open":true})"));
  EXPECT_TRUE(json<HostNothing>(""));
  for (const char* line : {"x", "[]", "{}", "5", "null", "{", R"({"open":1})", R"({"new_code":"true"})", "open",
                           R"({"open":false})", "\xFF"}) {
    EXPECT_TRUE(json<HostWrong>(line)) << line;
  }
  EXPECT_TRUE(json<HostWrong>(std::string(100'000, '[')));
}

TEST(HostCommands, DeleteAMessageByItsNumber) {
  const auto target = [](const char* line, bool asJson) {
    const HostCommand command = readHostCommand(line, asJson);
    const auto* deleted = std::get_if<HostDeleteText>(&command);
    return deleted != nullptr ? app::toNumber(deleted->target) : 0;
  };
  EXPECT_EQ(target("delete 42", false), 42U);
  EXPECT_EQ(target(R"({"delete":42})", true), 42U);
  for (const char* line : {"delete", "delete x", "delete 0", "delete -1", "delete 1 2", "delete 281474976710656"}) {
    EXPECT_TRUE(plain<HostWrong>(line)) << line;
  }
  for (const char* line : {R"({"delete":0})", R"({"delete":-1})", R"({"delete":"1"})", R"({"delete":1.5})",
                           R"({"delete":true})", R"({"delete":281474976710656})"}) {
    EXPECT_TRUE(json<HostWrong>(line)) << line;
  }
}

TEST(HostCommands, MakeAnInviteWithTheUsualTerms) {
  for (const HostMakeInvite& made :
       {invite("invite", false), invite(R"({"invite":true})", true), invite(R"({"invite":{}})", true)}) {
    EXPECT_EQ(made.validFor, app::kInviteValidFor);
    EXPECT_EQ(made.uses, app::kInviteUses);
  }
}

TEST(HostCommands, MakeAnInviteWithOtherTerms) {
  EXPECT_EQ(invite("invite 2", false).validFor, 2h);
  EXPECT_EQ(invite("invite 2", false).uses, app::kInviteUses);
  EXPECT_EQ(invite("invite 48 5", false).validFor, 48h);
  EXPECT_EQ(invite("invite 48 5", false).uses, 5U);
  EXPECT_EQ(invite(R"({"invite":{"hours":0.5}})", true).validFor, 30min);
  EXPECT_EQ(invite(R"({"invite":{"uses":1}})", true).uses, 1U);
  EXPECT_EQ(invite(R"({"invite":{"hours":1,"uses":5000}})", true).uses, 5000U);
}

TEST(HostCommands, MakeNoInviteWithTermsThatMakeNoSense) {
  for (const char* line : {"invite 0", "invite -1", "invite x", "invite 1 0", "invite 1 x", "invite 1 2 3",
                           "invite 1.5", "invite 99999999999999999999", "invite 1 5001"}) {
    EXPECT_TRUE(plain<HostWrong>(line)) << line;
  }
  for (const char* terms :
       {"1", "\"x\"", "[]", "null", "false", R"({"hours":0})", R"({"hours":-1})", R"({"hours":1e300})",
        R"({"hours":"24"})", R"({"hours":null})", R"({"uses":0})", R"({"uses":-5})", R"({"uses":1.5})",
        R"({"uses":18446744073709551615})", R"({"uses":5001})", R"({"hours":100000})"}) {
    EXPECT_TRUE(json<HostWrong>(std::string("{\"invite\":") + terms + "}")) << terms;
  }
}

TEST(HostCommands, RevokeAnInviteByItsId) {
  const app::InviteId id = *app::fromHex<app::InviteId>("374708fff7719dd5");
  for (const auto& [line, asJson] :
       {std::pair{"revoke 374708FFF7719DD5", false}, std::pair{R"({"revoke":"374708fff7719dd5"})", true}}) {
    const HostCommand command = readHostCommand(line, asJson);
    ASSERT_TRUE(std::holds_alternative<HostRevokeInvite>(command)) << line;
    EXPECT_EQ(std::get<HostRevokeInvite>(command).id, id);
  }
  for (const char* line : {"revoke", "revoke 12", "revoke 374708fff7719dd5 x", "revoke 374708fff7719dzz"}) {
    EXPECT_TRUE(plain<HostWrong>(line)) << line;
  }
  EXPECT_TRUE(json<HostWrong>(R"({"revoke":true})"));
  EXPECT_TRUE(json<HostWrong>(R"({"revoke":""})"));
}

TEST(HostCommands, AreAllInTheHelp) {
  for (const char* word : {"invite", "revoke", "code", "new code", "open", "quit"}) {
    EXPECT_NE(hostCommandHelp().find(word), std::string::npos) << word;
  }
}

}  // namespace
}  // namespace earshot::console
