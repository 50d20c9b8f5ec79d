#include "console/host_commands.h"

#include <cctype>
#include <charconv>
#include <optional>
#include <sstream>
#include <vector>

#include "app/limits.h"
#include "console/json_line.h"

namespace earshot::console {
namespace {

constexpr const char* kTermsWrong =
    "An invite can be good for a minute to a year and for 1 to 5000 people: give hours and uses within that.";
constexpr const char* kIdWrong = "An invite is revoked by its id, the 16 letters and digits that are shown with it.";

constexpr const char* kNumberWrong = "A message is deleted by its number, the seq that members see.";

std::vector<std::string> wordsOf(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) {
    for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    words.push_back(std::move(word));
  }
  return words;
}

HostCommand makeInvite(double hours, double uses) {
  using Hours = std::chrono::duration<double, std::ratio<3600>>;
  const bool sensible = hours >= Hours(app::kMinInviteValidFor).count() &&
                        hours <= Hours(app::kMaxInviteValidFor).count() && uses >= 1 && uses <= app::kMaxInviteUses;
  if (!sensible) return HostWrong{kTermsWrong};
  return HostMakeInvite{std::chrono::duration_cast<std::chrono::milliseconds>(Hours(hours)),
                        static_cast<std::uint32_t>(uses)};
}

constexpr double kUsualHours = std::chrono::duration<double, std::ratio<3600>>(app::kInviteValidFor).count();

HostCommand revoke(const std::string& hex) {
  const auto id = app::fromHex<app::InviteId>(hex);
  if (!id) return HostWrong{kIdWrong};
  return HostRevokeInvite{*id};
}

HostCommand deleteText(std::optional<std::uint64_t> number) {
  if (!number || *number == 0 || *number > app::kMaxSeq) return HostWrong{kNumberWrong};
  return HostDeleteText{app::Seq{*number}};
}

template <class Number>
std::optional<Number> wholeNumber(const std::string& digits) {
  Number value = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (failed != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

/// "invite", "invite HOURS", "invite HOURS USES".
HostCommand readInvite(const std::vector<std::string>& words) {
  const auto hours = words.size() > 1 ? wholeNumber<unsigned>(words[1]) : std::nullopt;
  const auto uses = words.size() > 2 ? wholeNumber<unsigned>(words[2]) : std::nullopt;
  if (words.size() > 3 || (words.size() > 1 && !hours) || (words.size() > 2 && !uses)) return HostWrong{kTermsWrong};
  return makeInvite(hours ? *hours : kUsualHours, uses.value_or(app::kInviteUses));
}

bool isQuit(const std::vector<std::string>& words) {
  return words.size() == 1 && (words[0] == "quit" || words[0] == "q" || words[0] == "/quit");
}

HostCommand readPlain(const std::vector<std::string>& words) {
  const std::string& first = words[0];
  if (first == "invite") return readInvite(words);
  if (first == "revoke") return words.size() == 2 ? revoke(words[1]) : HostWrong{kIdWrong};
  if (first == "delete") return deleteText(words.size() == 2 ? wholeNumber<std::uint64_t>(words[1]) : std::nullopt);
  if (words.size() == 2 && first == "new" && words[1] == "code") return HostNewJoinCode{};
  if (words.size() == 1 && first == "code") return HostShowAccess{};
  if (words.size() == 1 && first == "open") return HostOpenToAll{};
  if (words.size() == 1 && (first == "help" || first == "/help")) return HostHelp{};
  return HostWrong{"Earshot does not understand that; type help to see what a host can do."};
}

/// {"invite":true} or {"invite":{"hours":24,"uses":50}}, each of the two optional.
HostCommand readInvite(const Json& terms) {
  if (terms == Json(true)) return makeInvite(kUsualHours, app::kInviteUses);
  if (!terms.is_object()) return HostWrong{kTermsWrong};
  const Json hours = terms.value("hours", Json(kUsualHours));
  const Json uses = terms.value("uses", Json(app::kInviteUses));
  if (!hours.is_number() || !uses.is_number_integer()) return HostWrong{kTermsWrong};
  return makeInvite(hours.get<double>(), uses.get<double>());
}

HostCommand readJson(const std::string& line) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object()) return HostWrong{"Each line must be one JSON object, for example {\"invite\":true}."};
  const auto isTrue = [&](const char* key) { return json.value(key, Json(false)) == Json(true); };
  if (isTrue("quit")) return HostQuit{};
  if (isTrue("access")) return HostShowAccess{};
  if (isTrue("new_code")) return HostNewJoinCode{};
  if (isTrue("open")) return HostOpenToAll{};
  if (json.contains("invite")) return readInvite(json["invite"]);
  if (json.contains("delete")) {
    const auto* number = json["delete"].get_ptr<const Json::number_unsigned_t*>();
    return deleteText(number != nullptr ? std::optional<std::uint64_t>(*number) : std::nullopt);
  }
  if (json.contains("revoke")) {
    const auto* id = json["revoke"].get_ptr<const std::string*>();
    return id != nullptr ? revoke(*id) : HostWrong{kIdWrong};
  }
  return HostWrong{"The line asks for nothing that is known: access, invite, revoke, new_code, open, delete or quit."};
}

}  // namespace

HostCommand readHostCommand(const std::string& line, bool json) {
  const std::vector<std::string> words = wordsOf(line);
  if (words.empty()) return HostNothing{};
  if (isQuit(words)) return HostQuit{};
  return json ? readJson(line) : readPlain(words);
}

std::string hostCommandHelp() {
  return "    invite [HOURS [USES]]  -  makes an invite, a link that lets people in\n"
         "    revoke ID              -  lets nobody in by that invite any more\n"
         "    code                   -  shows the join code and the invites\n"
         "    new code               -  makes a new join code and asks everybody for it again\n"
         "    open                   -  lets everybody in without a join code\n"
         "    delete NUMBER          -  takes back the message with that number, for everybody\n"
         "    quit                   -  closes the room\n";
}

}  // namespace earshot::console
