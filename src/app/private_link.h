#pragma once
// Private messages as windows and consoles see them: part of what a RoomLink takes and tells. Values.

#include <filesystem>
#include <string>
#include <variant>

#include "app/command.h"
#include "app/crypto/safety_words.h"
#include "app/history.h"
#include "app/result.h"

namespace earshot::app {

// --- asked; person is a member's id, name what they are called in the room (empty: as in their chat) ---

/// Answered by PrivateQueued, then PrivateSent, then PrivateDelivered; or by PrivateRefused.
struct SendPrivate {
  RequestId id;
  MemberId person;
  std::string name;
  TextStyle style = TextStyle::Plain;
  std::string text;
};
/// Their new key is to be trusted. Not enough for a name whose safety words had been compared: that
/// person must be compared again. Answered by PrivateDone or PrivateRefused.
struct AcceptKey {
  RequestId id;
  MemberId person;
  std::string name;
};
/// Answered by PrivateSafetyWords or PrivateRefused.
struct AskSafetyWords {
  RequestId id;
  MemberId person;
  std::string name;
};
/// The safety words were compared and are the same (or it turned out that they are not). Answered by
/// PrivateDone or PrivateRefused.
struct SetVerified {
  RequestId id;
  MemberId person;
  std::string name;
  bool verified = true;
};
using PrivateRequest = std::variant<SendPrivate, AcceptKey, AskSafetyWords, SetVerified>;

// --- told ---

/// How sure we can be of who a person is.
enum class PersonTrust {
  NotCompared,         ///< sealed to the key that the host shows
  Verified,            ///< safety words compared
  KeyChanged,          ///< somebody else was known by the name: nothing is sent until AcceptKey
  VerifiedKeyChanged,  ///< even somebody verified: nothing is sent until SetVerified
};

/// What is known of the person: told for each chat of the room after admission, when a chat begins, and
/// whenever it changes.
struct PrivatePerson {
  std::string name;
  PersonTrust trust = PersonTrust::NotCompared;
  std::filesystem::path conversation;  ///< the chat's file, ready to be read; empty: there is none yet
};
/// An event that is already saved in the chat.
struct PrivateEvent {
  StoredEvent stored;
};
/// Our text is saved in the chat's outbox.
struct PrivateQueued {
  OutgoingText text;
};
/// The host has it; it is saved as event.
struct PrivateSent {
  StoredEvent stored;
};
/// The person's program has opened and saved it.
struct PrivateDelivered {
  RequestId id;
  UtcMillis time{};  ///< by the host's clock
};
struct PrivateDone {
  RequestId id;
};
struct PrivateRefused {
  RequestId id;
  Error error;
};
/// Ours and theirs, the same on both screens.
struct PrivateSafetyWords {
  RequestId id;
  std::string name;
  crypto::SafetyWords own;
  crypto::SafetyWords theirs;
  PersonTrust trust = PersonTrust::NotCompared;
};
using PrivateUpdate = std::variant<PrivatePerson, PrivateEvent, PrivateQueued, PrivateSent, PrivateDelivered,
                                   PrivateDone, PrivateRefused, PrivateSafetyWords>;

/// In the order in which it happens, after LinkAdmitted.
struct LinkPrivate {
  MemberId person;
  PrivateUpdate what;
};

}  // namespace earshot::app
