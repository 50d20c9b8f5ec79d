#include "ui/safety_words_task.h"

#include <utility>

namespace earshot::ui {

SafetyWordsTask::SafetyWordsTask(std::function<void(std::function<void()>)> runOnUi, WordsOf wordsOf)
    : runOnUi_(std::move(runOnUi)),
      wordsOf_(std::move(wordsOf)),
      known_(std::make_shared<std::map<app::crypto::PublicKey, app::crypto::SafetyWords>>()) {}

SafetyWordsTask::~SafetyWordsTask() {
  for (std::thread& thread : threads_) thread.join();
}

void SafetyWordsTask::ask(const app::crypto::PublicKey& key, OnDone onDone) {
  if (const auto found = known_->find(key); found != known_->end()) {
    onDone(found->second);
    return;
  }
  threads_.emplace_back(
      [key, run = runOnUi_, wordsOf = wordsOf_, remembered = std::weak_ptr(known_), done = std::move(onDone)] {
        run([key, remembered, done, words = wordsOf(key)] {
          const auto known = remembered.lock();
          if (!known) return;
          if (words) known->emplace(key, *words);
          done(words);
        });
      });
}

SafetyWordsTask::Words SafetyWordsTask::ofKey(const app::crypto::PublicKey& key) {
  return app::crypto::safetyWordsOf(key.bytes);
}

}  // namespace earshot::ui
