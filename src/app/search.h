#pragma once
// Search over all saved conversations, rooms and private chats. Opens every file for itself and never
// changes one; any thread, best not on the one that draws.

#include <cstddef>
#include <filesystem>
#include <memory>
#include <vector>

#include "app/conversation.h"
#include "app/search_query.h"

namespace earshot::app {

struct SearchHit {
  std::shared_ptr<const ConversationInfo> conversation;
  StoredEvent stored;  ///< a text

  bool operator==(const SearchHit& other) const {
    return conversation->room == other.conversation->room && stored == other.stored;
  }
  [[nodiscard]] const std::string& text() const { return std::get<TextPosted>(stored.event.body).text; }
};

struct SearchResults {
  std::vector<SearchHit> hits;                    ///< newest first, by the hosts' clocks
  bool hasMore = false;                           ///< than the limit
  std::vector<std::filesystem::path> unreadable;  ///< conversations that could not be searched

  bool isCancelled = false;
};

/// At most limit hits of all conversations in the folder.
[[nodiscard]] SearchResults searchConversations(const std::filesystem::path& folder, const SearchQuery& query,
                                                std::size_t limit, const SearchGoesOn& goesOn = {});

}  // namespace earshot::app
