#pragma once
// A host's part in private messages: collects a tick's requests, has the mailbox keep them, and only
// then answers and delivers; in pages, so that a full mailbox fills no queue. Lives on the host's
// network thread.

#include <memory>
#include <unordered_map>
#include <vector>

#include "app/mailbox.h"
#include "net/host_connection.h"
#include "net/net_loop.h"

namespace earshot::net {

class HostPrivate {
 public:
  class Desk {
   public:
    virtual ~Desk() = default;
    /// nullptr when it is gone.
    virtual HostConnection* connection(HostConnection::Id id) = 0;
    /// The connection of a member who is in the room; nullptr otherwise.
    virtual HostConnection* connectionOf(const app::MemberId& member) = 0;
    virtual void onQueued(HostConnection& connection) = 0;
    /// A letter is about to be kept: zero, or how long its sender has to wait.
    virtual std::chrono::milliseconds takeLetter(const HostConnection& connection) = 0;
    /// From now on trySaving() tells when it is over.
    virtual void onMailUnsaved(const app::Error& error) = 0;
  };

  HostPrivate(NetLoop& loop, std::unique_ptr<app::Mailbox> mailbox, app::Clock clock, Desk& desk);
  ~HostPrivate();
  HostPrivate(const HostPrivate&) = delete;
  HostPrivate& operator=(const HostPrivate&) = delete;

  /// False when it is malformed.
  bool onFrame(const HostConnection& connection, const Frame& frame);
  /// After the room has decided: commits what was asked, then tells.
  void tickEnd();
  /// It is in the room: gets what waited for it.
  void admitted(HostConnection& connection);
  /// Its queue has become shorter: gets the next page, if there is one.
  void drained(const HostConnection& connection);
  void gone(HostConnection::Id id) { served_.erase(id); }
  /// Whether something could be kept now; then what waited for that is decided with the next tick.
  app::Status trySaving();
  void releaseMemory() { mailbox_->releaseMemory(); }

 private:
  struct Pending {
    HostConnection::Id connection;
    bool wasMember;  ///< when it asked; otherwise its admission is not decided yet
    app::MailboxRequest request;
    unsigned failures = 0;  ///< how often it could not be kept
  };
  /// How far a connection has been served.
  struct Served {
    app::MailNumber letters{};
    app::MailNumber receipts{};
    bool behind = false;  ///< there is more than fitted
  };

  void serve(HostConnection& connection);
  /// Letters are refused, for their senders send them again. Nobody does that with keys, questions and receipts: they
  /// wait here.
  void refuseAll(std::vector<Pending>& requests, const app::Error& error);
  /// False for a letter. What has failed too often, or is one too many, is dropped.
  bool hold(Pending& pending);
  void send(HostConnection::Id id, const app::MailNews& news);
  void planExpiry();

  NetLoop& loop_;
  std::unique_ptr<app::Mailbox> mailbox_;
  app::Clock clock_;
  Desk& desk_;
  std::vector<Pending> pending_;
  std::vector<Pending> held_;  ///< until something can be kept again
  std::unordered_map<HostConnection::Id, Served> served_;
  std::optional<NetLoop::TimerId> expiry_;
};

}  // namespace earshot::net
