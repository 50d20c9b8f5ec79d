#include "ui/typed_text.h"

#include "app/limits.h"
#include "app/names.h"
#include "app/text.h"

namespace earshot::ui {

using app::Command;
using app::Errc;
using app::Error;
using app::Result;

namespace {

Result<Command> checkText(const app::SendText& wanted) {
  if (!app::isValidText(wanted.text)) return Error{Errc::TextInvalid};
  app::SendText text{wanted.style, app::cleanMessage(wanted.text)};
  if (text.text.empty()) return Error{Errc::TextEmpty};
  if (text.text.size() > app::kMaxTextBytes || app::countCodePoints(text.text) > app::kMaxTextCodePoints) {
    return Error{Errc::TextTooLong};
  }
  return Command{std::move(text)};
}

}  // namespace

Result<Command> checkCommand(const Command& command) {
  if (const auto* text = std::get_if<app::SendText>(&command)) return checkText(*text);
  if (const auto* rename = std::get_if<app::Rename>(&command)) {
    auto name = app::normalizeName(rename->name);
    if (!name.ok()) return name.error();
    return Command{app::Rename{std::move(name).value()}};
  }
  if (const auto* wanted = std::get_if<app::SetTopic>(&command)) {
    if (!app::isValidText(wanted->topic)) return Error{Errc::TextInvalid};
    app::SetTopic topic{app::cleanLine(wanted->topic)};
    if (app::countCodePoints(topic.topic) > app::kMaxTopicCodePoints) return Error{Errc::TopicTooLong};
    return Command{std::move(topic)};
  }
  return command;
}

}  // namespace earshot::ui
