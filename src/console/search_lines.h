#pragma once
// A search as the faces are asked for it, and its answer.

#include <ostream>
#include <string>

#include "app/result.h"
#include "app/search.h"

namespace earshot::console {

/// Hits in an answer when nobody asked for another number, and the most that can be asked for.
inline constexpr std::size_t kSearchHits = 100;
inline constexpr std::size_t kMaxSearchHits = 10'000;

/// Everything as it was typed; empty parts ask for nothing.
struct TypedSearch {
  std::string words;
  std::string person;
  std::string room;
  std::string from;
  std::string to;
};
/// Fails as app::parseTime; local times unless a zone is given. It may ask for nothing.
[[nodiscard]] app::Result<app::SearchQuery> searchQueryOf(const TypedSearch& typed);

/// What to say when it does.
inline constexpr const char* kSearchNeeds = "A search needs words, a person or a time.";

/// For programs: a "found" for each hit, then "search_done". ref is JSON text; may be empty.
void writeFoundJson(std::ostream& out, const app::SearchResults& results, const std::string& ref);
/// For people: a line for each hit, whatever is in its text.
void writeFoundLines(std::ostream& out, const app::SearchResults& results);

}  // namespace earshot::console
