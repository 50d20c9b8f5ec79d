#include "net/connector.h"

#include <mutex>
#include <thread>

#include "app/limits.h"

namespace earshot::net {

using app::Errc;
using app::Error;

/// What the helper thread shares with the connector. The thread may outlive it (a name service can
/// hang for half a minute), so it is told by loop == nullptr that nobody waits any more.
struct Connector::Lookup {
  std::mutex mutex;
  NetLoop* loop;
  Connector* connector;  ///< only used on the loop's thread
};

Connector::Connector(NetLoop& loop, Endpoint target, Done done)
    : loop_(loop), target_(std::move(target)), done_(std::move(done)) {}

Connector::~Connector() {
  if (lookup_) {
    const std::lock_guard lock(lookup_->mutex);
    lookup_->loop = nullptr;
    lookup_->connector = nullptr;
  }
  dropAttempt();
}

void Connector::start() {
  lookup_ = std::make_shared<Lookup>();
  lookup_->loop = &loop_;
  lookup_->connector = this;
  const auto answer = [](const std::shared_ptr<Lookup>& lookup, app::Result<std::vector<Endpoint>> addresses) {
    const std::lock_guard lock(lookup->mutex);
    if (lookup->loop == nullptr) return;
    lookup->loop->post([lookup, addresses = std::move(addresses)] {
      if (lookup->connector != nullptr) lookup->connector->onResolved(addresses);
    });
  };
  deadline_ = loop_.after(app::kConnectDeadline, [this] {
    deadline_.reset();
    finish(Error{Errc::HostUnknown, target_.host});
  });
  if (isNumeric(target_.host)) return answer(lookup_, resolve(target_));
  std::thread([lookup = lookup_, target = target_, answer] { answer(lookup, resolve(target)); }).detach();
}

void Connector::onResolved(app::Result<std::vector<Endpoint>> addresses) {
  if (!addresses) return finish(addresses.error());
  addresses_ = std::move(*addresses);
  tryNext();
}

void Connector::tryNext() {
  dropAttempt();
  if (nextAddress_ >= addresses_.size()) return finish(lastError_);
  const Endpoint address = addresses_[nextAddress_++];
  attempt_ = std::make_unique<ConnectingSocket>(address);
  deadline_ = loop_.after(app::kConnectDeadline, [this, address] {
    deadline_.reset();
    lastError_ = {Errc::ConnectTimedOut, toString(address)};
    tryNext();
  });
  if (attempt_->descriptor() >= 0) {
    token_ = loop_.watch(attempt_->descriptor(), {.read = false, .write = true}, *this);
  }
  check();
}

void Connector::onReady(bool, bool) {
  check();
}

void Connector::check() {
  switch (attempt_->poll()) {
    case ConnectingSocket::State::Pending:
      return;
    case ConnectingSocket::State::Failed:
      lastError_ = attempt_->error();
      return tryNext();
    case ConnectingSocket::State::Connected:
      loop_.unwatch(token_, attempt_->descriptor());
      token_ = 0;
      return finish(attempt_->take());
  }
}

void Connector::dropAttempt() {
  if (deadline_) loop_.cancel(*deadline_);
  deadline_.reset();
  if (token_ != 0) loop_.unwatch(token_, attempt_->descriptor());
  token_ = 0;
  attempt_.reset();
}

void Connector::finish(app::Result<std::unique_ptr<WorkerSocket>> result) {
  dropAttempt();
  // The owner may destroy this object from inside the call.
  const auto done = std::move(done_);
  done(std::move(result));
}

}  // namespace earshot::net
