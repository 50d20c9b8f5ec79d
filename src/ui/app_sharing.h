#pragma once
// Whether the program is given away to others on the network, as the window knows it. No wx, no
// display. UI thread; only the inbox's wake function runs elsewhere.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "app/sharing.h"

namespace earshot::ui {

enum class SharingPhase : std::uint8_t {
  Off,       ///< error() says why, if nobody switched it off
  Starting,  ///< the installers are being read
  On         ///< ready() says where
};

class AppSharing {
 public:
  struct Backend {
    app::StartSharing start;
    /// As in RoomBackend.
    std::function<void(std::function<void()>)> runOnUi;
    std::function<void(std::shared_ptr<void>)> retire;
  };
  /// onChange comes from the UI thread's queue when the phase changed without start() or stop().
  AppSharing(Backend backend, std::function<void()> onChange);
  /// Stops at once; the rest happens in the background.
  ~AppSharing();
  AppSharing(const AppSharing&) = delete;
  AppSharing& operator=(const AppSharing&) = delete;

  void start(app::ShareOptions options);
  void stop();

  [[nodiscard]] SharingPhase phase() const { return phase_; }
  /// Precondition: On.
  [[nodiscard]] const app::SharingReady& ready() const { return *ready_; }
  [[nodiscard]] const std::optional<app::Error>& error() const { return error_; }

 private:
  void drain();

  Backend backend_;
  std::function<void()> onChange_;
  std::shared_ptr<int> alive_ = std::make_shared<int>();  ///< what queued calls look at
  SharingPhase phase_ = SharingPhase::Off;
  std::optional<app::SharingReady> ready_;
  std::optional<app::Error> error_;
  std::shared_ptr<app::SharingInbox> inbox_;
  std::unique_ptr<app::SharedApp> shared_;
};

}  // namespace earshot::ui
