#pragma once
// A conversation that came from somewhere else, as an archive: a file like those of live conversations,
// with an id of its own, which is listed, read, searched and exported, and which nothing is ever sent
// with. Any thread.

#include <filesystem>
#include <functional>

#include "app/conversation.h"
#include "app/result.h"

namespace earshot::app {

struct ImportedConversation {
  ConversationInfo info;
  bool isNew = false;  ///< false: the same was imported before, and is as it was
};

/// How many lines of how many; return false to cancel.
using ImportProgress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

/// Reads an exported JSON Lines file into the folder of conversations. All of it or nothing: anything that
/// Earshot would not have written is ImportInvalid or ImportDamaged, and nothing is left behind.
Result<ImportedConversation> importConversation(const std::filesystem::path& file,
                                                const std::filesystem::path& conversations,
                                                const ImportProgress& progress = {});

}  // namespace earshot::app
