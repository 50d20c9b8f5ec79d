#include "net/host_private.h"

#include <iterator>
#include <set>
#include <utility>

#include "app/error_text.h"
#include "app/limits.h"
#include "app/log.h"
#include "net/mail_codec.h"

namespace earshot::net {
namespace {

/// What the sender is told to wait before it asks again after the disk failed.
constexpr auto kStorageRetry = std::chrono::seconds{5};
constexpr auto kExpiryInterval = std::chrono::hours{1};
/// What waits for the disk, and how often: a part of the file that cannot be read fails every time, though others do
/// not.
constexpr std::size_t kMostHeld = 5'000;
constexpr unsigned kMostFailures = 10;

}  // namespace

HostPrivate::HostPrivate(NetLoop& loop, std::unique_ptr<app::Mailbox> mailbox, app::Clock clock, Desk& desk)
    : loop_(loop), mailbox_(std::move(mailbox)), clock_(std::move(clock)), desk_(desk) {
  planExpiry();
}

HostPrivate::~HostPrivate() {
  if (expiry_) loop_.cancel(*expiry_);
}

void HostPrivate::planExpiry() {
  expiry_ = loop_.after(kExpiryInterval, [this] {
    if (auto expired = mailbox_->expire(clock_()); !expired) app::log::warn("host: old letters could not be removed");
    planExpiry();
  });
}

bool HostPrivate::onFrame(const HostConnection& connection, const Frame& frame) {
  auto request = mailRequestFrom(frame);
  if (!request) return false;
  if (const auto* letter = std::get_if<app::PostLetter>(&*request)) {
    if (const auto wait = desk_.takeLetter(connection); wait > wait.zero()) {
      send(connection.id(), app::LetterRefused{letter->message, {app::Errc::TooFast, {}}, wait});
      return true;
    }
  }
  const bool isMember = connection.phase() == HostConnection::Phase::Member;
  pending_.push_back({connection.id(), isMember, {connection.memberId(), connection.name, std::move(*request)}});
  return true;
}

void HostPrivate::tickEnd() {
  if (pending_.empty()) return;
  auto requests = std::exchange(pending_, {});
  std::erase_if(requests, [this](Pending& pending) {
    const HostConnection* connection = desk_.connection(pending.connection);
    // Its Join is not decided yet, because a busy host gathers: its key would be lost.
    if (connection != nullptr && connection->phase() == HostConnection::Phase::Joining) {
      pending_.push_back(std::move(pending));
      return true;
    }
    if (connection != nullptr && connection->phase() == HostConnection::Phase::Member) {
      pending.request.fromName = connection->name;
      return false;
    }
    return !pending.wasMember;
  });
  // A question must not overtake the key that it is about.
  if (!held_.empty()) std::erase_if(requests, [this](Pending& pending) { return hold(pending); });
  if (requests.empty()) return;
  std::vector<app::MailboxRequest> batch;
  batch.reserve(requests.size());
  for (Pending& pending : requests) batch.push_back(std::move(pending.request));
  auto answers = mailbox_->apply(batch, clock_());
  if (!answers) {
    for (std::size_t i = 0; i < requests.size(); ++i) requests[i].request = std::move(batch[i]);
    return refuseAll(requests, answers.error());
  }
  std::set<app::MemberId> waiting;
  for (std::size_t i = 0; i < answers->size(); ++i) {
    const app::MailboxAnswer& answer = (*answers)[i];
    if (answer.answer) send(requests[i].connection, *answer.answer);
    if (answer.deliverTo) waiting.insert(*answer.deliverTo);
  }
  for (const app::MemberId& member : waiting) {
    if (HostConnection* connection = desk_.connectionOf(member)) serve(*connection);
  }
}

void HostPrivate::refuseAll(std::vector<Pending>& requests, const app::Error& error) {
  app::log::warn("host: private messages could not be saved: " + app::codeName(error.code));
  desk_.onMailUnsaved(error);
  for (Pending& pending : requests) {
    ++pending.failures;
    if (hold(pending)) continue;
    const auto& letter = std::get<app::PostLetter>(pending.request.what);
    send(pending.connection, app::LetterRefused{letter.message, {error.code, {}}, kStorageRetry});
  }
}

bool HostPrivate::hold(Pending& pending) {
  if (std::holds_alternative<app::PostLetter>(pending.request.what)) return false;
  if (pending.failures < kMostFailures && held_.size() < kMostHeld) held_.push_back(std::move(pending));
  return true;
}

app::Status HostPrivate::trySaving() {
  auto saved = mailbox_->trySaving();
  if (saved) {
    pending_.insert(pending_.begin(), std::make_move_iterator(held_.begin()), std::make_move_iterator(held_.end()));
    held_.clear();
  }
  return saved;
}

void HostPrivate::send(HostConnection::Id id, const app::MailNews& news) {
  HostConnection* connection = desk_.connection(id);
  if (connection == nullptr || !connection->session().isOpen()) return;
  auto bytes = std::make_shared<Bytes>();
  appendMailFrame(*bytes, news);
  connection->session().send(std::move(bytes));
  desk_.onQueued(*connection);
}

void HostPrivate::admitted(HostConnection& connection) {
  served_[connection.id()] = {};
  serve(connection);
}

void HostPrivate::drained(const HostConnection& connection) {
  const auto served = served_.find(connection.id());
  if (served == served_.end() || !served->second.behind) return;
  // Not from inside the flush that made room.
  loop_.post([this, id = connection.id()] {
    HostConnection* open = desk_.connection(id);
    if (open != nullptr && open->phase() == HostConnection::Phase::Member) serve(*open);
  });
}

void HostPrivate::serve(HostConnection& connection) {
  const auto found = served_.find(connection.id());
  if (found == served_.end()) return;
  Served& served = found->second;
  served.behind = connection.session().queuedBytes() >= app::kRefillQueuedBytes;
  if (served.behind) return;
  const auto letters =
      mailbox_->letters(connection.memberId(), served.letters, app::kMailPageCount, app::kMailPageBytes, clock_());
  const auto receipts = mailbox_->receipts(connection.memberId(), served.receipts, app::kMailPageCount, clock_());
  if (!letters || !receipts) return app::log::warn("host: the mailbox could not be read");
  auto bytes = std::make_shared<Bytes>();
  for (const auto& receipt : *receipts) appendMailFrame(*bytes, receipt);
  for (const auto& letter : *letters) appendMailFrame(*bytes, letter.what);
  if (bytes->empty()) return;
  if (!letters->empty()) served.letters = letters->back().number;
  if (!receipts->empty()) served.receipts = receipts->back().number;
  // Perhaps that was all; then the next look finds nothing.
  served.behind = true;
  connection.session().send(std::move(bytes));
  desk_.onQueued(connection);
}

}  // namespace earshot::net
