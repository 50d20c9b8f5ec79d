#pragma once
// Failure as a value. The code says what happened; error_text.h turns it into one sentence.

#include <string>
#include <utility>
#include <variant>

namespace earshot::app {

enum class Errc {
  // reaching a host
  AddressInvalid,
  InviteInvalid,
  JoinCodeInvalid,
  HostUnknown,
  ConnectionRefused,
  ConnectTimedOut,
  NetworkUnreachable,
  ConnectionLost,
  NotEarshot,
  // trusting a host, and being trusted by it
  JoinCodeNeeded,
  JoinCodeWrong,
  InviteExpired,   ///< used up, revoked or too old
  TooManyTries,    ///< detail: seconds to wait
  HostKeyChanged,  ///< detail: the room's name, if it is known
  HostNotTrusted,  ///< the host could not prove that it is who it should be
  OtherRoom,       ///< another room than the one that was meant is hosted there now
  VersionMismatch,
  ProtocolViolation,
  Cancelled,
  // opening a room for others
  PortInUse,
  PortForbidden,
  BindFailed,
  // what a room refuses
  NameEmpty,
  NameTooLong,
  NameForbidden,
  NameTaken,
  TextEmpty,
  TextTooLong,
  TextInvalid,
  TopicTooLong,
  RoomFull,
  NotAMember,
  MessageGone,      ///< the text that was meant is not there (any more)
  MessageNotYours,  ///< somebody else wrote it
  ReactionInvalid,
  AlreadyMember,
  TooFast,  ///< detail: seconds to wait; empty: it is sent again by itself
  // being shown out
  HostClosed,
  Replaced,
  TooSlow,
  // this computer
  OutOfMemory,
  // storage
  StorageFull,
  StorageReadOnly,
  StorageCorrupt,
  StorageNewer,
  StorageFailed,
  HostStorageFull,  ///< the other computer's disk, not ours
  HostStorageFailed,
  StorageGone,  ///< it was taken away while it was open
  NotFound,
  Ambiguous,
  // conversations that are brought in
  ImportInvalid,  ///< detail: the file
  ImportDamaged,  ///< detail: the file and the number of the line, as "chat.jsonl:12"
  // giving the program away
  NoInstallers,
  SharingFailed,
  // a person's things
  ProfileInUse,
  ProfileExists,  ///< detail: the folder
  PassphraseWrong,
  PassphraseShort,
  BackupInvalid,
  BackupDamaged,  ///< it was one; detail: the file
  // private messages
  PersonUnknown,      ///< nobody of that name is in the room
  PersonKeyChanged,   ///< detail: the name
  PersonUnreachable,  ///< no key of theirs is known yet, so nothing can be sealed for them
  MailboxFull,
  // command line
  UsageInvalid,
};

/// detail: what the sentence needs (an address, a path, a suggestion); never the whole sentence.
struct Error {
  Errc code;
  std::string detail{};

  bool operator==(const Error&) const = default;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  /// Precondition: ok().
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  /// Precondition: !ok().
  [[nodiscard]] const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

/// Success without a value.
struct Done {
  bool operator==(const Done&) const = default;
};
using Status = Result<Done>;

}  // namespace earshot::app
