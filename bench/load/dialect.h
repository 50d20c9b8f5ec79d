#pragma once
// What a member says to each kind of server, as far as a room of listeners and one speaker needs it.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "stream.h"

namespace earshot::load {

class Dialect {
 public:
  virtual ~Dialect() = default;

  /// State of a new connection's TLS; the stream owns it.
  virtual ssl_st* newTls(std::size_t member) = 0;
  /// The server speaks before TLS begins.
  [[nodiscard]] virtual bool speaksFirst() const { return false; }
  /// What is said as soon as the connection stands.
  virtual std::string hello(std::size_t member) = 0;
  enum class Progress { Waits, Inside, Refused };
  /// Eats what it understands of `received` and may answer on the stream. Inside: listening from now on.
  virtual Progress greet(std::size_t member, std::string& received, Stream& stream) = 0;
  /// Everything that the first member reads, as it comes.
  virtual void overhear(std::string_view /*bytes*/) {}
  /// From now on hello() is that of somebody who was here before, and knows what the first member has read.
  virtual void comesBack() {}
  virtual std::string publish(std::string_view payload) = 0;
  /// Whether the speaker hears itself.
  [[nodiscard]] virtual bool echoes() const { return true; }
  /// Said by each member every now and then; empty: need not be.
  [[nodiscard]] virtual std::string keepAlive() const { return {}; }
};

/// system: earshot, nats, redis, mosquitto, inspircd or raw. Null for any other.
std::unique_ptr<Dialect> makeDialect(const std::string& system, bool tls, std::size_t members);
std::unique_ptr<Dialect> makeEarshotDialect(std::size_t members);

}  // namespace earshot::load
