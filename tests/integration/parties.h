#pragma once
// Hosts and members for integration tests, with waits on what was reported instead of on time.

#include <gmock/gmock.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/hosting.h"
#include "app/room_link.h"
#include "net/host.h"
#include "net/member_link.h"
#include "support/temporary_folder.h"

namespace earshot::test {

/// Far longer than anything takes here; a test that reaches it has failed.
inline constexpr std::chrono::seconds kPatience{60};

/// Collects the updates of one inbox and lets a test wait for one.
template <class Update>
class Collector {
 public:
  Collector() : inbox_(std::make_shared<app::Inbox<Update>>([this] { woken(); })) {}
  ~Collector() { inbox_->cut(); }

  [[nodiscard]] std::shared_ptr<app::Inbox<Update>> inbox() const { return inbox_; }

  /// Waits until done(all updates so far) is true.
  bool waitUntil(const std::function<bool(const std::vector<Update>&)>& done) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    for (;;) {
      std::unique_lock lock(mutex_);
      const bool inTime = arrived_.wait_until(lock, deadline, [this] { return news_; });
      news_ = false;
      lock.unlock();
      for (Update& update : inbox_->takeAll()) updates_.push_back(std::move(update));
      if (done(updates_)) {
        lock.lock();
        news_ = true;  // a later wait looks at what is here first
        return true;
      }
      if (!inTime) return false;
    }
  }

  /// The first update of this kind, waited for.
  template <class T>
  const T* waitFor() {
    const T* found = nullptr;
    waitUntil([&](const auto& updates) {
      for (const Update& update : updates) {
        if ((found = std::get_if<T>(&update)) != nullptr) return true;
      }
      return false;
    });
    return found;
  }

  [[nodiscard]] const std::vector<Update>& updates() const { return updates_; }

 private:
  void woken() {
    {
      const std::lock_guard lock(mutex_);
      news_ = true;
    }
    arrived_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable arrived_;
  bool news_ = true;
  std::shared_ptr<app::Inbox<Update>> inbox_;
  std::vector<Update> updates_;
};

class TestHost {
 public:
  explicit TestHost(const std::filesystem::path& rooms, std::optional<std::uint16_t> port = 0,
                    const std::string& name = "Kitchen table", const std::string& bind = "127.0.0.1")
      : TestHost(openRoom(rooms, port, name, bind)) {}
  explicit TestHost(app::HostOptions options, app::Clock clock = app::systemNow,
                    app::JoinCodeKeys::Derive derive = app::deriveJoinCodeKey)
      : host_(std::make_unique<net::Host>(std::move(options), news_.inbox(), std::move(clock), std::move(derive))) {}

  /// A room that asks nobody for anything.
  static app::HostOptions openRoom(const std::filesystem::path& rooms, std::optional<std::uint16_t> port = 0,
                                   const std::string& name = "Kitchen table", const std::string& bind = "127.0.0.1") {
    app::HostOptions options{name, bind, port, rooms};
    options.access = app::Access::Open;
    return options;
  }

  [[nodiscard]] const app::HostListening& listening() {
    const auto* listening = news_.waitFor<app::HostListening>();
    EXPECT_NE(listening, nullptr);
    return *listening;
  }
  [[nodiscard]] std::string address() { return listening().ownAddress; }
  [[nodiscard]] std::uint16_t port() { return listening().port; }
  /// How many connection records of this kind have been reported, waited for.
  bool waitForRecords(app::ConnectionKind kind, std::size_t count) {
    return news_.waitUntil([&](const auto& updates) {
      std::size_t seen = 0;
      for (const auto& update : updates) {
        const auto* record = std::get_if<app::HostConnection>(&update);
        if (record != nullptr && record->record.kind == kind) ++seen;
      }
      return seen >= count;
    });
  }
  [[nodiscard]] net::Host& room() { return *host_; }
  const app::HostStopped* stopAndWait() {
    host_->stop();
    return news_.waitFor<app::HostStopped>();
  }
  [[nodiscard]] Collector<app::HostUpdate>& news() { return news_; }

 private:
  Collector<app::HostUpdate> news_;
  std::unique_ptr<net::Host> host_;
};

class TestMember {
 public:
  TestMember(const std::filesystem::path& conversations, const std::string& address, const std::string& name,
             app::crypto::SigningKey identity = app::crypto::makeSigningKey())
      : TestMember(app::JoinOptions{address, name, std::move(identity), conversations, conversations / "trust.db"}) {}
  explicit TestMember(app::JoinOptions options)
      : id_(app::crypto::memberIdOf(options.identity.publicKey)),
        link_(std::make_unique<net::MemberLink>(withFolder(std::move(options)), news_.inbox())) {}

  const app::LinkAdmitted* admitted() { return news_.waitFor<app::LinkAdmitted>(); }
  const app::LinkClosed* closed() { return news_.waitFor<app::LinkClosed>(); }
  app::RequestId say(const std::string& text) {
    const auto id = app::makeRandom<app::RequestId>();
    link_->submit({id, app::SendText{app::TextStyle::Plain, text}});
    return id;
  }
  app::RequestId ask(app::Command command) {
    const auto id = app::makeRandom<app::RequestId>();
    link_->submit({id, std::move(command)});
    return id;
  }
  void tellTyping() { link_->tellTyping(); }
  void askHistory(app::Position before, std::size_t limit) { link_->askHistory(before, limit); }
  void askPrivately(app::PrivateRequest request) { link_->submitPrivate(std::move(request)); }
  /// Every text that was shown so far, own ones too, in the order reported.
  [[nodiscard]] static std::vector<app::Event> textsOf(const std::vector<app::LinkUpdate>& updates) {
    std::vector<app::Event> texts;
    for (const auto& update : updates) {
      const app::StoredEvent* stored = nullptr;
      if (const auto* event = std::get_if<app::LinkEvent>(&update)) stored = &event->stored;
      if (const auto* sent = std::get_if<app::LinkSent>(&update)) stored = &sent->stored;
      if (stored != nullptr && std::holds_alternative<app::TextPosted>(stored->event.body)) {
        texts.push_back(stored->event);
      }
    }
    return texts;
  }
  bool waitForTexts(std::size_t count) {
    return news_.waitUntil([&](const auto& updates) { return textsOf(updates).size() >= count; });
  }
  [[nodiscard]] std::vector<app::Event> texts() { return textsOf(news_.updates()); }
  void close() { link_->close(); }
  [[nodiscard]] Collector<app::LinkUpdate>& news() { return news_; }
  [[nodiscard]] const app::MemberId& id() const { return id_; }

 private:
  /// As a profile that was opened has it.
  static app::JoinOptions withFolder(app::JoinOptions options) {
    std::filesystem::create_directories(options.trust.parent_path());
    return options;
  }

  app::MemberId id_;
  Collector<app::LinkUpdate> news_;
  std::unique_ptr<net::MemberLink> link_;
};

}  // namespace earshot::test
