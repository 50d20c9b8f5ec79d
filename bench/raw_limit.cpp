// The limit that any host with encryption has on this computer: epoll and TLS 1.3 on raw sockets, nothing else. What
// one connection sends goes to all, 32 messages a write, encrypted for each; nothing is decided, saved or checked.
//   raw_limit       prints its port, listens on loopback, ends with its standard input
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace {

constexpr std::size_t kFramesAWrite = 32;
/// What does not fill a write goes out after this pause.
constexpr int kPauseMs = 5;

SSL_CTX* makeContext() {
  EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  X509* certificate = X509_new();
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 86'400);
  X509_set_pubkey(certificate, key);
  X509_sign(certificate, key, nullptr);
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
  SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256");
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_mode(context,
                   SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_use_certificate(context, certificate);
  SSL_CTX_use_PrivateKey(context, key);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return context;
}

struct Connection {
  int fd;
  SSL* tls;
  bool secure = false;
  std::string in;
  std::string waiting;  ///< did not fit into the socket
  ~Connection() {
    SSL_free(tls);
    ::close(fd);
  }
};

class Relay {
 public:
  Relay() : context_(makeContext()), epoll_(::epoll_create1(0)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(listener_, SOMAXCONN);
    socklen_t length = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    std::printf("%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    watch(EPOLL_CTL_ADD, listener_, EPOLLIN);
    watch(EPOLL_CTL_ADD, STDIN_FILENO, EPOLLIN);
  }

  void run() {
    std::array<epoll_event, 512> events;
    for (;;) {
      const int count =
          ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), frames_ > 0 ? kPauseMs : -1);
      if (count == 0) flush();
      for (int i = 0; i < count; ++i) {
        const auto& event = events[static_cast<std::size_t>(i)];
        if (event.data.fd == STDIN_FILENO) return;
        if (event.data.fd == listener_) {
          accept();
        } else if (const auto found = connections_.find(event.data.fd); found != connections_.end()) {
          serve(*found->second, (event.events & EPOLLOUT) != 0);
        }
      }
      for (const int fd : gone_) connections_.erase(fd);
      gone_.clear();
    }
  }

 private:
  void watch(int operation, int fd, std::uint32_t what) const {
    epoll_event event{};
    event.events = what;
    event.data.fd = fd;
    ::epoll_ctl(epoll_, operation, fd, &event);
  }

  void accept() {
    const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
    if (fd < 0) return;
    const int on = 1;
    const int buffer = 256 * 1024;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
    SSL* tls = SSL_new(context_);
    SSL_set_fd(tls, fd);
    SSL_set_accept_state(tls);
    auto connection = std::make_unique<Connection>();
    connection->fd = fd;
    connection->tls = tls;
    connections_.emplace(fd, std::move(connection));
    watch(EPOLL_CTL_ADD, fd, EPOLLIN);
  }

  void serve(Connection& connection, bool writable) {
    if (writable) write(connection, {});
    std::array<char, 65536> chunk;
    for (;;) {
      std::size_t count = 0;
      if (SSL_read_ex(connection.tls, chunk.data(), chunk.size(), &count) != 1) {
        const int why = SSL_get_error(connection.tls, 0);
        if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) gone_.insert(connection.fd);
        connection.secure = SSL_is_init_finished(connection.tls) == 1;
        break;
      }
      connection.in.append(chunk.data(), count);
    }
    std::size_t at = 0;
    for (std::uint32_t size = 0; connection.in.size() - at >= sizeof size; at += sizeof size + size) {
      std::memcpy(&size, connection.in.data() + at, sizeof size);
      if (connection.in.size() - at - sizeof size < size) break;
      batch_.append(connection.in, at, sizeof size + size);
      if (++frames_ == kFramesAWrite) flush();
    }
    connection.in.erase(0, at);
  }

  void flush() {
    for (const auto& [fd, connection] : connections_) {
      if (connection->secure) write(*connection, batch_);
    }
    batch_.clear();
    frames_ = 0;
  }

  void write(Connection& connection, const std::string& bytes) {
    const bool waited = !connection.waiting.empty();
    const std::string& from = waited ? connection.waiting.append(bytes) : bytes;
    std::size_t sent = 0;
    while (sent < from.size()) {
      std::size_t taken = 0;
      if (SSL_write_ex(connection.tls, from.data() + sent, from.size() - sent, &taken) != 1) break;
      sent += taken;
    }
    if (waited) {
      connection.waiting.erase(0, sent);
    } else if (sent < from.size()) {
      connection.waiting = from.substr(sent);
    }
    if (waited != !connection.waiting.empty()) {
      watch(EPOLL_CTL_MOD, connection.fd, connection.waiting.empty() ? EPOLLIN : EPOLLIN | EPOLLOUT);
    }
  }

  SSL_CTX* context_;
  int epoll_;
  int listener_;
  std::unordered_map<int, std::unique_ptr<Connection>> connections_;
  std::unordered_set<int> gone_;
  std::string batch_;
  std::size_t frames_ = 0;
};

}  // namespace

int main() {
  std::signal(SIGPIPE, SIG_IGN);
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  Relay().run();
  return 0;
}
