#include <iostream>
#include <utility>

#include "app/error_text.h"
#include "app/settings.h"
#include "console/faces.h"
#include "console/host_commands.h"
#include "console/host_output.h"
#include "console/input.h"

namespace earshot::console {
namespace {

std::string roomNameFor(const HostArguments& arguments, const app::Profile& profile) {
  if (!arguments.name.empty()) return arguments.name;
  const app::Settings settings = app::loadSettings(profile.paths.config / "settings.json");
  if (!settings.roomName.empty()) return settings.roomName;
  return (settings.name.empty() ? app::proposedName() : settings.name) + "'s room";
}

/// The room, and the installers if they are given away.
class HostFace {
 public:
  HostFace(const HostArguments& arguments, const app::Profile& profile, const app::StartHost& startHost,
           const app::StartSharing& startSharing)
      : arguments_(arguments),
        startSharing_(startSharing),
        output_(makeHostOutput(arguments.json, std::cout)),
        queue_(std::make_shared<ConsoleQueue>()),
        input_(queue_),
        roomInbox_(std::make_shared<app::HostInbox>([queue = queue_] { queue->post(NewsArrived{}); })),
        sharingInbox_(std::make_shared<app::SharingInbox>([queue = queue_] { queue->post(NewsArrived{}); })) {
    if (arguments_.shareFolder) {
      // What can be known before anybody is let in is said before.
      if (const auto found = app::findInstallers(*arguments_.shareFolder); !found) {
        fail(found.error());
        return;
      }
    }
    app::HostOptions options{roomNameFor(arguments, profile), arguments.bind, arguments.port, profile.paths.rooms};
    options.access = arguments.access;
    options.joinCode = arguments.joinCode;
    options.history = arguments.history;
    options.limits = arguments.limits;
    options.owner = profile.identity.publicKey;
    room_ = startHost(std::move(options), roomInbox_);
  }
  ~HostFace() {
    sharingInbox_->cut();
    roomInbox_->cut();
  }
  HostFace(const HostFace&) = delete;
  HostFace& operator=(const HostFace&) = delete;

  /// Until the room is closed; the exit code.
  int run() {
    while (room_) {
      const ConsoleEvent event = queue_->wait();
      if (std::holds_alternative<NewsArrived>(event)) {
        showNews();
      } else if (std::holds_alternative<StopAsked>(event)) {
        room_->stop();
      } else if (const auto* line = std::get_if<InputLine>(&event)) {
        carryOut(readHostCommand(line->text, arguments_.json));
      }
    }
    return exitCode_;
  }

 private:
  void carryOut(const HostCommand& command) {
    if (std::holds_alternative<HostQuit>(command)) {
      room_->stop();
    } else if (std::holds_alternative<HostShowAccess>(command)) {
      room_->askAccess();
    } else if (const auto* invite = std::get_if<HostMakeInvite>(&command)) {
      room_->makeInvite(invite->validFor, invite->uses);
    } else if (const auto* revoked = std::get_if<HostRevokeInvite>(&command)) {
      room_->revokeInvite(revoked->id);
    } else if (std::holds_alternative<HostNewJoinCode>(command)) {
      room_->changeJoinCode();
    } else if (std::holds_alternative<HostOpenToAll>(command)) {
      room_->openToAll();
    } else if (const auto* removed = std::get_if<HostDeleteText>(&command)) {
      room_->deleteText(removed->target);
    } else if (std::holds_alternative<HostHelp>(command)) {
      output_->help();
    } else if (const auto* wrong = std::get_if<HostWrong>(&command)) {
      output_->wrong(wrong->sentence);
    }
  }

  void showNews() {
    for (const app::HostUpdate& update : roomInbox_->takeAll()) {
      if (const auto* listening = std::get_if<app::HostListening>(&update)) {
        output_->listening(*listening);
        if (arguments_.shareFolder) share(*listening);
      } else if (const auto* connection = std::get_if<app::HostConnection>(&update)) {
        output_->connection(connection->record);
      } else if (const auto* access = std::get_if<app::HostAccess>(&update)) {
        output_->access(*access);
      } else if (const auto* deleted = std::get_if<app::HostDeleted>(&update)) {
        output_->deleted(*deleted);
      } else if (const auto* saving = std::get_if<app::HostSaving>(&update)) {
        output_->saving(*saving);
      } else if (const auto* stopped = std::get_if<app::HostStopped>(&update)) {
        if (stopped->error) fail(*stopped->error);
        room_.reset();
        return;
      }
    }
    for (const app::SharingUpdate& update : sharingInbox_->takeAll()) {
      if (const auto* ready = std::get_if<app::SharingReady>(&update)) {
        output_->sharing(*ready);
      } else if (const auto* stopped = std::get_if<app::SharingStopped>(&update)) {
        fail(stopped->error);
        room_->stop();
      }
    }
  }

  void share(const app::HostListening& listening) {
    app::ShareOptions options;
    options.folder = *arguments_.shareFolder;
    options.bindAddress = arguments_.bind;
    options.port = arguments_.sharePort;
    options.roomName = listening.roomName;
    options.joinAddresses = listening.addresses;
    options.joinPort = listening.port;
    sharing_ = startSharing_(std::move(options), sharingInbox_);
  }

  void fail(const app::Error& error) {
    output_->failed(error);
    exitCode_ = failWith(error);
  }

  const HostArguments& arguments_;
  const app::StartSharing& startSharing_;
  std::unique_ptr<HostOutput> output_;
  std::shared_ptr<ConsoleQueue> queue_;
  const ConsoleInput input_;
  std::shared_ptr<app::HostInbox> roomInbox_;
  std::shared_ptr<app::SharingInbox> sharingInbox_;
  std::unique_ptr<app::HostedRoom> room_;  ///< none: it is closed, or was never opened
  std::unique_ptr<app::SharedApp> sharing_;
  int exitCode_ = 0;
};

}  // namespace

int runHost(const HostArguments& arguments, const app::Profile& profile, const app::StartHost& startHost,
            const app::StartSharing& startSharing) {
  HostFace face(arguments, profile, startHost, startSharing);
  return face.run();
}

}  // namespace earshot::console
