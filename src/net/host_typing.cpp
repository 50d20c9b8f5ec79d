// Who is writing just now: passed on to all who are not behind, and forgotten.
#include "app/limits.h"
#include "net/host_server.h"

namespace earshot::net {

void HostServer::onTyping(HostConnection& connection) {
  if (connection.phase() != HostConnection::Phase::Member || room_.roster().size() > app::kTypingRoom) return;
  const auto now = NetLoop::now();
  if (connection.typedAt && now < *connection.typedAt + app::kTypingPace) return;
  connection.typedAt = now;
  typing_.push_back(connection.memberId());
}

void HostServer::passTypingOn() {
  if (typing_.empty()) return;
  wire::Typing message;
  for (const auto& who : std::exchange(typing_, {})) message.add_who(std::string(who.view()));
  if (isCrowded()) return;
  const auto bytes = frame(FrameType::Typing, message);
  for (const auto& [id, connection] : connections_) {
    if (connection->phase() != HostConnection::Phase::Member || !connection->live) continue;
    if (connection->session().queuedBytes() > app::kTypingQueuedBytes) continue;
    connection->session().send(bytes);
    onQueued(*connection);
  }
}

}  // namespace earshot::net
