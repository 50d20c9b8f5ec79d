#include "net/download_page.h"

#include <gmock/gmock.h>

#include "net/download_routes.h"

namespace earshot::net {
namespace {

using app::Installer;
using testing::HasSubstr;
using testing::Not;

Installer installer(const std::string& name, std::uint64_t bytes = 24'300'000) {
  return {*app::parseInstallerName(name), bytes, std::string(64, 'a')};
}

const std::vector<Installer>& everySystem() {
  static const std::vector<Installer> all{
      installer("earshot-1.0.0-win64.exe"),    installer("earshot-1.0.0-win64.zip"),
      installer("earshot-1.0.0-macos.dmg"),    installer("earshot_1.0.0_amd64.deb"),
      installer("earshot-1.0.0-1.x86_64.rpm"), installer("earshot-1.0.0-linux-x86_64.tar.gz")};
  return all;
}

std::string page(std::string_view userAgent = "") {
  return renderDownloadPage({"Kitchen", {"192.168.1.12:1060", "[fd00::1]:1060"}, everySystem()}, userAgent);
}

TEST(DownloadPage, NamesEveryInstallerItsHashAndHowToCheckIt) {
  const std::string html = page();
  for (const Installer& each : everySystem()) {
    EXPECT_THAT(html, HasSubstr("<a href=\"/" + each.fileName + "\" download>"));
    EXPECT_THAT(html, HasSubstr(app::systemName(each.system)));
  }
  EXPECT_THAT(html, HasSubstr(std::string(64, 'a')));
  EXPECT_THAT(html, HasSubstr("24.3 MB"));
  EXPECT_THAT(html, HasSubstr("certutil -hashfile earshot-1.0.0-win64.exe SHA256"));
  EXPECT_THAT(html, HasSubstr("shasum -a 256 earshot-1.0.0-macos.dmg"));
  EXPECT_THAT(html, HasSubstr("sha256sum earshot_1.0.0_amd64.deb"));
  EXPECT_THAT(html, HasSubstr("Compare the result with the one on the host’s screen"));
}

TEST(DownloadPage, SaysWhereToJoin) {
  EXPECT_THAT(page(), HasSubstr("<code>192.168.1.12:1060</code>"));
  EXPECT_THAT(page(), HasSubstr("href=\"earshot://192.168.1.12:1060\""));
  EXPECT_THAT(page(), HasSubstr("<code>[fd00::1]:1060</code>"));
  EXPECT_THAT(renderDownloadPage({"Kitchen", {}, everySystem()}, ""), Not(HasSubstr("earshot://")));
}

TEST(DownloadPage, EscapesWhatPeopleNamed) {
  const std::string html = renderDownloadPage({"\"><script>'&\x01\xff", {"<i>"}, everySystem()}, "<u>");
  EXPECT_THAT(html, HasSubstr("<bdi>&quot;&gt;&lt;script&gt;&#39;&amp; \xEF\xBF\xBD</bdi>"));
  EXPECT_THAT(html, HasSubstr("&lt;i&gt;"));
  for (const char* never : {"<script", "<i>", "<u>"}) EXPECT_THAT(html, Not(HasSubstr(never)));
}

TEST(DownloadPage, LoadsNothingFromElsewhere) {
  for (const char* never : {"http:", "https:", "src=", "<script", "<link", "<img", "url(", "@import", "onclick"}) {
    EXPECT_THAT(page(), Not(HasSubstr(never))) << never;
  }
}

TEST(DownloadPage, PutsTheVisitorsSystemFirst) {
  const auto first = [](std::string_view userAgent) {
    const std::string html = page(userAgent);
    const auto start = html.find("<h3>") + 4;
    return html.substr(start, html.find("</h3>") - start);
  };
  EXPECT_EQ(first("Mozilla/5.0 (Windows NT 10.0; Win64; x64)"), "Windows");
  EXPECT_EQ(first("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"), "macOS");
  EXPECT_EQ(first("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101"), "Debian and Ubuntu");
  EXPECT_EQ(first("Mozilla/5.0 (X11; Fedora; Linux x86_64; rv:128.0)"), "Fedora");
  EXPECT_EQ(first("Mozilla/5.0 (Linux; Android 14)"), "Windows");
  EXPECT_EQ(first(""), "Windows");
}

TEST(DownloadPage, RoundsSizes) {
  EXPECT_EQ(sizeInWords(0), "1 kB");
  EXPECT_EQ(sizeInWords(12'345), "12 kB");
  EXPECT_EQ(sizeInWords(24'349'999), "24.3 MB");
  EXPECT_EQ(sizeInWords(1'234'567'890), "1234.6 MB");
}

TEST(DownloadRoutes, LeadToThePageAndToEveryInstaller) {
  const DownloadRoutes routes(everySystem());
  ASSERT_NE(routes.find("/"), nullptr);
  EXPECT_EQ(routes.find("/")->installer, std::nullopt);
  ASSERT_NE(routes.find("/earshot-1.0.0-win64.zip"), nullptr);
  EXPECT_EQ(routes.find("/earshot-1.0.0-win64.zip")->installer, 1U);
}

TEST(DownloadRoutes, LeadNowhereElse) {
  using namespace std::string_view_literals;
  const DownloadRoutes routes(everySystem());
  for (const std::string_view target : {""sv,
                                        "*"sv,
                                        "//"sv,
                                        "/."sv,
                                        "/.."sv,
                                        "/./"sv,
                                        "/../"sv,
                                        "/%2e%2e/"sv,
                                        "/%2E%2E/etc/passwd"sv,
                                        "//etc/passwd"sv,
                                        "/etc/passwd"sv,
                                        "/dir/"sv,
                                        "/index.html"sv,
                                        "/favicon.ico"sv,
                                        "/robots.txt"sv,
                                        "/?"sv,
                                        "/?x"sv,
                                        "/#x"sv,
                                        "/earshot-1.0.0-win64.exe?x"sv,
                                        "/earshot-1.0.0-win64.exe?"sv,
                                        "/earshot-1.0.0-win64.exe/"sv,
                                        "/earshot-1.0.0-win64.exe "sv,
                                        "/earshot-1.0.0-win64.exe\0"sv,
                                        "/\0"sv,
                                        "/earshot-1.0.0-win64.exe%00"sv,
                                        "/earshot-1.0.0-win64.ex%65"sv,
                                        "/Earshot-1.0.0-win64.exe"sv,
                                        "/EARSHOT-1.0.0-WIN64.EXE"sv,
                                        "/./earshot-1.0.0-win64.exe"sv,
                                        "//earshot-1.0.0-win64.exe"sv,
                                        "/dir/../earshot-1.0.0-win64.exe"sv,
                                        "\\earshot-1.0.0-win64.exe"sv,
                                        "/..\\earshot-1.0.0-win64.exe"sv,
                                        "earshot-1.0.0-win64.exe"sv,
                                        "/earshot-1.0.0-win64"sv,
                                        "/earshot-1.0.1-win64.exe"sv,
                                        "http://192.168.1.12:8060/"sv,
                                        "http://192.168.1.12:8060/earshot-1.0.0-win64.exe"sv}) {
    EXPECT_EQ(routes.find(target), nullptr) << target;
  }
}

TEST(DownloadRoutes, AreOnlyRead) {
  EXPECT_TRUE(isReadingMethod("GET") && isReadingMethod("HEAD"));
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", ""}) {
    EXPECT_FALSE(isReadingMethod(method)) << method;
  }
}

TEST(DownloadRoutes, RefuseTheNameOfAnotherSite) {
  for (const char* host : {"192.168.1.12", "192.168.1.12:8060", "[fd00::1]:8060", "[::1]", "localhost:8060"}) {
    EXPECT_TRUE(isAddressedByNumber(host)) << host;
  }
  for (const char* host : {"", "example.org", "example.org:8060", "192.168.1.12.example.org", "localhost.example.org",
                           "192.168.1.12:x", "[example.org]", "a b"}) {
    EXPECT_FALSE(isAddressedByNumber(host)) << host;
  }
}

TEST(DownloadRoutes, UnderstandOneRange) {
  const auto part = [](std::uint64_t first, std::uint64_t count) {
    return RangeRequest{RangeKind::Part, {first, count}};
  };
  EXPECT_EQ(parseRange("bytes=0-", 10), part(0, 10));
  EXPECT_EQ(parseRange("bytes=3-5", 10), part(3, 3));
  EXPECT_EQ(parseRange("bytes=3-500", 10), part(3, 7));
  EXPECT_EQ(parseRange("bytes=-4", 10), part(6, 4));
  EXPECT_EQ(parseRange("bytes=-40", 10), part(0, 10));
  for (const char* unsatisfiable : {"bytes=10-", "bytes=11-12", "bytes=-0"}) {
    EXPECT_EQ(parseRange(unsatisfiable, 10).kind, RangeKind::Unsatisfiable) << unsatisfiable;
  }
  EXPECT_EQ(parseRange("bytes=0-", 0).kind, RangeKind::Unsatisfiable);
  for (const char* ignored : {"", "bytes", "bytes=", "bytes=-", "bytes=5-3", "bytes=0-1,3-4", "bytes= 0-1", "lines=0-1",
                              "bytes=0x1-", "bytes=99999999999999999999-", "bytes=--1"}) {
    EXPECT_EQ(parseRange(ignored, 10).kind, RangeKind::Whole) << ignored;
  }
}

}  // namespace
}  // namespace earshot::net
