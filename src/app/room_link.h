#pragma once
// A person's hold on one room, as windows and consoles see it: requests go down, updates come up.
// The network side implements it; nobody above it can tell a host's own room from any other.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/command.h"
#include "app/crypto/signing_key.h"
#include "app/event.h"
#include "app/history.h"
#include "app/inbox.h"
#include "app/invite.h"
#include "app/limits.h"
#include "app/private_link.h"
#include "app/result.h"
#include "app/room.h"
#include "app/trust.h"

namespace earshot::app {

/// --- updates, in the order they happen ---

/// A host was found under the address and is being talked to.
struct LinkConnecting {
  std::string address;
};
/// The connection broke; in a while it is tried again, by itself, as long as the link is open. Texts that are
/// submitted meanwhile wait in the outbox.
struct LinkInterrupted {
  Error reason;
  std::chrono::milliseconds retryIn{};
};
/// The room let us in, or in again; members holds everybody, ourselves included. What was said before and
/// is not in the conversation yet follows as LinkEvent.
struct LinkAdmitted {
  RoomId room;
  Epoch epoch;
  std::string roomName;
  std::string topic;
  std::string address;  ///< numeric address and port of the host
  MemberId self;
  std::string selfName;
  std::vector<Member> members;
  std::filesystem::path conversation;  ///< the file of this room's conversation, ready to be read
  crypto::PublicKey hostKey{};
  HostProof proof = HostProof::FirstUse;
  bool again = false;     ///< after LinkInterrupted
  Position snapshot{};    ///< members are as of here: events up to it are of the past
  bool hasOlder = false;  ///< the host has more than the conversation will hold: askHistory()
};
/// An event that is already saved in the conversation. Own messages come as LinkSent instead.
struct LinkEvent {
  StoredEvent stored;
  bool past = false;  ///< from before we came (in again): members already are as it left them
};
/// Answers askHistory(): older events, which are now saved, oldest first; those that were there already
/// are left out.
struct LinkHistory {
  std::vector<StoredEvent> events;
  bool complete = false;  ///< there is nothing before them
  std::optional<Error> failed{};
};
/// These are writing something to all just now; they say it again while that goes on.
struct LinkTyping {
  std::vector<MemberId> who;
};
/// Our text is saved in the outbox and on its way.
struct LinkQueued {
  OutgoingText text;
};
/// The room numbered our text; it is saved as event.
struct LinkSent {
  StoredEvent stored;
};
/// The room did what was asked (a rename, a topic); texts get LinkSent instead.
struct LinkDone {
  RequestId id;
};
/// The room said no. error.detail may hold a suggestion (a free name).
struct LinkRefused {
  RequestId id;
  Error error;
  /// A text that stays in the outbox and is sent again by itself; LinkQueued says when.
  bool forNow = false;
};
/// The link is over, for this reason; nothing follows. Cancelled after our own close().
/// JoinCodeNeeded (detail: the room's name): open it again with JoinOptions::joinCode.
struct LinkClosed {
  Error reason;
};

using LinkUpdate = std::variant<LinkConnecting, LinkAdmitted, LinkEvent, LinkQueued, LinkSent, LinkDone, LinkRefused,
                                LinkPrivate, LinkInterrupted, LinkHistory, LinkTyping, LinkClosed>;
using LinkInbox = Inbox<LinkUpdate>;

class RoomLink {
 public:
  /// Blocks at most kFarewellDeadline for the network thread; cut the inbox first. See retire().
  virtual ~RoomLink() = default;
  /// Any thread; returns at once. The answer comes as an update.
  virtual void submit(Request request) = 0;
  /// Any thread; returns at once. The answers come as LinkPrivate.
  virtual void submitPrivate(PrivateRequest request) = 0;
  /// Any thread; returns at once: the last limit events before a place in the conversation, from the host.
  /// LinkHistory answers.
  virtual void askHistory(Position before, std::size_t limit) = 0;
  /// Any thread; returns at once: we are writing something to all. To be called as often as a key is pressed; the
  /// others are told now and then, and only in a room that is not too large.
  virtual void tellTyping() = 0;
  /// Any thread; returns at once: while it waits to try again, tries now.
  virtual void retryNow() = 0;
  /// Any thread; returns at once: leaves the room, or cancels the attempt to get in.
  virtual void close() = 0;
};

struct JoinOptions {
  std::string address;  ///< as typed: host, host:port, [v6]:port
  std::string name;
  crypto::SigningKey identity;          ///< who we are: the key of the TLS certificate
  std::filesystem::path conversations;  ///< folder that holds one file per conversation
  std::filesystem::path trust;          ///< file of the hosts and people that are known (trust_store.h);
                                        ///< message_keys.h has its file beside it
  bool hostedHere = false;              ///< the room is hosted by this very program
  /// The host's key, where it is known from elsewhere (a room hosted here).
  std::optional<crypto::PublicKey> hostKey{};
  /// The room that is meant, where one is (joining again); another one is OtherRoom.
  std::optional<RoomId> room{};
  /// As typed just now; empty: none.
  std::string joinCode{};
  std::optional<InviteLink> invite{};
  /// How long to wait for the first attempt to come back after the connection broke; later ones wait longer.
  std::chrono::milliseconds firstRetry = kFirstRetry;
};

/// Starts at once and never fails by itself: a bad address arrives as LinkClosed.
using OpenLink = std::function<std::unique_ptr<RoomLink>(JoinOptions, std::shared_ptr<LinkInbox>)>;

}  // namespace earshot::app
