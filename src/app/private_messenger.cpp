// What is asked of the messenger, and whom it knows. What arrives is in private_messenger_mail.cpp.
#include "app/private_messenger.h"

#include "app/limits.h"
#include "app/text.h"

namespace earshot::app {
namespace {

bool mayBeSent(PersonTrust trust) {
  return trust == PersonTrust::NotCompared || trust == PersonTrust::Verified;
}

Result<std::string> acceptable(const std::string& text) {
  if (!isValidText(text)) return Error{Errc::TextInvalid};
  if (text.size() > kMaxTextBytes || countCodePoints(text) > kMaxTextCodePoints) return Error{Errc::TextTooLong};
  std::string cleaned = cleanMessage(text);
  if (cleaned.empty()) return Error{Errc::TextEmpty};
  return cleaned;
}

}  // namespace

PrivateMessenger::PrivateMessenger(Setting setting, std::unique_ptr<MessageKeys> keys,
                                   std::unique_ptr<TrustStore> trust, Clock clock, Desk& desk)
    : setting_(std::move(setting)),
      keys_(std::move(keys)),
      trust_(std::move(trust)),
      clock_(std::move(clock)),
      desk_(desk) {}

Result<std::unique_ptr<PrivateMessenger>> PrivateMessenger::open(Setting setting, Clock clock, Desk& desk) {
  auto keys = MessageKeys::open(setting.messageKeys, setting.identity);
  if (!keys) return keys.error();
  auto trust = TrustStore::open(setting.trust);
  if (!trust) return trust.error();
  return std::unique_ptr<PrivateMessenger>(
      new PrivateMessenger(std::move(setting), std::move(*keys), std::move(*trust), std::move(clock), desk));
}

Status PrivateMessenger::sendAgain() {
  // Refusals of this very moment are part of what is waited for; taken later they would wait for a time that is over.
  if (auto taken = tickEnd(); !taken) return taken;
  isPaused_ = false;
  if (!isIn_) return Done{};
  for (const auto& [id, person] : people_) {
    if (!person.chat) continue;
    if (auto sent = sendWaiting(id); !sent) return sent;
  }
  return Done{};
}

Status PrivateMessenger::admitted() {
  isIn_ = true;
  isPaused_ = false;
  if (auto own = ownKey(); !own) return own.error();
  for (const ConversationInfo& info : listConversations(setting_.conversations)) {
    if (!info.peer || info.peer->room != setting_.room || info.self != setting_.self) continue;
    const MemberId person = info.peer->id;
    auto chat = chatWith(person);
    if (!chat) return chat.error();
    if (auto told = tellPerson(person, info.peer->name); !told) return told;
    auto waiting = (*chat)->outbox();
    if (!waiting) return waiting.error();
    for (PrivateChat::Outgoing& outgoing : *waiting) desk_.tell({person, PrivateQueued{std::move(outgoing.text)}});
    if (auto sent = sendWaiting(person); !sent) return sent;
  }
  return Done{};
}

void PrivateMessenger::setSelfName(const std::string& name) {
  if (setting_.selfName == name) return;
  setting_.selfName = name;
  for (auto& [id, person] : people_) {
    if (person.chat) person.chat->setSelfName(name);
  }
}

Status PrivateMessenger::renewKey() {
  auto own = ownKey();
  if (!own) return own.error();
  return Done{};
}

Result<OwnMessageKey> PrivateMessenger::ownKey() {
  if (!own_ || isDue(own_->key.created, clock_())) {
    auto current = keys_->current(clock_());
    if (!current) return current.error();
    own_ = std::move(*current);
  }
  if (published_ != own_->key.generation) {
    published_ = own_->key.generation;
    desk_.ask(PublishKey{own_->key});
  }
  return *own_;
}

// --- people and their chats --------------------------------------------------------------------

Result<PrivateChat*> PrivateMessenger::chatWith(const MemberId& person) {
  Person& known = people_[person];
  if (known.chat || known.lookedFor) return known.chat.get();
  known.lookedFor = true;
  const auto file = privateChatFile(setting_.conversations, setting_.room, setting_.self, person);
  std::error_code failed;
  if (!std::filesystem::exists(file, failed)) return static_cast<PrivateChat*>(nullptr);
  auto reader = ConversationReader::open(file);
  if (!reader) return reader.error();
  const auto info = (*reader)->info();
  if (!info) return info.error();
  return beginChat(person, info->peer ? info->peer->name : std::string{});
}

Result<PrivateChat*> PrivateMessenger::beginChat(const MemberId& person, const std::string& name) {
  Person& known = people_[person];
  if (!known.chat) {
    ConversationInfo info;
    info.roomName = setting_.roomName;
    info.address = setting_.address;
    info.self = setting_.self;
    info.selfName = setting_.selfName;
    info.hostedHere = setting_.hostedHere;
    info.peer = PrivatePeer{person, name, setting_.room};
    auto chat = PrivateChat::open(setting_.conversations, std::move(info));
    if (!chat) return chat.error();
    known.chat = std::move(*chat);
    known.lookedFor = true;
  } else if (known.chat->info().peer->name != name) {
    if (auto renamed = known.chat->setPeerName(name); !renamed) return renamed.error();
  }
  return known.chat.get();
}

Result<PersonTrust> PrivateMessenger::trustIn(const MemberId& person, const std::string& name) {
  const auto known = trust_->personKnownAs(setting_.room, name);
  if (!known) return known.error();
  if (*known && crypto::memberIdOf((*known)->key) != person) {
    return (*known)->verified ? PersonTrust::VerifiedKeyChanged : PersonTrust::KeyChanged;
  }
  const auto verified = trust_->isVerified(person);
  if (!verified) return verified.error();
  return *verified ? PersonTrust::Verified : PersonTrust::NotCompared;
}

Status PrivateMessenger::tellPerson(const MemberId& person, const std::string& name) {
  auto trust = trustIn(person, name);
  if (!trust) return trust.error();
  Person& known = people_[person];
  PrivatePerson now{name, *trust, known.chat ? known.chat->info().path : std::filesystem::path{}};
  const bool changed = !known.told || known.told->name != now.name || known.told->trust != now.trust ||
                       known.told->conversation != now.conversation;
  if (!changed) return Done{};
  known.told = now;
  desk_.tell({person, std::move(now)});
  return Done{};
}

// --- what is asked -----------------------------------------------------------------------------

void PrivateMessenger::refuse(const MemberId& person, const RequestId& id, Error error) {
  desk_.tell({person, PrivateRefused{id, std::move(error)}});
}

void PrivateMessenger::submit(const PrivateRequest& request) {
  std::visit(
      [&](const auto& asked) {
        if (auto taken = take(asked); !taken) refuse(asked.person, asked.id, taken.error());
      },
      request);
}

Result<std::string> PrivateMessenger::nameFor(const MemberId& person, const std::string& given) {
  const auto chat = chatWith(person);
  if (!chat) return chat.error();
  std::string name = given.empty() && *chat != nullptr ? (*chat)->info().peer->name : given;
  if (name.empty() || person == setting_.self) return Error{Errc::PersonUnknown, name};
  return name;
}

Result<std::optional<crypto::PublicKey>> PrivateMessenger::identityFor(const MemberId& person, PrivateRequest request) {
  const auto key = keys_->newestOf(person);
  if (!key) return key.error();
  if (*key) return std::optional(key->value().identity);
  people_[person].waitingForKey.push_back(std::move(request));
  (void)hasFreshKeyOf(person);
  return std::optional<crypto::PublicKey>{};
}

Status PrivateMessenger::take(const SendPrivate& send) {
  auto text = acceptable(send.text);
  if (!text) return text.error();
  const auto name = nameFor(send.person, send.name);
  if (!name) return name.error();
  const auto trust = trustIn(send.person, *name);
  if (!trust) return trust.error();
  if (!mayBeSent(*trust)) {
    if (auto told = tellPerson(send.person, *name); !told) return told;
    return Error{Errc::PersonKeyChanged, *name};
  }
  auto chat = beginChat(send.person, *name);
  if (!chat) return chat.error();
  if (auto told = tellPerson(send.person, *name); !told) return told;
  auto queued = (*chat)->queue({send.id, clock_(), send.style, std::move(*text)});
  if (!queued) return queued.error();
  desk_.tell({send.person, PrivateQueued{queued->text}});
  Person& known = people_[send.person];
  if (!isIn_ || isPaused_ || known.hasMore) return Done{};
  known.hasMore = known.onTheirWay.size() >= kMaxTextsOnTheirWay;
  // What was written before it is on its way already, or waits for the key as well.
  if (known.hasMore || known.onTheirWay.contains(send.id) || !hasFreshKeyOf(send.person)) return Done{};
  const auto sealed = seal(send.person, *queued);
  if (!sealed) return sealed.error();
  return *sealed ? Status(Done{}) : giveUp(send.person);
}

Status PrivateMessenger::take(const AcceptKey& accept) {
  const auto name = nameFor(accept.person, accept.name);
  if (!name) return name.error();
  const auto trust = trustIn(accept.person, *name);
  if (!trust) return trust.error();
  if (*trust == PersonTrust::VerifiedKeyChanged) return Error{Errc::PersonKeyChanged, *name};
  const auto key = identityFor(accept.person, accept);
  if (!key) return key.error();
  if (!*key) return Done{};
  if (auto kept = trust_->acceptKey(setting_.room, **key, *name, clock_()); !kept) return kept;
  if (auto told = tellPerson(accept.person, *name); !told) return told;
  desk_.tell({accept.person, PrivateDone{accept.id}});
  return Done{};
}

Status PrivateMessenger::take(const SetVerified& set) {
  const auto name = nameFor(set.person, set.name);
  if (!name) return name.error();
  const auto key = identityFor(set.person, set);
  if (!key) return key.error();
  if (!*key) return Done{};
  if (set.verified) {
    if (auto kept = trust_->acceptKey(setting_.room, **key, *name, clock_()); !kept) return kept;
  }
  auto saved = trust_->setVerified(set.person, set.verified);
  // Who was never seen is not verified as it is.
  if (!saved && saved.error().code != Errc::NotFound) return saved;
  if (auto told = tellPerson(set.person, *name); !told) return told;
  desk_.tell({set.person, PrivateDone{set.id}});
  return Done{};
}

Status PrivateMessenger::take(const AskSafetyWords& ask) {
  const auto name = nameFor(ask.person, ask.name);
  if (!name) return name.error();
  const auto key = identityFor(ask.person, ask);
  if (!key) return key.error();
  if (*key) findSafetyWords({ask.id, ask.person, *name}, **key);
  return Done{};
}

void PrivateMessenger::findSafetyWords(const AskSafetyWords& ask, const crypto::PublicKey& theirs) {
  const auto own = setting_.identity.publicKey;
  if (words_.contains(own) && words_.contains(theirs)) return tellSafetyWords(ask, theirs);
  desk_.aside([this, ask, own, theirs]() -> std::function<void()> {
    const auto ownWords = crypto::safetyWordsOf(own.bytes);
    const auto theirWords = crypto::safetyWordsOf(theirs.bytes);
    return [this, ask, own, theirs, ownWords, theirWords] {
      if (ownWords) words_.emplace(own, *ownWords);
      if (theirWords) words_.emplace(theirs, *theirWords);
      tellSafetyWords(ask, theirs);
    };
  });
}

void PrivateMessenger::tellSafetyWords(const AskSafetyWords& ask, const crypto::PublicKey& theirs) {
  const auto own = words_.find(setting_.identity.publicKey);
  const auto other = words_.find(theirs);
  if (own == words_.end() || other == words_.end()) return refuse(ask.person, ask.id, {Errc::OutOfMemory, {}});
  const auto trust = trustIn(ask.person, ask.name);
  if (!trust) return refuse(ask.person, ask.id, trust.error());
  desk_.tell({ask.person, PrivateSafetyWords{ask.id, ask.name, own->second, other->second, *trust}});
}

}  // namespace earshot::app
