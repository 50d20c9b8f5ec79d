#include "app/invite.h"

#include <gmock/gmock.h>

#include "app/limits.h"

namespace earshot::app {
namespace {

/// Where a link without an invite leads.
std::string addressIn(std::string_view link) {
  const auto way = parseWayIn(link);
  if (!way) return "refused as " + std::to_string(static_cast<int>(way.error().code));
  return std::holds_alternative<std::string>(*way) ? std::get<std::string>(*way) : "an invite";
}

TEST(InviteLink, GivesTheAddressInIt) {
  EXPECT_EQ(addressIn("earshot://192.168.1.12:1060/"), "192.168.1.12:1060");
  EXPECT_EQ(addressIn("earshot://192.168.1.12:1060"), "192.168.1.12:1060");
  EXPECT_EQ(addressIn("earshot:192.168.1.12:1060"), "192.168.1.12:1060");
  EXPECT_EQ(addressIn("earshot:reception-pc"), "reception-pc");
  EXPECT_EQ(addressIn("EarShot://Reception_PC.local/"), "Reception_PC.local");
  EXPECT_EQ(addressIn("earshot://[::1]/"), "[::1]");
  EXPECT_EQ(addressIn("earshot:[::ffff:10.0.0.1]:65535"), "[::ffff:10.0.0.1]:65535");
  EXPECT_EQ(addressIn("  earshot://pc:1/\n"), "pc:1") << "as it is pasted";
}

TEST(InviteLink, DecodesPercentsOnce) {
  EXPECT_EQ(addressIn("earshot://[fe80::1%25eth0]:1060"), "[fe80::1%eth0]:1060");
  EXPECT_EQ(addressIn("earshot://[fe80::1%eth0]:1060"), "[fe80::1%eth0]:1060");
  EXPECT_EQ(addressIn("earshot://%5Bfe80::1%25eth0%5D:1060/"), "[fe80::1%eth0]:1060") << "as some programs hand it on";
  EXPECT_EQ(addressIn("earshot:reception%2dpc"), "reception-pc");
}

TEST(InviteLink, IgnoresWhatIsNotTheAddress) {
  EXPECT_EQ(addressIn("earshot://pc:1060/?name=Eve&--headless"), "pc:1060");
  EXPECT_EQ(addressIn("earshot://pc:1060#--data-dir=x"), "pc:1060");
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
    const auto way = parseWayIn(link);
    ASSERT_FALSE(way.ok()) << link << " gives " << addressIn(link);
    EXPECT_EQ(way.error().code, Errc::InviteInvalid) << link;
  }
  EXPECT_FALSE(parseWayIn("earshot:" + std::string(256, 'a')).ok());
  EXPECT_TRUE(parseWayIn("earshot:" + std::string(255, 'a')).ok());
}

TEST(InviteLink, IsShownShortAndPrintableWhenItIsRefused) {
  const auto way = parseWayIn("earshot:\x1B[31m" + std::string(1000, 'x') + " ");
  ASSERT_FALSE(way.ok());
  EXPECT_LE(way.error().detail.size(), 120U);
  EXPECT_EQ(way.error().detail.find('\x1B'), std::string::npos);
}

TEST(InviteLink, LeavesWhatIsNoLinkAsItIs) {
  for (const char* typed : {"192.168.1.12:1060", " reception-pc ", "", "earshot", "http://pc/", "x earshot:pc"}) {
    EXPECT_FALSE(isInviteLink(typed)) << typed;
    EXPECT_EQ(addressIn(typed), typed);
  }
  EXPECT_TRUE(isInviteLink("earshot:"));
  EXPECT_TRUE(isInviteLink("EARSHOT://pc"));
}

// --- invites ------------------------------------------------------------------------------------

InviteLink anInvite() {
  InviteLink link{"192.168.1.12:1060", {}, {}, {}, UtcMillis{std::chrono::seconds{1'800'000'000}}, "Kitchen table"};
  for (std::size_t i = 0; i < 32; ++i) link.hostKey.bytes[i] = static_cast<std::uint8_t>(200 + i);
  for (std::size_t i = 0; i < 16; ++i) {
    link.room.bytes[i] = static_cast<std::uint8_t>(i);
    link.token.bytes[i] = static_cast<std::uint8_t>(0xF0 + i);
  }
  return link;
}

const std::string kText =
    "earshot://192.168.1.12:1060/?r=AAECAwQFBgcICQoLDA0ODw&k=yMnKy8zNzs_Q0dLT1NXW19jZ2tvc3d7f4OHi4-Tl5uc"
    "&t=8PHy8_T19vf4-fr7_P3-_w&e=1800000000&n=Kitchen%20table";

/// The invite's text with one piece of it exchanged.
std::string with(std::string_view piece, std::string_view instead) {
  std::string text = kText;
  const std::size_t at = text.find(piece);
  EXPECT_NE(at, std::string::npos) << piece;
  return text.replace(at, piece.size(), instead);
}

TEST(Invite, IsTheLinkThatIsDocumented) {
  EXPECT_EQ(toText(anInvite()), kText);
  const auto way = parseWayIn("  " + kText + "\n");
  ASSERT_TRUE(way.ok());
  EXPECT_EQ(std::get<InviteLink>(*way), anInvite());
  EXPECT_EQ(addressOf(*way), "192.168.1.12:1060");
}

TEST(Invite, ComesBackFromItsText) {
  for (const char* name : {"K\xC3\xBC"
                           "che & Garten=100 % + #1?",
                           "\xE4\xBC\x9A\xE8\xAD\xB0\xE5\xAE\xA4", "a"}) {
    for (const char* address : {"[fe80::1%eth0]:1061", "reception-pc:1", "10.0.0.1:65535"}) {
      InviteLink link = anInvite();
      link.room = makeRandom<RoomId>();
      link.token = makeRandom<InviteToken>();
      link.hostKey = makeRandom<crypto::KeyHash>();
      link.roomName = name;
      link.address = address;
      const std::string text = toText(link);
      EXPECT_EQ(text.find_first_of(" \"<>\\^`{|}"), std::string::npos) << text;
      const auto way = parseWayIn(text);
      ASSERT_TRUE(way.ok()) << text;
      EXPECT_EQ(std::get<InviteLink>(*way), link) << text;
    }
  }
}

TEST(Invite, MayHaveItsPartsInAnyOrderAmongUnknownOnes) {
  const std::string query = kText.substr(kText.find("r="));
  const std::size_t first = query.find('&');
  const std::string turned = query.substr(first + 1) + "&" + query.substr(0, first);
  const auto way = parseWayIn("earshot:192.168.1.12:1060?v=9&" + turned + "&utm_source=mail&&x#part");
  ASSERT_TRUE(way.ok());
  EXPECT_EQ(std::get<InviteLink>(*way), anInvite());
}

TEST(Invite, IsRefusedWhenAPartIsMissing) {
  const std::string query = kText.substr(kText.find("r="));
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < query.size();) {
    const std::size_t end = std::min(query.find('&', at), query.size());
    parts.push_back(query.substr(at, end - at));
    at = end + 1;
  }
  ASSERT_EQ(parts.size(), 5U);
  for (unsigned chosen = 1; chosen < 31; ++chosen) {
    std::string link = "earshot://pc:1060/?";
    for (std::size_t i = 0; i < 5; ++i) {
      if ((chosen >> i & 1U) != 0) link += parts[i] + "&";
    }
    const auto way = parseWayIn(link);
    ASSERT_FALSE(way.ok()) << link;
    EXPECT_EQ(way.error().code, Errc::InviteInvalid);
  }
}

TEST(Invite, IsRefusedWhenAPartIsMalformed) {
  const std::string room = "AAECAwQFBgcICQoLDA0ODw";
  const std::vector<std::string> hostile{
      with(room, ""),
      with(room, "AAECAwQFBgcICQoLDA0OD"),
      with(room, room + "A"),
      with(room, room + "=="),
      with(room, "AAECAwQFBgcICQoLDA0ODx"),  // the same bytes, spelled another way
      with(room, "AAECAwQFBgcI CQoLDA0ODw"),
      with(room, "AAECAwQFBgcICQoLDA0OD%77"),
      with("8PHy8_T1", "8PHy8/T1"),  // the other alphabet
      with("4-Tl5uc", "4-Tl5u"),
      with("4-Tl5uc", "4-Tl5ud"),
      with("e=1800000000", "e="),
      with("e=1800000000", "e=0"),
      with("e=1800000000", "e=-1"),
      with("e=1800000000", "e=+1"),
      with("e=1800000000", "e=01"),
      with("e=1800000000", "e=1e9"),
      with("e=1800000000", "e=253402300800"),
      with("e=1800000000", "e=9223372036854775807"),
      with("e=1800000000", "e=99999999999999999999999999"),
      with("Kitchen%20table", ""),
      with("Kitchen%20table", "%20%20"),
      with("Kitchen%20table", "a%00b"),
      with("Kitchen%20table", "a%07b"),
      with("Kitchen%20table", "a%E2%80%AEb"),
      with("Kitchen%20table", "%FF%FE"),
      with("Kitchen%20table", "%C0%AF"),
      with("Kitchen%20table", "%ED%A0%80"),
      with("Kitchen%20table", std::string(kMaxRoomNameBytes + 1, 'a')),
      with("Kitchen%20table", std::string(100'000, 'a')),
      with("192.168.1.12:1060", ""),
      with("192.168.1.12:1060", "192.168.1.12:99999"),
      with("192.168.1.12:1060", "-p"),
      with("192.168.1.12:1060", "a/b"),
      kText + "&r=" + room,
      kText + "&n=Kitchen%20table",
      kText + "&t=",
      kText + "&x=" + std::string(kMaxLinkBytes, 'x'),
  };
  for (const std::string& link : hostile) {
    const auto way = parseWayIn(link);
    ASSERT_FALSE(way.ok()) << link;
    EXPECT_EQ(way.error().code, Errc::InviteInvalid);
    EXPECT_LE(way.error().detail.size(), 120U);
  }
}

TEST(Invite, HasTheLongestNameThatARoomMayHave) {
  InviteLink link = anInvite();
  link.roomName.clear();
  for (std::size_t i = 0; i < kMaxRoomNameGraphemes; ++i) link.roomName += "\xF0\x9F\x98\x80";
  link.address = std::string(255, 'a') + ":65535";
  const std::string text = toText(link);
  EXPECT_LE(text.size(), kMaxLinkBytes);
  const auto way = parseWayIn(text);
  ASSERT_TRUE(way.ok());
  EXPECT_EQ(std::get<InviteLink>(*way), link);
}

TEST(Invite, IsFoundByTheBeginningOfItsTokensHash) {
  EXPECT_EQ(hexOf(idOf(InviteToken{})), "374708fff7719dd5");
  InviteToken other;
  other.bytes[15] = 1;
  EXPECT_NE(idOf(other), idOf(InviteToken{}));
}

}  // namespace
}  // namespace earshot::app
