#include "ui/export_task.h"

#include <utility>

namespace earshot::ui {

ExportTask::ExportTask(std::filesystem::path conversation, ExportOrder order)
    : conversation_(std::move(conversation)), order_(std::move(order)), thread_([this] {
        auto result = run();
        const std::lock_guard lock(mutex_);
        result_ = std::move(result);
      }) {}

ExportTask::~ExportTask() {
  cancel();
  thread_.join();
}

app::Result<std::uint64_t> ExportTask::run() {
  auto reader = app::ConversationReader::open(conversation_);
  if (!reader.ok()) return reader.error();
  const auto report = [this](std::uint64_t done, std::uint64_t total) {
    done_ = done;
    total_ = total;
    return !cancelled_;
  };
  return app::exportConversation(**reader, order_.target, order_.format, order_.range, app::localTimeZone(), report);
}

double ExportTask::progress() const {
  const auto total = static_cast<double>(total_.load());
  return total > 0 ? static_cast<double>(done_.load()) / total : 0;
}

std::optional<app::Result<std::uint64_t>> ExportTask::result() const {
  const std::lock_guard lock(mutex_);
  return result_;
}

}  // namespace earshot::ui
