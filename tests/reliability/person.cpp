#include "reliability/person.h"

#include <algorithm>

#include "app/conversation.h"
#include "app/error_text.h"

namespace earshot::test {
namespace {

constexpr int kAttempts = 1'000;
constexpr std::size_t kAllEvents = 10'000'000;

}  // namespace

std::string nameOf(const app::MemberId& member) {
  return app::hexOf(member).substr(0, 8);
}

Entry entryOf(const app::Event& event) {
  Entry entry{app::toNumber(event.seq), nameOf(event.actor), {}, "kind " + std::to_string(event.body.index())};
  if (const auto* text = std::get_if<app::TextPosted>(&event.body)) {
    entry.id = app::hexOf(text->id);
    entry.content = text->text;
  } else if (const auto* renamed = std::get_if<app::MemberRenamed>(&event.body)) {
    entry.content += " " + renamed->newName;
  } else if (const auto* topic = std::get_if<app::TopicChanged>(&event.body)) {
    entry.content += " " + topic->topic;
  }
  return entry;
}

Person::Person(std::filesystem::path folder, std::string name, std::string address, app::Clock clock)
    : id_(app::crypto::memberIdOf(identity_.publicKey)),
      folder_(std::move(folder)),
      name_(std::move(name)),
      address_(std::move(address)),
      clock_(std::move(clock)) {
  std::filesystem::create_directories(folder_);
}

void Person::start() {
  if (link_) return;
  isIn_ = isClosed_ = false;
  app::JoinOptions options{address_, name_, identity_, folder_, folder_ / "trust.db"};
  options.firstRetry = firstRetry_;
  link_ = std::make_unique<net::MemberLink>(std::move(options), news_.inbox(), clock_);
}

void Person::stop() {
  if (!link_) return;
  link_.reset();
  waitUntil([this] { return isClosed_; });
  // Who speaks to a link that is over is not heard, and is not told that anything was kept.
  for (const std::string& id : said_) {
    if (!accepted_.contains(id)) refused_.insert(id);
  }
}

bool Person::comeIn() {
  for (int i = 0; i < kAttempts; ++i) {
    start();
    if (!waitUntil([this] { return isIn_ || isClosed_; })) return false;
    if (isIn_) return true;
    stop();
  }
  return false;
}

app::RequestId Person::say(const std::string& text) {
  const auto id = app::makeRandom<app::RequestId>();
  said_.push_back(app::hexOf(id));
  link_->submit({id, app::SendText{app::TextStyle::Plain, text}});
  return id;
}

void Person::ask(app::Command command) {
  link_->submit({app::makeRandom<app::RequestId>(), std::move(command)});
}

bool Person::waitUntilAllSent() {
  return waitUntil([this] {
    return std::all_of(said_.begin(), said_.end(), [this](const std::string& id) {
      return acknowledged_.contains(id) || (refused_.contains(id) && !accepted_.contains(id));
    });
  });
}

bool Person::waitUntilAnswered(const app::RequestId& text) {
  return waitUntil([this, id = app::hexOf(text)] { return acknowledged_.contains(id) || refused_.contains(id); });
}

bool Person::waitUntilShown(const app::RequestId& text) {
  return waitUntil([this, id = app::hexOf(text)] { return shownTexts_.contains(id); });
}

std::string Person::state() const {
  std::string text = name_ +
                     (isIn_       ? " is in"
                      : isClosed_ ? " is closed"
                                  : " is away") +
                     ", " + std::to_string(returns_) + " returns, last trouble: " + lastError_ + ", " +
                     std::to_string(shown_.size()) + " shown up to " +
                     std::to_string(shown_.empty() ? 0 : shown_.back().seq);
  for (const std::string& id : said_) {
    if (!acknowledged_.contains(id)) text += ", waits for " + id + (accepted_.contains(id) ? "" : " (not queued)");
  }
  return text;
}

std::uint64_t Person::numberOf(const app::RequestId& text) {
  const auto found = acknowledged_.find(app::hexOf(text));
  return found == acknowledged_.end() ? 0 : found->second;
}

bool Person::waitUntil(const std::function<bool()>& done) {
  return news_.waitUntil([&](const auto& updates) {
    while (digested_ < updates.size()) digest(updates[digested_++]);
    return done();
  });
}

void Person::show(const app::Event& event) {
  shown_.push_back(entryOf(event));
  lastShownAt_ = event.time;
  if (!shown_.back().id.empty()) shownTexts_.insert(shown_.back().id);
}

void Person::digest(const app::LinkUpdate& update) {
  if (const auto* admitted = std::get_if<app::LinkAdmitted>(&update)) {
    isIn_ = true;
    if (admitted->again) ++returns_;
    epochs_.insert(admitted->epoch);
    conversation_ = admitted->conversation;
  } else if (const auto* interrupted = std::get_if<app::LinkInterrupted>(&update)) {
    isIn_ = false;
    lastError_ = app::codeName(interrupted->reason.code);
  } else if (const auto* closed = std::get_if<app::LinkClosed>(&update)) {
    isIn_ = false;
    lastError_ = app::codeName(closed->reason.code) + " " + closed->reason.detail;
    isClosed_ = true;
  } else if (const auto* queued = std::get_if<app::LinkQueued>(&update)) {
    accepted_.insert(app::hexOf(queued->text.id));
  } else if (const auto* refused = std::get_if<app::LinkRefused>(&update)) {
    refused_.insert(app::hexOf(refused->id));
  } else if (const auto* event = std::get_if<app::LinkEvent>(&update)) {
    show(event->stored.event);
  } else if (const auto* sent = std::get_if<app::LinkSent>(&update)) {
    show(sent->stored.event);
    acknowledged_[shown_.back().id] = shown_.back().seq;
  }
}

Party Person::party() {
  Party party;
  party.name = nameOf(id_);
  for (const std::string& id : said_) {
    if (accepted_.contains(id)) party.sent.push_back(id);
  }
  party.acknowledged = acknowledged_;
  party.shown = shown_;
  if (conversation_.empty()) return party;
  auto reader = app::ConversationReader::open(conversation_);
  if (!reader) return party;
  const auto saved = (*reader)->after(app::Position{}, kAllEvents);
  const auto outbox = (*reader)->outbox();
  if (!saved || !outbox) return party;
  for (const app::StoredEvent& stored : *saved) party.saved.push_back(entryOf(stored.event));
  for (const app::OutgoingText& text : *outbox) party.waiting.push_back(app::hexOf(text.id));
  return party;
}

}  // namespace earshot::test
