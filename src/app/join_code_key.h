#pragma once
// What the two ends of a connection put into CPace for a join code: slow to compute, so that a code
// which leaked as such a key cannot be found by trying all codes. The host computes it once for each
// code, however many people come.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "app/crypto/secret.h"
#include "app/ids.h"
#include "app/result.h"

namespace earshot::app {

/// PRS of CPace.
using JoinCodeKey = crypto::SecretArray<32>;

/// Argon2id (RFC 9106) of the code with the room's id as salt. About a tenth of a second and 64 MiB: not
/// for the thread of a window or of the network. OutOfMemory. Precondition: came from parseJoinCode.
[[nodiscard]] Result<JoinCodeKey> deriveJoinCodeKey(std::string_view code, const RoomId& room);

/// Computes keys one after the other on a thread of its own and keeps the last one.
class JoinCodeKeys {
 public:
  using Derive = std::function<Result<JoinCodeKey>(std::string_view code, const RoomId& room)>;
  using Answer = std::function<void(const Result<JoinCodeKey>&)>;

  explicit JoinCodeKeys(Derive derive = deriveJoinCodeKey);
  /// Waits for the computation that runs; who still waits gets no answer.
  ~JoinCodeKeys();
  JoinCodeKeys(const JoinCodeKeys&) = delete;
  JoinCodeKeys& operator=(const JoinCodeKeys&) = delete;

  /// Any thread; returns at once. answer runs exactly once: on the calling thread where the key is known,
  /// else on the computing one; it should post and return. Who asks for a code while it is being
  /// computed shares the answer. A failure is not kept: asking again tries again.
  void ask(const std::string& code, const RoomId& room, Answer answer);

 private:
  struct Wanted {
    std::string code;
    RoomId room;
    std::vector<Answer> answers;
  };
  struct Known {
    std::string code;
    RoomId room;
    Result<JoinCodeKey> key;
  };
  void run();

  const Derive derive_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Wanted> wanted_;  ///< the first one is being computed
  std::optional<Known> known_;
  bool stop_ = false;
  std::thread thread_;  ///< from the first question on
};

}  // namespace earshot::app
