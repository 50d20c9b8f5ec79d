#pragma once
// Who is in a room and who was, so that private messages find their people by name.

#include <optional>
#include <string>
#include <vector>

#include "app/event.h"
#include "app/room.h"

namespace earshot::console {

class People {
 public:
  struct Person {
    app::MemberId id;
    std::string name;
    bool here = false;
  };
  struct Found {
    Person person;
    std::string text;
  };

  void reset(const std::vector<app::Member>& members);
  void apply(const app::Event& event);
  /// From a private chat, here or not.
  void know(const app::MemberId& id, const std::string& name);

  /// By the whole name, ignoring case. Who is here comes before who was.
  [[nodiscard]] std::optional<Person> find(const std::string& name) const;
  /// By the name that the line begins with; text is what follows it.
  [[nodiscard]] std::optional<Found> findTyped(const std::string& line) const;
  /// The text means this one of those who are here.
  [[nodiscard]] bool isMentioned(const app::MemberId& id, std::string_view text) const;
  /// Empty when unknown.
  [[nodiscard]] std::string nameOf(const app::MemberId& id) const;

 private:
  Person& entry(const app::MemberId& id);
  [[nodiscard]] std::vector<Person> inOrder() const;

  std::vector<Person> people_;
};

}  // namespace earshot::console
