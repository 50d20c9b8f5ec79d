#pragma once
// A way between two programs of the same user on this computer: a Unix socket in a folder that only
// this user can enter, on Windows a named pipe that only this user can open. Lines of text, and nothing
// waits for ever. One thread per object, but for LocalListener::stop().

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/result.h"

namespace earshot::net {

class LocalConnection {
 public:
  virtual ~LocalConnection() = default;
  LocalConnection(const LocalConnection&) = delete;
  LocalConnection& operator=(const LocalConnection&) = delete;

  /// Up to the next line feed, which is not part of it. Nothing: it was longer than maxBytes, took
  /// longer than patience, or the other side is gone.
  virtual std::optional<std::string> readLine(std::size_t maxBytes, std::chrono::milliseconds patience) = 0;
  /// Adds the line feed. False when it could not be handed over in that time.
  virtual bool writeLine(std::string_view line, std::chrono::milliseconds patience) = 0;

 protected:
  LocalConnection() = default;
};

class LocalListener {
 public:
  /// name: a few letters that tell this listener from others of this user; one that is there already and
  /// has that name is replaced, so the caller must know that nobody uses it.
  static app::Result<std::unique_ptr<LocalListener>> open(const std::string& name);
  virtual ~LocalListener() = default;
  LocalListener(const LocalListener&) = delete;
  LocalListener& operator=(const LocalListener&) = delete;

  /// For connectLocally(), of any program of this user.
  [[nodiscard]] virtual std::string address() const = 0;
  /// Waits for the next one; null after stop().
  virtual std::unique_ptr<LocalConnection> accept() = 0;
  /// Any thread.
  virtual void stop() = 0;

 protected:
  LocalListener() = default;
};

/// Null when nobody of this user listens there.
[[nodiscard]] std::unique_ptr<LocalConnection> connectLocally(const std::string& address,
                                                              std::chrono::milliseconds patience);

}  // namespace earshot::net
