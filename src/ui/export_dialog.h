#pragma once
// Chat → Export…: asks for a range, a place and a format. UI thread.

#include <optional>
#include <string>

#include "ui/export_task.h"

class wxWindow;

namespace earshot::ui {

/// Where the person is asked to save; name is a file name without a folder, or a path.
struct ExportProposal {
  std::string folder;
  std::filesystem::path name;
  app::ExportFormat format = app::ExportFormat::Text;
};

/// Everything, today, the last days or days of one's own; nothing when the person changed their mind.
[[nodiscard]] std::optional<app::ExportRange> askExportRange(wxWindow* parent);
/// The ending of the name decides on the format, then the kind of file that is chosen in the dialog.
[[nodiscard]] std::optional<ExportOrder> askExportTarget(wxWindow* parent, const ExportProposal& proposal);

}  // namespace earshot::ui
