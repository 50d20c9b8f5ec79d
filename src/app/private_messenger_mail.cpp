// What goes to the host and what comes from it.
#include <algorithm>

#include "app/limits.h"
#include "app/log.h"
#include "app/private_messenger.h"

namespace earshot::app {

// --- sending -----------------------------------------------------------------------------------

bool PrivateMessenger::hasFreshKeyOf(const MemberId& person) {
  Person& known = people_[person];
  if (known.keyFreshAt) {
    const auto age = clock_() - *known.keyFreshAt;
    if (age >= age.zero() && age < kPeerKeyFresh) return true;
  }
  if (!known.keyAsked) desk_.ask(AskKey{person});
  known.keyAsked = true;
  return false;
}

Status PrivateMessenger::sendWaiting(const MemberId& person) {
  Person& known = people_[person];
  if (!known.chat || isPaused_) return Done{};
  auto waiting = known.chat->outbox();
  if (!waiting) return waiting.error();
  std::erase_if(*waiting, [&](const auto& outgoing) { return known.onTheirWay.contains(outgoing.text.id); });
  known.hasMore = false;
  if (waiting->empty() || !hasFreshKeyOf(person)) return Done{};
  for (const PrivateChat::Outgoing& outgoing : *waiting) {
    if (known.onTheirWay.size() >= kMaxTextsOnTheirWay) {
      known.hasMore = true;
      break;
    }
    const auto sealed = seal(person, outgoing);
    if (!sealed) return sealed.error();
    if (!*sealed) return giveUp(person);
  }
  return Done{};
}

Status PrivateMessenger::sendMore(const MemberId& person) {
  const Person& known = people_[person];
  const bool fits = known.hasMore && known.onTheirWay.size() <= kMaxTextsOnTheirWay / 2;
  return fits && isIn_ ? sendWaiting(person) : Status(Done{});
}

Result<bool> PrivateMessenger::seal(const MemberId& person, const PrivateChat::Outgoing& outgoing) {
  const auto theirs = keys_->newestOf(person);
  if (!theirs) return theirs.error();
  if (!*theirs) return false;
  const auto own = ownKey();
  if (!own) return own.error();
  auto sealed = sealMessage({setting_.room, outgoing.text.id}, *own, **theirs, outgoing.number,
                            {outgoing.text.style, outgoing.text.text});
  if (!sealed) return false;
  Person& known = people_[person];
  if (auto kept = trust_->rememberPerson(setting_.room, (*theirs)->identity, known.chat->info().peer->name, clock_());
      !kept) {
    return kept.error();
  }
  known.onTheirWay.insert(outgoing.text.id);
  sealedFor_[outgoing.text.id] = person;
  desk_.ask(PostLetter{person, outgoing.text.id, std::move(*sealed)});
  return true;
}

Status PrivateMessenger::giveUp(const MemberId& person) {
  Person& known = people_[person];
  for (const PrivateRequest& request : std::exchange(known.waitingForKey, {})) {
    std::visit([&](const auto& asked) { refuse(person, asked.id, {Errc::PersonUnreachable, asked.name}); }, request);
  }
  if (!known.chat) return Done{};
  const auto waiting = known.chat->outbox();
  if (!waiting) return waiting.error();
  for (const PrivateChat::Outgoing& outgoing : *waiting) {
    if (auto discarded = known.chat->discard(outgoing.text.id); !discarded) return discarded;
    refuse(person, outgoing.text.id, {Errc::PersonUnreachable, known.chat->info().peer->name});
  }
  return Done{};
}

// --- what arrives ------------------------------------------------------------------------------

Status PrivateMessenger::tickEnd() {
  std::vector<Letter> letters;
  for (MailNews& news : std::exchange(news_, {})) {
    if (auto* letter = std::get_if<Letter>(&news)) {
      letters.push_back(std::move(*letter));
      continue;
    }
    if (const auto* kept = std::get_if<LetterKept>(&news)) {
      take(*kept);
      continue;
    }
    auto taken = std::visit(
        [&](const auto& what) -> Status {
          using What = std::decay_t<decltype(what)>;
          if constexpr (std::is_same_v<What, Letter> || std::is_same_v<What, LetterKept>) {
            return Done{};
          } else {
            return take(what);
          }
        },
        news);
    if (!taken) return taken;
  }
  if (auto saved = saveProgress(); !saved) return saved;
  return takeLetters(letters);
}

Status PrivateMessenger::take(const KeyAnswer& answer) {
  const bool proven = answer.key && ownerOf(*answer.key) == answer.person && isGenuine(*answer.key);
  if (answer.person == setting_.self) {
    // This profile was restored: others have seen a later key than it remembers.
    if (!proven) return Done{};
    auto own = keys_->currentAbove(answer.key->generation, clock_());
    if (!own) return own.error();
    own_ = std::move(*own);
    return renewKey();
  }
  const auto asked = people_.find(answer.person);
  if (asked == people_.end() || !asked->second.keyAsked) return Done{};
  Person& known = asked->second;
  known.keyAsked = false;
  known.keyFreshAt = clock_();
  if (proven) {
    if (auto kept = keys_->seen(*answer.key); !kept) return kept.error();
  }
  const auto newest = keys_->newestOf(answer.person);
  if (!newest) return newest.error();
  if (!*newest) {
    known.keyFreshAt.reset();
    return giveUp(answer.person);
  }
  for (const PrivateRequest& request : std::exchange(known.waitingForKey, {})) submit(request);
  return sendWaiting(answer.person);
}

void PrivateMessenger::take(const LetterKept& kept) {
  if (const auto again = sealedAgain_.find(kept.message); again != sealedAgain_.end()) {
    // Only now: had the link broken before, the host would have said once more that it has to be done.
    desk_.ask(ReceiptSeen{again->second});
    sealedAgain_.erase(again);
  }
  const auto found = sealedFor_.find(kept.message);
  if (found == sealedFor_.end()) return;
  people_[found->second].onTheirWay.erase(kept.message);
  progress_[found->second].push_back({{kept.message, kept.time, false}, {}});
  sealedFor_.erase(found);
}

Status PrivateMessenger::saveProgress() {
  for (const auto& [person, steps] : std::exchange(progress_, {})) {
    std::vector<PrivateChat::Progress> progress;
    progress.reserve(steps.size());
    for (const LetterProgress& letter : steps) progress.push_back(letter.step);
    auto advanced = people_[person].chat->advance(progress);
    if (!advanced) return advanced.error();
    for (std::size_t i = 0; i < steps.size(); ++i) {
      PrivateChat::Advanced& step = (*advanced)[i];
      if (step.sent) desk_.tell({person, PrivateSent{std::move(*step.sent)}});
      if (step.delivered) desk_.tell({person, PrivateDelivered{progress[i].message, progress[i].time}});
      if (steps[i].seen) desk_.ask(ReceiptSeen{*steps[i].seen});
    }
    if (auto sent = sendMore(person); !sent) return sent;
  }
  return Done{};
}

Status PrivateMessenger::take(const LetterRefused& refused) {
  const auto found = sealedFor_.find(refused.message);
  if (found == sealedFor_.end()) return Done{};
  const MemberId person = found->second;
  sealedFor_.erase(found);
  sealedAgain_.erase(refused.message);
  Person& known = people_[person];
  known.onTheirWay.erase(refused.message);
  // It and what is written after it waits for sendAgain.
  if (refused.error.code == Errc::TooFast && refused.retry > refused.retry.zero()) {
    isPaused_ = true;
    return Done{};
  }
  if (refused.retry == refused.retry.zero()) {
    if (auto discarded = known.chat->discard(refused.message); !discarded) return discarded;
  }
  Error error = refused.error;
  if (error.code == Errc::PersonUnreachable || error.code == Errc::MailboxFull) {
    error.detail = known.chat->info().peer->name;
  }
  refuse(person, refused.message, std::move(error));
  return refused.retry == refused.retry.zero() ? sendMore(person) : Status(Done{});
}

Status PrivateMessenger::take(const Receipt& receipt) {
  const MessageAddress address{setting_.room, receipt.message};
  if (!isGenuine(receipt.receipt, address, setting_.self, receipt.recipient)) {
    log::warn("private: a receipt that its person did not sign");
    return Done{};
  }
  if (auto kept = keys_->seen(receipt.receipt.key); !kept) return kept.error();
  auto chat = chatWith(receipt.recipient);
  if (!chat) return chat.error();
  if (*chat != nullptr && receipt.receipt.verdict == Verdict::CannotOpen) return sealAgain(receipt);
  if (*chat != nullptr) {
    progress_[receipt.recipient].push_back({{receipt.message, receipt.time, true}, receipt.number});
  } else {
    desk_.ask(ReceiptSeen{receipt.number});
  }
  return Done{};
}

Status PrivateMessenger::sealAgain(const Receipt& receipt) {
  if (sealedFor_.contains(receipt.message)) return Done{};
  auto outgoing = people_[receipt.recipient].chat->again(receipt.message);
  if (!outgoing) return outgoing.error();
  bool sealed = false;
  if (*outgoing) {
    const auto done = seal(receipt.recipient, **outgoing);
    if (!done) return done.error();
    sealed = *done;
  }
  if (sealed) {
    sealedAgain_[receipt.message] = receipt.number;
  } else {
    desk_.ask(ReceiptSeen{receipt.number});
  }
  return Done{};
}

// --- letters -----------------------------------------------------------------------------------

Status PrivateMessenger::takeLetters(const std::vector<Letter>& letters) {
  if (letters.empty()) return Done{};
  std::map<MemberId, std::vector<PrivateChat::Arrival>> arrivals;
  std::map<MemberId, std::string> names;
  std::vector<PostReceipt> receipts;
  for (const Letter& letter : letters) {
    const auto own = ownKey();
    if (!own) return own.error();
    auto chat = chatWith(letter.from);
    if (!chat) return chat.error();
    auto known = *chat == nullptr ? Result<bool>(false) : (*chat)->has(letter.message);
    if (!known) return known.error();
    auto opened = *known ? Result<std::optional<OpenedLetter>>(std::nullopt) : openLetter(letter);
    if (!opened) return opened.error();
    const Verdict verdict = *known || *opened ? Verdict::Opened : Verdict::CannotOpen;
    receipts.push_back(
        {letter.from, letter.message,
         signReceipt(setting_.identity, own->key, {setting_.room, letter.message}, letter.from, verdict)});
    if (!*opened) continue;
    if (auto added = addArrival(letter, std::move(**opened), arrivals[letter.from]); !added) return added;
    names[letter.from] = letter.fromName;
  }
  for (const auto& [person, arrived] : arrivals) {
    if (auto saved = saveArrivals(person, names[person], arrived); !saved) return saved;
  }
  for (const PostReceipt& receipt : receipts) desk_.ask(receipt);
  return Done{};
}

Result<std::optional<PrivateMessenger::OpenedLetter>> PrivateMessenger::openLetter(const Letter& letter) {
  const std::optional<OpenedLetter> nothing;
  const auto envelope = readEnvelope(letter.sealed);
  if (!envelope || ownerOf(envelope->sender) != letter.from || letter.from == setting_.self) return nothing;
  const auto newest = keys_->newestOf(letter.from);
  if (!newest) return newest.error();
  if (*newest && isTooOld(envelope->sender, **newest)) return nothing;
  const auto mine = keys_->find(envelope->recipientGeneration);
  if (!mine) return mine.error();
  if (!*mine) return nothing;
  auto text = openMessage({setting_.room, letter.message}, *envelope, **mine);
  if (!text) return nothing;
  if (auto kept = keys_->seen(envelope->sender); !kept) return kept.error();
  return std::optional<OpenedLetter>({envelope->sender.identity, std::move(*text)});
}

Status PrivateMessenger::addArrival(const Letter& letter, OpenedLetter opened,
                                    std::vector<PrivateChat::Arrival>& arrivals) {
  auto trust = trustIn(letter.from, letter.fromName);
  if (!trust) return trust.error();
  if (*trust == PersonTrust::KeyChanged || *trust == PersonTrust::VerifiedKeyChanged) {
    auto chat = chatWith(letter.from);
    if (!chat) return chat.error();
    auto said = *chat == nullptr ? Result<bool>(false) : (*chat)->saysKeyChanged();
    if (!said) return said.error();
    const bool saysItNow = std::any_of(arrivals.begin(), arrivals.end(), [](const auto& arrival) {
      return std::holds_alternative<KeyChanged>(arrival.body);
    });
    if (!*said && !saysItNow) arrivals.push_back({letter.time, letter.fromName, KeyChanged{}});
  } else if (auto kept = trust_->rememberPerson(setting_.room, opened.writer, letter.fromName, clock_()); !kept) {
    return kept.error();
  }
  arrivals.push_back(
      {letter.time, letter.fromName, TextPosted{letter.message, opened.text.style, std::move(opened.text.text)}});
  return Done{};
}

Status PrivateMessenger::saveArrivals(const MemberId& person, const std::string& name,
                                      const std::vector<PrivateChat::Arrival>& arrivals) {
  auto chat = beginChat(person, name);
  if (!chat) return chat.error();
  auto stored = (*chat)->record(arrivals);
  if (!stored) return stored.error();
  if (auto told = tellPerson(person, name); !told) return told;
  for (StoredEvent& event : *stored) desk_.tell({person, PrivateEvent{std::move(event)}});
  return Done{};
}

}  // namespace earshot::app
