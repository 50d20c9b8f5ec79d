#pragma once
// Looks for words in one saved conversation, in the background. No wx. UI thread.

#include <filesystem>
#include <string>
#include <vector>

#include "app/history.h"
#include "ui/latest_question.h"

namespace earshot::ui {

class ConversationSearch {
 public:
  /// At most this many results; more are of no use to anybody who steps through them.
  static constexpr std::size_t kMaxResults = 1'000;

  /// Newest first.
  using OnResults = std::function<void(std::vector<app::Position>)>;

  explicit ConversationSearch(RunOnUi runOnUi);

  /// onResults is called later on the UI thread, unless another question or cancel() came first.
  void find(const std::filesystem::path& conversation, const std::string& words, OnResults onResults);
  void cancel() { questions_.cancel(); }

 private:
  struct Question {
    std::filesystem::path conversation;
    std::string words;
  };

  LatestQuestion<Question, std::vector<app::Position>> questions_;
};

}  // namespace earshot::ui
