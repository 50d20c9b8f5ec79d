#pragma once
// The safety words of a key, worked out on a thread of its own and remembered. No wx. UI thread.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "app/crypto/safety_words.h"
#include "app/crypto/signing_key.h"

namespace earshot::ui {

class SafetyWordsTask {
 public:
  using Words = std::optional<app::crypto::SafetyWords>;
  using OnDone = std::function<void(const Words&)>;
  using WordsOf = std::function<Words(const app::crypto::PublicKey&)>;

  /// runOnUi as in RoomBackend; wordsOf is called on other threads.
  explicit SafetyWordsTask(std::function<void(std::function<void()>)> runOnUi, WordsOf wordsOf = ofKey);
  /// Waits for what is being worked out (about a tenth of a second); nobody hears of it any more.
  ~SafetyWordsTask();
  SafetyWordsTask(const SafetyWordsTask&) = delete;
  SafetyWordsTask& operator=(const SafetyWordsTask&) = delete;

  /// onDone is called from the UI thread's queue, or at once when the words are known already. Nothing
  /// is passed when there is not enough memory for them.
  void ask(const app::crypto::PublicKey& key, OnDone onDone);

 private:
  [[nodiscard]] static Words ofKey(const app::crypto::PublicKey& key);

  std::function<void(std::function<void()>)> runOnUi_;
  WordsOf wordsOf_;
  /// Shared with nobody: queued calls look whether it is still there.
  std::shared_ptr<std::map<app::crypto::PublicKey, app::crypto::SafetyWords>> known_;
  std::vector<std::thread> threads_;
};

}  // namespace earshot::ui
