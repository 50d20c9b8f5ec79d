#pragma once
// A member's private messages on one link: between the messenger (app/private_messenger.h) and the
// frames. Lives on the link's network thread; slow work runs on a thread of its own.

#include <deque>
#include <functional>
#include <memory>
#include <thread>

#include "app/private_messenger.h"
#include "app/room_link.h"
#include "net/framing.h"
#include "net/net_loop.h"
#include "net/protocol.pb.h"
#include "net/session.h"

namespace earshot::net {

class MemberPrivate final : public app::PrivateMessenger::Desk {
 public:
  /// Publishes our key. inbox outlives the result; session does until disconnected().
  static app::Result<std::unique_ptr<MemberPrivate>> start(NetLoop& loop, Session& session, app::LinkInbox& inbox,
                                                           app::PrivateMessenger::Setting setting, app::Clock clock);
  /// Waits for work that has begun (a tenth of a second).
  ~MemberPrivate() override;
  MemberPrivate(const MemberPrivate&) = delete;
  MemberPrivate& operator=(const MemberPrivate&) = delete;

  /// The room has let us in, and that has been told.
  app::Status admitted(const std::string& selfName);
  /// The session is over: letters that are submitted from now on are saved, for the one that follows to send.
  void disconnected() {
    session_ = nullptr;
    messenger_->left();
  }
  void submit(const app::PrivateRequest& request) { messenger_->submit(request); }
  /// False when it is malformed.
  bool onFrame(const Frame& frame);
  /// True when it answers a private message of ours.
  bool onAck(const app::RequestId& id, app::UtcMillis time);
  bool onNack(const app::RequestId& id, app::Errc code, std::chrono::milliseconds retry);
  /// Saves and acknowledges what has arrived in this tick.
  app::Status tickEnd(const std::string& selfName);

 private:
  MemberPrivate(NetLoop& loop, Session& session, app::LinkInbox& inbox)
      : loop_(loop), session_(&session), inbox_(inbox) {}

  // PrivateMessenger::Desk
  void ask(app::MailRequest request) override;
  void tell(app::LinkPrivate update) override;
  void aside(std::function<std::function<void()>()> slow) override;

  void workOn();
  void planKeyCheck();
  void planResend(std::chrono::milliseconds wait);

  NetLoop& loop_;
  Session* session_;  ///< null: there is none any more
  app::LinkInbox& inbox_;
  std::unique_ptr<app::PrivateMessenger> messenger_;
  std::optional<app::Error> failure_;  ///< of what a timer began, told at the end of its tick
  std::optional<NetLoop::TimerId> keyCheck_;
  std::optional<NetLoop::TimerId> resend_;  ///< set: the host takes no letters until then
  std::deque<std::function<std::function<void()>()>> slow_;
  std::thread worker_;
  std::shared_ptr<int> alive_ = std::make_shared<int>();  ///< what the worker posts may come later than our end
};

}  // namespace earshot::net
