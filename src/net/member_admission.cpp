// How a member makes sure of the host, and shows that it may come in.
#include <algorithm>

#include "app/crypto/join_code.h"
#include "app/invite_proof.h"
#include "app/limits.h"
#include "net/member_client.h"

namespace earshot::net {

using app::Errc;
using app::crypto::bytesOf;
using app::crypto::ByteView;

namespace {

std::string textOf(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

app::HostDoor doorOf(wire::Door door) {
  switch (door) {
    case wire::DOOR_OPEN:
      return app::HostDoor::Open;
    case wire::DOOR_KNOWN:
      return app::HostDoor::KnowsUs;
    default:
      return app::HostDoor::WantsProof;
  }
}

}  // namespace

std::string MemberClient::secondsOf(std::uint32_t retryMs) {
  return std::to_string((std::clamp<std::uint32_t>(retryMs, 1, 3'600'000) + 999) / 1000);
}

bool MemberClient::fail(app::Error reason) {
  closeWith(std::move(reason));
  return false;
}

/// Whether this is the host that is meant, and what is to be proven before we go in.
bool MemberClient::judge(wire::Door door) {
  auto store = app::TrustStore::open(options_.trust);
  if (!store) return fail(store.error());
  trust_ = std::move(*store);
  const auto memory = trust_->hostMemory(room_, typedAddress_);
  if (!memory) return fail(memory.error());
  const app::JoinIntent intent{options_.room, options_.hostKey, options_.invite, !options_.joinCode.empty()};
  const auto trust = judgeHost({room_, roomName_, hostKey_, doorOf(door)}, *memory, intent);
  if (!trust) return fail(trust.error());
  proof_ = trust->proof;
  switch (trust->next) {
    case app::HostTrust::Next::ProveInvite:
      return proveInvite();
    case app::HostTrust::Next::ProveCode:
      return proveCode();
    default:
      return askToJoin();
  }
}

bool MemberClient::askToJoin() {
  phase_ = Phase::Joining;
  auto seen = lastSeenIn(options_.conversations, room_, epoch_, self_);
  if (!seen) return fail(seen.error());
  lastSeen_ = seen->value_or(app::LastSeen{});
  wire::Join join;
  join.set_name(selfName_);
  if (*seen) *join.mutable_last_seen() = toWire(**seen);
  if (wasLive_) join.set_roster(std::string(roster_.digest().view()));
  session_->send(frame(FrameType::Join, join));
  return startPrivate();
}

bool MemberClient::proveInvite() {
  phase_ = Phase::Proving;
  const app::InviteToken& token = options_.invite->token;
  const app::InviteChannel channel{tls_->binding(), options_.identity.publicKey, hostKey_};
  wire::AuthStart start;
  start.set_invite_id(std::string(idOf(token).view()));
  start.set_proof(textOf(inviteProof(token, channel, app::InviteProver::Member)));
  session_->send(frame(FrameType::AuthStart, start));
  return true;
}

bool MemberClient::proveCode() {
  const auto code = app::crypto::parseJoinCode(options_.joinCode);
  if (!code) return fail(code.error());
  phase_ = Phase::Proving;
  codeKeys_ = std::make_unique<app::JoinCodeKeys>();
  codeKeys_->ask(*code, room_,
                 [this](const app::Result<app::JoinCodeKey>& key) { loop_.post([this, key] { beginCode(key); }); });
  return true;
}

void MemberClient::beginCode(const app::Result<app::JoinCodeKey>& key) {
  if (phase_ != Phase::Proving) return;
  if (!key) return closeWith(key.error());
  app::crypto::Bytes channelId;
  const app::crypto::PublicKey* const sides[]{&options_.identity.publicKey, &hostKey_};
  for (const auto* side : sides) {
    channelId.insert(channelId.end(), side->bytes.begin(), side->bytes.end());
  }
  cpace_.emplace(app::crypto::CpaceRole::Initiator, app::crypto::CpaceInputs{key->view(), channelId, tls_->binding()},
                 ByteView{});
  wire::AuthStart start;
  start.set_share(textOf(cpace_->share()));
  session_->send(frame(FrameType::AuthStart, start));
}

/// Our confirmation comes first: whoever guesses learns nothing from the host's.
bool MemberClient::onAuthStep(const Frame& received) {
  wire::AuthStep step;
  if (!parse(received.body, step) || !cpace_) return violated();
  const auto tag = cpace_->receive(bytesOf(step.share()), {}) ? cpace_->tag() : std::nullopt;
  if (!tag) return violated();
  wire::AuthConfirm confirm;
  confirm.set_tag(textOf(*tag));
  session_->send(frame(FrameType::AuthConfirm, confirm));
  return true;
}

bool MemberClient::onAuthOk(const Frame& received) {
  wire::AuthOk ok;
  if (!parse(received.body, ok)) return violated();
  const auto proof = bytesOf(ok.proof());
  bool proven = false;
  if (cpace_) {
    proven = cpace_->confirm(proof);
    cpace_.reset();
  } else if (options_.invite && !codeKeys_) {
    const app::InviteChannel channel{tls_->binding(), options_.identity.publicKey, hostKey_};
    proven = isInviteProof(proof, options_.invite->token, channel, app::InviteProver::Host);
  }
  // A host that does not know what it asks for is not the one.
  if (!proven) return fail({Errc::HostNotTrusted, {}});
  return askToJoin();
}

bool MemberClient::onAuthFail(const Frame& received) {
  wire::AuthFail answer;
  if (!parse(received.body, answer)) return violated();
  const Errc code = fromWire(answer.code());
  if (code != Errc::TooManyTries) return fail({code, {}});
  return fail({code, secondsOf(answer.retry_ms())});
}

/// From now on this is the host of the room. A room hosted here is found without an address.
app::Status MemberClient::rememberHost() {
  app::KnownHost host;
  host.room = room_;
  host.key = hostKey_;
  host.proof = proof_;
  host.roomName = roomName_;
  if (!options_.hostedHere) host.address = typedAddress_;
  host.since = host.lastUsed = clock_();
  return trust_->rememberHost(host);
}

}  // namespace earshot::net
