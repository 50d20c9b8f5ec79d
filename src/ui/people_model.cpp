#include "ui/people_model.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>

#include "app/text.h"

namespace earshot::ui {
namespace {

std::string sortKey(const std::string& name) {
  return app::isValidText(name) ? app::foldCase(name) : name;
}

}  // namespace

bool PeopleModel::before(const Entry& a, const Entry& b) {
  const bool aLater = !a.person.self;
  const bool bLater = !b.person.self;
  return std::tie(aLater, a.key, a.person.id) < std::tie(bLater, b.key, b.person.id);
}

void PeopleModel::reset(const std::vector<app::Member>& members, const app::MemberId& self) {
  clear();
  self_ = self;
  entries_.reserve(members.size());
  for (const app::Member& member : members) {
    std::string key = sortKey(member.name);
    if (!keys_.emplace(member.id, key).second) continue;
    entries_.push_back({{member.id, member.name, member.id == self}, std::move(key)});
  }
  std::sort(entries_.begin(), entries_.end(), before);
}

void PeopleModel::clear() {
  entries_.clear();
  keys_.clear();
}

std::vector<PeopleModel::Entry>::iterator PeopleModel::locate(const app::MemberId& id) {
  const auto key = keys_.find(id);
  if (key == keys_.end()) return entries_.end();
  return std::lower_bound(entries_.begin(), entries_.end(), Entry{{id, {}, id == self_}, key->second}, before);
}

void PeopleModel::insert(const app::MemberId& id, const std::string& name) {
  Entry entry{{id, name, id == self_}, sortKey(name)};
  keys_[id] = entry.key;
  entries_.insert(std::lower_bound(entries_.begin(), entries_.end(), entry, before), std::move(entry));
}

bool PeopleModel::remove(const app::MemberId& id) {
  const auto entry = locate(id);
  if (entry == entries_.end()) return false;
  entries_.erase(entry);
  keys_.erase(id);
  return true;
}

bool PeopleModel::apply(const app::Event& event) {
  if (std::holds_alternative<app::MemberJoined>(event.body)) {
    const Person* known = find(event.actor);
    if (known != nullptr && known->name == event.actorName) return false;
    remove(event.actor);
    insert(event.actor, event.actorName);
    return true;
  }
  if (std::holds_alternative<app::MemberLeft>(event.body)) return remove(event.actor);
  if (const auto* renamed = std::get_if<app::MemberRenamed>(&event.body)) {
    if (!remove(event.actor)) return false;
    insert(event.actor, renamed->newName);
    return true;
  }
  return false;
}

const Person* PeopleModel::find(const app::MemberId& id) const {
  const auto entry = const_cast<PeopleModel*>(this)->locate(id);
  return entry == const_cast<PeopleModel*>(this)->entries_.end() ? nullptr : &entry->person;
}

std::vector<std::string> PeopleModel::namesStartingWith(std::string_view start) const {
  std::vector<std::string> names;
  if (start.empty()) return names;
  const std::string key = sortKey(std::string(start));
  for (const Entry& entry : entries_) {
    if (!entry.person.self && entry.key.starts_with(key)) names.push_back(entry.person.name);
  }
  return names;
}

std::vector<ListChange> listChanges(const std::vector<Person>& from, const std::vector<Person>& to) {
  // Two people compare equal when they are shown alike; whoever was renamed goes and comes again,
  // since the order depends on the name.
  const auto same = [](const Person& a, const Person& b) { return a == b; };
  const auto hash = [](const Person& person) { return std::hash<app::MemberId>{}(person.id); };
  std::unordered_set<Person, decltype(hash), decltype(same)> kept(to.size(), hash, same);
  kept.insert(to.begin(), to.end());

  std::vector<ListChange> changes;
  std::vector<const Person*> rows;
  for (const Person& person : from) {
    if (kept.contains(person)) {
      rows.push_back(&person);
    } else {
      changes.push_back({ListChange::Kind::Removed, rows.size()});
    }
  }
  std::size_t row = 0;
  for (std::size_t next = 0; next < to.size(); ++next) {
    if (row < rows.size() && *rows[row] == to[next]) {
      ++row;
    } else {
      changes.push_back({ListChange::Kind::Inserted, next});
    }
  }
  return changes;
}

}  // namespace earshot::ui
