// A member of Earshot: its own key, in by an open door, as docs/PROTOCOL.md has it.
#include <openssl/ssl.h>

#include <optional>

#include "app/crypto/signing_key.h"
#include "app/history.h"
#include "app/roster.h"
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
    if (member == 0) overheard_ = net::FrameDecoder(noLimit());
    ssl_st* connection = contexts_[member]->newConnection();
    SSL_set_mode(connection, SSL_MODE_ENABLE_PARTIAL_WRITE);
    return connection;
  }
  std::string hello(std::size_t member) override {
    net::wire::Hello hello;
    hello.set_major(net::kProtocolMajor);
    net::wire::Join join;
    join.set_name("Member " + std::to_string(member));
    if (known_) {
      *join.mutable_last_seen() = net::toWire(lastSeen_);
      join.set_roster(std::string(known_->view()));
    }
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
      net::wire::Joined joined;
      if (type == FrameType::Joined && net::parse({bytes + kHeader, head.length}, joined) && joined.roster_known()) {
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

  void overhear(std::string_view bytes) override {
    (void)overheard_.feed({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()},
                          [this](const net::Frame& frame) { return note(frame); });
  }
  /// Each member works it out on a computer of its own; here once is enough.
  void comesBack() override { known_ = roster_.digest(); }

 private:
  static net::FrameDecoder::Limit noLimit() {
    return [](FrameType) { return std::optional(app::kMaxHistoryFrameBytes); };
  }

  /// As a member does (net/member_frames.cpp).
  bool note(const net::Frame& frame) {
    if (frame.type == FrameType::Welcome) {
      net::wire::Welcome welcome;
      if (net::parse(frame.body, welcome)) lastSeen_.epoch = *app::Epoch::fromView(welcome.epoch());
    } else if (frame.type == FrameType::Joined) {
      net::wire::Joined joined;
      if (net::parse(frame.body, joined)) snapshot_ = app::Seq{joined.snapshot_seq()};
    } else if (frame.type == FrameType::Members) {
      net::wire::Members page;
      if (!net::parse(frame.body, page)) return true;
      for (const auto& member : page.members()) listed_.push_back(*net::fromWire(member));
      if (page.last()) roster_ = app::Roster(std::exchange(listed_, {}));
    } else if (frame.type == FrameType::Events) {
      net::wire::Events message;
      if (!net::parse(frame.body, message)) return true;
      const auto events = net::eventsFromWire(message.events(), app::kMaxEventsOfAFrame);
      if (!events) return true;
      for (const app::Event& event : *events) {
        if (event.seq > snapshot_) roster_.apply(event);
        lastSeen_ = {lastSeen_.epoch, event.seq, event.time, event.actor};
      }
    }
    return true;
  }

  net::FrameDecoder overheard_{noLimit()};
  std::vector<app::Member> listed_;
  app::Roster roster_;
  app::Seq snapshot_{};
  app::LastSeen lastSeen_{};
  std::optional<app::RosterDigest> known_;  ///< of members that come back
  std::vector<std::shared_ptr<const net::TlsContext>> contexts_;
};

}  // namespace

std::unique_ptr<Dialect> makeEarshotDialect(std::size_t members) {
  return std::make_unique<EarshotDialect>(members);
}

}  // namespace earshot::load
