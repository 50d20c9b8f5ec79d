#include <cctype>
#include <iostream>

#include "app/error_text.h"
#include "app/settings.h"
#include "console/faces.h"
#include "console/host_output.h"
#include "console/input.h"
#include "console/json_line.h"

namespace earshot::console {
namespace {

/// "quit" or "q" in any case; in JSON {"quit":true} as well.
bool asksToQuit(const std::string& line) {
  std::string word;
  for (const char c : line) {
    if (c != ' ' && c != '\t') word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  if (word == "quit" || word == "q" || word == "/quit") return true;
  const Json json = Json::parse(line, nullptr, false);
  return json.is_object() && json.value("quit", Json(false)) == Json(true);
}

std::string roomNameFor(const HostArguments& arguments, const app::Profile& profile) {
  if (!arguments.name.empty()) return arguments.name;
  const app::Settings settings = app::loadSettings(profile.paths.config / "settings.json");
  if (!settings.roomName.empty()) return settings.roomName;
  return (settings.name.empty() ? app::proposedName() : settings.name) + "'s room";
}

class HostFace {
 public:
  HostFace(bool json, std::shared_ptr<app::HostInbox> inbox)
      : output_(makeHostOutput(json, std::cout)), inbox_(std::move(inbox)) {}

  /// False once the room is closed; exitCode() is valid then.
  bool showNews() {
    for (const app::HostUpdate& update : inbox_->takeAll()) {
      if (const auto* listening = std::get_if<app::HostListening>(&update)) {
        output_->listening(*listening);
      } else if (const auto* connection = std::get_if<app::HostConnection>(&update)) {
        output_->connection(connection->record);
      } else if (const auto* stopped = std::get_if<app::HostStopped>(&update)) {
        if (stopped->error) {
          output_->failed(*stopped->error);
          exitCode_ = failWith(*stopped->error);
        }
        return false;
      }
    }
    return true;
  }
  [[nodiscard]] int exitCode() const { return exitCode_; }

 private:
  std::unique_ptr<HostOutput> output_;
  std::shared_ptr<app::HostInbox> inbox_;
  int exitCode_ = 0;
};

}  // namespace

int runHost(const HostArguments& arguments, const app::Profile& profile, const app::StartHost& startHost) {
  const auto queue = std::make_shared<ConsoleQueue>();
  const ConsoleInput input(queue);
  const auto inbox = std::make_shared<app::HostInbox>([queue] { queue->post(NewsArrived{}); });
  const auto room =
      startHost({roomNameFor(arguments, profile), arguments.bind, arguments.port, profile.paths.rooms}, inbox);
  HostFace face(arguments.json, inbox);
  for (;;) {
    const ConsoleEvent event = queue->wait();
    if (std::holds_alternative<NewsArrived>(event)) {
      if (!face.showNews()) break;
    } else if (std::holds_alternative<StopAsked>(event)) {
      room->stop();
    } else if (const auto* line = std::get_if<InputLine>(&event)) {
      if (asksToQuit(line->text)) room->stop();
    }
  }
  inbox->cut();
  return face.exitCode();
}

}  // namespace earshot::console
