#include "app/invite_link.h"

#include <gmock/gmock.h>

namespace earshot::app {
namespace {

std::string addressOf(std::string_view link) {
  const auto address = addressToJoin(link);
  return address ? *address : "refused as " + std::to_string(static_cast<int>(address.error().code));
}

TEST(InviteLink, GivesTheAddressInIt) {
  EXPECT_EQ(addressOf("earshot://192.168.1.12:1060/"), "192.168.1.12:1060");
  EXPECT_EQ(addressOf("earshot://192.168.1.12:1060"), "192.168.1.12:1060");
  EXPECT_EQ(addressOf("earshot:192.168.1.12:1060"), "192.168.1.12:1060");
  EXPECT_EQ(addressOf("earshot:reception-pc"), "reception-pc");
  EXPECT_EQ(addressOf("EarShot://Reception_PC.local/"), "Reception_PC.local");
  EXPECT_EQ(addressOf("earshot://[::1]/"), "[::1]");
  EXPECT_EQ(addressOf("earshot:[::ffff:10.0.0.1]:65535"), "[::ffff:10.0.0.1]:65535");
  EXPECT_EQ(addressOf("  earshot://pc:1/\n"), "pc:1") << "as it is pasted";
}

TEST(InviteLink, DecodesPercentsOnce) {
  EXPECT_EQ(addressOf("earshot://[fe80::1%25eth0]:1060"), "[fe80::1%eth0]:1060");
  EXPECT_EQ(addressOf("earshot://[fe80::1%eth0]:1060"), "[fe80::1%eth0]:1060");
  EXPECT_EQ(addressOf("earshot://%5Bfe80::1%25eth0%5D:1060/"), "[fe80::1%eth0]:1060") << "as some programs hand it on";
  EXPECT_EQ(addressOf("earshot:reception%2dpc"), "reception-pc");
}

TEST(InviteLink, IgnoresWhatIsNotTheAddress) {
  EXPECT_EQ(addressOf("earshot://pc:1060/?name=Eve&--headless"), "pc:1060");
  EXPECT_EQ(addressOf("earshot://pc:1060#--data-dir=x"), "pc:1060");
}

TEST(InviteLink, RefusesEverythingElse) {
  for (const char* link : {"earshot:",
                           "earshot://",
                           "earshot:///",
                           "earshot:/pc",
                           "earshot://pc/room",
                           "earshot://pc//",
                           "earshot://:1060",
                           "earshot://pc:",
                           "earshot://pc:0",
                           "earshot://pc:65536",
                           "earshot://pc:10x",
                           "earshot://pc:-1",
                           "earshot://pc:+1",
                           "earshot://user@pc",
                           "earshot://user:1@pc:1",
                           "earshot:--headless",
                           "earshot://-p",
                           "earshot:%2D-headless",
                           "earshot:pc --headless",
                           "earshot:pc%20--headless",
                           "earshot:pc%00",
                           "earshot:pc%0Aquit",
                           "earshot:pc\x07",
                           "earshot://::1",
                           "earshot://[::1",
                           "earshot://[]",
                           "earshot://[pc]",
                           "earshot://[::1]x",
                           "earshot://[::1%25]",

                           "earshot://[::1%25a/b]",
                           "earshot:pc\\x",
                           "earshot:\"pc\"",
                           "earshot:$(id)",
                           "earshot:k\xC3\xBCre",
                           "earshot:%FF",
                           "earshot:\xE2\x80\xAE"}) {
    const auto address = addressToJoin(link);
    ASSERT_FALSE(address.ok()) << link << " gives " << *address;
    EXPECT_EQ(address.error().code, Errc::InviteInvalid) << link;
  }
  EXPECT_FALSE(addressToJoin("earshot:" + std::string(256, 'a')).ok());
  EXPECT_TRUE(addressToJoin("earshot:" + std::string(255, 'a')).ok());
}

TEST(InviteLink, IsShownShortAndPrintableWhenItIsRefused) {
  const auto address = addressToJoin("earshot:\x1B[31m" + std::string(1000, 'x') + " ");
  ASSERT_FALSE(address.ok());
  EXPECT_LE(address.error().detail.size(), 120U);
  EXPECT_EQ(address.error().detail.find('\x1B'), std::string::npos);
}

TEST(InviteLink, LeavesWhatIsNoLinkAsItIs) {
  for (const char* typed : {"192.168.1.12:1060", " reception-pc ", "", "earshot", "http://pc/", "x earshot:pc"}) {
    EXPECT_FALSE(isInviteLink(typed)) << typed;
    EXPECT_EQ(addressOf(typed), typed);
  }
  EXPECT_TRUE(isInviteLink("earshot:"));
  EXPECT_TRUE(isInviteLink("EARSHOT://pc"));
}

}  // namespace
}  // namespace earshot::app
