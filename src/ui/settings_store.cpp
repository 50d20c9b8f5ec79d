#include "ui/settings_store.h"

#include <chrono>
#include <utility>

#include "app/error_text.h"
#include "app/log.h"

namespace earshot::ui {
namespace {

/// Changes come in bursts (a window being resized, a draft being typed): one save for all of them.
constexpr auto kSaveDelay = std::chrono::milliseconds(800);

}  // namespace

SettingsStore::SettingsStore(std::filesystem::path file)
    : file_(std::move(file)), settings_(app::loadSettings(file_)), writer_([this] { write(); }) {}

SettingsStore::~SettingsStore() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  writer_.join();
}

void SettingsStore::change(const std::function<void(app::Settings&)>& edit) {
  const app::Settings before = settings_;
  edit(settings_);
  if (settings_ == before) return;
  {
    const std::lock_guard lock(mutex_);
    pending_ = settings_;
  }
  wake_.notify_one();
}

void SettingsStore::write() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return ending_ || pending_; });
    wake_.wait_for(lock, kSaveDelay, [this] { return ending_; });
    if (!pending_) return;
    const app::Settings settings = *std::exchange(pending_, std::nullopt);
    lock.unlock();
    if (const auto saved = app::saveSettings(file_, settings); !saved.ok()) {
      app::log::warn("settings were not saved: " + app::describe(saved.error()));
    }
    lock.lock();
  }
}

}  // namespace earshot::ui
