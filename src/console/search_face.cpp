#include <iostream>

#include "app/search.h"
#include "console/faces.h"
#include "console/search_lines.h"

namespace earshot::console {

int runSearch(const SearchArguments& arguments, const app::ProfilePaths& paths) {
  const auto query = searchQueryOf(arguments.typed);
  if (!query) return failWith(query.error());
  if (!app::asksForSomething(*query)) {
    std::cerr << "earshot: " << kSearchNeeds << std::endl;
    return 2;
  }
  const auto results = app::searchConversations(paths.conversations, *query, arguments.limit);
  if (arguments.json) {
    writeFoundJson(std::cout, results, {});
  } else {
    writeFoundLines(std::cout, results);
    if (results.hits.empty()) std::cout << "Nothing was found." << std::endl;
    if (results.hasMore) std::cerr << "There is more; a higher --limit shows it." << std::endl;
  }
  for (const auto& file : results.unreadable) {
    const auto reader = app::ConversationReader::open(file);
    if (!reader) failWith(reader.error());
  }
  return results.unreadable.empty() ? 0 : 1;
}

}  // namespace earshot::console
