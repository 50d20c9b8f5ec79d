#include "net/member_client.h"

#include <algorithm>

#include "app/limits.h"
#include "app/names.h"
#include "app/text.h"
#include "app/version.h"

namespace earshot::net {

using app::Errc;
using app::Error;

MemberClient::MemberClient(NetLoop& loop, const app::JoinOptions& options, app::LinkInbox& inbox, app::Clock clock)
    : loop_(loop),
      options_(options),
      self_(app::crypto::memberIdOf(options.identity.publicKey)),
      inbox_(inbox),
      clock_(std::move(clock)),
      retries_(options.firstRetry) {
  loop_.setTickEnd([this] { tickEnd(); });
}

MemberClient::~MemberClient() {
  loop_.setTickEnd({});
}

// --- getting in --------------------------------------------------------------------------------

void MemberClient::start() {
  auto name = app::normalizeName(options_.name);
  if (!name) return closeWith(name.error());
  selfName_ = *name;
  connect();
}

void MemberClient::connect() {
  phase_ = Phase::Connecting;
  auto endpoint = parseEndpoint(options_.address);
  if (!endpoint) return closeWith(endpoint.error());
  address_ = typedAddress_ = toString(*endpoint);
  inbox_.post(app::LinkConnecting{address_});
  connector_ = std::make_unique<Connector>(loop_, *endpoint, [this](auto socket) { connected(std::move(socket)); });
  connector_->start();
}

void MemberClient::connected(app::Result<std::unique_ptr<WorkerSocket>> socket) {
  loop_.discard(std::shared_ptr<Connector>(std::move(connector_)));
  if (!socket) return closeWith(socket.error());
  address_ = toString((*socket)->peer());
  auto context = TlsContext::make(TlsRole::Member, options_.identity);
  if (!context) return closeWith(context.error());
  auto channel = std::make_unique<TlsChannel>(std::move(*socket), std::move(*context));
  tls_ = channel.get();
  session_ = std::make_unique<Session>(loop_, std::move(channel), *this);
  phase_ = Phase::Securing;
  admissionDeadline_ = loop_.after(app::kAdmissionDeadline, [this] {
    admissionDeadline_.reset();
    closeWith({isGreeted() ? Errc::ConnectionLost : Errc::NotEarshot, address_});
  });
}

bool MemberClient::onEstablished(Session&) {
  phase_ = Phase::Greeting;
  hostKey_ = tls_->peerKey();
  if (wasLive_ && hostKey_ != admittedBy_) return fail({Errc::HostKeyChanged, roomName_});
  // Where it is known whose key this must be, nobody else is greeted.
  const bool other = (options_.hostKey && *options_.hostKey != hostKey_) ||
                     (options_.invite && options_.invite->hostKey != app::crypto::hashOf(hostKey_));
  if (other) {
    closeWith({Errc::HostNotTrusted, {}});
    return false;
  }
  wire::Hello hello;
  hello.set_major(kProtocolMajor);
  hello.set_min_minor(0);
  hello.set_max_minor(kProtocolMinor);
  hello.set_program(app::programAndVersion());
  session_->send(frame(FrameType::Hello, hello));
  return true;
}

// --- asking ------------------------------------------------------------------------------------

void MemberClient::submit(app::Request request) {
  if (std::holds_alternative<app::Leave>(request.command)) return close();
  const auto* text = std::get_if<app::SendText>(&request.command);
  // A text waits in the outbox while the connection is gone; anything else would surprise later.
  if (text != nullptr && wasLive_ && phase_ < Phase::Closing) return submitText(request.id, *text);
  if (phase_ != Phase::Live) {
    inbox_.post(app::LinkRefused{request.id, {Errc::NotAMember, {}}});
    return;
  }
  session_->send(frameOf(request));
  asked_.insert(request.id);
}

void MemberClient::submitText(const app::RequestId& id, const app::SendText& text) {
  // What the room would refuse anyway is refused before it is saved or sent.
  std::optional<Errc> wrong;
  if (!app::isValidText(text.text)) {
    wrong = Errc::TextInvalid;
  } else if (text.text.size() > app::kMaxTextBytes || app::countCodePoints(text.text) > app::kMaxTextCodePoints) {
    wrong = Errc::TextTooLong;
  }
  if (wrong) return inbox_.post(app::LinkRefused{id, {*wrong, {}}});
  app::OutgoingText outgoing{id, clock_(), text.style, app::cleanMessage(text.text), text.replyTo};
  if (outgoing.text.empty()) return inbox_.post(app::LinkRefused{id, {Errc::TextEmpty, {}}});
  if (resend_) {
    const auto again = conversation_->isWaiting(id);
    // Somebody asks for it now; but a host that asked us to write less would only refuse it.
    if (again && *again) return heldBecause_ == Errc::TooFast ? inbox_.post(app::LinkQueued{outgoing}) : sendOutbox();
  }
  if (auto queued = conversation_->queue(outgoing); !queued) {
    return inbox_.post(app::LinkRefused{id, queued.error()});
  }
  if (phase_ == Phase::Live && !resend_) {
    unsent_.push_back(outgoing);
    sendUnsent();
  }
  inbox_.post(app::LinkQueued{std::move(outgoing)});
}

// --- the outbox --------------------------------------------------------------------------------

void MemberClient::sendOutbox(bool again) {
  if (resend_) loop_.cancel(*resend_);
  resend_.reset();
  auto waiting = conversation_->outbox();
  if (!waiting) return closeWith(waiting.error());
  const auto refused = std::exchange(refusedForNow_, {});
  forgetSending();
  for (app::OutgoingText& text : *waiting) {
    if (!again || refused.contains(text.id)) inbox_.post(app::LinkQueued{text});
    unsent_.push_back(std::move(text));
  }
  sendUnsent();
}

void MemberClient::sendUnsent() {
  while (!unsent_.empty() && onTheirWay_.size() < app::kMaxTextsOnTheirWay) {
    const app::OutgoingText& text = unsent_.front();
    const bool isFirst = !std::exchange(isOutboxBegun_, true);
    session_->send(frameOf({text.id, app::SendText{text.style, text.text, text.replyTo, isFirst}}));
    onTheirWay_.insert(text.id);
    unsent_.pop_front();
  }
}

void MemberClient::forgetSending() {
  unsent_.clear();
  onTheirWay_.clear();
  refusedForNow_.clear();
  isOutboxBegun_ = false;
}

void MemberClient::holdTexts(Errc why, std::chrono::milliseconds wait) {
  if (resend_) return;
  unsent_.clear();
  heldBecause_ = why;
  resend_ = loop_.after(std::clamp<std::chrono::milliseconds>(wait, app::kMinResendWait, app::kMaxResendWait), [this] {
    resend_.reset();
    if (phase_ == Phase::Live) sendOutbox(true);
  });
}

void MemberClient::report(std::vector<app::StoredEvent> received, const std::vector<app::StoredEvent>& ours) {
  // Both lists are in the room's order; told merged, so that it stays the room's order.
  auto own = ours.begin();
  for (app::StoredEvent& stored : received) {
    for (; own != ours.end() && own->position < stored.position; ++own) inbox_.post(app::LinkSent{*own});
    const bool past = stored.event.seq <= snapshotSeq_;
    inbox_.post(app::LinkEvent{std::move(stored), past});
  }
  for (; own != ours.end(); ++own) inbox_.post(app::LinkSent{*own});
}

// --- ending it ----------------------------------------------------------------------------------

void MemberClient::tickEnd() {
  if (phase_ == Phase::Live || phase_ == Phase::Closing) saveReceived();
  if (phase_ == Phase::Live) savePrivate();
  if (phase_ == Phase::Live && !resend_) sendUnsent();
  if (session_) session_->flush();
}

void MemberClient::close() {
  if (phase_ == Phase::Live) {
    phase_ = Phase::Closing;
    session_->send(frame(FrameType::Leave, wire::Leave{}));
    // The host answers with Goodbye; a host that doesn't is not waited for.
    loop_.after(app::kFarewellDeadline, [this] {
      farewellUnanswered_ = true;
      closeWith({Errc::Cancelled, {}});
    });
    return;
  }
  if (phase_ != Phase::Closing) closeWith({Errc::Cancelled, {}});
}

void MemberClient::onEnded(Session&, Error reason) {
  if (phase_ == Phase::Closed) return loop_.stop();
  if (phase_ == Phase::Closing) return closeWith({Errc::Cancelled, {}});
  if (reason.code == Errc::VersionMismatch) return closeWith({reason.code, {}});
  if (!isGreeted()) return closeWith({Errc::NotEarshot, address_});
  closeWith({reason.code == Errc::ProtocolViolation ? reason.code : Errc::ConnectionLost, address_});
}

void MemberClient::closeWith(Error reason) {
  if (phase_ == Phase::Closed) return;
  if (wasLive_ && phase_ != Phase::Closing && mayComeBack(reason.code)) return interrupt(std::move(reason));
  // What arrived in the same piece as the end was sent to be seen.
  if (phase_ == Phase::Live || phase_ == Phase::Closing) {
    phase_ = Phase::Closing;
    if (!saveReceived()) return;
  }
  for (auto* timer : {&admissionDeadline_, &ping_, &wakeDeadline_, &retry_, &networkCheck_, &resend_}) {
    if (*timer) loop_.cancel(**timer);
    timer->reset();
  }
  phase_ = Phase::Closed;
  inbox_.post(app::LinkClosed{std::move(reason)});
  connector_.reset();
  if (session_ && session_->isOpen()) {
    // A host that has let us in is told politely; before that, and after it did not answer our
    // farewell, nothing is owed.
    if (conversation_ && !farewellUnanswered_) {
      session_->finish();
    } else {
      session_->end();
    }
  }
  if (!session_ || !session_->isOpen()) loop_.stop();
}

}  // namespace earshot::net
