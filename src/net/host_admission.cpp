#include "net/host_admission.h"

#include "app/crypto/signing_key.h"
#include "app/limits.h"
#include "net/net_loop.h"

namespace earshot::net {

using app::Errc;
using app::crypto::ByteView;
using app::crypto::bytesOf;

namespace {

std::string textOf(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

HostAdmission::HostAdmission(NetLoop& loop, const app::RoomAccess& access, const app::RoomId& room,
                             const app::crypto::PublicKey& hostKey, Find find, app::JoinCodeKeys::Derive derive)
    : loop_(loop),
      access_(access),
      room_(room),
      hostKey_(hostKey),
      find_(std::move(find)),
      keys_(std::move(derive)) {}

void HostAdmission::prepareKey() {
  if (!access_.isOpen()) keys_.ask(access_.joinCode(), room_, [](const auto&) {});
}

void HostAdmission::start(Stranger& stranger, const wire::AuthStart& message, app::UtcMillis now) {
  if (exchanges_.contains(stranger.connectionId())) return stranger.violated();
  if (!message.invite_id().empty()) return startInvite(stranger, message, now);
  startCode(stranger, message);
}

void HostAdmission::startInvite(Stranger& stranger, const wire::AuthStart& message, app::UtcMillis now) {
  const auto id = app::InviteId::fromView(message.invite_id());
  if (!id) return stranger.violated();
  const app::InviteChannel channel{stranger.binding(), stranger.identityKey(), hostKey_};
  const auto token = access_.tokenOf(*id, now);
  // One answer for all of it: which invites there are is nobody's business.
  if (!token || !isInviteProof(bytesOf(message.proof()), *token, channel, app::InviteProver::Member)) {
    return stranger.failed(Errc::InviteExpired, {});
  }
  wire::AuthOk ok;
  ok.set_proof(textOf(inviteProof(*token, channel, app::InviteProver::Host)));
  stranger.send(FrameType::AuthOk, ok);
  stranger.proven({.invite = *id});
}

void HostAdmission::startCode(Stranger& stranger, const wire::AuthStart& message) {
  if (message.share().size() != app::crypto::CpaceShare{}.size()) return stranger.violated();
  // An open room has no code that could be right.
  if (access_.isOpen()) return stranger.failed(Errc::JoinCodeWrong, {});
  if (access_.needsProof(app::crypto::memberIdOf(stranger.identityKey()))) {
    const auto wait = throttle_.wait(stranger.address(), NetLoop::now());
    if (wait > wait.zero()) return stranger.failed(Errc::TooManyTries, wait);
  }
  Exchange& exchange = exchanges_[stranger.connectionId()];
  exchange.code = access_.joinCode();
  exchange.share = message.share();
  keys_.ask(exchange.code, room_, [this, id = stranger.connectionId()](const app::Result<app::JoinCodeKey>& key) {
    loop_.post([this, id, key] { continueCode(id, key); });
  });
}

void HostAdmission::continueCode(ConnectionId connection, const app::Result<app::JoinCodeKey>& key) {
  const auto found = exchanges_.find(connection);
  Stranger* stranger = find_(connection);
  if (found == exchanges_.end() || stranger == nullptr) return;
  Exchange& exchange = found->second;
  if (!key) return stranger->failed(Errc::HostStorageFailed, {});
  // From here on the stranger learns whether its guess was right.
  if (access_.needsProof(app::crypto::memberIdOf(stranger->identityKey()))) {
    exchange.charged = NetLoop::now();
    const auto wait = throttle_.charge(stranger->address(), exchange.charged);
    if (wait > wait.zero()) return stranger->failed(Errc::TooManyTries, wait);
    exchange.isCharged = true;
  }
  app::crypto::Bytes channelId;
  const app::crypto::PublicKey* const sides[]{&stranger->identityKey(), &hostKey_};
  for (const auto* side : sides) {
    channelId.insert(channelId.end(), side->bytes.begin(), side->bytes.end());
  }
  exchange.cpace.emplace(app::crypto::CpaceRole::Responder,
                         app::crypto::CpaceInputs{key->view(), channelId, stranger->binding()}, ByteView{});
  if (!exchange.cpace->receive(bytesOf(exchange.share), {})) return stranger->violated();
  wire::AuthStep step;
  step.set_share(textOf(exchange.cpace->share()));
  stranger->send(FrameType::AuthStep, step);
}

void HostAdmission::confirm(Stranger& stranger, const wire::AuthConfirm& message) {
  const auto found = exchanges_.find(stranger.connectionId());
  if (found == exchanges_.end() || !found->second.cpace) return stranger.violated();
  Exchange exchange = std::move(found->second);
  exchanges_.erase(found);
  if (!exchange.cpace->confirm(bytesOf(message.tag()))) return stranger.failed(Errc::JoinCodeWrong, {});
  if (exchange.isCharged) throttle_.giveBack(stranger.address(), exchange.charged);
  const auto tag = exchange.cpace->tag();
  if (!tag) return stranger.violated();
  wire::AuthOk ok;
  ok.set_proof(textOf(*tag));
  stranger.send(FrameType::AuthOk, ok);
  stranger.proven({.joinCode = exchange.code});
}

}  // namespace earshot::net
