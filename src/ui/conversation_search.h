#pragma once
// Looks for words in a saved conversation on a thread of its own, so that typing stays smooth in a
// long one. Only the newest question is answered. UI thread.

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/history.h"

namespace earshot::ui {

class ConversationSearch {
 public:
  /// At most this many results; more are of no use to anybody who steps through them.
  static constexpr std::size_t kMaxResults = 1'000;

  using RunOnUi = std::function<void(std::function<void()>)>;
  /// Newest first.
  using OnResults = std::function<void(std::vector<app::Position>)>;

  explicit ConversationSearch(RunOnUi runOnUi);
  ~ConversationSearch();
  ConversationSearch(const ConversationSearch&) = delete;
  ConversationSearch& operator=(const ConversationSearch&) = delete;

  /// onResults is called later on the UI thread, unless another question or cancel() came first.
  void find(const std::filesystem::path& conversation, const std::string& words, OnResults onResults);
  void cancel();

 private:
  struct Question {
    std::uint64_t number;
    std::filesystem::path conversation;
    std::string words;
  };
  void work();
  void answer(std::uint64_t number, std::vector<app::Position> results);

  RunOnUi runOnUi_;
  std::shared_ptr<int> alive_ = std::make_shared<int>();
  std::uint64_t number_ = 0;
  OnResults onResults_;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<Question> next_;
  bool ending_ = false;
  std::thread worker_;
};

}  // namespace earshot::ui
