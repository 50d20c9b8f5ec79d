#pragma once
// A member's side of one room: connects, is admitted, saves what it sees before anybody is shown
// it, and keeps what was typed until the room has numbered it. One network thread a link.

#include <memory>
#include <thread>

#include "app/room_link.h"
#include "net/net_loop.h"

namespace earshot::net {

class MemberClient;

class MemberLink final : public app::RoomLink {
 public:
  /// Starts the thread; everything is reported to the inbox. Precondition: initializeSockets().
  MemberLink(app::JoinOptions options, std::shared_ptr<app::LinkInbox> inbox, app::Clock clock = app::systemNow);
  ~MemberLink() override;

  void submit(app::Request request) override;
  void submitPrivate(app::PrivateRequest request) override;
  void retryNow() override;
  void askHistory(app::Position before, std::size_t limit) override;
  void tellTyping() override;
  void close() override;

 private:
  void run(const app::JoinOptions& options, app::LinkInbox& inbox, app::Clock clock);

  NetLoop loop_;
  MemberClient* client_ = nullptr;  ///< on the loop's thread only
  std::thread thread_;
};

}  // namespace earshot::net
