// The page with the installers over real sockets: what it answers, and what it survives.
#include "net/download_server.h"

#include <gmock/gmock.h>

#include <future>

#include "app/limits.h"
#include "integration/raw_client.h"
#include "support/temporary_folder.h"

namespace earshot {
namespace {

using namespace std::chrono_literals;
using app::Errc;
using test::RawClient;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr auto kPatience = 60s;

class DownloadServerTest : public testing::Test {
 protected:
  DownloadServerTest() { test::writeFile(folder / kName, content_); }
  ~DownloadServerTest() override {
    if (inbox_) inbox_->cut();
  }

  app::SharingUpdate start(std::optional<std::uint16_t> port = 0, const std::string& bind = "") {
    if (inbox_) inbox_->cut();
    server.reset();
    auto woken = std::make_shared<std::promise<void>>();
    auto future = woken->get_future();
    inbox_ = std::make_shared<app::SharingInbox>([woken] { woken->set_value(); });
    server = std::make_unique<net::DownloadServer>(
        app::ShareOptions{folder.path(), bind, port, "Kitchen", {"192.168.1.12"}, 1060}, inbox_);
    if (future.wait_for(kPatience) != std::future_status::ready) return app::SharingStopped{{Errc::Cancelled}};
    return inbox_->takeAll().front();
  }
  std::uint16_t startedPort() {
    const auto update = start();
    const auto* ready = std::get_if<app::SharingReady>(&update);
    EXPECT_NE(ready, nullptr);
    return ready != nullptr ? ready->port : std::uint16_t{0};
  }

  static std::string request(std::uint16_t port, const std::string& text) {
    RawClient client(port);
    client.send(text);
    return client.readAll();
  }
  static std::string get(std::uint16_t port, const std::string& target, const std::string& method = "GET",
                         const std::string& more = "") {
    return request(port, method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + more + "\r\n");
  }
  static std::string bodyOf(const std::string& answer) { return answer.substr(answer.find("\r\n\r\n") + 4); }

  static constexpr const char* kName = "earshot-1.0.0-win64.exe";
  /// More than the system buffers for a connection.
  const std::string content_ = std::string(std::size_t{40} * 1024 * 1024, 'e');
  test::TemporaryFolder folder;
  std::unique_ptr<net::DownloadServer> server;

 private:
  std::shared_ptr<app::SharingInbox> inbox_;
};

TEST_F(DownloadServerTest, SaysWhatIsSharedAndWhere) {
  const auto update = start();
  const auto& ready = std::get<app::SharingReady>(update);
  EXPECT_THAT(ready.urls, testing::ElementsAre("http://192.168.1.12:" + std::to_string(ready.port)));
  ASSERT_EQ(ready.installers.size(), 1U);
  EXPECT_EQ(ready.installers[0].fileName, kName);
  EXPECT_EQ(ready.installers[0].bytes, content_.size());
}

TEST_F(DownloadServerTest, ServesThePageWithStrictHeaders) {
  const std::string answer = get(startedPort(), "/");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
  for (const char* header :
       {"Content-Type: text/html; charset=utf-8\r\n", "Content-Security-Policy: default-src 'none';",
        "X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: no-referrer\r\n", "Cache-Control: no-store\r\n"}) {
    EXPECT_THAT(answer, HasSubstr(header));
  }
  EXPECT_THAT(bodyOf(answer), HasSubstr("192.168.1.12:1060"));
}

TEST_F(DownloadServerTest, ServesTheFileWholeOrFromWhereADownloadBrokeOff) {
  const std::uint16_t port = startedPort();
  const std::string target = std::string("/") + kName;
  const std::string whole = get(port, target);
  EXPECT_THAT(whole.substr(0, 600), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(whole.substr(0, 600), HasSubstr("Content-Type: application/octet-stream\r\n"));
  EXPECT_THAT(whole.substr(0, 600), HasSubstr("Content-Disposition: attachment; filename=\"" + std::string(kName)));
  EXPECT_TRUE(bodyOf(whole) == content_);
  const std::string rest = get(port, target, "GET", "Range: bytes=41943030-\r\n");
  EXPECT_THAT(rest, StartsWith("HTTP/1.1 206 "));
  EXPECT_THAT(rest, HasSubstr("Content-Range: bytes 41943030-41943039/41943040\r\n"));
  EXPECT_EQ(bodyOf(rest), "eeeeeeeeee");
  EXPECT_THAT(get(port, target, "GET", "Range: bytes=41943040-\r\n"), StartsWith("HTTP/1.1 416 "));
  EXPECT_THAT(get(port, target, "HEAD", "Range: bytes=0-1\r\nIf-Range: \"other\"\r\n"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(DownloadServerTest, AnswersHeadWithoutABody) {
  const std::uint16_t port = startedPort();
  for (const std::string target : {"/", "/earshot-1.0.0-win64.exe"}) {
    const std::string answer = get(port, target, "HEAD");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
    EXPECT_EQ(bodyOf(answer), "");
  }
}

TEST_F(DownloadServerTest, RefusesEverythingElse) {
  test::writeFile(folder / "secret.txt", "never to be seen");
  const std::uint16_t port = startedPort();
  for (const std::string target : {"/secret.txt", "/..", "/%2e%2e/", "//etc/passwd", "/../../../../etc/passwd", "/dir/",
                                   "/?x", "/earshot-1.0.0-win64.exe?x", "/earshot-1.0.0-win64.exe%00",
                                   "/EARSHOT-1.0.0-win64.exe", "http://127.0.0.1/", "*"}) {
    EXPECT_THAT(get(port, target), StartsWith("HTTP/1.1 404 ")) << target;
  }
  for (const std::string method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"}) {
    const std::string answer = get(port, "/", method, "Content-Length: 3\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 405 ")) << method;
    EXPECT_THAT(answer, HasSubstr("Allow: GET, HEAD\r\n")) << method;
  }
}

TEST_F(DownloadServerTest, RefusesTheNameOfAnotherSite) {
  const std::uint16_t port = startedPort();
  for (const std::string host : {"Host: example.org\r\n", ""}) {
    const std::string answer = request(port, "GET / HTTP/1.1\r\n" + host + "\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 4"));
    EXPECT_THAT(answer, Not(HasSubstr("Kitchen")));
  }
}

TEST_F(DownloadServerTest, SurvivesNonsense) {
  const std::uint16_t port = startedPort();
  const std::string huge(std::size_t{1024} * 1024, 'x');
  EXPECT_THAT(get(port, "/", "GET", "X: " + huge + "\r\n"), Not(HasSubstr("Kitchen")));
  EXPECT_THAT(get(port, "/" + huge), Not(HasSubstr("200 OK")));
  using namespace std::string_literals;
  for (const std::string& text :
       {"\0\0\0\0\r\n\r\n"s, "GET\r\n\r\n"s, "\r\n\r\n\r\n"s, "\x16\x03\x01\x02"s,
        "GET /\0secret HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"s, "GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n"s}) {
    RawClient client(port);
    client.send(text);
    client.endSending();
  }
  EXPECT_THAT(get(port, "/"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(DownloadServerTest, LimitsTheConnectionsOfOneComputer) {
  const std::uint16_t port = startedPort();
  std::vector<RawClient> silent;
  for (unsigned i = 0; i < app::kMaxDownloadConnectionsPerAddress; ++i) silent.emplace_back(port);
  // The next one is closed without an answer, as soon as those are known to be there.
  EXPECT_EQ(get(port, "/"), "");
  silent.clear();
  std::string answer;
  for (int tries = 0; answer.empty() && tries < 10'000; ++tries) answer = get(port, "/");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
}

TEST_F(DownloadServerTest, ClosesAConnectionThatSaysNothing) {
  RawClient silent(startedPort());
  EXPECT_EQ(silent.readAll(), "");
}

TEST_F(DownloadServerTest, StopsDuringADownloadAndBesideAClientThatSaysNothing) {
  const std::uint16_t port = startedPort();
  RawClient silent(port);
  RawClient download(port);
  download.send("GET /" + std::string(kName) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  EXPECT_THAT(download.readSome(), StartsWith("HTTP/1.1 200 "));
  server.reset();
  EXPECT_LT(download.readAll().size(), content_.size());
  EXPECT_EQ(silent.readAll(), "");
  EXPECT_FALSE(RawClient(port).connected());
}

#ifndef _WIN32  // where a shared file cannot be changed
TEST_F(DownloadServerTest, ServesNoFileThatWasChanged) {
  const std::uint16_t port = startedPort();
  RawClient download(port);
  download.send("GET /" + std::string(kName) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  EXPECT_THAT(download.readSome(), StartsWith("HTTP/1.1 200 "));
  std::ofstream(folder / kName, std::ios::app) << "more";
  EXPECT_LT(download.readAll().size(), content_.size());
  const std::string answer = get(port, "/" + std::string(kName));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 410 "));
  EXPECT_THAT(bodyOf(answer), HasSubstr("ask the host"));
  EXPECT_THAT(get(port, "/"), StartsWith("HTTP/1.1 200 "));
}
#endif

TEST_F(DownloadServerTest, FailsOnAPortThatIsTaken) {
  const std::uint16_t port = startedPort();
  const auto first = std::move(server);
  const auto update = start(port);
  ASSERT_TRUE(std::holds_alternative<app::SharingStopped>(update));
  EXPECT_EQ(std::get<app::SharingStopped>(update).error, (app::Error{Errc::PortInUse, std::to_string(port)}));
}

TEST_F(DownloadServerTest, SaysWhyItCannotShare) {
  EXPECT_EQ(std::get<app::SharingStopped>(start(0, "203.0.113.77")).error.code, Errc::SharingFailed);
  std::filesystem::remove(folder / kName);
  EXPECT_EQ(std::get<app::SharingStopped>(start()).error.code, Errc::NoInstallers);
}

TEST_F(DownloadServerTest, ListensOnOneAddressWhenAsked) {
  const auto update = start(0, "127.0.0.1");
  const auto& ready = std::get<app::SharingReady>(update);
  EXPECT_THAT(get(ready.port, "/"), StartsWith("HTTP/1.1 200 "));
}

}  // namespace
}  // namespace earshot
