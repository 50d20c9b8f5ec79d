#pragma once
// What members and a host say to each other about private messages: sealed letters, the keys to seal
// them to, and receipts. Values; the network side turns them into frames and back.

#include <optional>
#include <string>
#include <variant>

#include "app/delivery_receipt.h"
#include "app/message_key.h"
#include "app/result.h"
#include "app/sealed_message.h"

namespace earshot::app {

/// Where a letter or a receipt stands in the order in which a host kept them, from 1; never used twice.
enum class MailNumber : std::int64_t {};

// --- a member asks ---

/// Our message key, for everybody who wants to write to us.
struct PublishKey {
  SignedMessageKey key;
};
struct AskKey {
  MemberId person;
};
struct PostLetter {
  MemberId to;
  RequestId message;
  crypto::Bytes sealed;
};
/// A letter has been dealt with; the host may forget it.
struct PostReceipt {
  MemberId sender;  ///< of the letter
  RequestId message;
  DeliveryReceipt receipt;
};
/// This receipt has been dealt with; the host may forget it, but not a later one for the same letter.
struct ReceiptSeen {
  MailNumber number{};
};
using MailRequest = std::variant<PublishKey, AskKey, PostLetter, PostReceipt, ReceiptSeen>;

// --- a host answers and delivers ---

/// Without a key: none was ever published here. About ourselves: the host has a newer one of ours.
struct KeyAnswer {
  MemberId person;
  std::optional<SignedMessageKey> key;
};
/// The letter is on the host's disk.
struct LetterKept {
  RequestId message;
  UtcMillis time{};
};
struct LetterRefused {
  RequestId message;
  Error error;
  std::chrono::milliseconds retry{};  ///< after which asking again can help; zero: it cannot
};
struct Letter {
  MemberId from;
  std::string fromName;  ///< in the room, when it was written
  RequestId message;
  UtcMillis time{};
  crypto::Bytes sealed;
};
struct Receipt {
  MailNumber number{};
  MemberId recipient;
  RequestId message;
  UtcMillis time{};
  DeliveryReceipt receipt;
};
using MailNews = std::variant<KeyAnswer, LetterKept, LetterRefused, Letter, Receipt>;

}  // namespace earshot::app
