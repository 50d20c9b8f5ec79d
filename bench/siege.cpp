// Whether a host stays calm while strangers and members misbehave: half-open connections, ones that trickle, and
// members that never read. Prints each figure with its goal; ends with 1 when one is missed. Loopback, bounded.
//   build/release/siege [share of the full numbers, 0 to 1]
#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstdio>

#include "host_process.h"
#include "load/crowd.h"
#include "support/temporary_folder.h"

namespace earshot::bench {
namespace {

using namespace std::chrono_literals;
using load::Clock;
using load::Crowd;

constexpr std::size_t kPresent = 20;
constexpr int kRate = 50;

bool allReached = true;

void tell(const char* what, double value, const char* unit, double most) {
  const bool reached = value <= most;
  allReached = allReached && reached;
  std::printf("  %-58s %10.1f %-4s at most %-8.0f %s\n", what, value, unit, most, reached ? "reached" : "MISSED");
}

void tell(const char* what, bool holds) {
  allReached = allReached && holds;
  std::printf("  %-58s %s\n", what, holds ? "yes" : "NO");
}

double seconds(Clock::duration time) {
  return std::chrono::duration<double>(time).count();
}

/// Connected, and silent from then on unless something is sent.
class SilentSockets {
 public:
  SilentSockets(std::uint16_t port, std::size_t count) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (std::size_t i = 0; i < count; ++i) {
      const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
      ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address);
      sockets_.push_back({fd, POLLIN, 0});
    }
  }
  ~SilentSockets() {
    for (const pollfd& socket : sockets_) {
      if (socket.fd >= 0) ::close(socket.fd);
    }
  }
  SilentSockets(const SilentSockets&) = delete;
  SilentSockets& operator=(const SilentSockets&) = delete;

  void send(std::string_view bytes) {
    for (const pollfd& socket : sockets_) {
      if (socket.fd >= 0) (void)::send(socket.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
  }
  /// How many the host has not closed yet; what it says is thrown away.
  std::size_t open() {
    ::poll(sockets_.data(), sockets_.size(), 0);
    char chunk[4096];
    for (pollfd& socket : sockets_) {
      if (socket.fd < 0 || socket.revents == 0) continue;
      const auto n = ::recv(socket.fd, chunk, sizeof chunk, 0);
      if (n == 0 || (n < 0 && errno != EAGAIN)) ::close(std::exchange(socket.fd, -1));
    }
    return static_cast<std::size_t>(
        std::count_if(sockets_.begin(), sockets_.end(), [](const pollfd& socket) { return socket.fd >= 0; }));
  }

 private:
  std::vector<pollfd> sockets_;
};

/// The first thing that a member says.
std::string clientHello() {
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL* tls = SSL_new(context);
  static constexpr unsigned char kProtocol[] =
      "\x09"
      "earshot/1";
  SSL_set_alpn_protos(tls, kProtocol, sizeof kProtocol - 1);
  BIO* out = BIO_new(BIO_s_mem());
  SSL_set_bio(tls, BIO_new(BIO_s_mem()), out);
  SSL_set_connect_state(tls);
  SSL_do_handshake(tls);
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(out, &bytes);
  std::string hello(bytes, static_cast<std::size_t>(size));
  SSL_free(tls);
  SSL_CTX_free(context);
  return hello;
}

/// The room talks evenly; between two messages, `meanwhile`. The time to hear that 99 of 100 deliveries stay under.
template <class Meanwhile>
double p99WhileTalking(Crowd& crowd, Clock::duration time, Meanwhile meanwhile) {
  crowd.measureLatencies(true);
  const auto until = Clock::now() + time;
  for (auto next = Clock::now(); next < until; next += std::chrono::nanoseconds(1s) / kRate) {
    crowd.run(next);
    crowd.say();
    meanwhile();
  }
  crowd.run(Clock::now() + 20s, [&] { return crowd.everybodyHasAll(); });
  crowd.measureLatencies(false);
  auto latencies = crowd.takeLatencies();
  std::sort(latencies.begin(), latencies.end());
  return latencies.empty() ? 0 : latencies[(latencies.size() - 1) * 99 / 100] / 1000.0;
}

struct Room {
  Room() : host(folder.path()), dialect(load::makeEarshotDialect(kPresent)), crowd(*dialect, host.port(), kPresent) {
    if (!crowd.bringIn(30s)) std::abort();
  }
  const test::TemporaryFolder folder;
  const HostProcess host;
  const std::unique_ptr<load::Dialect> dialect;
  Crowd crowd;
};

/// How long somebody new takes to be in the room, while the others go on.
double joinSeconds(Room& room) {
  const auto dialect = load::makeEarshotDialect(kPresent + 1);
  Crowd newcomer(*dialect, room.host.port(), 1, kPresent);
  const auto start = Clock::now();
  return newcomer.bringIn(20s) ? seconds(Clock::now() - start) : 20;
}

void halfOpen(std::size_t count) {
  std::printf("%zu connections that say nothing\n", count);
  Room room;
  const double before = room.host.usage().residentKib();
  SilentSockets strangers(room.host.port(), count);
  double join = 0;
  double most = 0;
  const auto start = Clock::now();
  const double p99 = p99WhileTalking(room.crowd, 12s, [&] {
    most = std::max(most, room.host.usage().residentKib());
    if (join == 0 && Clock::now() - start > 200ms) join = joinSeconds(room);
  });
  tell("99 % of what is said to those present is heard within", p99, "ms", 250);
  tell("the host's memory grows by", (most - before) / 1024, "MiB", 64);
  tell("somebody new is in after", join, "s", 3);
  tell("strangers that hold a connection after 12 s", static_cast<double>(strangers.open()), "", 256);
  tell("everybody has everything, in order", room.crowd.everybodyHasAll() && room.crowd.inOrder());
}

void trickle(std::size_t count) {
  std::printf("%zu that send a byte a second, %zu that begin TLS and say no more\n", count, count);
  Room room;
  const std::string hello = clientHello();
  SilentSockets slow(room.host.port(), count);
  SilentSockets begun(room.host.port(), count);
  room.crowd.run(Clock::now() + 200ms);
  begun.send(hello);
  const auto start = Clock::now();
  std::size_t sent = 0;
  Clock::time_point gone{};
  const double p99 = p99WhileTalking(room.crowd, 13s, [&] {
    if (gone != Clock::time_point{}) return;
    if (seconds(Clock::now() - start) >= static_cast<double>(sent)) slow.send(hello.substr(sent++, 1));
    if (slow.open() + begun.open() == 0) gone = Clock::now();
  });
  tell("all are shown out after", gone == Clock::time_point{} ? 99 : seconds(gone - start), "s", 11);
  tell("99 % of what is said to those present is heard within", p99, "ms", 250);
}

void deaf(std::size_t listeners, std::uint32_t messages) {
  std::printf("%zu members that never read, while somebody says %u messages as fast as they are heard\n", listeners,
              messages);
  Room room;
  const auto dialect = load::makeEarshotDialect(kPresent + listeners);
  Crowd silent(*dialect, room.host.port(), listeners, kPresent);
  silent.expect(messages);
  if (!silent.bringIn(30s)) std::abort();
  double most = 0;
  room.crowd.measureLatencies(true);
  const auto start = Clock::now();
  while (!(room.crowd.said() == messages && room.crowd.everybodyHasAll()) && Clock::now() - start < 120s) {
    room.crowd.run(Clock::now() + 100ms, [&] {
      while (room.crowd.said() < messages && room.crowd.said() - room.crowd.heardByAll() < 64) room.crowd.say();
      return room.crowd.said() == messages && room.crowd.everybodyHasAll();
    });
    most = std::max(most, room.host.usage().residentKib());
  }
  std::printf("  %-58s %10.0f a second\n", "messages", messages / seconds(Clock::now() - start));
  auto latencies = room.crowd.takeLatencies();
  std::sort(latencies.begin(), latencies.end());
  tell("99 % is heard by those who read within", latencies[(latencies.size() - 1) * 99 / 100] / 1000.0, "ms", 200);
  tell("the host's memory at most", most / 1024, "MiB", 256);
  silent.run(Clock::now() + 120s, [&] { return silent.everybodyHasAll(); });
  tell("those who did not read have everything at last, in order", silent.everybodyHasAll() && silent.inOrder());
  tell("so have those who did", room.crowd.everybodyHasAll() && room.crowd.inOrder());
}

int run(double share) {
  const auto of = [&](double full) { return static_cast<std::uint32_t>(std::max(1.0, full * share)); };
  halfOpen(of(5'000));
  trickle(of(500));
  deaf(of(50), of(100'000));
  return allReached ? 0 : 1;
}

}  // namespace
}  // namespace earshot::bench

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  return earshot::bench::run(argc > 1 ? std::atof(argv[1]) : 1.0);
}
