#pragma once
// A network that does nothing by itself: tests hold its two ends.

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/conversation.h"
#include "support/temporary_folder.h"
#include "ui/room_controller.h"

namespace earshot::ui {

struct FakeLink : app::RoomLink {
  struct Record {
    app::JoinOptions options;
    std::shared_ptr<app::LinkInbox> inbox;
    std::vector<app::Request> requests;
    std::vector<app::PrivateRequest> privateRequests;
    std::vector<app::Position> historyAsked;
    int typingTold = 0;
    int retries = 0;
    bool closed = false;
    bool destroyed = false;
  };
  explicit FakeLink(std::shared_ptr<Record> made) : record(std::move(made)) {}
  ~FakeLink() override { record->destroyed = true; }
  void submit(app::Request request) override { record->requests.push_back(std::move(request)); }
  void submitPrivate(app::PrivateRequest request) override { record->privateRequests.push_back(std::move(request)); }
  void askHistory(app::Position before, std::size_t) override { record->historyAsked.push_back(before); }
  void tellTyping() override { ++record->typingTold; }
  void retryNow() override { ++record->retries; }
  void close() override { record->closed = true; }
  std::shared_ptr<Record> record;
};

struct FakeHost : app::HostedRoom {
  void deleteText(app::Seq) override {}
  struct Record {
    app::HostOptions options;
    std::shared_ptr<app::HostInbox> inbox;
    std::vector<std::string> asked;  ///< of who may come in
    bool stopped = false;
    bool destroyed = false;
  };
  explicit FakeHost(std::shared_ptr<Record> made) : record(std::move(made)) {}
  ~FakeHost() override { record->destroyed = true; }
  void stop() override { record->stopped = true; }
  void askAccess() override { record->asked.push_back("access"); }
  void changeJoinCode() override { record->asked.push_back("code"); }
  void openToAll() override { record->asked.push_back("open"); }
  void makeInvite(std::chrono::milliseconds, std::uint32_t) override { record->asked.push_back("invite"); }
  void revokeInvite(const app::InviteId&) override { record->asked.push_back("revoke"); }
  void setHistory(std::optional<std::uint32_t> texts) override {
    record->asked.push_back("history " + (texts ? std::to_string(*texts) : std::string("all")));
  }
  std::shared_ptr<Record> record;
};

struct FakeSharedApp : app::SharedApp {
  struct Record {
    app::ShareOptions options;
    std::shared_ptr<app::SharingInbox> inbox;
    bool destroyed = false;
  };
  explicit FakeSharedApp(std::shared_ptr<Record> made) : record(std::move(made)) {}
  ~FakeSharedApp() override { record->destroyed = true; }
  std::shared_ptr<Record> record;
};

template <class Id>
Id idOf(std::uint8_t number) {
  Id made;
  made.bytes.fill(number);
  return made;
}

inline app::HostOptions hostOptions(const std::string& roomName) {
  app::HostOptions options;
  options.roomName = roomName;
  return options;
}

class FakeBackend {
 public:
  FakeBackend() {
    backend.openLink = [this](app::JoinOptions options, std::shared_ptr<app::LinkInbox> inbox) {
      links.push_back(std::make_shared<FakeLink::Record>());
      links.back()->options = std::move(options);
      links.back()->inbox = std::move(inbox);
      return std::make_unique<FakeLink>(links.back());
    };
    backend.startHost = [this](app::HostOptions options, std::shared_ptr<app::HostInbox> inbox) {
      hosts.push_back(std::make_shared<FakeHost::Record>());
      hosts.back()->options = std::move(options);
      hosts.back()->inbox = std::move(inbox);
      return std::make_unique<FakeHost>(hosts.back());
    };
    backend.startSharing = [this](app::ShareOptions options, std::shared_ptr<app::SharingInbox> inbox) {
      shared.push_back(std::make_shared<FakeSharedApp::Record>());
      shared.back()->options = std::move(options);
      shared.back()->inbox = std::move(inbox);
      return std::make_unique<FakeSharedApp>(shared.back());
    };
    backend.identity = app::crypto::makeSigningKey();
    backend.self = app::crypto::memberIdOf(backend.identity.publicKey);
    backend.conversations = folder.path() / "conversations";
    backend.rooms = folder.path() / "rooms";
    backend.trust = folder.path() / "trust.db";
    backend.runOnUi = [this](std::function<void()> call) { queue.push_back(std::move(call)); };
    backend.retire = [this](std::shared_ptr<void> last) { retired.push_back(std::move(last)); };
    std::filesystem::create_directories(backend.conversations);
  }

  /// Runs what was queued for the UI thread.
  void runQueue() {
    while (!queue.empty()) {
      const auto calls = std::exchange(queue, {});
      for (const auto& call : calls) call();
    }
  }

  /// The update with which a link gets into this room; its conversation exists on disk.
  app::LinkAdmitted admission(std::uint8_t room = 7) {
    app::LinkAdmitted admitted;
    admitted.room = idOf<app::RoomId>(room);
    admitted.epoch = idOf<app::Epoch>(1);
    admitted.roomName = "Kitchen";
    admitted.address = "192.0.2.5:1060";
    admitted.self = backend.self;
    admitted.selfName = "Anna";
    admitted.members = {{backend.self, "Anna", {}}, {idOf<app::MemberId>(2), "Ben", {}}};
    auto conversation = app::Conversation::open(backend.conversations, admitted.room);
    app::ConversationInfo info;
    info.room = admitted.room;
    info.roomName = admitted.roomName;
    info.address = admitted.address;
    info.self = admitted.self;
    info.selfName = admitted.selfName;
    EXPECT_TRUE(conversation.ok() && (*conversation)->admitted(admitted.epoch, info).ok());
    admitted.conversation = (*conversation)->path();
    return admitted;
  }

  test::TemporaryFolder folder;
  RoomBackend backend;
  std::vector<std::shared_ptr<FakeLink::Record>> links;
  std::vector<std::shared_ptr<FakeHost::Record>> hosts;
  std::vector<std::shared_ptr<FakeSharedApp::Record>> shared;
  std::vector<std::function<void()>> queue;
  std::vector<std::shared_ptr<void>> retired;
};

}  // namespace earshot::ui
