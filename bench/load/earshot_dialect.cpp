// A member of Earshot: its own key, in by an open door, as docs/PROTOCOL.md has it.
#include <openssl/ssl.h>

#include "app/crypto/signing_key.h"
#include "dialect.h"
#include "net/codec.h"
#include "net/tls_context.h"

namespace earshot::load {
namespace {

using net::FrameType;

std::string textOf(const net::SharedBytes& bytes) {
  return {reinterpret_cast<const char*>(bytes->data()), bytes->size()};
}

class EarshotDialect final : public Dialect {
 public:
  explicit EarshotDialect(std::size_t members) {
    for (std::size_t i = 0; i < members; ++i) {
      contexts_.push_back(*net::TlsContext::make(net::TlsRole::Member, app::crypto::makeSigningKey()));
    }
  }

  ssl_st* newTls(std::size_t member) override {
    ssl_st* connection = contexts_[member]->newConnection();
    SSL_set_mode(connection, SSL_MODE_ENABLE_PARTIAL_WRITE);
    return connection;
  }
  std::string hello(std::size_t member) override {
    net::wire::Hello hello;
    hello.set_major(net::kProtocolMajor);
    net::wire::Join join;
    join.set_name("Member " + std::to_string(member));
    return textOf(frame(FrameType::Hello, hello)) + textOf(frame(FrameType::Join, join));
  }
  Progress greet(std::size_t, std::string& received, Stream&) override {
    constexpr std::size_t kHeader = 8;
    std::size_t at = 0;
    auto progress = Progress::Waits;
    while (received.size() - at >= kHeader) {
      const auto* bytes = reinterpret_cast<const std::uint8_t*>(received.data() + at);
      const auto head = net::readHeader(std::span<const std::uint8_t, kHeader>(bytes, kHeader));
      if (received.size() - at < kHeader + head.length) break;
      const auto type = static_cast<FrameType>(head.type);
      if (type == FrameType::Error || type == FrameType::Goodbye) return Progress::Refused;
      net::wire::Members page;
      if (type == FrameType::Members && net::parse({bytes + kHeader, head.length}, page) && page.last()) {
        progress = Progress::Inside;
      }
      at += kHeader + head.length;
    }
    received.erase(0, at);
    return progress;
  }
  std::string publish(std::string_view payload) override {
    return textOf(net::frameOf({app::makeRequestId(), app::SendText{app::TextStyle::Plain, std::string(payload)}}));
  }
  [[nodiscard]] std::string keepAlive() const override { return textOf(frame(FrameType::Ping, net::wire::Ping{})); }

 private:
  std::vector<std::shared_ptr<const net::TlsContext>> contexts_;
};

}  // namespace

std::unique_ptr<Dialect> makeEarshotDialect(std::size_t members) {
  return std::make_unique<EarshotDialect>(members);
}

}  // namespace earshot::load
