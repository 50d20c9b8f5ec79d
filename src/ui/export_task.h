#pragma once
// An export that runs on a thread of its own, with its own hold on the conversation. No wx.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

#include "app/exporter.h"

namespace earshot::ui {

struct ExportOrder {
  std::filesystem::path target;
  app::ExportFormat format = app::ExportFormat::Text;
  app::ExportRange range{};
};

class ExportTask {
 public:
  /// Starts at once.
  ExportTask(std::filesystem::path conversation, ExportOrder order);
  /// Cancels what is not done yet.
  ~ExportTask();
  ExportTask(const ExportTask&) = delete;
  ExportTask& operator=(const ExportTask&) = delete;

  void cancel() { cancelled_ = true; }
  /// From 0 to 1.
  [[nodiscard]] double progress() const;
  /// How many messages were written, or why not; empty as long as it runs.
  [[nodiscard]] std::optional<app::Result<std::uint64_t>> result() const;
  [[nodiscard]] const std::filesystem::path& target() const { return order_.target; }

 private:
  app::Result<std::uint64_t> run();

  const std::filesystem::path conversation_;
  const ExportOrder order_;
  std::atomic<bool> cancelled_ = false;
  std::atomic<std::uint64_t> done_ = 0;
  std::atomic<std::uint64_t> total_ = 0;
  mutable std::mutex mutex_;
  std::optional<app::Result<std::uint64_t>> result_;
  std::thread thread_;
};

}  // namespace earshot::ui
