#include "app/error_text.h"

#include "app/hosting.h"
#include "app/limits.h"
#include "app/text.h"

namespace earshot::app {

namespace {

/// A sentence that names something when there is something to name.
std::string naming(const std::string& detail, const std::string& before, const std::string& after,
                   const std::string& withoutDetail) {
  return detail.empty() ? withoutDetail : before + detail + after;
}

std::string describeReaching(Errc code, const std::string& detail) {
  const std::string address = detail.empty() ? "that address" : detail;
  switch (code) {
    case Errc::AddressInvalid:
      return naming(detail, "\"", "\" is not an address; type it as the host shows it, for example 192.168.1.20:1060.",
                    "Please type the address that the host shows, for example 192.168.1.20:1060.");
    case Errc::InviteInvalid:
      return naming(detail, "The link \"", "\" leads to no room; ask for the address that the host shows and type it.",
                    "That link leads to no room; ask for the address that the host shows and type it.");
    case Errc::JoinCodeInvalid:
      return naming(detail, "\"",
                    "\" is not part of a join code; it is three words and two digits, as the host shows it.",
                    "A join code is three words and two digits; please type it as the host shows it.");
    case Errc::HostUnknown:
      return naming(detail, "No computer called \"", "\" was found; check the address for typing mistakes.",
                    "No such computer was found; check the address for typing mistakes.");
    case Errc::ConnectionRefused:
      return "Nobody is hosting a chat at " + address + "; check the address, or ask the host to open the room.";
    case Errc::ConnectTimedOut:
      return "There was no answer from " + address +
             "; check the address and that both computers are on the same network.";
    case Errc::NetworkUnreachable:
      return "There is no way from this computer to " + address + "; check that it is connected to the network.";
    case Errc::ConnectionLost:
      return "The connection to the room was lost; check that both computers are on the network.";
    case Errc::NotEarshot:
      return "Something other than Earshot answered at " + address + "; check the address and the port.";
    case Errc::VersionMismatch:
      return naming(detail, "The other side uses another version of Earshot (",
                    "); install the same version on both computers.",
                    "The other side uses another version of Earshot; install the same version on both computers.");
    case Errc::ProtocolViolation:
      return "The other side sent something that Earshot does not understand; join again, and update Earshot if it "
             "happens again.";
    default:
      return "This was cancelled.";
  }
}

std::string describeOpening(Errc code, const std::string& detail) {
  const std::string port = detail.empty() ? "That port" : "Port " + detail;
  switch (code) {
    case Errc::PortInUse:
      return port + " is already used by another program on this computer; choose another port.";
    case Errc::PortForbidden:
      return port + " may not be used on this computer; choose a port above 1023.";
    default:
      return naming(detail, "The room could not be opened at ",
                    " on this computer; check its network connection or choose another address.",
                    "The room could not be opened on this computer; check its network connection.");
  }
}

std::string describeRefusal(Errc code, const std::string& detail) {
  switch (code) {
    case Errc::NameEmpty:
      return "Please type a name first.";
    case Errc::NameTooLong:
      return "That name is too long; please choose a shorter one.";
    case Errc::NameForbidden:
      return "That name cannot be used here; please choose one of ordinary letters, numbers and signs.";
    case Errc::NameTaken:
      return naming(detail, "That name is taken in this room; \"", "\" is free.",
                    "That name is taken in this room; please choose another one.");
    case Errc::TextEmpty:
      return "There is nothing to send yet; type a message first.";
    case Errc::TextTooLong:
      return "That message is too long; send it in parts of at most " + std::to_string(kMaxTextCodePoints) +
             " characters.";
    case Errc::TextInvalid:
      return "That text contains characters that cannot be sent; remove them and try again.";
    case Errc::TopicTooLong:
      return "That topic is too long; use at most " + std::to_string(kMaxTopicCodePoints) + " characters.";
    case Errc::RoomFull:
      return "The room is full; try again when somebody has left.";
    case Errc::NotAMember:
      return "You are not in this room any more; join it again first.";
    case Errc::MessageGone:
      return "That message is not there any more; nothing was changed.";
    case Errc::MessageNotYours:
      return "Only whoever wrote a message can change it; nothing was changed.";
    case Errc::ReactionInvalid:
      return "A reaction is one emoji; choose one.";
    case Errc::TooFast:
      return naming(detail, "That is more at once than this room allows; try again in ",
                    detail == "1" ? " second." : " seconds.",
                    "You are writing faster than this room allows; what you wrote is sent in a moment.");
    default:
      return "You are already in this room; there is nothing more to do.";
  }
}

std::string describeFarewell(Errc code) {
  switch (code) {
    case Errc::HostClosed:
      return "The host closed the room; what you have seen of it is saved on this computer.";
    case Errc::Replaced:
      return "You joined this room again from somewhere else, so the chat goes on there.";
    default:
      return "Your connection was too slow to keep up with the room; join again to go on.";
  }
}

std::string describeStorage(Errc code, const std::string& detail) {
  const std::string file = detail.empty() ? "The file" : "\"" + detail + "\"";
  switch (code) {
    case Errc::StorageFull:
      return naming(detail, "The disk is full, so \"", "\" could not be saved; free some space and try again.",
                    "The disk is full; free some space and try again.");
    case Errc::StorageReadOnly:
      return naming(detail, "Earshot may not write to \"", "\"; choose another folder or change its permissions.",
                    "Earshot may not write there; choose another folder or change its permissions.");
    case Errc::StorageCorrupt:
      return file + " is damaged and was left as it is; \"earshot check --repair\" saves what can be read of it.";
    case Errc::StorageNewer:
      return file + " was made by a newer Earshot; update Earshot to open it.";
    case Errc::HostStorageFull:
      return "The host's disk is full, so nothing can be said in the room; ask the host to free some space.";
    case Errc::HostStorageFailed:
      return "The host's computer could not save what you did; ask the host to check its disk.";
    case Errc::StorageGone:
      return file + " is not there any more; bring its folder back and start Earshot again.";
    case Errc::ImportInvalid:
      return file + " is no conversation that Earshot has exported; choose a file that ends in .jsonl.";
    case Errc::ImportDamaged:
      return naming(detail, "Nothing was imported, because ", " is damaged or incomplete; use another copy of it.",
                    "Nothing was imported, because the file is damaged or incomplete; use another copy of it.");
    case Errc::NotFound:
      return naming(detail, "\"", "\" was not found; check the name and try again.",
                    "Nothing was found; check the name and try again.");
    case Errc::Ambiguous:
      return naming(detail, "More than one conversation fits \"", "\"; type more of its name.",
                    "More than one conversation fits; type more of its name.");
    default:
      return file + " could not be read or written; check the disk and try again.";
  }
}

std::string describeTrust(Errc code, const std::string& detail) {
  switch (code) {
    case Errc::JoinCodeNeeded:
      return naming(detail, "\"", "\" has a join code; ask the host for it and type it.",
                    "This room has a join code; ask the host for it and type it.");
    case Errc::JoinCodeWrong:
      return "That is not the join code of this room; look at the host's window and type it again.";
    case Errc::InviteExpired:
      return "That invite is used up or too old; ask the host for a new one.";
    case Errc::TooManyTries:
      return naming(detail, "There were too many wrong join codes; try again in ", " seconds.",
                    "There were too many wrong join codes; try again in a minute.");
    case Errc::HostKeyChanged:
      return naming(detail, "The computer that answered is not the one that hosted \"",
                    "\" before, so nothing was sent to it; ask the host for a new invite or the join code.",
                    "The computer that answered is not the one that hosted this room before, so nothing was sent to "
                    "it; ask the host for a new invite or the join code.");
    case Errc::HostNotTrusted:
      return "The computer that answered could not prove that it hosts this room; ask the host for a new invite.";
    default:
      return naming(detail, "Another room, \"", "\", is hosted at that address now; join it by typing the address.",
                    "Another room is hosted at that address now; join it by typing the address.");
  }
}

std::string describePerson(Errc code, const std::string& detail) {
  const std::string who = detail.empty() ? "that person" : detail;
  switch (code) {
    case Errc::ProfileInUse:
      return "Earshot is already open for this person; use that window, or give another --data-dir to be somebody "
             "else.";
    case Errc::ProfileExists:
      return naming(detail, "Somebody's Earshot is in \"",
                    "\" already; restore with --replace to set it aside, or give another --data-dir.",
                    "Somebody's Earshot is there already; restore with --replace to set it aside.");
    case Errc::PassphraseShort:
      return "That passphrase is too short; use at least " + std::to_string(kMinPassphraseCodePoints) +
             " characters, for example four words.";
    case Errc::PassphraseWrong:
      return "That is not the passphrase of this backup, or the file was changed; type it again.";
    case Errc::BackupInvalid:
      return naming(detail, "\"", "\" is no backup of an Earshot profile; choose the file that Earshot saved.",
                    "That file is no backup of an Earshot profile; choose the file that Earshot saved.");
    case Errc::BackupDamaged:
      return naming(detail, "The backup \"", "\" is damaged or incomplete; use another copy of it.",
                    "That backup is damaged or incomplete; use another copy of it.");
    case Errc::PersonUnknown:
      return naming(detail, "Nobody called \"", "\" is in this room; look at the list of people.",
                    "Nobody of that name is in this room; look at the list of people.");
    case Errc::PersonKeyChanged:
      return "The key of " + who +
             " is not the one that you knew, so nothing is sent privately until you have decided "
             "whether to trust it.";
    case Errc::PersonUnreachable:
      return "Nothing can be sealed for " + who + " yet; try again when they have been in the room once.";
    default:
      return "Too many private messages are waiting for " + who + "; they must come back to read them first.";
  }
}

std::string describeSharing(Errc code, const std::string& detail) {
  if (code == Errc::NoInstallers) {
    return "There is no installer of Earshot in " + (detail.empty() ? "that folder" : "\"" + detail + "\"") +
           "; put the files of a release there, such as earshot-1.0.0-win64.exe.";
  }
  return naming(detail, "The page with the installers could not be opened at ",
                " on this computer; check its network connection.",
                "The page with the installers could not be opened on this computer; check its network connection.");
}

}  // namespace

std::string describe(const Error& error) {
  const std::string detail = sanitizeForDisplay(error.detail);
  switch (error.code) {
    case Errc::AddressInvalid:
    case Errc::InviteInvalid:
    case Errc::JoinCodeInvalid:
    case Errc::HostUnknown:
    case Errc::ConnectionRefused:
    case Errc::ConnectTimedOut:
    case Errc::NetworkUnreachable:
    case Errc::ConnectionLost:
    case Errc::NotEarshot:
    case Errc::VersionMismatch:
    case Errc::ProtocolViolation:
    case Errc::Cancelled:
      return describeReaching(error.code, detail);
    case Errc::PortInUse:
    case Errc::PortForbidden:
    case Errc::BindFailed:
      return describeOpening(error.code, detail);
    case Errc::NameEmpty:
    case Errc::NameTooLong:
    case Errc::NameForbidden:
    case Errc::NameTaken:
    case Errc::TextEmpty:
    case Errc::TextTooLong:
    case Errc::TextInvalid:
    case Errc::TopicTooLong:
    case Errc::RoomFull:
    case Errc::NotAMember:
    case Errc::MessageGone:
    case Errc::MessageNotYours:
    case Errc::ReactionInvalid:
    case Errc::AlreadyMember:
    case Errc::TooFast:
      return describeRefusal(error.code, detail);
    case Errc::HostClosed:
    case Errc::Replaced:
    case Errc::TooSlow:
      return describeFarewell(error.code);
    case Errc::StorageFull:
    case Errc::StorageReadOnly:
    case Errc::StorageCorrupt:
    case Errc::StorageNewer:
    case Errc::StorageFailed:
    case Errc::HostStorageFull:
    case Errc::HostStorageFailed:
    case Errc::StorageGone:
    case Errc::NotFound:
    case Errc::Ambiguous:
    case Errc::ImportInvalid:
    case Errc::ImportDamaged:
      return describeStorage(error.code, detail);
    case Errc::NoInstallers:
    case Errc::SharingFailed:
      return describeSharing(error.code, detail);
    case Errc::JoinCodeNeeded:
    case Errc::JoinCodeWrong:
    case Errc::InviteExpired:
    case Errc::TooManyTries:
    case Errc::HostKeyChanged:
    case Errc::HostNotTrusted:
    case Errc::OtherRoom:
      return describeTrust(error.code, detail);
    case Errc::ProfileInUse:
    case Errc::ProfileExists:
    case Errc::PassphraseWrong:
    case Errc::PassphraseShort:
    case Errc::BackupInvalid:
    case Errc::BackupDamaged:
    case Errc::PersonUnknown:
    case Errc::PersonKeyChanged:
    case Errc::PersonUnreachable:
    case Errc::MailboxFull:
      return describePerson(error.code, detail);
    case Errc::OutOfMemory:
      return "This computer has too little free memory for that; close other programs and try again.";
    case Errc::UsageInvalid:
      return naming(detail, "Earshot does not understand \"", "\"; start it with --help to see what it knows.",
                    "Earshot does not understand that; start it with --help to see what it knows.");
  }
  return "Something went wrong; please try again.";
}

std::string codeName(Errc code) {
  switch (code) {
    case Errc::AddressInvalid:
      return "address_invalid";
    case Errc::InviteInvalid:
      return "invite_invalid";
    case Errc::JoinCodeInvalid:
      return "join_code_invalid";
    case Errc::HostUnknown:
      return "host_unknown";
    case Errc::ConnectionRefused:
      return "connection_refused";
    case Errc::ConnectTimedOut:
      return "connect_timed_out";
    case Errc::NetworkUnreachable:
      return "network_unreachable";
    case Errc::ConnectionLost:
      return "connection_lost";
    case Errc::NotEarshot:
      return "not_earshot";
    case Errc::VersionMismatch:
      return "version_mismatch";
    case Errc::ProtocolViolation:
      return "protocol_violation";
    case Errc::Cancelled:
      return "cancelled";
    case Errc::PortInUse:
      return "port_in_use";
    case Errc::PortForbidden:
      return "port_forbidden";
    case Errc::BindFailed:
      return "bind_failed";
    case Errc::NameEmpty:
      return "name_empty";
    case Errc::NameTooLong:
      return "name_too_long";
    case Errc::NameForbidden:
      return "name_forbidden";
    case Errc::NameTaken:
      return "name_taken";
    case Errc::TextEmpty:
      return "text_empty";
    case Errc::TextTooLong:
      return "text_too_long";
    case Errc::TextInvalid:
      return "text_invalid";
    case Errc::TopicTooLong:
      return "topic_too_long";
    case Errc::RoomFull:
      return "room_full";
    case Errc::NotAMember:
      return "not_a_member";
    case Errc::MessageGone:
      return "message_gone";
    case Errc::MessageNotYours:
      return "message_not_yours";
    case Errc::ReactionInvalid:
      return "reaction_invalid";
    case Errc::AlreadyMember:
      return "already_member";
    case Errc::TooFast:
      return "too_fast";
    case Errc::HostClosed:
      return "host_closed";
    case Errc::Replaced:
      return "replaced";
    case Errc::TooSlow:
      return "too_slow";
    case Errc::OutOfMemory:
      return "out_of_memory";
    case Errc::StorageFull:
      return "storage_full";
    case Errc::StorageReadOnly:
      return "storage_read_only";
    case Errc::StorageCorrupt:
      return "storage_corrupt";
    case Errc::StorageNewer:
      return "storage_newer";
    case Errc::StorageFailed:
      return "storage_failed";
    case Errc::HostStorageFull:
      return "host_storage_full";
    case Errc::HostStorageFailed:
      return "host_storage_failed";
    case Errc::StorageGone:
      return "storage_gone";
    case Errc::ImportInvalid:
      return "import_invalid";
    case Errc::ImportDamaged:
      return "import_damaged";
    case Errc::NotFound:
      return "not_found";
    case Errc::Ambiguous:
      return "ambiguous";
    case Errc::NoInstallers:
      return "no_installers";
    case Errc::SharingFailed:
      return "sharing_failed";
    case Errc::JoinCodeNeeded:
      return "join_code_needed";
    case Errc::JoinCodeWrong:
      return "join_code_wrong";
    case Errc::InviteExpired:
      return "invite_expired";
    case Errc::TooManyTries:
      return "too_many_tries";
    case Errc::HostKeyChanged:
      return "host_key_changed";
    case Errc::HostNotTrusted:
      return "host_not_trusted";
    case Errc::OtherRoom:
      return "other_room";
    case Errc::ProfileInUse:
      return "profile_in_use";
    case Errc::ProfileExists:
      return "profile_exists";
    case Errc::PassphraseWrong:
      return "passphrase_wrong";
    case Errc::PassphraseShort:
      return "passphrase_short";
    case Errc::BackupInvalid:
      return "backup_invalid";
    case Errc::BackupDamaged:
      return "backup_damaged";
    case Errc::PersonUnknown:
      return "person_unknown";
    case Errc::PersonKeyChanged:
      return "person_key_changed";
    case Errc::PersonUnreachable:
      return "person_unreachable";
    case Errc::MailboxFull:
      return "mailbox_full";
    case Errc::UsageInvalid:
      return "usage_invalid";
  }
  return "unknown";
}

std::string describeFailedProof(Errc why) {
  switch (why) {
    case Errc::JoinCodeWrong:
      return "typed a wrong join code";
    case Errc::InviteExpired:
      return "has an invite that is not valid";
    case Errc::TooManyTries:
      return "has to wait after too many wrong join codes";
    default:
      return "could not be checked";
  }
}

namespace {

/// The room itself is well: only what is kept for single people is not.
std::string describeUnsavedLetters(Errc code) {
  switch (code) {
    case Errc::StorageFull:
      return "The disk of this computer is full, so nobody can send private messages in the room; free some space.";
    case Errc::StorageReadOnly:
      return "Earshot may not write to the file of private messages any more, so nobody can send them; change its "
             "permissions.";
    case Errc::StorageGone:
    case Errc::NotFound:
      return "The file of private messages is not there any more, so nobody can send them; bring it back and start "
             "Earshot again.";
    case Errc::StorageCorrupt:
      return "The private messages that wait for somebody can no longer be read, so nobody can send more; close "
             "Earshot "
             "and start \"earshot check --repair\".";
    default:
      return "This computer cannot save private messages, so nobody can send them; check its disk.";
  }
}

}  // namespace

std::string describeUnsaved(const HostSaving& saving) {
  if (saving.onlyPrivate) return describeUnsavedLetters(saving.failed->code);
  switch (saving.failed->code) {
    case Errc::StorageFull:
      return "The disk of this computer is full, so nobody can say anything in the room; free some space.";
    case Errc::StorageReadOnly:
      return "Earshot may not write to the folder of the room any more, so nobody can say anything; change its "
             "permissions.";
    case Errc::StorageGone:
    case Errc::NotFound:
      return "The folder of the room is not there any more, so nobody can say anything; bring it back and start "
             "Earshot again.";
    case Errc::StorageCorrupt:
      return "What was said in the room can no longer be read, so nobody can say anything; close Earshot and start "
             "\"earshot check --repair\".";
    default:
      return "This computer cannot save what is said in the room, so nobody can say anything; check its disk.";
  }
}

std::string describe(LeaveReason reason) {
  switch (reason) {
    case LeaveReason::Left:
      return "left";
    case LeaveReason::ConnectionLost:
      return "lost the connection";
    case LeaveReason::HostClosed:
      return "left when the host closed the room";
    case LeaveReason::Replaced:
      return "moved to another connection";
    case LeaveReason::TooSlow:
      return "was too slow to keep up and had to leave";
  }
  return "left";
}

}  // namespace earshot::app
