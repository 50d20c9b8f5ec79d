#include "app/search.h"

#include <algorithm>
#include <utility>

#include "app/search_words.h"
#include "app/text.h"

namespace earshot::app {
namespace {

constexpr std::size_t kShortestId = 4;  ///< of an id's beginning, in hexadecimal digits

bool isIn(const ConversationInfo& info, const std::string& room) {
  const auto phrases = searchPhrases(room);
  if (phrases.empty()) return isValidText(room) && cleanLine(room).empty();
  if (holdsAll(searchTokens(info.roomName), phrases)) return true;
  if (info.peer && holdsAll(searchTokens(info.peer->name), phrases)) return true;
  return room.size() >= kShortestId && hexOf(info.room).starts_with(room);
}

bool isNewer(const SearchHit& a, const SearchHit& b) {
  return a.stored.event.time > b.stored.event.time;
}

/// Keeps the newest hits of all conversations.
class Collector {
 public:
  Collector(const SearchQuery& query, std::size_t limit, const SearchGoesOn& goesOn)
      : query_(query), limit_(limit), goesOn_(goesOn) {}

  /// False when the search was cancelled.
  bool add(ConversationReader& reader, ConversationInfo info) {
    auto& hits = results_.hits;
    if (!query_.room.empty() && !isIn(info, query_.room)) return true;
    if (hits.size() > limit_ && info.lastActivity < hits.back().stored.event.time) return true;
    const auto found = reader.search(query_, limit_ + 1, goesOn_);
    if (!found) {
      results_.isCancelled = found.error().code == Errc::Cancelled;
      if (!results_.isCancelled) results_.unreadable.push_back(info.path);
      return !results_.isCancelled;
    }
    const auto conversation = std::make_shared<const ConversationInfo>(std::move(info));
    for (const StoredEvent& stored : *found) hits.push_back({conversation, stored});
    std::ranges::stable_sort(hits, isNewer);
    if (hits.size() > limit_ + 1) hits.resize(limit_ + 1);
    return true;
  }
  SearchResults finish(std::vector<std::filesystem::path> unreadable) {
    results_.unreadable.insert(results_.unreadable.end(), unreadable.begin(), unreadable.end());
    results_.hasMore = results_.hits.size() > limit_;
    if (results_.hasMore) results_.hits.pop_back();
    return std::move(results_);
  }

 private:
  const SearchQuery& query_;
  std::size_t limit_;
  const SearchGoesOn& goesOn_;
  SearchResults results_;  ///< with one hit more than the limit, if there is one
};

}  // namespace

SearchResults searchConversations(const std::filesystem::path& folder, const SearchQuery& query, std::size_t limit,
                                  const SearchGoesOn& goesOn) {
  if (!asksForSomething(query)) return {};
  Collector collector(query, limit, goesOn);
  std::vector<std::filesystem::path> unreadable;
  visitConversations(
      folder, [&](ConversationReader& reader, ConversationInfo info) { return collector.add(reader, std::move(info)); },
      &unreadable);
  return collector.finish(std::move(unreadable));
}

}  // namespace earshot::app
