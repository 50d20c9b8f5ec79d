#pragma once
// Chat → Export…: asks where to, writes the file in the background, and shows how far it is when
// that takes a while. UI thread.

#include <functional>
#include <memory>
#include <string>

#include <wx/timer.h>

#include "ui/export_task.h"

class wxDialog;
class wxGauge;
class wxWindow;

namespace earshot::ui {

/// Where to save; empty when the person changed their mind. proposal is a file name or a path.
[[nodiscard]] std::filesystem::path askExportTarget(wxWindow* parent, const std::string& folder,
                                                    const std::filesystem::path& proposal);

class ExportRun {
 public:
  using OnDone = std::function<void(const ExportRun&, const app::Result<std::uint64_t>&)>;

  /// onDone comes from the event loop, once; it must not destroy the run.
  ExportRun(wxWindow* parent, const std::filesystem::path& conversation, const std::filesystem::path& target,
            OnDone onDone);
  ~ExportRun();
  ExportRun(const ExportRun&) = delete;
  ExportRun& operator=(const ExportRun&) = delete;

  [[nodiscard]] const std::filesystem::path& target() const { return task_.target(); }

 private:
  void look();
  void showProgress();

  wxWindow* parent_;
  OnDone onDone_;
  ExportTask task_;
  int looks_ = 0;
  wxTimer timer_;
  wxDialog* dialog_ = nullptr;
  wxGauge* gauge_ = nullptr;
};

}  // namespace earshot::ui
