#pragma once
// How a host finds out whether a stranger knows the join code or holds an invite, and shows the stranger
// that it knows them too. One for a host, on its network thread; who may come in at all is RoomAccess's
// business.

#include <functional>
#include <unordered_map>

#include "app/crypto/cpace.h"
#include "app/guess_throttle.h"
#include "app/invite_proof.h"
#include "app/join_code_key.h"
#include "app/room_access.h"
#include "net/codec.h"
#include "net/tls_channel.h"

namespace earshot::net {

class NetLoop;

class HostAdmission {
 public:
  using ConnectionId = std::uint64_t;

  /// Whom an exchange is with, and how to answer.
  class Stranger {
   public:
    virtual ~Stranger() = default;
    [[nodiscard]] virtual ConnectionId connectionId() const = 0;
    [[nodiscard]] virtual const app::crypto::PublicKey& identityKey() const = 0;
    [[nodiscard]] virtual const ChannelBinding& binding() const = 0;
    /// Numeric, with port.
    [[nodiscard]] virtual const std::string& address() const = 0;
    virtual void send(FrameType type, const google::protobuf::MessageLite& body) = 0;
    /// It has proven this; it may ask to join now.
    virtual void proven(app::AccessProof proof) = 0;
    /// Says why not, and ends the connection.
    virtual void failed(app::Errc why, std::chrono::milliseconds retry) = 0;
    /// Nonsense came.
    virtual void violated() = 0;
  };
  /// nullptr when the connection is gone.
  using Find = std::function<Stranger*(ConnectionId)>;

  HostAdmission(NetLoop& loop, const app::RoomAccess& access, const app::RoomId& room,
                const app::crypto::PublicKey& hostKey, Find find, app::JoinCodeKeys::Derive derive);

  void start(Stranger& stranger, const wire::AuthStart& message, app::UtcMillis now);
  void confirm(Stranger& stranger, const wire::AuthConfirm& message);
  /// The connection is over; what it had begun is forgotten.
  void forget(ConnectionId connection);
  /// Computes the key of the current join code, so that the first guest does not wait for it.
  void prepareKey();

 private:
  struct Exchange {
    std::string code;
    std::string share;  ///< of the stranger
    std::optional<app::JoinCodeKey> key;
    std::optional<app::crypto::Cpace> cpace;
    std::optional<app::GuessThrottle::Time> charged;  ///< and not decided yet
  };

  void startInvite(Stranger& stranger, const wire::AuthStart& message, app::UtcMillis now);
  void startCode(Stranger& stranger, const wire::AuthStart& message);
  void continueCode(ConnectionId connection, const app::Result<app::JoinCodeKey>& key);
  /// True: the guess counts (or needs no counting). False: it waits, or has failed.
  bool charge(Stranger& stranger, Exchange& exchange);
  [[nodiscard]] bool isAnotherUndecided(const Stranger& stranger);
  void answer(Stranger& stranger, Exchange& exchange);
  void resumeWaiting();

  NetLoop& loop_;
  const app::RoomAccess& access_;
  app::RoomId room_;
  app::crypto::PublicKey hostKey_;
  Find find_;
  app::GuessThrottle throttle_;
  std::unordered_map<ConnectionId, Exchange> exchanges_;
  /// Of more people behind one address than may guess at a time: they wait for those before them, which
  /// takes milliseconds when the codes are right. Oldest first.
  std::vector<ConnectionId> waiting_;
  app::JoinCodeKeys keys_;  ///< last: its thread is over before anything else goes
};

}  // namespace earshot::net
