#pragma once
// Made-up messages of several people in several scripts, and conversations of any length made of them.

#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "app/conversation.h"

namespace earshot::bench {

/// Each script that is read needs a font of its own.
enum class Scripts { Latin, Several };

/// No two messages are the same, as no two are in a room: a line that was laid out once is of no use again.
inline app::Event madeUpText(std::uint64_t number, Scripts scripts = Scripts::Several) {
  static constexpr const char* kTexts[] = {
      "On my way",
      "Nearly there. See https://ci.example.org/jobs/1234 for the details.",
      "A longer message that has to wrap in most windows, because it goes on and on until it is long enough to need a "
      "second line, and then a little more so that it needs a third one when the window is narrow.",
      "中文和日本語的文字之间没有空格，所以需要在每个汉字之间换行。句号和逗号不能出现在行首。",
      "مرحبا بالجميع، هل نلتقي اليوم عند الساعة الخامسة؟",
      "🎉😂",
  };
  constexpr std::size_t kLatinTexts = 3;
  static constexpr const char* kNames[] = {"Anna", "Bob", "Chloe", "Dmitri", "Eve"};
  app::Event event;
  event.seq = app::Seq{number};
  event.time = app::UtcMillis(std::chrono::seconds(1'700'000'000 + number * 40));
  event.actor.bytes.fill(static_cast<std::uint8_t>(2 + number / 3 % 5));
  event.actorName = kNames[number / 3 % 5];
  app::TextPosted text;
  text.id = app::makeRandom<app::RequestId>();
  text.text = kTexts[number * 7 % (scripts == Scripts::Latin ? kLatinTexts : std::size(kTexts))];
  text.text += " " + std::to_string(number);
  event.body = std::move(text);
  return event;
}

inline app::ConversationInfo madeUpRoom(const app::RoomId& room, const app::MemberId& self) {
  app::ConversationInfo info;
  info.room = room;
  info.roomName = "Kitchen table";
  info.address = "127.0.0.1:1060";
  info.selfName = "Me";
  info.self = self;
  return info;
}

/// What this person has seen of this room, open for writing.
inline std::unique_ptr<app::Conversation> makeConversation(const std::filesystem::path& folder, const app::RoomId& room,
                                                           const app::MemberId& self, std::uint64_t messages,
                                                           Scripts scripts = Scripts::Several) {
  auto conversation = std::move(app::Conversation::open(folder, room)).value();
  (void)conversation->admitted(app::makeRandom<app::Epoch>(), madeUpRoom(room, self));
  constexpr std::size_t kBatch = 2'000;
  std::vector<app::Event> batch;
  for (std::uint64_t number = 1; number <= messages; ++number) {
    batch.push_back(madeUpText(number, scripts));
    if (batch.size() < kBatch && number < messages) continue;
    (void)conversation->record(batch, self);
    batch.clear();
  }
  return conversation;
}

}  // namespace earshot::bench
