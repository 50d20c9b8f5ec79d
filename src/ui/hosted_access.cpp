#include "ui/hosted_access.h"

#include <utility>

#include "ui/room_controller.h"

namespace earshot::ui {

void HostedAccess::opened(const app::HostListening& listening) {
  closed();
  listening_ = listening;
  joinCode_ = listening.joinCode;
}

void HostedAccess::changed(const app::HostAccess& access) {
  if (!listening_) return;
  joinCode_ = access.joinCode;
  invites_ = access.invites;
  history_ = access.history;
  listKnown_ = true;
  if (!access.newInvite.empty()) newLink_ = access.newInvite;
}

void HostedAccess::closed() {
  *this = HostedAccess();
}

std::string HostedAccess::linkOf(const app::Invite& invite) const {
  app::InviteLink link;
  link.address = listening_->addresses.empty() ? listening_->ownAddress
                                               : withPort(listening_->addresses.front(), listening_->port);
  link.room = listening_->room;
  link.hostKey = app::crypto::hashOf(listening_->hostKey);
  link.token = invite.token;
  link.expires = invite.expires;
  link.roomName = listening_->roomName;
  return app::toText(link);
}

std::string HostedAccess::anyLink() const {
  if (!invites_.empty()) return linkOf(invites_.front());
  return listKnown_ ? std::string() : listening_->invite;
}

std::string HostedAccess::takeNewLink() {
  return std::exchange(newLink_, {});
}

}  // namespace earshot::ui
