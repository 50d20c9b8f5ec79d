#include "app/search_index.h"

#include <sqlite3.h>

#include <algorithm>
#include <functional>
#include <string_view>

#include "app/conversation_schema.h"
#include "app/search_words.h"

namespace earshot::app {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kEarliest = INT64_MIN;
constexpr std::int64_t kLatest = INT64_MAX;
/// How many of the newest texts are looked through before the index is asked for a beginning; about ten
/// milliseconds.
constexpr std::size_t kLookedThrough = 5'000;
constexpr std::size_t kLookedThroughPerResult = 8;
/// Instructions of SQLite's machine between two questions whether to go on; far less than a millisecond.
constexpr int kStepsBetweenQuestions = 10'000;

void tokensInSql(sqlite3_context* context, int, sqlite3_value** values) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
  const std::string tokens = searchTokens(text == nullptr ? std::string_view() : std::string_view(text, size));
  sqlite3_result_text(context, tokens.data(), static_cast<int>(tokens.size()), SQLITE_TRANSIENT);
}

bool isBlank(std::string_view typed) {
  while (!typed.empty()) {
    const CodePoint codePoint = takeCodePoint(typed);
    if (codePoint < 0 || !isWhiteSpace(codePoint)) return false;
  }
  return true;
}

/// Asks as long as it lives.
class Interruption {
 public:
  Interruption(SQLite::Database& db, const SearchGoesOn& goesOn) : db_(db), goesOn_(goesOn) {
    if (goesOn_) sqlite3_progress_handler(db_.getHandle(), kStepsBetweenQuestions, &Interruption::ask, this);
  }
  ~Interruption() {
    if (goesOn_) sqlite3_progress_handler(db_.getHandle(), 0, nullptr, nullptr);
  }
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

 private:
  static int ask(void* self) { return static_cast<Interruption*>(self)->goesOn_() ? 0 : 1; }

  SQLite::Database& db_;
  const SearchGoesOn& goesOn_;
};

/// A question as the storage asks it.
struct Search {
  std::vector<SearchPhrase> words;
  std::vector<SearchPhrase> person;
  std::int64_t from = kEarliest;
  std::int64_t to = kLatest;

  [[nodiscard]] bool hasBegunWord() const { return std::ranges::any_of(words, &SearchPhrase::isBeginning); }
  [[nodiscard]] bool hasBegunPerson() const { return std::ranges::any_of(person, &SearchPhrase::isBeginning); }
  [[nodiscard]] Search withoutBegunWord() const {
    Search whole = *this;
    std::erase_if(whole.words, std::mem_fn(&SearchPhrase::isBeginning));
    return whole;
  }
  [[nodiscard]] Search withoutBegunPerson() const {
    Search whole = *this;
    std::erase_if(whole.person, std::mem_fn(&SearchPhrase::isBeginning));
    return whole;
  }
  /// Empty when neither words nor a person are asked for.
  [[nodiscard]] std::string match() const {
    std::string out = words.empty() ? std::string() : matchExpression("words", words);
    if (person.empty()) return out;
    if (!out.empty()) out += " AND ";
    return out + matchExpression("person", person);
  }
  [[nodiscard]] bool isHeldBy(const Event& event) const {
    return holdsAll(searchTokens(std::get<TextPosted>(event.body).text), words) &&
           holdsAll(searchTokens(event.actorName), person);
  }
};

struct Positions {
  std::int64_t first = kEarliest;
  std::int64_t last = kLatest;
};

/// Between which positions everything of that time stands. Clocks may go back, so other times may stand
/// there too.
std::optional<Positions> positionsBetween(SQLite::Database& db, const Search& search) {
  if (search.from == kEarliest && search.to == kLatest) return Positions{};
  SQLite::Statement query(db, "SELECT min(first), max(last) FROM search_days WHERE day BETWEEN ? AND ?");
  query.bind(1, search.from / kDayMs);
  query.bind(2, search.to / kDayMs);
  if (!query.executeStep() || query.getColumn(0).isNull()) return std::nullopt;
  return Positions{query.getColumn(0).getInt64(), query.getColumn(1).getInt64()};
}

#define SELECT_TEXTS "SELECT position, " EARSHOT_EVENT_COLUMNS " FROM "
#define IN_RANGE " BETWEEN ?1 AND ?2 AND kind = 0 AND time >= ?3 AND time < ?4 "

/// Newest first.
SQLite::Statement select(SQLite::Database& db, const Search& search, const Positions& positions) {
  const std::string match = search.match();
  // CROSS JOIN: the index leads, from its end, and stops when there is enough.
  SQLite::Statement query(db, match.empty() ? SELECT_TEXTS "events WHERE position" IN_RANGE "ORDER BY position DESC"
                                            : SELECT_TEXTS
                                  "search CROSS JOIN events ON events.position = search.rowid"
                                  " WHERE search MATCH ?5 AND search.rowid" IN_RANGE "ORDER BY search.rowid DESC");
  query.bind(1, positions.first);
  query.bind(2, positions.last);
  query.bind(3, search.from);
  query.bind(4, search.to);
  if (!match.empty()) query.bind(5, match);
  return query;
}

struct Found {
  std::vector<StoredEvent> events;
  bool isAll = true;  ///< no more would be found
};

/// Looks itself at what fits `asked`, at most `most` of them, for what fits `wanted` too.
Found lookThrough(SQLite::Database& db, const Search& asked, const Search& wanted, const Positions& positions,
                  std::size_t limit, std::size_t most) {
  SQLite::Statement query = select(db, asked, positions);
  Found found;
  StoredEvent event;
  for (std::size_t seen = 0; nextEvent(query, event); ++seen) {
    found.isAll = seen < most && found.events.size() < limit;
    if (!found.isAll) break;
    if (wanted.isHeldBy(event.event)) found.events.push_back(std::move(event));
  }
  return found;
}

/// FTS5 gathers all places of all words that begin so before it gives the first. Where they are many (one
/// or two letters), the newest texts hold enough of them; where they are few, it is quick. Of a word and a
/// name that are both only begun, the name has fewer places.
std::vector<Search> easierThan(const Search& search) {
  std::vector<Search> easier;
  if (search.hasBegunWord() || search.hasBegunPerson()) {
    easier.push_back(search.withoutBegunWord().withoutBegunPerson());
  }
  if (search.hasBegunWord() && search.hasBegunPerson()) easier.push_back(search.withoutBegunWord());
  return easier;
}

std::vector<StoredEvent> searchIndex(SQLite::Database& db, const Search& search, std::size_t limit) {
  const auto positions = positionsBetween(db, search);
  if (!positions) return {};
  for (const Search& easier : easierThan(search)) {
    Found found =
        lookThrough(db, easier, search, *positions, limit, std::max(kLookedThrough, kLookedThroughPerResult * limit));
    if (found.isAll || found.events.size() >= limit) return std::move(found.events);
  }
  SQLite::Statement query = select(db, search, *positions);
  std::vector<StoredEvent> found;
  StoredEvent event;
  while (found.size() < limit && nextEvent(query, event)) found.push_back(std::move(event));
  return found;
}

/// Of a file that nobody has written since there is an index.
std::vector<StoredEvent> searchWithoutIndex(SQLite::Database& db, const Search& search, std::size_t limit) {
  return lookThrough(db, Search{{}, {}, search.from, search.to}, search, {}, limit, SIZE_MAX).events;
}

}  // namespace

bool asksForSomething(const SearchQuery& query) {
  return !isBlank(query.words) || !isBlank(query.person) || query.from || query.to;
}

void addSearchFunctions(SQLite::Database& db) {
  db.createFunction("search_tokens", 1, true, nullptr, &tokensInSql);
}

void replaceText(SQLite::Database& db, Position position, const std::string& text) {
  SQLite::Statement update(db, "UPDATE events SET text = ? WHERE position = ? AND kind = 0");
  update.bind(1, text);
  update.bind(2, toNumber(position));
  update.exec();
}

std::vector<StoredEvent> searchEvents(SQLite::Database& db, const SearchQuery& query, std::size_t limit,
                                      const SearchGoesOn& goesOn) {
  const Search search{searchPhrases(query.words), searchPhrases(query.person),
                      query.from ? toStored(*query.from) : kEarliest, query.to ? toStored(*query.to) : kLatest};
  // Signs alone, such as "?!", are in no index.
  if (search.words.empty() != isBlank(query.words) || search.person.empty() != isBlank(query.person)) return {};
  const Interruption interruption(db, goesOn);
  try {
    return db.tableExists("search") ? searchIndex(db, search, limit) : searchWithoutIndex(db, search, limit);
  } catch (const SQLite::Exception& failure) {
    if (failure.getErrorCode() == SQLITE_INTERRUPT) throw SearchEnded{};
    throw;
  }
}

}  // namespace earshot::app
