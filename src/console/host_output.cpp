#include "console/host_output.h"

#include <string_view>

#include "app/error_text.h"
#include "app/exporter.h"
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

class JsonHostOutput final : public HostOutput {
 public:
  explicit JsonHostOutput(std::ostream& out) : out_(out) {}

  void listening(const app::HostListening& listening) override {
    Json line{{"event", "listening"}, {"room", listening.roomName}, {"port", listening.port}};
    line["addresses"] = listening.addresses;
    line["room_id"] = app::hexOf(listening.room);
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
    out_ << "Type quit to close the room." << std::endl;
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
  void failed(const app::Error&) override {}  // the sentence on standard error says it

 private:
  std::ostream& out_;
};

}  // namespace

std::unique_ptr<HostOutput> makeHostOutput(bool json, std::ostream& out) {
  if (json) return std::make_unique<JsonHostOutput>(out);
  return std::make_unique<PlainHostOutput>(out);
}

}  // namespace earshot::console
