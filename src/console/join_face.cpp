#include <iostream>

#include "app/crypto/join_code.h"
#include "app/invite.h"
#include "app/settings.h"
#include "console/faces.h"
#include "console/input.h"
#include "console/talk.h"

#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

namespace earshot::console {
namespace {

bool typesOnATerminal() {
#ifdef _WIN32
  return _isatty(0) != 0;
#else
  return isatty(STDIN_FILENO) != 0;
#endif
}

std::string nameFor(const JoinArguments& arguments, const app::Profile& profile) {
  if (!arguments.as.empty()) return arguments.as;
  const app::Settings settings = app::loadSettings(profile.paths.config / "settings.json");
  return settings.name.empty() ? app::proposedName() : settings.name;
}

/// Wrong before anybody is asked: an address, a link or a join code that is none.
app::Result<app::JoinOptions> optionsOf(const JoinArguments& arguments, const app::Profile& profile) {
  auto way = app::parseWayIn(arguments.address);
  if (!way) return way.error();
  app::JoinOptions options{app::addressOf(*way), nameFor(arguments, profile), profile.identity,
                           profile.paths.conversations, profile.paths.config / "trust.db"};
  if (auto* invite = std::get_if<app::InviteLink>(&*way)) options.invite = std::move(*invite);
  if (arguments.joinCode) {
    auto code = app::crypto::parseJoinCode(*arguments.joinCode);
    if (!code) return code.error();
    options.joinCode = std::move(*code);
  }
  return options;
}

}  // namespace

int runJoin(const JoinArguments& arguments, const app::Profile& profile, const app::OpenLink& openLink) {
  const auto dialect = arguments.json ? makeJsonDialect(std::cout) : makePlainDialect(std::cout, !typesOnATerminal());
  auto options = optionsOf(arguments, profile);
  if (!options) {
    dialect->error(options.error(), {}, {});
    return failWith(options.error());
  }
  const auto queue = std::make_shared<ConsoleQueue>();
  const ConsoleInput input(queue);
  const auto inbox = std::make_shared<app::LinkInbox>([queue] { queue->post(NewsArrived{}); });
  const auto link = openLink(std::move(*options), inbox);
  Talk talk(*dialect, *link, [&](const app::SearchQuery& query, std::size_t limit) {
    return app::searchConversations(profile.paths.conversations, query, limit);
  });
  while (!talk.exitCode()) {
    ConsoleEvent event = queue->wait();
    if (auto* line = std::get_if<InputLine>(&event)) {
      talk.line(std::move(line->text));
    } else if (std::holds_alternative<InputEnded>(event)) {
      talk.inputEnded();
    } else if (std::holds_alternative<StopAsked>(event)) {
      talk.stopAsked();
    } else {
      for (const app::LinkUpdate& update : inbox->takeAll()) talk.update(update);
    }
  }
  inbox->cut();
  if (talk.failure()) return failWith(*talk.failure());
  return *talk.exitCode();
}

}  // namespace earshot::console
