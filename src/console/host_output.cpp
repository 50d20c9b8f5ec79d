#include "console/host_output.h"

#include <string_view>

#include "app/error_text.h"
#include "app/exporter.h"
#include "console/host_commands.h"
#include "console/json_line.h"
#include "console/plain_time.h"

namespace earshot::console {
namespace {

std::string_view eventName(app::ConnectionKind kind) {
  switch (kind) {
    case app::ConnectionKind::Connected:
      return "connected";
    case app::ConnectionKind::Joined:
      return "joined";
    case app::ConnectionKind::Left:
      return "left";
    case app::ConnectionKind::Disconnected:
      return "disconnected";
  }
  return "";
}

Json orNull(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

class JsonHostOutput final : public HostOutput {
 public:
  explicit JsonHostOutput(std::ostream& out) : out_(out) {}

  void listening(const app::HostListening& listening) override {
    Json line{{"event", "listening"}, {"room", listening.roomName}, {"port", listening.port}};
    line["addresses"] = listening.addresses;
    line["room_id"] = app::hexOf(listening.room);
    line["join_code"] = orNull(listening.joinCode);
    line["invite"] = orNull(listening.invite);
    line["fingerprint"] = app::hexOf(app::crypto::hashOf(listening.hostKey));
    writeLine(out_, line);
  }
  void access(const app::HostAccess& access) override {
    Json line{{"event", "access"}};
    line["join_code"] = orNull(access.joinCode);
    line["invites"] = Json::array();
    for (const app::Invite& invite : access.invites) {
      line["invites"].push_back({{"id", app::hexOf(app::idOf(invite.token))},
                                 {"created", app::formatRfc3339(invite.created)},
                                 {"expires", app::formatRfc3339(invite.expires)},
                                 {"uses_left", invite.usesLeft}});
    }
    if (!access.newInvite.empty()) line["invite"] = access.newInvite;
    writeLine(out_, line);
  }
  void deleted(const app::HostDeleted& deleted) override {
    Json line = deleted.failed ? errorLine(*deleted.failed) : Json{{"event", "deleted"}};
    line["of"] = app::toNumber(deleted.of);
    writeLine(out_, line);
  }
  void saving(const app::HostSaving& saving) override {
    Json line{{"event", "saving"}, {"ok", !saving.failed}};
    if (saving.failed) {
      line["code"] = app::codeName(saving.failed->code);
      line["text"] = app::describeUnsaved(saving);
      if (saving.onlyPrivate) line["private"] = true;
    }
    writeLine(out_, line);
  }
  void sharing(const app::SharingReady& sharing) override {
    Json line{{"event", "sharing"}, {"port", sharing.port}};
    line["urls"] = sharing.urls;
    line["installers"] = Json::array();
    for (const app::Installer& installer : sharing.installers) {
      line["installers"].push_back({{"file", installer.fileName},
                                    {"bytes", installer.bytes},
                                    {"sha256", installer.sha256},
                                    {"system", app::systemName(installer.system)}});
    }
    writeLine(out_, line);
  }
  void connection(const app::ConnectionRecord& record) override {
    Json line{{"event", eventName(record.kind)},
              {"name", record.name},
              {"address", record.address},
              {"time", app::formatRfc3339(record.time)}};
    if (!record.reason.empty()) line["reason"] = record.reason;
    writeLine(out_, line);
  }
  void wrong(const std::string& sentence) override {
    Json line = errorLine({app::Errc::UsageInvalid, {}});
    line["text"] = sentence;
    writeLine(out_, line);
  }
  void help() override {}
  void failed(const app::Error& error) override { writeLine(out_, errorLine(error)); }

 private:
  std::ostream& out_;
};

class PlainHostOutput final : public HostOutput {
 public:
  explicit PlainHostOutput(std::ostream& out) : out_(out) {}

  void listening(const app::HostListening& listening) override {
    out_ << "Hosting \"" << listening.roomName << "\". Others can join at:\n";
    for (const std::string& address : listening.addresses) {
      const bool v6 = address.find(':') != std::string::npos;
      out_ << "    " << (v6 ? "[" + address + "]" : address) << ':' << listening.port << '\n';
    }
    joinCode(listening.joinCode);
    if (!listening.invite.empty()) out_ << "This invite lets people in too:\n    " << listening.invite << '\n';
    out_ << "Type help to see what a host can do, quit to close the room." << std::endl;
  }
  void access(const app::HostAccess& access) override {
    joinCode(access.joinCode);
    if (!access.newInvite.empty()) out_ << "A new invite:\n    " << access.newInvite << '\n';
    if (!access.invites.empty()) out_ << "Invites that let people in:\n";
    for (const app::Invite& invite : access.invites) {
      out_ << "    " << app::hexOf(app::idOf(invite.token)) << "  until " << dateTime(invite.expires) << ", for "
           << invite.usesLeft << (invite.usesLeft == 1 ? " person" : " people") << '\n';
    }
    out_ << std::flush;
  }
  void deleted(const app::HostDeleted& deleted) override {
    if (deleted.failed) return wrong(app::describe(*deleted.failed));
    out_ << "Message " << app::toNumber(deleted.of) << " was deleted." << std::endl;
  }
  void saving(const app::HostSaving& saving) override {
    wrong(saving.failed ? app::describeUnsaved(saving) : "Everything is saved again.");
  }
  void sharing(const app::SharingReady& sharing) override {
    out_ << "Others can download Earshot with their browser from:\n";
    for (const std::string& url : sharing.urls) out_ << "    " << url << '\n';
    out_ << "Let them compare the SHA-256 of what they got with this one:\n";
    for (const app::Installer& installer : sharing.installers) {
      out_ << "    " << installer.sha256 << "  " << installer.fileName << '\n';
    }
    out_ << std::flush;
  }
  void connection(const app::ConnectionRecord& record) override {
    const std::string who = record.name.empty() ? "Somebody" : record.name;
    out_ << '[' << clockTime(record.time) << "] " << who << ' ' << eventName(record.kind);
    if (!record.address.empty()) out_ << " (" << record.address << ')';
    if (!record.reason.empty()) out_ << ": " << record.reason;
    out_ << std::endl;
  }
  void wrong(const std::string& sentence) override { out_ << sentence << std::endl; }
  void help() override { out_ << hostCommandHelp() << std::flush; }
  void failed(const app::Error&) override {}  // the sentence on standard error says it

 private:
  /// Large enough to be found at a glance and read out across a room.
  void joinCode(const std::string& code) {
    if (code.empty()) {
      out_ << "The room is open: everybody on the network can come in.\n";
      return;
    }
    std::string bar;
    for (std::size_t i = 0; i < code.size() + 6; ++i) bar += "═";
    out_ << "Join code:\n\n    ╔" << bar << "╗\n    ║   " << code << "   ║\n    ╚" << bar << "╝\n\n";
  }

  std::ostream& out_;
};

}  // namespace

std::unique_ptr<HostOutput> makeHostOutput(bool json, std::ostream& out) {
  if (json) return std::make_unique<JsonHostOutput>(out);
  return std::make_unique<PlainHostOutput>(out);
}

}  // namespace earshot::console
