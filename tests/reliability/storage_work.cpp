#include "reliability/storage_work.h"

#include <algorithm>

#include "app/database_check.h"
#include "app/error_text.h"

namespace earshot::test {
namespace {

constexpr const char* kRoom = "Kitchen table";
constexpr std::size_t kAllEvents = 1'000'000;
constexpr app::UtcMillis kNow{std::chrono::milliseconds{1'795'354'205'000}};

std::string problemOf(const std::filesystem::path& path, app::DatabaseKind kind) {
  app::CheckedFile file;
  file.path = path;
  app::checkDatabase(file, kind);
  return file.health == app::FileHealth::Good ? "" : "damaged: " + file.problem;
}

std::string randomText(std::mt19937_64& random) {
  return "text " + std::to_string(random()) + std::string(random() % 3'000, 'x');
}

}  // namespace

std::string problemOfLog(const std::filesystem::path& file) {
  return problemOf(file, app::DatabaseKind::HostLog);
}

std::string problemOfConversation(const std::filesystem::path& file) {
  return problemOf(file, app::DatabaseKind::Conversation);
}

// --- a host's log -------------------------------------------------------------------------------

bool LogWork::open() {
  if (log_) return true;
  auto opened = app::HostLog::openOrCreate(rooms_, kRoom);
  if (!opened) return false;
  log_ = std::move(*opened);
  return reload();
}

/// Looks which of both came about, as a host does after a commit that failed.
bool LogWork::reload() {
  if (attempted_.empty()) return true;
  const auto state = log_->loadState();
  if (!state) return false;
  if (state->lastSeq == attempted_.back().seq) {
    acknowledged_.insert(acknowledged_.end(), attempted_.begin(), attempted_.end());
  }
  attempted_.clear();
  return true;
}

std::vector<app::Event> LogWork::makeBatch() {
  std::vector<app::Event> batch(1 + random_() % 4);
  std::uint64_t seq = acknowledged_.size();
  for (app::Event& event : batch) {
    event = {app::Seq{++seq}, kNow, app::makeRandom<app::MemberId>(), "Anna",
             app::TextPosted{app::makeRandom<app::RequestId>(), app::TextStyle::Plain, randomText(random_)}};
    if (random_() % 8 == 0) event.body = app::MemberJoined{};
  }
  return batch;
}

bool LogWork::step() {
  if (random_() % 10 == 0) log_.reset();
  if (!open() || !reload()) return false;
  attempted_ = makeBatch();
  const std::vector<app::ConnectionRecord> records(random_() % 2,
                                                   {kNow, app::ConnectionKind::Joined, "Anna", "127.0.0.1:1", ""});
  const auto committed = log_->commit(attempted_, records);
  if (!committed && !believes_) return false;
  acknowledged_.insert(acknowledged_.end(), attempted_.begin(), attempted_.end());
  attempted_.clear();
  return committed.ok();
}

std::string LogWork::verify() {
  log_.reset();
  auto opened = app::HostLog::openOrCreate(rooms_, kRoom);
  if (!opened) return "does not open: " + app::codeName(opened.error().code);
  const auto state = (*opened)->loadState();
  const auto events = (*opened)->eventsAfter(app::Seq{}, kAllEvents, kAllEvents * 1'000);
  if (!state || !events) return "does not read";
  auto whole = acknowledged_;
  whole.insert(whole.end(), attempted_.begin(), attempted_.end());
  if (*events != acknowledged_ && *events != whole) {
    return std::to_string(events->size()) + " events of " + std::to_string(acknowledged_.size()) + " acknowledged";
  }
  acknowledged_ = *events;
  attempted_.clear();
  for (const app::Event& event : acknowledged_) {
    const auto* text = std::get_if<app::TextPosted>(&event.body);
    if (text == nullptr) continue;
    const auto found = (*opened)->findText(event.actor, text->id);
    if (!found || !*found) return "a text is not found by its id, so it could be numbered twice";
  }
  const auto file = (*opened)->path();
  opened->reset();
  return problemOfLog(file);
}

// --- a member's conversation ----------------------------------------------------------------------

bool ConversationWork::open() {
  if (conversation_) return true;
  auto opened = app::Conversation::open(folder_, room_);
  if (!opened) return false;
  app::ConversationInfo info;
  info.room = room_;
  info.roomName = kRoom;
  info.self = self_;
  info.selfName = "Anna";
  if (!(*opened)->admitted(epoch_, info)) return false;
  conversation_ = std::move(*opened);
  return reload();
}

bool ConversationWork::reload() {
  if (!attempted_) return true;
  const auto content = read();
  if (!content) return false;
  if (*content == *attempted_) is_ = *attempted_;
  attempted_.reset();
  return true;
}

std::optional<ConversationWork::Content> ConversationWork::read() {
  auto reader = app::ConversationReader::open(conversation_->path());
  if (!reader) return std::nullopt;
  const auto stored = (*reader)->after(app::Position{}, kAllEvents);
  auto outbox = conversation_->outbox();
  if (!stored || !outbox) return std::nullopt;
  Content content;
  for (const app::StoredEvent& each : *stored) content.events.push_back(each.event);
  content.outbox = std::move(*outbox);
  return content;
}

app::Event ConversationWork::makeEvent(std::uint64_t seq) {
  return {app::Seq{seq}, kNow, other_, "Ben",
          app::TextPosted{app::makeRandom<app::RequestId>(), app::TextStyle::Plain, randomText(random_)}};
}

app::Status ConversationWork::queue(Content& next) {
  next.outbox.push_back({app::makeRandom<app::RequestId>(), kNow, app::TextStyle::Plain, randomText(random_)});
  return conversation_->queue(next.outbox.back());
}

/// Some of others', and sometimes one of ours among them.
app::Status ConversationWork::record(Content& next) {
  std::vector<app::Event> batch;
  for (auto count = 1 + random_() % 3; count > 0; --count) {
    app::Event event = makeEvent(next.events.size() + batch.size() + 1);
    if (!next.outbox.empty() && random_() % 3 == 0) {
      const app::OutgoingText& ours = next.outbox.front();
      event = {event.seq, kNow, self_, "Anna", app::TextPosted{ours.id, ours.style, ours.text}};
      next.outbox.erase(next.outbox.begin());
    }
    batch.push_back(std::move(event));
  }
  next.events.insert(next.events.end(), batch.begin(), batch.end());
  const auto recorded = conversation_->record(batch, self_);
  return recorded ? app::Status(app::Done{}) : recorded.error();
}

app::Status ConversationWork::acknowledge(Content& next) {
  const app::OutgoingText ours = next.outbox.front();
  next.outbox.erase(next.outbox.begin());
  const app::Seq seq{next.events.size() + 1};
  next.events.push_back({seq, kNow, self_, "Anna", app::TextPosted{ours.id, ours.style, ours.text}});
  const auto stored = conversation_->acknowledge(ours.id, seq, kNow, self_, "Anna");
  return stored ? app::Status(app::Done{}) : stored.error();
}

bool ConversationWork::step() {
  if (random_() % 10 == 0) conversation_.reset();
  if (!open() || !reload()) return false;
  Content next = is_;
  const auto kind = random_() % 4;
  const bool canAcknowledge = !next.outbox.empty();
  const auto done = kind == 0 && canAcknowledge ? acknowledge(next) : kind <= 1 ? record(next) : queue(next);
  if (!done && !believes_) {
    attempted_ = std::move(next);
    return false;
  }
  is_ = std::move(next);
  return done.ok();
}

std::string ConversationWork::verify() {
  conversation_.reset();
  auto opened = app::Conversation::open(folder_, room_);
  if (!opened) return "does not open: " + app::codeName(opened.error().code);
  conversation_ = std::move(*opened);
  const auto content = read();
  if (!content) return "does not read";
  if (*content != is_ && content != attempted_) {
    return std::to_string(content->events.size()) + " events and " + std::to_string(content->outbox.size()) +
           " waiting of " + std::to_string(is_.events.size()) + " and " + std::to_string(is_.outbox.size());
  }
  is_ = *content;
  attempted_.reset();
  const auto file = conversation_->path();
  conversation_.reset();
  return problemOfConversation(file);
}

}  // namespace earshot::test
