#include "app/search.h"

#include <algorithm>
#include <utility>

#include "app/search_words.h"

namespace earshot::app {
namespace {

constexpr std::size_t kShortestId = 4;  ///< of an id's beginning, in hexadecimal digits

bool isIn(const ConversationInfo& info, const std::string& room) {
  const auto phrases = searchPhrases(room);
  if (holdsAll(searchTokens(info.roomName), phrases)) return true;
  if (info.peer && holdsAll(searchTokens(info.peer->name), phrases)) return true;
  return room.size() >= kShortestId && hexOf(info.room).starts_with(room);
}

bool isNewer(const SearchHit& a, const SearchHit& b) {
  return a.stored.event.time > b.stored.event.time;
}

}  // namespace

SearchResults searchConversations(const std::filesystem::path& folder, const SearchQuery& query, std::size_t limit,
                                  const SearchGoesOn& goesOn) {
  SearchResults results;
  if (!asksForSomething(query)) return results;
  for (ConversationInfo& info : listConversations(folder, &results.unreadable)) {
    if (!query.room.empty() && !isIn(info, query.room)) continue;
    // The most recently active come first: those that follow have nothing newer.
    if (results.hits.size() > limit && info.lastActivity < results.hits[limit].stored.event.time) break;
    auto reader = ConversationReader::open(info.path);
    auto found =
        reader ? (*reader)->search(query, limit + 1, goesOn) : Result<std::vector<StoredEvent>>(reader.error());
    if (!found) {
      results.isCancelled = found.error().code == Errc::Cancelled;
      if (results.isCancelled) return results;
      results.unreadable.push_back(info.path);
      continue;
    }
    const auto conversation = std::make_shared<const ConversationInfo>(std::move(info));
    for (StoredEvent& stored : *found) results.hits.push_back({conversation, std::move(stored)});
    std::ranges::stable_sort(results.hits, isNewer);
    if (results.hits.size() > limit + 1) results.hits.resize(limit + 1);
  }
  results.hasMore = results.hits.size() > limit;
  if (results.hasMore) results.hits.pop_back();
  return results;
}

}  // namespace earshot::app
