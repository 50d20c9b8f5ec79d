#pragma once
// Members who write to each other privately.

#include <algorithm>
#include <string>
#include <vector>

#include "app/private_chat.h"
#include "integration/parties.h"

namespace earshot::test {

class PrivateMember : public TestMember {
 public:
  using TestMember::TestMember;

  app::RequestId write(const app::MemberId& to, const std::string& name, const std::string& text) {
    const auto id = app::makeRandom<app::RequestId>();
    askPrivately(app::SendPrivate{id, to, name, app::TextStyle::Plain, text});
    return id;
  }

  /// Everything of one kind that was told so far, in order.
  template <class What>
  [[nodiscard]] static std::vector<What> toldOf(const std::vector<app::LinkUpdate>& updates) {
    std::vector<What> found;
    for (const auto& update : updates) {
      const auto* privately = std::get_if<app::LinkPrivate>(&update);
      const auto* what = privately == nullptr ? nullptr : std::get_if<What>(&privately->what);
      if (what != nullptr) found.push_back(*what);
    }
    return found;
  }
  template <class What>
  [[nodiscard]] std::vector<What> told() {
    news().waitUntil([](const auto&) { return true; });  // takes what has been posted by now
    return toldOf<What>(news().updates());
  }
  template <class What>
  bool waitForTold(std::size_t count) {
    return news().waitUntil([&](const auto& updates) { return toldOf<What>(updates).size() >= count; });
  }
  /// The texts of others, in the order told.
  [[nodiscard]] std::vector<std::string> textsRead() {
    std::vector<std::string> texts;
    for (const auto& event : told<app::PrivateEvent>()) {
      if (const auto* text = std::get_if<app::TextPosted>(&event.stored.event.body)) texts.push_back(text->text);
    }
    return texts;
  }
  bool waitForDelivery(const app::RequestId& id) {
    return news().waitUntil([&](const auto& updates) {
      const auto delivered = toldOf<app::PrivateDelivered>(updates);
      return std::any_of(delivered.begin(), delivered.end(), [&](const auto& one) { return one.id == id; });
    });
  }
  bool waitForRefusal(app::Errc code) {
    return news().waitUntil([&](const auto& updates) {
      const auto refused = toldOf<app::PrivateRefused>(updates);
      return std::any_of(refused.begin(), refused.end(), [&](const auto& one) { return one.error.code == code; });
    });
  }
  /// Nothing that is underway can be behind it: a text of our own in the room has come back.
  bool waitForTheRoom() {
    const auto before = texts().size();
    say("a moment");
    return waitForTexts(before + 1);
  }
};

}  // namespace earshot::test
