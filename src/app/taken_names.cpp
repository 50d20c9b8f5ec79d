#include "app/taken_names.h"

#include "app/names.h"

namespace earshot::app {

void TakenNames::take(std::string_view name, const MemberId& owner) {
  for (const std::string& key : nameKeys(name)) owners_.emplace(key, owner);
}

void TakenNames::giveUp(std::string_view name, const MemberId& owner) {
  for (const std::string& key : nameKeys(name)) {
    auto [at, end] = owners_.equal_range(key);
    while (at != end && at->second != owner) ++at;
    if (at != end) owners_.erase(at);
  }
}

bool TakenNames::isTaken(std::string_view name, const MemberId& asking) const {
  for (const std::string& key : nameKeys(name)) {
    for (auto [at, end] = owners_.equal_range(key); at != end; ++at) {
      if (at->second != asking) return true;
    }
  }
  return false;
}

}  // namespace earshot::app
