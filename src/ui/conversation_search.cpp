#include "ui/conversation_search.h"

#include <memory>
#include <utility>

#include "app/conversation.h"

namespace earshot::ui {
namespace {

/// The conversation asked about last stays open: the next question is about it too.
class OpenConversation {
 public:
  std::vector<app::Position> find(const std::filesystem::path& file, const app::SearchQuery& query,
                                  const app::SearchGoesOn& goesOn) {
    if (!reader_ || file_ != file) {
      auto opened = app::ConversationReader::open(file);
      reader_ = opened.ok() ? std::move(opened).value() : nullptr;
      file_ = file;
    }
    std::vector<app::Position> positions;
    if (!reader_) return positions;
    const auto found = reader_->search(query, ConversationSearch::kMaxResults, goesOn);
    if (!found.ok()) return positions;
    for (const app::StoredEvent& stored : *found) positions.push_back(stored.position);
    return positions;
  }

 private:
  std::filesystem::path file_;
  std::unique_ptr<app::ConversationReader> reader_;
};

}  // namespace

ConversationSearch::ConversationSearch(RunOnUi runOnUi)
    : questions_(std::move(runOnUi), [open = std::make_shared<OpenConversation>()](
                                         const Question& question, const std::function<bool()>& goesOn) {
        app::SearchQuery query;
        query.words = question.words;
        return open->find(question.conversation, query, goesOn);
      }) {}

void ConversationSearch::find(const std::filesystem::path& conversation, const std::string& words,
                              OnResults onResults) {
  questions_.ask({conversation, words}, std::move(onResults));
}

}  // namespace earshot::ui
