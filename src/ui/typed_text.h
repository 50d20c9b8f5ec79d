#pragma once
// The limits that a command must keep, checked before it is sent, so that the person still has the
// text when it is refused. No wx.

#include "app/command.h"
#include "app/result.h"

namespace earshot::ui {

/// The command in the form in which it is to be sent, or why it would be refused.
[[nodiscard]] app::Result<app::Command> checkCommand(const app::Command& command);

}  // namespace earshot::ui
