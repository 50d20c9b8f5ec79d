#pragma once
// Who has which name in a room. Owned and used by one thread.

#include <string>
#include <string_view>
#include <unordered_map>

#include "app/ids.h"

namespace earshot::app {

class TakenNames {
 public:
  /// Names of rooms from before can be alike; every owner keeps its own until it gives it up.
  void take(std::string_view name, const MemberId& owner);
  void giveUp(std::string_view name, const MemberId& owner);
  /// Whether somebody else than `asking` has this name or one that is taken for it.
  [[nodiscard]] bool isTaken(std::string_view name, const MemberId& asking) const;

 private:
  std::unordered_multimap<std::string, MemberId> owners_;  ///< every one of nameKeys() -> who has it
};

}  // namespace earshot::app
