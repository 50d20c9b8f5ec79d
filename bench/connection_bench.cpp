// What a connection costs a host: CPU of a TLS handshake, CPU of getting in, and memory of a member that
// is in the room and says nothing, everything included. The host is the real program in a process of its
// own, whose CPU and memory are read from /proc; its guests are this process. Loopback, bounded. Linux.
//   build/release/connection_bench [members] [handshakes]
#include <poll.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "host_process.h"
#include "integration/secure_client.h"
#include "support/temporary_folder.h"

namespace earshot {
namespace {

using namespace std::chrono_literals;

/// Waits until it has nothing to do.
void settle(const bench::HostProcess& host) {
  for (double before = -1, now = host.usage().cpuMs(); now != before; now = host.usage().cpuMs()) {
    before = now;
    std::this_thread::sleep_for(700ms);
  }
}

void measureHandshakes(const bench::HostProcess& host, int count) {
  const auto key = app::crypto::makeSigningKey();
  settle(host);
  const double before = host.usage().cpuMs();
  int secure = 0;
  for (int i = 0; i < count; ++i) secure += test::SecureClient(host.port(), key).connected() ? 1 : 0;
  settle(host);
  std::printf("%-44s %8.3f ms of the host's CPU (%d of %d secure)\n", "a TLS handshake, mutual Ed25519",
              (host.usage().cpuMs() - before) / count, secure, count);
}

/// Takes what the others' arrivals bring, unopened, so that nothing waits in the host.
void drainAll(const std::vector<int>& sockets) {
  char chunk[65536];
  for (const int socket : sockets) {
    while (::recv(socket, chunk, sizeof chunk, MSG_DONTWAIT) > 0) continue;
  }
}

void measureMembers(const bench::HostProcess& host, int count) {
  settle(host);
  const double memoryBefore = host.usage().residentKib();
  const double cpuBefore = host.usage().cpuMs();
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
  const double cpu = host.usage().cpuMs() - cpuBefore;
  for (int i = 0; i < 20; ++i) {
    drainAll(sockets);
    std::this_thread::sleep_for(100ms);
  }
  settle(host);
  drainAll(sockets);
  const double perMember = (host.usage().residentKib() - memoryBefore) / count;
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
  const bench::HostProcess host(folder.path());
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
