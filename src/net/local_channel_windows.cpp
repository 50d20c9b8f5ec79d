#ifdef _WIN32
#include <windows.h>

#include <array>
#include <utility>

#include "app/ids.h"
#include "app/only_this_user.h"
#include "app/whole_file.h"
#include "net/local_channel.h"

namespace earshot::net {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::string_view kPrefix = R"(\\.\pipe\earshot-)";
constexpr DWORD kBufferBytes = 16 * 1024;

class Handle {
 public:
  explicit Handle(HANDLE handle) : handle_(handle == INVALID_HANDLE_VALUE ? nullptr : handle) {}
  Handle(Handle&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Handle() {
    if (handle_ != nullptr) ::CloseHandle(handle_);
  }
  [[nodiscard]] HANDLE get() const { return handle_; }
  [[nodiscard]] bool ok() const { return handle_ != nullptr; }

 private:
  HANDLE handle_;
};

Handle makeEvent() {
  return Handle(::CreateEventW(nullptr, TRUE, FALSE, nullptr));
}

std::wstring wide(const std::string& ascii) {
  return {ascii.begin(), ascii.end()};
}

DWORD left(Clock::time_point deadline) {
  const auto rest = std::chrono::duration_cast<milliseconds>(deadline - Clock::now()).count();
  return rest > 0 ? static_cast<DWORD>(rest) : 0;
}

class PipeConnection final : public LocalConnection {
 public:
  PipeConnection(Handle pipe, bool isServer) : pipe_(std::move(pipe)), isServer_(isServer) {}
  ~PipeConnection() override {
    // What was written last is lost when the pipe is cut before the other side has read it; it closes
    // its end then, which ends this read.
    if (!isServer_ || !wrote_) return;
    std::array<char, 1> end{};
    (void)transfer(false, end.data(), end.size(), Clock::now() + milliseconds(1000));
  }

  std::optional<std::string> readLine(std::size_t maxBytes, milliseconds patience) override {
    const auto deadline = Clock::now() + patience;
    for (;;) {
      if (const auto end = received_.find('\n'); end != std::string::npos) {
        std::string line = received_.substr(0, end);
        received_.erase(0, end + 1);
        if (line.size() > maxBytes) return std::nullopt;
        return line;
      }
      if (received_.size() > maxBytes) return std::nullopt;
      std::array<char, 4096> chunk{};
      const DWORD got = transfer(false, chunk.data(), chunk.size(), deadline);
      if (got == 0) return std::nullopt;
      received_.append(chunk.data(), got);
    }
  }

  bool writeLine(std::string_view line, milliseconds patience) override {
    const auto deadline = Clock::now() + patience;
    std::string out = std::string(line) + '\n';
    for (std::size_t done = 0; done < out.size();) {
      const DWORD written = transfer(true, out.data() + done, out.size() - done, deadline);
      if (written == 0) return false;
      done += written;
    }
    wrote_ = true;
    return true;
  }

 private:
  /// How many bytes; 0 when it failed or took too long.
  DWORD transfer(bool write, char* data, std::size_t size, Clock::time_point deadline) const {
    const Handle done = makeEvent();
    OVERLAPPED overlapped{};
    overlapped.hEvent = done.get();
    const BOOL begun = write ? ::WriteFile(pipe_.get(), data, static_cast<DWORD>(size), nullptr, &overlapped)
                             : ::ReadFile(pipe_.get(), data, static_cast<DWORD>(size), nullptr, &overlapped);
    if (!begun && ::GetLastError() != ERROR_IO_PENDING) return 0;
    if (::WaitForSingleObject(done.get(), left(deadline)) != WAIT_OBJECT_0) ::CancelIoEx(pipe_.get(), &overlapped);
    DWORD count = 0;
    // Waits for the cancellation too: the buffer is ours again afterwards.
    return ::GetOverlappedResult(pipe_.get(), &overlapped, &count, TRUE) ? count : 0;
  }

  Handle pipe_;
  const bool isServer_;
  bool wrote_ = false;
  std::string received_;
};

class PipeListener final : public LocalListener {
 public:
  PipeListener(std::string address, Handle first, Handle stop)
      : address_(std::move(address)), next_(std::move(first)), stop_(std::move(stop)) {}

  static Handle makePipe(const std::string& address, bool first) {
    // By default everybody may read from a pipe.
    app::OnlyThisUser security;
    if (security.get() == nullptr) return Handle(nullptr);
    const DWORD open = PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | (first ? FILE_FLAG_FIRST_PIPE_INSTANCE : 0);
    constexpr DWORD kMode = PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS;
    return Handle(::CreateNamedPipeW(wide(address).c_str(), open, kMode, PIPE_UNLIMITED_INSTANCES, kBufferBytes,
                                     kBufferBytes, 0, security.get()));
  }

  [[nodiscard]] std::string address() const override { return address_; }

  std::unique_ptr<LocalConnection> accept() override {
    while (next_.ok()) {
      const Handle connected = makeEvent();
      OVERLAPPED overlapped{};
      overlapped.hEvent = connected.get();
      bool here = ::ConnectNamedPipe(next_.get(), &overlapped) != 0 || ::GetLastError() == ERROR_PIPE_CONNECTED;
      if (!here && ::GetLastError() == ERROR_IO_PENDING) {
        const std::array<HANDLE, 2> events{stop_.get(), connected.get()};
        here = ::WaitForMultipleObjects(2, events.data(), FALSE, INFINITE) == WAIT_OBJECT_0 + 1;
        if (!here) ::CancelIoEx(next_.get(), &overlapped);
        DWORD ignored = 0;
        here = ::GetOverlappedResult(next_.get(), &overlapped, &ignored, TRUE) != 0 && here;
      }
      if (::WaitForSingleObject(stop_.get(), 0) == WAIT_OBJECT_0) return nullptr;
      Handle pipe(std::move(next_));
      // The next one stands before this one is served, so that the name never vanishes.
      next_ = makePipe(address_, false);
      if (here) return std::make_unique<PipeConnection>(std::move(pipe), true);
    }
    // No pipe can be made any more: as if nobody called.
    ::WaitForSingleObject(stop_.get(), INFINITE);
    return nullptr;
  }

  void stop() override { ::SetEvent(stop_.get()); }

 private:
  std::string address_;
  Handle next_;
  Handle stop_;
};

}  // namespace

app::Result<std::unique_ptr<LocalListener>> LocalListener::open(const std::string& name) {
  // Part of it is random: another user can then not have it first.
  std::array<std::uint8_t, 16> secret{};
  app::fillRandom(secret);
  const std::string address = std::string(kPrefix) + name + "-" + app::toHex(secret);
  Handle first = PipeListener::makePipe(address, true);
  if (!first.ok()) {
    return app::storageError({static_cast<int>(::GetLastError()), std::system_category()}, app::pathFromText(address));
  }
  return std::unique_ptr<LocalListener>(std::make_unique<PipeListener>(address, std::move(first), makeEvent()));
}

std::unique_ptr<LocalConnection> connectLocally(const std::string& address, milliseconds patience) {
  if (!address.starts_with(kPrefix)) return nullptr;
  const std::wstring name = wide(address);
  const auto deadline = Clock::now() + patience;
  for (;;) {
    Handle pipe(::CreateFileW(name.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING,
                              FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, nullptr));
    if (pipe.ok()) {
      // Only the program that the person has just started may let another one come to the front.
      ULONG process = 0;
      if (::GetNamedPipeServerProcessId(pipe.get(), &process)) ::AllowSetForegroundWindow(process);
      return std::make_unique<PipeConnection>(std::move(pipe), false);
    }
    if (::GetLastError() != ERROR_PIPE_BUSY || left(deadline) == 0) return nullptr;
    ::WaitNamedPipeW(name.c_str(), left(deadline));
  }
}

}  // namespace earshot::net
#endif
