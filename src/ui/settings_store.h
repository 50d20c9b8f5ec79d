#pragma once
// The remembered preferences, saved a moment after the last change and when the program ends. The
// writing happens on a thread of its own, because a save waits for the disk. UI thread.

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "app/settings.h"

namespace earshot::ui {

class SettingsStore {
 public:
  explicit SettingsStore(std::filesystem::path file);
  /// Saves what is not saved yet.
  ~SettingsStore();
  SettingsStore(const SettingsStore&) = delete;
  SettingsStore& operator=(const SettingsStore&) = delete;

  [[nodiscard]] const app::Settings& get() const { return settings_; }
  void change(const std::function<void(app::Settings&)>& edit);

 private:
  void write();

  const std::filesystem::path file_;
  app::Settings settings_;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<app::Settings> pending_;
  bool ending_ = false;
  std::thread writer_;
};

}  // namespace earshot::ui
