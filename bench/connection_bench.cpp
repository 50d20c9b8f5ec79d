// What a connection costs a host: CPU of a TLS handshake, CPU of getting in, and memory of a member that
// is in the room and says nothing, everything included. The host is the real program in a process of its
// own, whose CPU and memory are read from /proc; its guests are this process. Loopback, bounded. Linux.
//   build/release/connection_bench [members] [handshakes]
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "integration/secure_client.h"
#include "support/temporary_folder.h"

namespace earshot {
namespace {

using namespace std::chrono_literals;

/// A headless host of an open room in a folder of its own.
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
  [[nodiscard]] double residentKib() const {
    std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("VmRSS:")) return std::atof(line.c_str() + 6);
    }
    return 0;
  }
  /// User and system time of all its threads.
  [[nodiscard]] double cpuMs() const {
    std::ifstream stat("/proc/" + std::to_string(pid_) + "/stat");
    std::string line;
    std::getline(stat, line);
    std::istringstream fields(line.substr(line.rfind(')') + 2));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) * 1000 / static_cast<double>(::sysconf(_SC_CLK_TCK));
  }
  /// Waits until it has nothing to do.
  void settle() const {
    for (double before = -1, now = cpuMs(); now != before; now = cpuMs()) {
      before = now;
      std::this_thread::sleep_for(700ms);
    }
  }

 private:
  pid_t pid_ = -1;
  int output_ = -1;
  std::uint16_t port_ = 0;
  std::thread drain_;
};

void measureHandshakes(const HostProcess& host, int count) {
  const auto key = app::crypto::makeSigningKey();
  host.settle();
  const double before = host.cpuMs();
  int secure = 0;
  for (int i = 0; i < count; ++i) secure += test::SecureClient(host.port(), key).connected() ? 1 : 0;
  host.settle();
  std::printf("%-44s %8.3f ms of the host's CPU (%d of %d secure)\n", "a TLS handshake, mutual Ed25519",
              (host.cpuMs() - before) / count, secure, count);
}

/// Takes what the others' arrivals bring, unopened, so that nothing waits in the host.
void drainAll(const std::vector<int>& sockets) {
  char chunk[65536];
  for (const int socket : sockets) {
    while (::recv(socket, chunk, sizeof chunk, MSG_DONTWAIT) > 0) continue;
  }
}

void measureMembers(const HostProcess& host, int count) {
  host.settle();
  const double memoryBefore = host.residentKib();
  const double cpuBefore = host.cpuMs();
  std::vector<test::SecureClient> members;
  std::vector<int> sockets;
  members.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    members.emplace_back(host.port());
    members.back().hello();
    members.back().join("Member " + std::to_string(i));
    if (!members.back().nextOf(net::FrameType::Members)) {
      std::printf("member %d was not let in\n", i);
      return;
    }
    sockets.push_back(members.back().tls().descriptor());
    if (i % 20 == 0) drainAll(sockets);
  }
  const double cpu = host.cpuMs() - cpuBefore;
  for (int i = 0; i < 20; ++i) {
    drainAll(sockets);
    std::this_thread::sleep_for(100ms);
  }
  host.settle();
  drainAll(sockets);
  const double perMember = (host.residentKib() - memoryBefore) / count;
  std::printf("%-44s %8.3f ms of the host's CPU\n", "getting in, and telling all others of it", cpu / count);
  std::printf("%-44s %8.2f KiB resident in the host (goal 16, %s)\n", "an idle member", perMember,
              perMember <= 16 ? "reached" : "missed");
}

int run(int argc, char** argv) {
  const int members = argc > 1 ? std::atoi(argv[1]) : 1'000;
  const int handshakes = argc > 2 ? std::atoi(argv[2]) : 1'000;
  std::signal(SIGPIPE, SIG_IGN);
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  const test::TemporaryFolder folder;
  const HostProcess host(folder.path());
  std::printf("host with an open room, %d members, 127.0.0.1\n", members);
  measureHandshakes(host, handshakes);
  measureMembers(host, members);
  return 0;
}

}  // namespace
}  // namespace earshot

int main(int argc, char** argv) {
  return earshot::run(argc, argv);
}
