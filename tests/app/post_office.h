#pragma once
// A host's mailbox and its members' messengers without a network: what a host's thread and a link's
// thread do between each other, step by step and by an injected clock.

#include <gmock/gmock.h>

#include <deque>

#include "app/limits.h"
#include "app/mailbox.h"
#include "app/private_messenger.h"
#include "support/temporary_folder.h"

namespace earshot::app {

inline const UtcMillis kOfficeStart{std::chrono::milliseconds{1'700'000'000'000}};

/// One person: their folder outlives their links.
class Correspondent final : public PrivateMessenger::Desk {
 public:
  Correspondent(std::string name, std::filesystem::path folder, const UtcMillis& now)
      : name_(std::move(name)), folder_(std::move(folder)), now_(now) {
    std::filesystem::create_directories(folder_);
  }

  void come(const RoomId& room) {
    PrivateMessenger::Setting setting;
    setting.room = room;
    setting.roomName = "Kitchen table";
    setting.address = "127.0.0.1:1060";
    setting.self = id();
    setting.selfName = name_;
    setting.identity = identity_;
    setting.conversations = folder_;
    setting.trust = folder_ / "trust.db";
    setting.messageKeys = folder_ / "message_keys.db";
    room_ = room;
    letterCursor = receiptCursor = {};
    auto opened = PrivateMessenger::open(
        std::move(setting), [this] { return now_; }, *this);
    ASSERT_TRUE(opened.ok());
    messenger_ = std::move(*opened);
    ASSERT_TRUE(messenger_->admitted().ok());
  }
  /// The link is over, at any moment: what was not given to the host yet is lost with it.
  void leave() {
    messenger_.reset();
    asked.clear();
  }
  [[nodiscard]] bool isHere() const { return messenger_ != nullptr; }

  RequestId write(const Correspondent& to, const std::string& text) {
    const auto request = makeRandom<RequestId>();
    messenger_->submit(SendPrivate{request, to.id(), to.name_, TextStyle::Plain, text});
    return request;
  }

  void ask(MailRequest request) override { asked.push_back(std::move(request)); }
  void tell(LinkPrivate update) override { told.push_back(std::move(update)); }
  void aside(std::function<std::function<void()>()> slow) override { slow()(); }

  template <class Update>
  [[nodiscard]] std::vector<Update> toldOf() const {
    std::vector<Update> found;
    for (const auto& update : told) {
      if (const auto* what = std::get_if<Update>(&update.what)) found.push_back(*what);
    }
    return found;
  }
  [[nodiscard]] std::vector<std::string> textsRead() const {
    std::vector<std::string> texts;
    for (const auto& event : toldOf<PrivateEvent>()) {
      if (const auto* text = std::get_if<TextPosted>(&event.stored.event.body)) texts.push_back(text->text);
    }
    return texts;
  }
  [[nodiscard]] std::size_t deliveries(const RequestId& id) const {
    std::size_t count = 0;
    for (const auto& delivered : toldOf<PrivateDelivered>()) count += delivered.id == id ? 1U : 0U;
    return count;
  }
  [[nodiscard]] std::vector<Errc> refusals() const {
    std::vector<Errc> codes;
    for (const auto& refused : toldOf<PrivateRefused>()) codes.push_back(refused.error.code);
    return codes;
  }
  [[nodiscard]] std::unique_ptr<ConversationReader> chatWith(const Correspondent& other) const {
    auto reader = ConversationReader::open(privateChatFile(folder_, room_, id(), other.id()));
    EXPECT_TRUE(reader.ok());
    return std::move(*reader);
  }

  [[nodiscard]] MemberId id() const { return crypto::memberIdOf(identity_.publicKey); }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const crypto::SigningKey& identity() const { return identity_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] PrivateMessenger& messenger() { return *messenger_; }

  std::deque<MailRequest> asked;
  std::vector<LinkPrivate> told;
  MailNumber letterCursor{}, receiptCursor{};

 private:
  std::string name_;
  std::filesystem::path folder_;
  const UtcMillis& now_;
  RoomId room_;
  const crypto::SigningKey identity_ = crypto::makeSigningKey();
  std::unique_ptr<PrivateMessenger> messenger_;
};

class PostOffice {
 public:
  PostOffice() { restart(); }

  std::unique_ptr<Correspondent> person(const std::string& name, const std::string& folder) {
    return std::make_unique<Correspondent>(name, folder_ / folder, now);
  }
  void restart() {
    mailbox_.reset();
    auto opened = Mailbox::open(folder_.path(), now);
    ASSERT_TRUE(opened.ok());
    mailbox_ = std::move(*opened);
  }

  /// Everything that was asked, one batch; with what is tampered with on the way.
  void collect(Correspondent& from) {
    std::vector<MailboxRequest> batch;
    for (; !from.asked.empty(); from.asked.pop_front()) {
      batch.push_back({from.id(), from.name(), std::move(from.asked.front())});
    }
    const auto answers = mailbox_->apply(batch, now);
    ASSERT_TRUE(answers.ok());
    for (const MailboxAnswer& answer : *answers) {
      if (answer.answer) from.messenger().received(*answer.answer);
    }
  }
  void deliver(Correspondent& to) {
    const auto letters = mailbox_->letters(to.id(), to.letterCursor, 10'000, std::size_t{1} << 30, now);
    const auto receipts = mailbox_->receipts(to.id(), to.receiptCursor, 10'000, now);
    ASSERT_TRUE(letters.ok() && receipts.ok());
    for (const auto& letter : *letters) {
      to.letterCursor = letter.number;
      Letter onTheWay = letter.what;
      if (tamper) tamper(onTheWay);
      to.messenger().received(std::move(onTheWay));
    }
    for (const auto& receipt : *receipts) {
      to.receiptCursor = receipt.number;
      to.messenger().received(receipt);
    }
    ASSERT_TRUE(to.messenger().tickEnd().ok());
  }
  /// Until nobody who is here has anything to say.
  void run(std::initializer_list<Correspondent*> people) {
    for (int quiet = 0; quiet < 3; ++quiet) {
      for (Correspondent* person : people) {
        if (!person->isHere()) continue;
        if (!person->asked.empty()) quiet = 0;
        collect(*person);
        deliver(*person);
      }
    }
  }
  [[nodiscard]] std::size_t waitingFor(const Correspondent& person) {
    return mailbox_->letters(person.id(), {}, 10'000, std::size_t{1} << 30, now)->size();
  }
  [[nodiscard]] std::size_t receiptsFor(const Correspondent& person) {
    return mailbox_->receipts(person.id(), {}, 10'000, now)->size();
  }

  const RoomId room = makeRandom<RoomId>();
  UtcMillis now = kOfficeStart;
  std::function<void(Letter&)> tamper;

 private:
  const test::TemporaryFolder folder_;
  std::unique_ptr<Mailbox> mailbox_;
};

}  // namespace earshot::app
