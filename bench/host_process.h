#pragma once
// The real program as a host of an open room, without a window, in a process and a folder of its own. Linux.

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include "load/server_process.h"

namespace earshot::bench {

class HostProcess {
 public:
  explicit HostProcess(const std::filesystem::path& folder) {
    int output[2];
    if (::pipe2(output, O_CLOEXEC) != 0) std::abort();
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(output[1], STDOUT_FILENO);
      const std::string data = folder / "host";
      ::execl(EARSHOT_PROGRAM, "earshot", "host", "--headless", "--json", "--open", "--name", "Bench", "--bind",
              "127.0.0.1", "-p", "0", "--data-dir", data.c_str(), static_cast<char*>(nullptr));
      ::_exit(127);
    }
    ::close(output[1]);
    output_ = output[0];
    std::string line;
    for (char c; ::read(output_, &c, 1) == 1 && c != '\n';) line += c;
    const auto at = line.find("\"port\":");
    if (at == std::string::npos) std::abort();
    port_ = static_cast<std::uint16_t>(std::atoi(line.c_str() + at + 7));
    // It goes on to tell of every connection.
    drain_ = std::thread([this] {
      char chunk[65536];
      while (::read(output_, chunk, sizeof chunk) > 0) continue;
    });
  }
  ~HostProcess() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
    drain_.join();
    ::close(output_);
  }
  HostProcess(const HostProcess&) = delete;
  HostProcess& operator=(const HostProcess&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] load::ServerProcess usage() const { return load::ServerProcess(pid_); }

 private:
  pid_t pid_ = -1;
  int output_ = -1;
  std::uint16_t port_ = 0;
  std::thread drain_;
};

}  // namespace earshot::bench
