#pragma once
// Who is in a room, in the order people are shown: oneself first, then by name. No wx. UI thread.

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/event.h"
#include "app/room.h"

namespace earshot::ui {

struct Person {
  app::MemberId id;
  std::string name;
  bool self = false;

  bool operator==(const Person&) const = default;
};

class PeopleModel {
 public:
  void reset(const std::vector<app::Member>& members, const app::MemberId& self);
  void clear();
  /// True when somebody came, went or changed the name.
  bool apply(const app::Event& event);

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] const Person& at(std::size_t index) const { return entries_[index].person; }
  /// nullptr when not in the room.
  [[nodiscard]] const Person* find(const app::MemberId& id) const;
  /// Names of others that begin like this (case ignored), in order. Nothing for an empty start.
  [[nodiscard]] std::vector<std::string> namesStartingWith(std::string_view start) const;

 private:
  struct Entry {
    Person person;
    std::string key;  ///< the name as it sorts
  };
  static bool before(const Entry& a, const Entry& b);
  [[nodiscard]] std::vector<Entry>::iterator locate(const app::MemberId& id);
  void insert(const app::MemberId& id, const std::string& name);
  bool remove(const app::MemberId& id);

  app::MemberId self_{};
  std::vector<Entry> entries_;
  std::unordered_map<app::MemberId, std::string> keys_;  ///< to find an entry by its id
};

/// A row of the old list that became a row of the new one, as list controls want to hear it.
struct ListChange {
  enum class Kind { Inserted, Removed } kind;
  std::size_t row;

  bool operator==(const ListChange&) const = default;
};
/// Turns one list of people into another, step by step; each row counts at its step's time.
[[nodiscard]] std::vector<ListChange> listChanges(const std::vector<Person>& from, const std::vector<Person>& to);

}  // namespace earshot::ui
