#include "app/second_start.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/limits.h"
#include "app/text.h"

namespace earshot::app {
namespace {

constexpr int kVersion = 1;

bool isAcceptable(const SecondStart& start) {
  return start.arguments.size() <= kMaxSecondStartArguments &&
         std::ranges::all_of(start.arguments, [](const std::string& text) { return isValidText(text); }) &&
         isValidText(start.activation);
}

}  // namespace

std::optional<std::string> lineOf(const SecondStart& start) {
  if (!isAcceptable(start)) return std::nullopt;
  std::string line =
      nlohmann::json{{"version", kVersion}, {"arguments", start.arguments}, {"activation", start.activation}}.dump();
  if (line.size() > kMaxSecondStartBytes) return std::nullopt;
  return line;
}

std::optional<SecondStart> secondStartOf(std::string_view line) {
  if (line.size() > kMaxSecondStartBytes) return std::nullopt;
  const auto json = nlohmann::json::parse(line, nullptr, false);
  if (!json.is_object() || json.value("version", nlohmann::json()) != kVersion) return std::nullopt;
  const auto arguments = json.find("arguments");
  const auto activation = json.find("activation");
  if (arguments == json.end() || !arguments->is_array() || activation == json.end() || !activation->is_string()) {
    return std::nullopt;
  }
  SecondStart start;
  start.activation = activation->get<std::string>();
  for (const auto& argument : *arguments) {
    if (!argument.is_string()) return std::nullopt;
    start.arguments.push_back(argument.get<std::string>());
  }
  if (!isAcceptable(start)) return std::nullopt;
  return start;
}

}  // namespace earshot::app
