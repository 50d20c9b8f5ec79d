#pragma once
// A room with its people over a bad network, in one process, and what the history checker needs of it.

#include <memory>
#include <string>
#include <vector>

#include "reliability/chaos_proxy.h"
#include "reliability/history_check.h"
#include "reliability/person.h"
#include "support/temporary_folder.h"

namespace earshot::test {

class RoomRun {
 public:
  /// seed: of the network. Nobody is in the room yet, and the room is closed.
  RoomRun(std::uint64_t seed, std::size_t people, app::Clock hostClock = app::systemNow,
          app::Clock memberClock = app::systemNow);
  ~RoomRun();

  void openRoom();
  /// Tells everybody goodbye.
  void closeRoom();
  [[nodiscard]] bool isOpen() const { return host_ != nullptr; }
  /// Opens the room and lets everybody in.
  [[nodiscard]] bool begin();

  [[nodiscard]] std::vector<std::unique_ptr<Person>>& people() { return people_; }
  [[nodiscard]] ChaosProxy& network() { return network_; }
  [[nodiscard]] const std::filesystem::path& rooms() const { return rooms_; }

  /// Ends all trouble and waits until everybody is in, all that was said has its number, and everybody has
  /// been shown the last text. Empty, or what does not come about.
  [[nodiscard]] std::string settle();
  /// Ends everything and tells what was. After settle().
  [[nodiscard]] History history();

 private:
  const TemporaryFolder folder_;
  const std::filesystem::path rooms_ = folder_ / "rooms";
  app::Clock hostClock_;
  ChaosProxy network_;
  std::unique_ptr<TestHost> host_;
  std::vector<std::unique_ptr<Person>> people_;
  std::uint64_t settled_ = 0;
};

}  // namespace earshot::test
