#pragma once
// Who may come into a room that is hosted here, as the window knows it. No wx. UI thread.

#include <optional>
#include <string>
#include <vector>

#include "app/hosting.h"
#include "app/invite.h"

namespace earshot::ui {

class HostedAccess {
 public:
  void opened(const app::HostListening& listening);
  void changed(const app::HostAccess& access);
  void closed();

  /// False while no room is hosted.
  [[nodiscard]] bool isKnown() const { return listening_.has_value(); }
  /// Precondition of all that follow: isKnown().
  [[nodiscard]] bool isOpenToAll() const { return joinCode_.empty(); }
  /// Empty: open to all.
  [[nodiscard]] const std::string& joinCode() const { return joinCode_; }
  /// All that still let somebody in, the newest first.
  [[nodiscard]] const std::vector<app::Invite>& invites() const { return invites_; }
  /// How many earlier texts newcomers may see; nothing: all.
  [[nodiscard]] const std::optional<std::uint32_t>& history() const { return history_; }
  /// What is handed on for one of the invites.
  [[nodiscard]] std::string linkOf(const app::Invite& invite) const;
  /// A link that lets people in; empty when there is none.
  [[nodiscard]] std::string anyLink() const;
  /// The link that was just made; empties it.
  [[nodiscard]] std::string takeNewLink();

 private:
  std::optional<app::HostListening> listening_;
  std::string joinCode_;
  std::vector<app::Invite> invites_;
  std::optional<std::uint32_t> history_;
  bool listKnown_ = false;
  std::string newLink_;
};

}  // namespace earshot::ui
