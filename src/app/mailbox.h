#pragma once
// What a host keeps for the private messages of a room: everybody's newest message key, sealed letters
// until their recipient has dealt with them, receipts until the sender has seen them. It never has a
// key that opens any of it. One SQLite file (WAL, synchronous=FULL) beside the room's; owned by the
// host's network thread.

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/private_mail.h"

namespace earshot::app {

struct MailboxRequest {
  MemberId from;
  std::string fromName;
  MailRequest what;
};

/// What a request came to, to be told after the commit.
struct MailboxAnswer {
  /// KeyAnswer to AskKey, and to PublishKey when a newer one is known; LetterKept or LetterRefused.
  std::optional<MailNews> answer;
  /// Something now waits for this member.
  std::optional<MemberId> deliverTo;
};

struct NumberedLetter {
  MailNumber number{};
  Letter what;
};

class Mailbox {
 public:
  static Result<std::unique_ptr<Mailbox>> open(const std::filesystem::path& folder, UtcMillis now);
  ~Mailbox();
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  /// A batch in one transaction, durable when it returns: one answer for each, in order. A receipt for a
  /// letter that is not here, or was for somebody else, changes nothing.
  Result<std::vector<MailboxAnswer>> apply(std::span<const MailboxRequest> requests, UtcMillis now);

  /// What waits for this member after the number, oldest first: at most maxCount and about maxBytes, at
  /// least one if there is one. Nothing that is older than kMailKept.
  Result<std::vector<NumberedLetter>> letters(const MemberId& recipient, MailNumber after, std::size_t maxCount,
                                              std::size_t maxBytes, UtcMillis now);
  Result<std::vector<Receipt>> receipts(const MemberId& sender, MailNumber after, std::size_t maxCount, UtcMillis now);

  /// Deletes what is older than kMailKept. Also done by open().
  Status expire(UtcMillis now);

  /// Whether something could be saved now.
  Status trySaving();
  /// Gives back what it holds only to be faster; it comes again with use.
  void releaseMemory();

 private:
  struct Impl;
  explicit Mailbox(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace earshot::app
