#include "app/event.h"

namespace earshot::app {
namespace {

template <class... Choices, class Variant>
std::optional<Seq> targetIn(const Variant& value) {
  std::optional<Seq> target;
  const auto look = [&](const auto* choice) {
    if (choice != nullptr) target = choice->target;
  };
  (look(std::get_if<Choices>(&value)), ...);
  return target;
}

}  // namespace

std::optional<Seq> targetOf(const EventBody& body) {
  return targetIn<TextEdited, TextDeleted, Reacted>(body);
}

std::optional<Seq> targetOf(const Command& command) {
  return targetIn<EditText, DeleteText, React>(command);
}

}  // namespace earshot::app
