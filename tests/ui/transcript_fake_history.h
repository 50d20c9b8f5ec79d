#pragma once
// A conversation in memory, and short ways to write its events.

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ui/history_source.h"

namespace earshot::ui::fake {

inline app::MemberId member(std::uint8_t number) {
  app::MemberId id;
  id.bytes.fill(number);
  return id;
}

inline app::RequestId request(std::uint32_t number) {
  app::RequestId id;
  for (std::size_t i = 0; i < 4; ++i) id.bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
  return id;
}

inline const app::MemberId kSelf = member(1);
inline const app::MemberId kAnna = member(2);
inline const app::MemberId kBob = member(3);

inline app::UtcMillis at(std::int64_t seconds) {
  return app::UtcMillis(std::chrono::seconds(seconds));
}

inline app::StoredEvent event(std::int64_t position, app::EventBody body, const app::MemberId& actor = kAnna,
                              const std::string& name = "Anna") {
  app::StoredEvent stored;
  stored.position = app::Position{position};
  stored.event.seq = app::Seq{static_cast<std::uint64_t>(position)};
  stored.event.time = at(1'700'000'000 + position);
  stored.event.actor = actor;
  stored.event.actorName = name;
  stored.event.body = std::move(body);
  return stored;
}

/// The request id of a text is its position unless another is given.
inline app::StoredEvent text(std::int64_t position, const std::string& words, const app::MemberId& actor = kAnna,
                             const std::string& name = "Anna") {
  return event(position, app::TextPosted{request(static_cast<std::uint32_t>(position)), app::TextStyle::Plain, words},
               actor, name);
}

inline app::StoredEvent ownText(std::int64_t position, std::uint32_t id, const std::string& words) {
  return event(position, app::TextPosted{request(id), app::TextStyle::Plain, words}, kSelf, "Me");
}

inline app::OutgoingText outgoing(std::uint32_t id, const std::string& words) {
  return {request(id), at(1'700'000'000), app::TextStyle::Plain, words};
}

/// What the link's thread would have written.
struct Conversation {
  std::deque<app::StoredEvent> events;
  std::vector<app::OutgoingText> outbox;
  std::map<app::Position, std::vector<app::Reaction>> reactions;
  std::optional<std::vector<app::RequestId>> undelivered;  ///< set: it is a private chat
  bool broken = false;
  int reads = 0;

  void addTexts(std::int64_t first, std::int64_t last) {
    for (std::int64_t i = first; i <= last; ++i) events.push_back(text(i, "text " + std::to_string(i)));
  }
};

class History final : public HistorySource {
 public:
  explicit History(std::shared_ptr<Conversation> conversation) : conversation_(std::move(conversation)) {}

  app::Result<std::vector<app::StoredEvent>> before(std::optional<app::Position> position, std::size_t limit) override {
    if (auto failure = read()) return *failure;
    const auto& events = conversation_->events;
    auto end = position ? std::find_if(events.begin(), events.end(),
                                       [&](const auto& stored) { return stored.position >= *position; })
                        : events.end();
    const auto count = std::min<std::ptrdiff_t>(end - events.begin(), static_cast<std::ptrdiff_t>(limit));
    return std::vector<app::StoredEvent>(end - count, end);
  }

  app::Result<std::vector<app::StoredEvent>> after(app::Position position, std::size_t limit) override {
    if (auto failure = read()) return *failure;
    const auto& events = conversation_->events;
    auto begin =
        std::find_if(events.begin(), events.end(), [&](const auto& stored) { return stored.position > position; });
    const auto count = std::min<std::ptrdiff_t>(events.end() - begin, static_cast<std::ptrdiff_t>(limit));
    return std::vector<app::StoredEvent>(begin, begin + count);
  }

  app::Result<std::optional<app::StoredEvent>> at(app::Position position) override {
    const auto& events = conversation_->events;
    const auto found = std::ranges::find(events, position, &app::StoredEvent::position);
    return found == events.end() ? std::nullopt : std::optional(*found);
  }

  app::Result<std::vector<app::Reaction>> reactionsTo(app::Position text) override {
    const auto found = conversation_->reactions.find(text);
    return found == conversation_->reactions.end() ? std::vector<app::Reaction>{} : found->second;
  }

  app::Result<std::vector<app::OutgoingText>> outbox() override {
    if (auto failure = read()) return *failure;
    return conversation_->outbox;
  }

  app::Result<std::optional<std::vector<app::RequestId>>> undelivered() override {
    if (auto failure = read()) return *failure;
    return conversation_->undelivered;
  }

  std::string selfName() override { return "Me"; }

 private:
  std::optional<app::Error> read() {
    ++conversation_->reads;
    if (conversation_->broken) return app::Error{app::Errc::StorageCorrupt};
    return std::nullopt;
  }

  std::shared_ptr<Conversation> conversation_;
};

}  // namespace earshot::ui::fake
