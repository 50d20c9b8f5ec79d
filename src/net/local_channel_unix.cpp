#ifndef _WIN32
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <utility>
#include <vector>

#include "app/wake_pipe.h"
#include "app/whole_file.h"
#include "net/local_channel.h"

namespace earshot::net {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool ok() const { return fd_ >= 0; }

 private:
  int fd_;
};

/// macOS has neither SOCK_CLOEXEC nor MSG_NOSIGNAL.
Descriptor prepared(int fd) {
  if (fd >= 0) {
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    ::fcntl(fd, F_SETFL, O_NONBLOCK);
#ifdef SO_NOSIGPIPE
    const int on = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
  }
  return Descriptor(fd);
}
#ifdef MSG_NOSIGNAL
constexpr int kSendFlags = MSG_NOSIGNAL;
#else
constexpr int kSendFlags = 0;
#endif

bool isThisUser(int fd) {
#ifdef SO_PEERCRED
  ucred peer{};
  socklen_t size = sizeof peer;
  return ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == ::geteuid();
#else
  uid_t user = 0;
  gid_t group = 0;
  return ::getpeereid(fd, &user, &group) == 0 && user == ::geteuid();
#endif
}

/// Nothing when the path is too long for a socket (about 100 bytes).
std::optional<sockaddr_un> socketAddress(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path) return std::nullopt;
  path.copy(address.sun_path, path.size());
  return address;
}

/// True when nobody else can do anything in it.
bool isOwnFolder(const fs::path& folder) {
  struct stat about {};
  return ::lstat(folder.c_str(), &about) == 0 && S_ISDIR(about.st_mode) && about.st_uid == ::geteuid() &&
         (about.st_mode & 077) == 0;
}

/// Where sockets of this user may be, the best first.
std::vector<fs::path> socketFolders() {
  std::vector<fs::path> folders;
  if (const char* runtime = std::getenv("XDG_RUNTIME_DIR"); runtime != nullptr && fs::path(runtime).is_absolute()) {
    folders.emplace_back(runtime);
  }
  std::error_code code;
  const fs::path temporary = fs::temp_directory_path(code);
  const std::string own = "earshot-" + std::to_string(::geteuid());
  if (!code) folders.push_back(temporary / own);
  return folders;
}

class UnixConnection final : public LocalConnection {
 public:
  explicit UnixConnection(Descriptor socket) : socket_(std::move(socket)) {}

  std::optional<std::string> readLine(std::size_t maxBytes, milliseconds patience) override {
    const auto deadline = Clock::now() + patience;
    for (;;) {
      if (const auto end = received_.find('\n'); end != std::string::npos) {
        std::string line = received_.substr(0, end);
        received_.erase(0, end + 1);
        if (line.size() > maxBytes) return std::nullopt;
        return line;
      }
      if (received_.size() > maxBytes || !waitFor(POLLIN, deadline)) return std::nullopt;
      std::array<char, 4096> chunk{};
      const auto got = ::recv(socket_.get(), chunk.data(), chunk.size(), 0);
      if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
      if (got <= 0) return std::nullopt;
      received_.append(chunk.data(), static_cast<std::size_t>(got));
    }
  }

  bool writeLine(std::string_view line, milliseconds patience) override {
    const auto deadline = Clock::now() + patience;
    const std::string out = std::string(line) + '\n';
    for (std::size_t done = 0; done < out.size();) {
      if (!waitFor(POLLOUT, deadline)) return false;
      const auto sent = ::send(socket_.get(), out.data() + done, out.size() - done, kSendFlags);
      if (sent < 0 && (errno == EINTR || errno == EAGAIN)) continue;
      if (sent < 0) return false;
      done += static_cast<std::size_t>(sent);
    }
    return true;
  }

 private:
  [[nodiscard]] bool waitFor(short what, Clock::time_point deadline) const {
    for (;;) {
      const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now()).count();
      if (left <= 0) return false;
      pollfd watched{socket_.get(), what, 0};
      const int ready = ::poll(&watched, 1, static_cast<int>(left));
      if (ready > 0) return true;
      if (ready < 0 && errno != EINTR) return false;
    }
  }

  Descriptor socket_;
  std::string received_;
};

class UnixListener final : public LocalListener {
 public:
  UnixListener(fs::path path, Descriptor socket) : path_(std::move(path)), socket_(std::move(socket)) {}
  ~UnixListener() override { ::unlink(path_.c_str()); }

  /// False: nothing could stop it.
  [[nodiscard]] bool canBeStopped() const { return stopped_.isOpen(); }
  [[nodiscard]] std::string address() const override { return path_.string(); }

  std::unique_ptr<LocalConnection> accept() override {
    for (;;) {
      std::array<pollfd, 2> watched{pollfd{stopped_.readEnd(), POLLIN, 0}, pollfd{socket_.get(), POLLIN, 0}};
      if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) return nullptr;
      if (watched[0].revents != 0) return nullptr;
      if (watched[1].revents == 0) continue;
      Descriptor accepted = prepared(::accept(socket_.get(), nullptr, nullptr));
      if (accepted.ok() && isThisUser(accepted.get())) return std::make_unique<UnixConnection>(std::move(accepted));
    }
  }

  void stop() override { stopped_.wake(); }

 private:
  fs::path path_;
  Descriptor socket_;
  const app::WakePipe stopped_;
};

Descriptor listenAt(const fs::path& path) {
  const auto address = socketAddress(path.string());
  if (!address) {
    errno = ENAMETOOLONG;
    return Descriptor(-1);
  }
  Descriptor socket = prepared(::socket(AF_UNIX, SOCK_STREAM, 0));
  ::unlink(path.c_str());
  constexpr int kWaiting = 8;
  if (!socket.ok() || ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0 ||
      ::chmod(path.c_str(), 0600) != 0 || ::listen(socket.get(), kWaiting) != 0) {
    return Descriptor(-1);
  }
  return socket;
}

}  // namespace

app::Result<std::unique_ptr<LocalListener>> LocalListener::open(const std::string& name) {
  app::Error failure{app::Errc::StorageFailed, "earshot-" + name};
  for (const fs::path& folder : socketFolders()) {
    if (auto made = app::makePrivateFolder(folder); !made) {
      failure = made.error();
      continue;
    }
    if (!isOwnFolder(folder)) continue;
    const fs::path path = folder / ("earshot-" + name + ".socket");
    Descriptor socket = listenAt(path);
    if (!socket.ok()) {
      failure = app::storageError({errno, std::generic_category()}, path);
      continue;
    }
    auto listener = std::make_unique<UnixListener>(path, std::move(socket));
    if (!listener->canBeStopped()) return app::storageError({errno, std::generic_category()}, path);
    return std::unique_ptr<LocalListener>(std::move(listener));
  }
  return failure;
}

std::unique_ptr<LocalConnection> connectLocally(const std::string& path, milliseconds) {
  const auto address = socketAddress(path);
  if (!address || !fs::path(path).is_absolute()) return nullptr;
  // A socket of this kind connects at once or not at all, so this does not wait.
  Descriptor socket = prepared(::socket(AF_UNIX, SOCK_STREAM, 0));
  if (!socket.ok() || ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0 ||
      !isThisUser(socket.get())) {
    return nullptr;
  }
  return std::make_unique<UnixConnection>(std::move(socket));
}

}  // namespace earshot::net
#endif
