#pragma once
// A member's side of private messages in one room: seals and opens, saves before it says so, keeps what
// no host has yet, and notices when a name changes hands. Without a socket: what goes to the host and
// comes from it are values (private_mail.h). Belongs to one link's network thread.

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "app/clock.h"
#include "app/message_keys.h"
#include "app/private_chat.h"
#include "app/private_link.h"
#include "app/private_mail.h"
#include "app/trust_store.h"

namespace earshot::app {

class PrivateMessenger {
 public:
  /// Where it reports to. Called from inside the messenger's own functions.
  class Desk {
   public:
    virtual ~Desk() = default;
    virtual void ask(MailRequest request) = 0;  ///< of the host
    virtual void tell(LinkPrivate update) = 0;  ///< whoever holds the link
    /// Runs slow work on some other thread, then what it returns on this one; or never, when the link
    /// ends before.
    virtual void aside(std::function<std::function<void()>()> slow) = 0;
  };

  struct Setting {
    RoomId room;
    std::string roomName;
    std::string address;
    MemberId self;
    std::string selfName;
    bool hostedHere = false;
    crypto::SigningKey identity;
    std::filesystem::path conversations;
    std::filesystem::path trust;        ///< file of a TrustStore
    std::filesystem::path messageKeys;  ///< file of the MessageKeys
  };

  static Result<std::unique_ptr<PrivateMessenger>> open(Setting setting, Clock clock, Desk& desk);

  // An error means that nothing can be saved any more: the link has to end.

  /// We are in the room: publishes our key unless that was done, tells the chats that there are, sends what
  /// is left over.
  Status admitted();
  /// The link is gone. Now, as before admitted(), texts are only saved; the next admitted() sends them.
  void left() { isIn_ = false; }
  void submit(const PrivateRequest& request);
  /// The time is over that LetterRefused with TooFast has asked for: sends what is left over. Until then texts are
  /// only saved.
  Status sendAgain();
  void setSelfName(const std::string& name);
  /// A letter with this id was given to the host, which has not answered.
  [[nodiscard]] bool awaits(const RequestId& message) const { return sealedFor_.contains(message); }
  /// Kept until tickEnd(), where a batch is saved at once.
  void received(MailNews news) { news_.push_back(std::move(news)); }
  Status tickEnd();
  /// Publishes our key: the first time, and when a new one is due; call it every kMessageKeyCheck.
  Status renewKey();

 private:
  struct Person {
    std::unique_ptr<PrivateChat> chat;  ///< null: none, or not looked for yet
    bool lookedFor = false;
    bool keyAsked = false;  ///< and not answered
    std::optional<UtcMillis> keyFreshAt;
    std::set<RequestId> onTheirWay;  ///< given to the host on this link, not answered
    bool hasMore = false;            ///< in the outbox, for when fewer are on their way
    std::vector<PrivateRequest> waitingForKey;
    std::optional<PrivatePerson> told;
  };
  /// What became of one of our letters, to be saved with the others of its tick.
  struct LetterProgress {
    PrivateChat::Progress step;
    std::optional<MailNumber> seen;  ///< the receipt that says so
  };
  struct OpenedLetter {
    crypto::PublicKey writer;
    PrivateText text;
  };

  PrivateMessenger(Setting setting, std::unique_ptr<MessageKeys> keys, std::unique_ptr<TrustStore> trust, Clock clock,
                   Desk& desk);

  // what is asked
  Status take(const SendPrivate& send);
  Status take(const AcceptKey& accept);
  Status take(const AskSafetyWords& ask);
  Status take(const SetVerified& set);
  void refuse(const MemberId& person, const RequestId& id, Error error);
  /// What to call the person; PersonUnknown when nothing is known.
  Result<std::string> nameFor(const MemberId& person, const std::string& given);
  /// The person's identity key. Nothing as long as the host is asked for it: the request is taken up
  /// again when it has answered.
  Result<std::optional<crypto::PublicKey>> identityFor(const MemberId& person, PrivateRequest request);
  void findSafetyWords(const AskSafetyWords& ask, const crypto::PublicKey& theirs);
  void tellSafetyWords(const AskSafetyWords& ask, const crypto::PublicKey& theirs);

  // people and their chats
  /// The chat with this person if there is one; nullptr otherwise.
  Result<PrivateChat*> chatWith(const MemberId& person);
  Result<PrivateChat*> beginChat(const MemberId& person, const std::string& name);
  Result<PersonTrust> trustIn(const MemberId& person, const std::string& name);
  Status tellPerson(const MemberId& person, const std::string& name);

  // sending
  Result<OwnMessageKey> ownKey();
  /// False while the host is being asked.
  bool hasFreshKeyOf(const MemberId& person);
  Status sendWaiting(const MemberId& person);
  /// What did not fit before, if it does now.
  Status sendMore(const MemberId& person);
  /// False when there is no key that it could be sealed to.
  Result<bool> seal(const MemberId& person, const PrivateChat::Outgoing& outgoing);
  Status giveUp(const MemberId& person);

  // what arrives
  Status take(const KeyAnswer& answer);
  void take(const LetterKept& kept);
  Status take(const LetterRefused& refused);
  Status take(const Receipt& receipt);
  Status sealAgain(const Receipt& receipt);
  Status saveProgress();
  Status takeLetters(const std::vector<Letter>& letters);
  Result<std::optional<OpenedLetter>> openLetter(const Letter& letter);
  Status addArrival(const Letter& letter, OpenedLetter opened, std::vector<PrivateChat::Arrival>& arrivals);
  Status saveArrivals(const MemberId& person, const std::string& name,
                      const std::vector<PrivateChat::Arrival>& arrivals);

  Setting setting_;
  std::unique_ptr<MessageKeys> keys_;
  std::unique_ptr<TrustStore> trust_;
  Clock clock_;
  Desk& desk_;
  bool isIn_ = false;      ///< the room, so that letters can be sent
  bool isPaused_ = false;  ///< the host takes no letters for a while, see sendAgain()
  std::map<MemberId, Person> people_;
  std::map<RequestId, MemberId> sealedFor_;      ///< letters given to the host and not answered
  std::map<RequestId, MailNumber> sealedAgain_;  ///< those of them that answer a CannotOpen
  std::optional<OwnMessageKey> own_;
  std::optional<KeyGeneration> published_;
  std::map<crypto::PublicKey, crypto::SafetyWords> words_;
  std::vector<MailNews> news_;
  std::map<MemberId, std::vector<LetterProgress>> progress_;  ///< of this tick
};

}  // namespace earshot::app
