// The half of a talk that is with one person alone.
#include "console/talk.h"

namespace earshot::console {
namespace {

app::PrivateRequest requestOf(const AskPrivate& asked, const app::RequestId& id, const People::Person& person,
                              std::string text) {
  using What = app::SlashPrivate::What;
  switch (asked.what) {
    case What::Accept:
      return app::AcceptKey{id, person.id, person.name};
    case What::Safety:
      return app::AskSafetyWords{id, person.id, person.name};
    case What::Verify:
      return app::SetVerified{id, person.id, person.name, true};
    case What::Message:
      break;
  }
  return app::SendPrivate{id, person.id, person.name, asked.style, std::move(text)};
}

bool hasChanged(app::PersonTrust trust) {
  return trust == app::PersonTrust::KeyChanged || trust == app::PersonTrust::VerifiedKeyChanged;
}

}  // namespace

void Talk::askPrivately(AskPrivate asked) {
  std::optional<People::Found> found;
  if (!asked.name) {
    found = people_.findTyped(asked.line);
  } else if (auto person = people_.find(*asked.name)) {
    found = People::Found{std::move(*person), asked.line};
  }
  const bool isTextAfterName = asked.what != app::SlashPrivate::What::Message && found && !found->text.empty();
  if (!found || isTextAfterName) {
    somethingRefused_ = true;
    return dialect_.error({app::Errc::PersonUnknown, asked.name.value_or(isTextAfterName ? asked.line : "")}, {},
                          asked.ref);
  }
  const auto id = app::makeRequestId();
  if (asked.what == app::SlashPrivate::What::Message) undelivered_.emplace(id, asked.ref);
  asked_.emplace(id, std::move(asked.ref));
  link_.submitPrivate(requestOf(asked, id, found->person, std::move(found->text)));
}

void Talk::updatePrivate(const app::LinkPrivate& update) {
  const auto name = [&] { return people_.nameOf(update.person); };
  if (const auto* person = std::get_if<app::PrivatePerson>(&update.what)) {
    people_.know(update.person, person->name);
    const auto before = std::exchange(trust_[update.person], person->trust);
    if (hasChanged(person->trust) && before != person->trust) dialect_.keyChanged(person->name, person->trust);
  } else if (const auto* event = std::get_if<app::PrivateEvent>(&update.what)) {
    // That a key changed has been told with the person.
    if (std::holds_alternative<app::TextPosted>(event->stored.event.body)) dialect_.privateText(event->stored.event);
  } else if (const auto* queued = std::get_if<app::PrivateQueued>(&update.what)) {
    asked_.try_emplace(queued->text.id);
  } else if (const auto* sent = std::get_if<app::PrivateSent>(&update.what)) {
    const auto id = std::get<app::TextPosted>(sent->stored.event.body).id;
    dialect_.privateSent(name(), sent->stored.event, refOf(id));
    answered(id);
  } else if (const auto* delivered = std::get_if<app::PrivateDelivered>(&update.what)) {
    const auto ref = undelivered_.extract(delivered->id);
    dialect_.privateDelivered(name(), delivered->time, ref ? ref.mapped() : std::string{});
  } else if (const auto* words = std::get_if<app::PrivateSafetyWords>(&update.what)) {
    dialect_.safetyWords(*words, refOf(words->id));
    answered(words->id);
  } else if (const auto* done = std::get_if<app::PrivateDone>(&update.what)) {
    dialect_.trusted(name(), trust_[update.person], refOf(done->id));
    answered(done->id);
  } else if (const auto* no = std::get_if<app::PrivateRefused>(&update.what)) {
    undelivered_.erase(no->id);
    refused({no->id, no->error});
  }
}

}  // namespace earshot::console
