#pragma once
// Whether what happens in a hosted room can be saved, and what has happened while it could not. The loop's thread.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "app/hosting.h"
#include "net/host_batch.h"

namespace earshot::net {

class DiskTrouble {
 public:
  /// What can fail alone: what everybody hears, and what is kept for single people.
  enum class Part : std::uint8_t { Log, Mail };

  explicit DiskTrouble(app::HostInbox& inbox) : inbox_(inbox) {}

  /// failed: why that part could not be saved; nothing when it could. Whoever hosts is told when this changes what is
  /// to be said to them.
  void note(Part part, std::optional<app::Error> failed);
  [[nodiscard]] bool isIn(Part part) const { return failed_[static_cast<std::size_t>(part)].has_value(); }

  // What has happened, and only writing it down has to wait.
  void hold(PendingRequest farewell) { farewells_.push_back(std::move(farewell)); }
  /// Keeps the newest kMaxConnectionRecords; the log would not keep more.
  void hold(std::vector<app::ConnectionRecord> records);
  /// Puts it in front of what is to be written, in its order; nothing waits here afterwards.
  void release(std::vector<PendingRequest>& requests, std::vector<app::ConnectionRecord>& records);

 private:
  app::HostInbox& inbox_;
  std::array<std::optional<app::Error>, 2> failed_;  ///< by Part
  app::HostSaving told_;
  std::vector<PendingRequest> farewells_;
  std::vector<app::ConnectionRecord> records_;
};

}  // namespace earshot::net
