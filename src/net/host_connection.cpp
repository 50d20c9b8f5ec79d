#include "net/host_connection.h"

#include <algorithm>
#include <utility>

#include "app/error_text.h"
#include "app/guess_throttle.h"
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
      source_{app::guessSource(socket->peer().host), socket->peerIsThisComputer()},
      tls_(new TlsChannel(std::move(socket), std::move(tls))),
      session_(loop, std::unique_ptr<Channel>(tls_), *this) {
  session_.listenOnlyWhileHeard();
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

void HostConnection::refuse(const Error& error, std::chrono::milliseconds retry) {
  wire::Error message;
  message.set_code(toWire(error.code));
  message.set_detail(error.detail);
  message.set_retry_ms(static_cast<std::uint32_t>(retry.count()));
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
    case FrameType::AuthStart:
      return phase_ == Phase::Welcomed ? std::optional(app::kMaxGreetingFrameBytes) : std::nullopt;
    case FrameType::AuthConfirm:
      return phase_ == Phase::Proving ? std::optional(app::kMaxGreetingFrameBytes) : std::nullopt;
    case FrameType::ChatSend:
    case FrameType::ChatEdit:
      return isMember ? std::optional(app::kMaxControlFrameBytes) : std::nullopt;
    case FrameType::Rename:
    case FrameType::SetTopic:
    case FrameType::ChatDelete:
    case FrameType::ChatReact:
    case FrameType::Leave:
      return isMember ? std::optional(app::kMaxGreetingFrameBytes) : std::nullopt;
    case FrameType::HistoryGet:
    case FrameType::Typing:
      return isMember ? std::optional<std::size_t>(64) : std::nullopt;
    case FrameType::Ping:
    case FrameType::Pong:
      return 64;
    default:
      return isMember ? mailRequestLimit(type) : std::nullopt;
  }
}

bool HostConnection::refuseNonsense() {
  violated();
  return false;
}

// --- proving ------------------------------------------------------------------------------------

HostAdmission::Stranger* HostConnection::asStranger() {
  return phase_ == Phase::Proving && session_.isOpen() ? this : nullptr;
}

void HostConnection::send(FrameType type, const google::protobuf::MessageLite& body) {
  session_.send(frame(type, body));
  desk_.onQueued(*this);
}

void HostConnection::proven(app::AccessProof proof) {
  proof_ = std::move(proof);
  phase_ = Phase::Welcomed;
}

void HostConnection::failed(Errc why, std::chrono::milliseconds retry) {
  wire::AuthFail fail;
  fail.set_code(toWire(why));
  fail.set_retry_ms(static_cast<std::uint32_t>(retry.count()));
  session_.send(frame(FrameType::AuthFail, fail));
  farewell = app::describeFailedProof(why);
  phase_ = Phase::Leaving;
  session_.finish();
}

void HostConnection::violated() {
  refuse({Errc::ProtocolViolation, {}});
}

bool HostConnection::onAuthStart(const Frame& received) {
  wire::AuthStart start;
  const bool again = !proof_.joinCode.empty() || proof_.invite.has_value();
  if (again || !parse(received.body, start)) return refuseNonsense();
  phase_ = Phase::Proving;
  desk_.admission().start(*this, start, desk_.time());
  return phase_ != Phase::Leaving;
}

bool HostConnection::onAuthConfirm(const Frame& received) {
  wire::AuthConfirm confirm;
  if (!parse(received.body, confirm)) return refuseNonsense();
  desk_.admission().confirm(*this, confirm);
  return phase_ != Phase::Leaving;
}

// --- frames -------------------------------------------------------------------------------------

bool HostConnection::onFrame(Session&, const Frame& received) {
  if (phase_ < Phase::Joining) {
    greetingBytes_ += received.body.size();
    if (++greetingFrames_ > app::kMaxGreetingFrames || greetingBytes_ > app::kMaxGreetingFrameBytes)
      return refuseNonsense();
  }
  switch (received.type) {
    case FrameType::Hello:
      return onHello(received);
    case FrameType::AuthStart:
      return onAuthStart(received);
    case FrameType::AuthConfirm:
      return onAuthConfirm(received);
    case FrameType::Join:
      return onJoin(received);
    case FrameType::Ping: {
      wire::Ping ping;
      if (!parse(received.body, ping)) return refuseNonsense();
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
  if (!parse(received.body, hello)) return refuseNonsense();
  if (hello.major() != kProtocolMajor || hello.min_minor() > kProtocolMinor) {
    refuse({Errc::VersionMismatch, std::to_string(kProtocolMajor) + "." + std::to_string(kProtocolMinor)});
    return false;
  }
  app::log::debug("host: " + address_ + " has " + hello.program().substr(0, app::kMaxProgramBytes));
  phase_ = Phase::Welcomed;
  wire::Welcome welcome = desk_.welcome(*this);
  welcome.set_minor(std::min(hello.max_minor(), kProtocolMinor));
  session_.send(frame(FrameType::Welcome, welcome));
  desk_.onQueued(*this);
  return true;
}

bool HostConnection::onJoin(const Frame& received) {
  wire::Join join;
  if (!parse(received.body, join)) return refuseNonsense();
  if (join.has_last_seen()) {
    lastSeen = lastSeenFrom(join.last_seen());
    if (!lastSeen) return refuseNonsense();
  }
  if (!join.roster().empty()) {
    rosterKnown = app::RosterDigest::fromView(join.roster());
    if (!rosterKnown) return refuseNonsense();
  }
  phase_ = Phase::Joining;
  desk_.onRequest(*this, {app::RequestId{}, app::Join{join.name()}}, std::exchange(proof_, {}));
  return true;
}

bool HostConnection::onMemberFrame(const Frame& received) {
  if (received.type == FrameType::Leave) {
    desk_.onRequest(*this, {app::RequestId{}, app::Leave{app::LeaveReason::Left}}, {});
    return true;
  }
  if (received.type == FrameType::HistoryGet) return onHistoryGet(received);
  if (received.type == FrameType::Typing) {
    desk_.onTyping(*this);
    return true;
  }
  if (mailRequestLimit(received.type)) return desk_.onMail(*this, received) || refuseNonsense();
  auto request = requestFromWire(received.type, received.body);
  if (!request) return refuseNonsense();
  desk_.onRequest(*this, std::move(*request), {});
  return true;
}

bool HostConnection::onHistoryGet(const Frame& received) {
  wire::HistoryGet get;
  if (!parse(received.body, get) || get.before_seq() > app::kMaxSeq) return refuseNonsense();
  if (historyAsked.size() == app::kMaxHistoryAsked) return refuseNonsense();
  historyAsked.push_back({app::Seq{get.before_seq()}, std::min<std::size_t>(get.limit(), app::kHistoryPageEvents)});
  desk_.onHistoryAsked(*this);
  return true;
}

void HostConnection::onDrained(Session&) {
  desk_.onDrained(*this);
}

void HostConnection::onEnded(Session&, Error reason) {
  desk_.onGone(*this, reason.code);
}

}  // namespace earshot::net
