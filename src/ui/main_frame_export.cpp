// Conversations that leave as files, and come in.

#include <utility>

#include <wx/filedlg.h>

#include "app/error_text.h"
#include "app/exporter.h"
#include "ui/chat_page.h"
#include "ui/export_dialog.h"
#include "ui/export_run.h"
#include "ui/import_task.h"
#include "ui/main_frame.h"
#include "ui/start_page.h"
#include "ui/strings.h"

namespace earshot::ui {

void MainFrame::exportCurrent(const std::filesystem::path& proposal) {
  const Talk* talk = shownTalk();
  if (talk == nullptr || talk->conversation().empty() || export_) return;
  // All of it may be gone after the dialogs.
  const std::filesystem::path conversation = talk->conversation();
  const std::string title = talk->title();
  const auto range = proposal.empty() ? askExportRange(this) : app::ExportRange{};
  if (!range || closing_) return;
  const app::Settings& remembered = settings_->get();
  const auto format = app::exportFormatNamed(remembered.exportFormat).value_or(app::ExportFormat::Text);
  ExportProposal proposed{remembered.exportFolder, proposal, format};
  if (proposal.empty()) {
    proposed.name = toPath(fromUtf8(app::suggestedFileName(title, app::systemNow(), app::localTimeZone(), format)));
  }
  auto order = askExportTarget(this, proposed);
  if (!order || closing_) return;
  order->range = *range;
  settings_->change([&](app::Settings& settings) {
    settings.exportFolder = toUtf8(fromPath(order->target.parent_path()));
    settings.exportFormat = app::nameOf(order->format);
  });
  export_ = std::make_unique<ExportRun>(this, conversation, *std::move(order),
                                        [this](const ExportRun& run, const app::Result<std::uint64_t>& result) {
                                          showExportResult(result, run.target());
                                          CallAfter([this] { export_.reset(); });
                                        });
}

void MainFrame::showExportResult(const app::Result<std::uint64_t>& result, const std::filesystem::path& target) {
  if (!result.ok()) {
    chat().showBriefly(fromUtf8(app::describe(result.error())), true);
    return;
  }
  const auto count = static_cast<unsigned>(*result);
  chat().showBriefly(wxString::Format(wxPLURAL("%u message was saved to %s.", "%u messages were saved to %s.", count),
                                      count, fromPath(target)),
                     false);
}

void MainFrame::importFile() {
  if (import_) return;
  wxFileDialog dialog(this, _("Import conversation"), fromUtf8(settings_->get().exportFolder), {},
                      _("Exported conversations (*.jsonl)|*.jsonl|All files|*"), wxFD_OPEN | wxFD_FILE_MUST_EXIST);
  if (dialog.ShowModal() != wxID_OK || closing_) return;
  import_ = std::make_unique<ImportTask>(toPath(dialog.GetPath()), services_.profile.paths.conversations,
                                         backend_.runOnUi, [this](const ImportTask::Outcome& imported) {
                                           CallAfter([this] { import_.reset(); });
                                           if (closing_) return;
                                           if (imported.ok()) {
                                             reopen(ownName(), imported->info);
                                           } else if (isChatShown()) {
                                             chat().showBriefly(fromUtf8(app::describe(imported.error())), true);
                                           } else {
                                             start_->showJoinError(fromUtf8(app::describe(imported.error())));
                                           }
                                         });
}

}  // namespace earshot::ui
