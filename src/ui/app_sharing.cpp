#include "ui/app_sharing.h"

#include <utility>

namespace earshot::ui {

AppSharing::AppSharing(Backend backend, std::function<void()> onChange)
    : backend_(std::move(backend)), onChange_(std::move(onChange)) {}

AppSharing::~AppSharing() {
  stop();
}

void AppSharing::start(app::ShareOptions options) {
  stop();
  phase_ = SharingPhase::Starting;
  inbox_ = std::make_shared<app::SharingInbox>([this, run = backend_.runOnUi, alive = std::weak_ptr<int>(alive_)] {
    run([this, alive] {
      if (!alive.expired()) drain();
    });
  });
  shared_ = backend_.start(std::move(options), inbox_);
}

void AppSharing::stop() {
  if (inbox_) inbox_->cut();
  inbox_.reset();
  if (shared_) backend_.retire(std::shared_ptr<app::SharedApp>(std::move(shared_)));
  phase_ = SharingPhase::Off;
  ready_.reset();
  error_.reset();
}

void AppSharing::drain() {
  if (!inbox_) return;
  for (app::SharingUpdate& update : inbox_->takeAll()) {
    if (auto* ready = std::get_if<app::SharingReady>(&update)) {
      phase_ = SharingPhase::On;
      ready_ = std::move(*ready);
    } else if (auto* stopped = std::get_if<app::SharingStopped>(&update)) {
      app::Error error = std::move(stopped->error);
      stop();
      error_ = std::move(error);
      break;
    }
  }
  if (onChange_) onChange_();
}

}  // namespace earshot::ui
