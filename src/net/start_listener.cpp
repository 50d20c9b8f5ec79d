#include "net/start_listener.h"

#include <array>
#include <functional>
#include <utility>

#include "app/ids.h"
#include "app/limits.h"
#include "app/log.h"

namespace earshot::net {
namespace {

constexpr std::string_view kTaken = "taken";

/// The same for every way in which this folder can be written, and short enough for a socket's path.
std::string nameFor(const std::filesystem::path& config) {
  std::error_code code;
  const auto folder = std::filesystem::canonical(config, code);
  const std::size_t hash = std::filesystem::hash_value(code ? config : folder);
  std::array<std::uint8_t, sizeof hash> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(hash >> (8 * i));
  return app::toHex(bytes);
}

}  // namespace

app::Result<std::unique_ptr<StartListener>> StartListener::open(app::ProfileLock& lock,
                                                                const std::filesystem::path& config,
                                                                std::shared_ptr<app::SecondStartInbox> inbox) {
  // Who holds the profile's lock is the only one that may have this name.
  auto listener = LocalListener::open(nameFor(config));
  if (!listener) return listener.error();
  if (auto left = lock.leaveWord((*listener)->address()); !left) return left.error();
  return std::unique_ptr<StartListener>(new StartListener(*std::move(listener), std::move(inbox)));
}

StartListener::StartListener(std::unique_ptr<LocalListener> listener, std::shared_ptr<app::SecondStartInbox> inbox)
    : listener_(std::move(listener)), inbox_(std::move(inbox)), thread_([this] { run(); }) {}

StartListener::~StartListener() {
  listener_->stop();
  thread_.join();
}

void StartListener::run() {
  while (const auto connection = listener_->accept()) {
    const auto line = connection->readLine(app::kMaxSecondStartBytes, app::kSecondStartPatience);
    const auto start = line ? app::secondStartOf(*line) : std::nullopt;
    if (!start) {
      app::log::warn("a second start said nothing that is understood");
    } else if (inbox_->offer(*start)) {
      (void)connection->writeLine(kTaken, app::kSecondStartPatience);
    }
  }
}

bool handOver(const std::filesystem::path& config, const app::SecondStart& start) {
  const std::string address = app::wordOfHolder(config);
  const auto line = app::lineOf(start);
  if (address.empty() || !line) return false;
  const auto connection = connectLocally(address, app::kSecondStartPatience);
  return connection && connection->writeLine(*line, app::kSecondStartPatience) &&
         connection->readLine(kTaken.size(), app::kSecondStartPatience) == kTaken;
}

}  // namespace earshot::net
