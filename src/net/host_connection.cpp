#include "net/host_connection.h"

#include <algorithm>

#include "app/limits.h"
#include "app/log.h"
#include "net/mail_codec.h"

namespace earshot::net {

using app::Errc;
using app::Error;

HostConnection::HostConnection(Id id, NetLoop& loop, std::unique_ptr<WorkerSocket> socket,
                               std::shared_ptr<const TlsContext> tls, Desk& desk)
    : id_(id),
      loop_(loop),
      desk_(desk),
      address_(toString(socket->peer())),
      tls_(new TlsChannel(std::move(socket), std::move(tls))),
      session_(loop, std::unique_ptr<Channel>(tls_), *this) {
  greetingDeadline_ = loop_.after(app::kGreetingDeadline, [this] {
    greetingDeadline_.reset();
    violated();
  });
}

HostConnection::~HostConnection() {
  if (greetingDeadline_) loop_.cancel(*greetingDeadline_);
}

bool HostConnection::onEstablished(Session&) {
  identityKey_ = tls_->peerKey();
  memberId_ = app::crypto::memberIdOf(identityKey_);
  phase_ = Phase::Greeting;
  desk_.onSecured(*this);
  return true;
}

void HostConnection::admit() {
  phase_ = Phase::Member;
  if (greetingDeadline_) loop_.cancel(*greetingDeadline_);
  greetingDeadline_.reset();
}

void HostConnection::refuse(const Error& error) {
  wire::Error message;
  message.set_code(toWire(error.code));
  message.set_detail(error.detail);
  session_.send(frame(FrameType::Error, message));
  phase_ = Phase::Leaving;
  session_.finish();
}

void HostConnection::sayGoodbye(app::LeaveReason reason) {
  wire::Goodbye message;
  message.set_reason(toWire(reason));
  session_.send(frame(FrameType::Goodbye, message));
  phase_ = Phase::Leaving;
  session_.finish();
}

std::optional<std::size_t> HostConnection::frameLimit(Session&, FrameType type) {
  const bool isMember = phase_ == Phase::Member || phase_ == Phase::Joining;
  switch (type) {
    case FrameType::Hello:
      return phase_ == Phase::Greeting ? std::optional(app::kMaxGreetingFrameBytes) : std::nullopt;
    case FrameType::Join:
      return phase_ == Phase::Welcomed ? std::optional(app::kMaxGreetingFrameBytes) : std::nullopt;
    case FrameType::ChatSend:
      return isMember ? std::optional(app::kMaxControlFrameBytes) : std::nullopt;
    case FrameType::Rename:
    case FrameType::SetTopic:
    case FrameType::Leave:
      return isMember ? std::optional(app::kMaxGreetingFrameBytes) : std::nullopt;
    case FrameType::Ping:
    case FrameType::Pong:
      return 64;
    default:
      return isMember ? mailRequestLimit(type) : std::nullopt;
  }
}

bool HostConnection::violated() {
  refuse({Errc::ProtocolViolation, {}});
  return false;
}

bool HostConnection::onFrame(Session&, const Frame& received) {
  if (phase_ == Phase::Greeting || phase_ == Phase::Welcomed) {
    greetingBytes_ += received.body.size();
    if (++greetingFrames_ > app::kMaxGreetingFrames || greetingBytes_ > app::kMaxGreetingFrameBytes) return violated();
  }
  switch (received.type) {
    case FrameType::Hello:
      return onHello(received);
    case FrameType::Join:
      return onJoin(received);
    case FrameType::Ping: {
      wire::Ping ping;
      if (!parse(received.body, ping)) return violated();
      wire::Pong pong;
      pong.set_token(ping.token());
      session_.send(frame(FrameType::Pong, pong));
      desk_.onQueued(*this);
      return true;
    }
    case FrameType::Pong:
      return true;
    default:
      return onMemberFrame(received);
  }
}

bool HostConnection::onHello(const Frame& received) {
  wire::Hello hello;
  if (!parse(received.body, hello)) return violated();
  if (hello.major() != kProtocolMajor || hello.min_minor() > kProtocolMinor) {
    refuse({Errc::VersionMismatch, std::to_string(kProtocolMajor) + "." + std::to_string(kProtocolMinor)});
    return false;
  }
  app::log::debug("host: " + address_ + " has " + hello.program().substr(0, app::kMaxProgramBytes));
  phase_ = Phase::Welcomed;
  wire::Welcome welcome = desk_.welcome();
  welcome.set_minor(std::min(hello.max_minor(), kProtocolMinor));
  session_.send(frame(FrameType::Welcome, welcome));
  desk_.onQueued(*this);
  return true;
}

bool HostConnection::onJoin(const Frame& received) {
  wire::Join join;
  if (!parse(received.body, join)) return violated();
  phase_ = Phase::Joining;
  desk_.onRequest(*this, {app::RequestId{}, app::Join{join.name()}});
  return true;
}

bool HostConnection::onMemberFrame(const Frame& received) {
  if (received.type == FrameType::Leave) {
    desk_.onRequest(*this, {app::RequestId{}, app::Leave{app::LeaveReason::Left}});
    return true;
  }
  if (mailRequestLimit(received.type)) return desk_.onMail(*this, received) || violated();
  auto request = requestFromWire(received.type, received.body);
  if (!request) return violated();
  desk_.onRequest(*this, std::move(*request));
  return true;
}

void HostConnection::onDrained(Session&) {
  desk_.onDrained(*this);
}

void HostConnection::onEnded(Session&, Error reason) {
  desk_.onGone(*this, reason.code);
}

}  // namespace earshot::net
