// Who may come into the room: what a host reads at its start, and what its owner changes later.
#include <algorithm>

#include "app/guess_throttle.h"
#include "app/limits.h"
#include "net/host_server.h"

namespace earshot::net {

/// All of it is in the log, or nothing has changed.
app::Status HostServer::keep(const std::vector<app::AccessChange>& changes) {
  if (auto committed = log_->commit({}, {}, changes); !committed) return committed.error();
  for (const app::AccessChange& change : changes) access_.apply(change);
  return app::Done{};
}

app::Status HostServer::prepareAccess(const app::HostOptions& options) {
  auto changes = access_.atStart(options.access, options.joinCode);
  if (!changes) return changes.error();
  if (auto kept = keep(*changes); !kept) return kept.error();
  rememberAddresses();
  return app::Done{};
}

/// Where members of this room came from before keeps a few slots when the port is flooded.
void HostServer::rememberAddresses() {
  const auto records = app::readConnectionLog(log_->path(), app::kMaxMembers);
  if (!records) return;
  for (const app::ConnectionRecord& record : *records) {
    if (record.kind == app::ConnectionKind::Joined) gate_.noteKnown(app::guessSource(record.address));
  }
}

std::string HostServer::linkOf(const app::Invite& invite) const {
  const auto& identity = log_->identity();
  return app::toText({linkAddress_, identity.id, app::crypto::hashOf(log_->hostKey().publicKey), invite.token,
                      invite.expires, identity.name});
}

/// A link with the usual terms: the one from before, as long as it is good for half of its time.
app::Result<std::string> HostServer::usualInvite() {
  const app::UtcMillis now = clock_();
  for (const app::Invite& invite : access_.invites(now)) {
    if (invite.expires - now >= app::kInviteValidFor / 2 && invite.usesLeft >= app::kInviteUses / 2)
      return linkOf(invite);
  }
  const auto changes = access_.makeInvite(app::kInviteValidFor, app::kInviteUses, now);
  if (auto kept = keep(changes); !kept) return kept.error();
  return linkOf(access_.invites(now).front());
}

void HostServer::tellAccess(std::string newInvite, std::optional<app::Error> failed) {
  inbox_.post(app::HostAccess{access_.joinCode(), access_.invites(clock_()), std::move(newInvite), std::move(failed),
                              log_->settings().history});
}

void HostServer::changeAccess(const std::vector<app::AccessChange>& changes) {
  if (stopping_) return;
  if (auto kept = keep(changes); !kept) return tellAccess({}, kept.error());
  admission_.prepareKey();
  tellAccess();
}

void HostServer::setHistory(std::optional<std::uint32_t> texts) {
  if (stopping_) return;
  app::RoomSettings settings = log_->settings();
  settings.history = texts;
  if (auto saved = log_->saveSettings(settings); !saved) return tellAccess({}, saved.error());
  tellAccess();
}

void HostServer::makeInvite(std::chrono::milliseconds validFor, std::uint32_t uses) {
  if (stopping_) return;
  const app::UtcMillis now = clock_();
  if (auto kept = keep(access_.makeInvite(validFor, uses, now)); !kept) return tellAccess({}, kept.error());
  tellAccess(linkOf(access_.invites(now).front()));
}

void HostServer::deleteText(app::Seq target) {
  if (stopping_) return;
  if (!owner_) return inbox_.post(app::HostDeleted{target, app::Error{app::Errc::NotAMember}});
  pending_.push_back({kOwnRequest, *owner_, {app::makeRequestId(), app::DeleteText{target}}});
}

}  // namespace earshot::net
