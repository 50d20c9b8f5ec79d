#pragma once
// An export in the background that shows how far it is when that takes a while. UI thread.

#include <functional>

#include <wx/timer.h>

#include "ui/export_task.h"

class wxDialog;
class wxGauge;
class wxWindow;

namespace earshot::ui {

class ExportRun {
 public:
  using OnDone = std::function<void(const ExportRun&, const app::Result<std::uint64_t>&)>;

  /// onDone comes from the event loop, once; it must not destroy the run.
  ExportRun(wxWindow* parent, const std::filesystem::path& conversation, ExportOrder order, OnDone onDone);
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
