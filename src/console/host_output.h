#pragma once
// How a headless host tells what happens: JSON for programs, lines for people.

#include <memory>
#include <ostream>
#include <string>

#include "app/hosting.h"
#include "app/sharing.h"

namespace earshot::console {

class HostOutput {
 public:
  virtual ~HostOutput() = default;
  virtual void listening(const app::HostListening& listening) = 0;
  virtual void access(const app::HostAccess& access) = 0;
  virtual void deleted(const app::HostDeleted& deleted) = 0;
  virtual void saving(const app::HostSaving& saving) = 0;
  virtual void sharing(const app::SharingReady& sharing) = 0;
  virtual void connection(const app::ConnectionRecord& record) = 0;
  /// A typed line that was not understood; the room goes on.
  virtual void wrong(const std::string& sentence) = 0;
  virtual void help() = 0;
  virtual void failed(const app::Error& error) = 0;
};

/// Every line is flushed at once; out must outlive the result.
[[nodiscard]] std::unique_ptr<HostOutput> makeHostOutput(bool json, std::ostream& out);

}  // namespace earshot::console
