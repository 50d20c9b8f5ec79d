#include "net/member_link.h"

#include "net/member_client.h"

namespace earshot::net {

MemberLink::MemberLink(app::JoinOptions options, std::shared_ptr<app::LinkInbox> inbox, app::Clock clock)
    : thread_([this, options = std::move(options), inbox = std::move(inbox), clock = std::move(clock)] {
        run(options, *inbox, clock);
      }) {}

MemberLink::~MemberLink() {
  close();
  thread_.join();
}

void MemberLink::submit(app::Request request) {
  loop_.post([this, request = std::move(request)]() mutable {
    if (client_ != nullptr) client_->submit(std::move(request));
  });
}

void MemberLink::submitPrivate(app::PrivateRequest request) {
  loop_.post([this, request = std::move(request)] {
    if (client_ != nullptr) client_->submitPrivate(request);
  });
}

void MemberLink::retryNow() {
  loop_.post([this] {
    if (client_ != nullptr) client_->tryAgain();
  });
}

void MemberLink::askHistory(app::Position before, std::size_t limit) {
  loop_.post([this, before, limit] {
    if (client_ != nullptr) client_->askHistory(before, limit);
  });
}

void MemberLink::tellTyping() {
  loop_.post([this] {
    if (client_ != nullptr) client_->tellTyping();
  });
}

void MemberLink::close() {
  loop_.post([this] {
    if (client_ != nullptr) client_->close();
  });
}

void MemberLink::run(const app::JoinOptions& options, app::LinkInbox& inbox, app::Clock clock) {
  MemberClient client(loop_, options, inbox, std::move(clock));
  client_ = &client;
  client.start();
  loop_.run();
  client_ = nullptr;
}

}  // namespace earshot::net
