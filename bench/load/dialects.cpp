// The servers that people use today, in their own protocols.
#include <openssl/ssl.h>

#include <cstdlib>
#include <utility>

#include "dialect.h"

namespace earshot::load {
namespace {

/// Who the server is, is not looked at: it was started by this benchmark. The cipher is the one that Earshot uses.
class AnyServerTls {
 public:
  explicit AnyServerTls(bool wanted) : context_(wanted ? SSL_CTX_new(TLS_client_method()) : nullptr) {
    if (context_ == nullptr) return;
    SSL_CTX_set_min_proto_version(context_, TLS1_3_VERSION);
    SSL_CTX_set_ciphersuites(context_, "TLS_AES_128_GCM_SHA256");
    SSL_CTX_set_mode(context_, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE);
    SSL_CTX_set_verify(context_, SSL_VERIFY_NONE, nullptr);
  }
  ~AnyServerTls() { SSL_CTX_free(context_); }
  AnyServerTls(const AnyServerTls&) = delete;
  AnyServerTls& operator=(const AnyServerTls&) = delete;

  [[nodiscard]] ssl_st* newConnection() const {
    if (context_ == nullptr) return nullptr;
    SSL* connection = SSL_new(context_);
    SSL_set_connect_state(connection);
    return connection;
  }

 private:
  SSL_CTX* context_;
};

class Common : public Dialect {
 public:
  explicit Common(bool tls) : tls_(tls) {}
  ssl_st* newTls(std::size_t) override { return tls_.newConnection(); }

 protected:
  /// Inside as soon as the answer contains this.
  static Progress waitFor(std::string_view sign, std::string& received) {
    return received.find(sign) == std::string::npos ? Progress::Waits : Progress::Inside;
  }

 private:
  AnyServerTls tls_;
};

class Nats final : public Common {
 public:
  explicit Nats(bool tls) : Common(tls), tls_(tls) {}
  [[nodiscard]] bool speaksFirst() const override { return tls_; }
  std::string hello(std::size_t) override {
    return "CONNECT {\"verbose\":false,\"pedantic\":false,\"echo\":true}\r\nSUB room 1\r\nPING\r\n";
  }
  Progress greet(std::size_t, std::string& received, Stream&) override { return waitFor("PONG", received); }
  std::string publish(std::string_view payload) override {
    return "PUB room " + std::to_string(payload.size()) + "\r\n" + std::string(payload) + "\r\n";
  }

 private:
  bool tls_;
};

class Redis final : public Common {
 public:
  using Common::Common;
  /// Version 3 of its protocol lets a listener speak.
  std::string hello(std::size_t) override { return "HELLO 3\r\nSUBSCRIBE room\r\n"; }
  Progress greet(std::size_t, std::string& received, Stream&) override { return waitFor("subscribe\r\n", received); }
  std::string publish(std::string_view payload) override {
    return "*3\r\n$7\r\nPUBLISH\r\n$4\r\nroom\r\n$" + std::to_string(payload.size()) + "\r\n" + std::string(payload) +
           "\r\n";
  }
};

/// MQTT 3.1.1 with quality of service 0, as others deliver too.
class Mosquitto final : public Common {
 public:
  using Common::Common;
  std::string hello(std::size_t member) override {
    const std::string id = "m" + std::to_string(member);
    return packet('\x10', field("MQTT") + std::string("\x04\x02\x00\x00", 4) + field(id)) +
           packet('\x82', std::string("\x00\x01", 2) + field("room") + std::string(1, '\0'));
  }
  Progress greet(std::size_t, std::string& received, Stream&) override { return waitFor("\x90\x03", received); }
  std::string publish(std::string_view payload) override {
    return packet('\x30', field("room") + std::string(payload));
  }

 private:
  static std::string field(const std::string& text) {
    return std::string{static_cast<char>(text.size() >> 8), static_cast<char>(text.size() & 0xff)} + text;
  }
  static std::string packet(char type, const std::string& body) {
    std::string out(1, type);
    std::size_t left = body.size();
    do {
      const std::size_t digit = left & 0x7f;
      left >>= 7;
      out += static_cast<char>(digit | (left > 0 ? 0x80 : 0));
    } while (left > 0);
    return out + body;
  }
};

class Irc final : public Common {
 public:
  using Common::Common;
  [[nodiscard]] bool echoes() const override { return false; }
  std::string hello(std::size_t member) override {
    const std::string nick = "m" + std::to_string(member);
    return "NICK " + nick + "\r\nUSER " + nick + " 0 * :member\r\n";
  }
  Progress greet(std::size_t, std::string& received, Stream& stream) override {
    Progress progress = Progress::Waits;
    for (std::size_t end; (end = received.find('\n')) != std::string::npos; received.erase(0, end + 1)) {
      const std::string_view line = std::string_view(received).substr(0, end);
      if (line.starts_with("PING ")) stream.send("PONG " + std::string(line.substr(5)) + "\n");
      if (line.starts_with("ERROR")) return Progress::Refused;
      if (line.find(" 001 ") != std::string_view::npos) stream.send("JOIN #room\r\n");
      if (line.find(" 366 ") != std::string_view::npos) progress = Progress::Inside;
    }
    return progress;
  }
  std::string publish(std::string_view payload) override { return "PRIVMSG #room :" + std::string(payload) + "\r\n"; }
};

/// bench/raw_limit.cpp
class Raw final : public Common {
 public:
  using Common::Common;
  std::string hello(std::size_t) override { return {}; }
  Progress greet(std::size_t, std::string&, Stream&) override { return Progress::Inside; }
  std::string publish(std::string_view payload) override {
    const auto size = static_cast<std::uint32_t>(payload.size());
    return std::string(reinterpret_cast<const char*>(&size), sizeof size) + std::string(payload);
  }
};

}  // namespace

std::unique_ptr<Dialect> makeDialect(const std::string& system, bool tls, std::size_t members) {
  if (system == "earshot") return makeEarshotDialect(members);
  if (system == "nats") return std::make_unique<Nats>(tls);
  if (system == "redis") return std::make_unique<Redis>(tls);
  if (system == "mosquitto") return std::make_unique<Mosquitto>(tls);
  if (system == "inspircd") return std::make_unique<Irc>(tls);
  if (system == "raw") return std::make_unique<Raw>(tls);
  return nullptr;
}

}  // namespace earshot::load
