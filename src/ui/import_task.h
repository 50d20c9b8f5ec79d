#pragma once
// An import that runs on a thread of its own. No wx. UI thread.

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

#include "app/conversation_import.h"

namespace earshot::ui {

class ImportTask {
 public:
  using Outcome = app::Result<app::ImportedConversation>;
  using OnDone = std::function<void(const Outcome&)>;

  /// Starts at once. runOnUi as in RoomBackend: onDone comes from the UI thread's queue, unless the task is
  /// gone by then; it must not destroy the task.
  ImportTask(std::filesystem::path file, std::filesystem::path conversations,
             const std::function<void(std::function<void()>)>& runOnUi, OnDone onDone);
  /// Cancels what is not done yet.
  ~ImportTask();
  ImportTask(const ImportTask&) = delete;
  ImportTask& operator=(const ImportTask&) = delete;

 private:
  std::shared_ptr<int> alive_ = std::make_shared<int>();  ///< what queued calls look at
  std::atomic<bool> cancelled_ = false;
  std::thread thread_;
};

}  // namespace earshot::ui
