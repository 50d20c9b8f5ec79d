#include "console/people.h"

#include <algorithm>

#include "app/addressee.h"
#include "app/mentions.h"

namespace earshot::console {
namespace {

std::vector<std::string> namesOf(const std::vector<People::Person>& people) {
  std::vector<std::string> names;
  names.reserve(people.size());
  for (const auto& person : people) names.push_back(person.name);
  return names;
}

}  // namespace

People::Person& People::entry(const app::MemberId& id) {
  const auto found =
      std::find_if(people_.begin(), people_.end(), [&](const Person& person) { return person.id == id; });
  if (found != people_.end()) return *found;
  people_.push_back({id, {}, false});
  return people_.back();
}

void People::reset(const std::vector<app::Member>& members) {
  for (Person& person : people_) person.here = false;
  for (const app::Member& member : members) entry(member.id) = {member.id, member.name, true};
}

void People::apply(const app::Event& event) {
  if (std::holds_alternative<app::MemberJoined>(event.body)) {
    entry(event.actor) = {event.actor, event.actorName, true};
  } else if (std::holds_alternative<app::MemberLeft>(event.body)) {
    entry(event.actor).here = false;
  } else if (const auto* renamed = std::get_if<app::MemberRenamed>(&event.body)) {
    entry(event.actor).name = renamed->newName;
  }
}

void People::know(const app::MemberId& id, const std::string& name) {
  Person& person = entry(id);
  if (!person.here) person.name = name;
}

std::vector<People::Person> People::inOrder() const {
  auto people = people_;
  std::stable_partition(people.begin(), people.end(), [](const Person& person) { return person.here; });
  return people;
}

std::optional<People::Person> People::find(const std::string& name) const {
  const auto people = inOrder();
  const auto found = app::findName(name, namesOf(people));
  return found ? std::optional(people[*found]) : std::nullopt;
}

std::optional<People::Found> People::findTyped(const std::string& line) const {
  const auto people = inOrder();
  auto found = app::findAddressee(line, namesOf(people));
  if (!found) return std::nullopt;
  return Found{people[found->index], std::move(found->text)};
}

bool People::isMentioned(const app::MemberId& id, std::string_view text) const {
  std::vector<std::string> others;
  for (const Person& person : people_) {
    if (person.here && person.id != id) others.push_back(person.name);
  }
  return app::mentions(text, nameOf(id), others);
}

std::string People::nameOf(const app::MemberId& id) const {
  const auto found =
      std::find_if(people_.begin(), people_.end(), [&](const Person& person) { return person.id == id; });
  return found == people_.end() ? std::string{} : found->name;
}

}  // namespace earshot::console
