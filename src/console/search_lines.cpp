#include "console/search_lines.h"

#include "app/exporter.h"
#include "app/text.h"
#include "console/json_line.h"
#include "console/plain_time.h"

namespace earshot::console {
namespace {

app::Status readTime(const std::string& typed, const app::TimeZone& zone, std::optional<app::UtcMillis>& out) {
  if (typed.empty()) return app::Done{};
  const auto time = app::parseTime(typed, zone);
  if (!time) return time.error();
  out = *time;
  return app::Done{};
}

void addRef(Json& line, const std::string& ref) {
  if (!ref.empty()) line["ref"] = Json::parse(ref, nullptr, false);
}

Json foundLine(const app::SearchHit& hit, const std::string& ref) {
  const app::ConversationInfo& info = *hit.conversation;
  const app::Event& event = hit.stored.event;
  Json line{{"event", "found"}};
  addRef(line, ref);
  line["room"] = info.roomName;
  line["room_id"] = app::hexOf(info.room);
  if (info.peer) {
    line["private"] = true;
    line["with"] = info.peer->name;
  } else {
    line["seq"] = app::toNumber(event.seq);
  }
  line["from"] = event.actorName;
  line["text"] = hit.text();
  if (std::get<app::TextPosted>(event.body).style == app::TextStyle::Action) line["action"] = true;
  line["time"] = app::formatRfc3339(event.time);
  return line;
}

}  // namespace

app::Result<app::SearchQuery> searchQueryOf(const TypedSearch& typed) {
  app::SearchQuery query;
  query.words = typed.words;
  query.person = typed.person;
  query.room = typed.room;
  const app::TimeZone zone = app::localTimeZone();
  if (const auto read = readTime(typed.from, zone, query.from); !read) return read.error();
  if (const auto read = readTime(typed.to, zone, query.to); !read) return read.error();
  return query;
}

void writeFoundJson(std::ostream& out, const app::SearchResults& results, const std::string& ref) {
  for (const app::SearchHit& hit : results.hits) writeLine(out, foundLine(hit, ref));
  Json done{{"event", "search_done"}};
  addRef(done, ref);
  done["count"] = results.hits.size();
  done["more"] = results.hasMore;
  if (!results.unreadable.empty()) done["unreadable"] = results.unreadable.size();
  writeLine(out, done);
}

void writeFoundLines(std::ostream& out, const app::SearchResults& results) {
  for (const app::SearchHit& hit : results.hits) {
    const app::Event& event = hit.stored.event;
    const bool isAction = std::get<app::TextPosted>(event.body).style == app::TextStyle::Action;
    out << '[' << dateTime(event.time) << "] " << app::titleOf(*hit.conversation) << ", " << event.actorName
        << (isAction ? " " : ": ") << app::sanitizeForDisplay(app::cleanLine(hit.text())) << '\n';
  }
  out << std::flush;
}

}  // namespace earshot::console
