#include "app/slash_command.h"

#include <algorithm>
#include <array>

namespace earshot::app {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string lowered(std::string_view word) {
  std::string out(word);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

SlashError missing(std::string_view usage) {
  return {"Write it as " + std::string(usage) + "."};
}

using Parse = TypedLine (*)(std::string_view argument);

struct Entry {
  std::string_view word;
  SlashCommandInfo info;
  Parse parse;
};

TypedLine parseMe(std::string_view argument) {
  if (argument.empty()) return missing("/me and what you do");
  return Command{SendText{TextStyle::Action, std::string(argument)}};
}
TypedLine parseNick(std::string_view argument) {
  if (argument.empty()) return missing("/nick and your new name");
  return Command{Rename{std::string(argument)}};
}
TypedLine parseTopic(std::string_view argument) {
  return Command{SetTopic{std::string(argument)}};
}

template <SlashPrivate::What what>
constexpr std::string_view kUsage = what == SlashPrivate::What::Message  ? "/msg, a name and a text"
                                    : what == SlashPrivate::What::Safety ? "/safety and a name"
                                    : what == SlashPrivate::What::Verify ? "/verify and a name"
                                                                         : "/accept and a name";

template <SlashPrivate::What what>
TypedLine parsePrivate(std::string_view argument) {
  if (argument.empty()) return missing(kUsage<what>);
  return SlashPrivate{what, std::string(argument)};
}

constexpr std::array kEntries{
    Entry{"me", {"/me ACTION", "say what you do: “* Anna waves”"}, parseMe},
    Entry{"nick", {"/nick NAME", "change your name"}, parseNick},
    Entry{"topic", {"/topic TEXT", "set the room’s topic; without a text, remove it"}, parseTopic},
    Entry{"msg", {"/msg NAME TEXT", "say something to one person alone"}, parsePrivate<SlashPrivate::What::Message>},
    Entry{"safety",
          {"/safety NAME", "show the pictures to compare with one person"},
          parsePrivate<SlashPrivate::What::Safety>},
    Entry{"verify",
          {"/verify NAME", "remember that the pictures are the same on both sides"},
          parsePrivate<SlashPrivate::What::Verify>},
    Entry{"accept", {"/accept NAME", "trust somebody whose key has changed"}, parsePrivate<SlashPrivate::What::Accept>},
    Entry{"export",
          {"/export [FILE]", "save the conversation as a text file"},
          [](std::string_view argument) -> TypedLine { return SlashExport{std::string(argument)}; }},
    Entry{"leave", {"/leave", "leave this room"}, [](std::string_view) -> TypedLine { return SlashLeave{}; }},
    Entry{"quit", {"/quit", "leave and end the program"}, [](std::string_view) -> TypedLine { return SlashQuit{}; }},
    Entry{"help", {"/help", "show this list"}, [](std::string_view) -> TypedLine { return SlashHelp{}; }},
};

constexpr auto kInfos = [] {
  std::array<SlashCommandInfo, kEntries.size() + 1> infos{};
  for (std::size_t i = 0; i < kEntries.size(); ++i) infos[i] = kEntries[i].info;
  infos.back() = {"//TEXT", "send a text that begins with a slash"};
  return infos;
}();

}  // namespace

TypedLine parseTypedLine(std::string_view line) {
  const auto text = [](std::string_view said) -> TypedLine {
    return Command{SendText{TextStyle::Plain, std::string(said)}};
  };
  if (line.size() < 2 || line[0] != '/' || kBlank.find(line[1]) != std::string_view::npos) return text(line);
  if (line[1] == '/') return text(line.substr(1));

  const auto end = std::min(line.find_first_of(kBlank), line.size());
  const std::string_view typed = line.substr(1, end - 1);
  const std::string word = lowered(typed);
  for (const Entry& entry : kEntries) {
    if (entry.word == word) return entry.parse(trimmed(line.substr(end)));
  }
  return SlashError{"There is no command /" + std::string(typed) +
                    "; type /help for the list, or begin with // to send a slash."};
}

std::span<const SlashCommandInfo> slashCommands() {
  return kInfos;
}

}  // namespace earshot::app
