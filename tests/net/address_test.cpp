#include "net/address.h"

#include <gmock/gmock.h>

#include "app/limits.h"

namespace earshot::net {
namespace {

Endpoint parsed(std::string_view text) {
  const auto endpoint = parseEndpoint(text);
  EXPECT_TRUE(endpoint.ok()) << text;
  return endpoint ? *endpoint : Endpoint{};
}

TEST(Address, TakesEveryFormThatPeopleType) {
  EXPECT_EQ(parsed("192.168.1.20"), (Endpoint{"192.168.1.20", app::kDefaultPort}));
  EXPECT_EQ(parsed("192.168.1.20:1061"), (Endpoint{"192.168.1.20", 1061}));
  EXPECT_EQ(parsed("[fe80::1%eth0]:1060"), (Endpoint{"fe80::1%eth0", 1060}));
  EXPECT_EQ(parsed("[::1]"), (Endpoint{"::1", app::kDefaultPort}));
  EXPECT_EQ(parsed("fe80::1"), (Endpoint{"fe80::1", app::kDefaultPort}));
  EXPECT_EQ(parsed("reception-pc"), (Endpoint{"reception-pc", app::kDefaultPort}));
  EXPECT_EQ(parsed("  reception-pc:65535\n"), (Endpoint{"reception-pc", 65535}));
}

TEST(Address, RefusesWhatIsNone) {
  for (const char* text : {"", "   ", ":1060", "host:", "host:0", "host:65536", "host:12a", "host:-1", "[::1", "[]:1",
                           "[host]:1", "[::1]x", "a b", "http://host/", "user@host", "host/path", "\x01", "\"host\""}) {
    const auto endpoint = parseEndpoint(text);
    ASSERT_FALSE(endpoint.ok()) << text;
    EXPECT_EQ(endpoint.error().code, app::Errc::AddressInvalid);
  }
  EXPECT_FALSE(parseEndpoint(std::string(300, 'a')).ok());
}

TEST(Address, IsWrittenSoThatItCanBeReadBack) {
  for (const Endpoint& endpoint : {Endpoint{"10.0.0.1", 1060}, Endpoint{"fe80::1%eth0", 5}, Endpoint{"pc", 80}}) {
    EXPECT_EQ(parsed(toString(endpoint)), endpoint);
  }
  EXPECT_EQ(toString({"::1", 1060}), "[::1]:1060");
}

TEST(Address, KnowsWhatNeedsNoNameService) {
  EXPECT_TRUE(isNumeric("127.0.0.1"));
  EXPECT_TRUE(isNumeric("::1"));
  EXPECT_FALSE(isNumeric("localhost"));
}

TEST(Address, ResolvesNumericAddressesToThemselves) {
  const auto resolved = resolve({"127.0.0.1", 7});
  ASSERT_TRUE(resolved.ok());
  EXPECT_THAT(*resolved, ::testing::ElementsAre(Endpoint{"127.0.0.1", 7}));
}

TEST(Address, ListsNoLoopbackAmongTheAddressesForOthers) {
  for (const std::string& address : localAddresses()) {
    EXPECT_FALSE(address.starts_with("127.")) << address;
    EXPECT_NE(address, "::1");
    EXPECT_TRUE(isNumeric(address)) << address;
  }
}

}  // namespace
}  // namespace earshot::net
