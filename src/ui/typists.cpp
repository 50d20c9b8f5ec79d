#include "ui/typists.h"

#include <algorithm>

#include "app/limits.h"

namespace earshot::ui {

void Typists::heard(const std::vector<app::MemberId>& people, Time now) {
  std::erase_if(entries_, [now](const Entry& entry) { return entry.until <= now; });
  for (const auto& person : people) {
    const auto known = std::ranges::find(entries_, person, &Entry::person);
    if (known == entries_.end()) {
      entries_.push_back({person, now + app::kTypingShown});
    } else {
      known->until = now + app::kTypingShown;
    }
  }
}

bool Typists::stopped(const app::MemberId& person) {
  return std::erase_if(entries_, [&](const Entry& entry) { return entry.person == person; }) > 0;
}

std::vector<app::MemberId> Typists::at(Time now) const {
  std::vector<app::MemberId> people;
  for (const Entry& entry : entries_) {
    if (entry.until > now) people.push_back(entry.person);
  }
  return people;
}

std::optional<Typists::Time> Typists::nextChange(Time now) const {
  std::optional<Time> next;
  for (const Entry& entry : entries_) {
    if (entry.until > now) next = std::min(next.value_or(entry.until), entry.until);
  }
  return next;
}

}  // namespace earshot::ui
