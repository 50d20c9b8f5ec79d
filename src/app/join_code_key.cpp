#include "app/join_code_key.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "app/limits.h"

namespace earshot::app {

static_assert(RoomId::kSize == crypto_pwhash_argon2id_SALTBYTES);

Result<JoinCodeKey> deriveJoinCodeKey(std::string_view code, const RoomId& room) {
  crypto::prepare();
  JoinCodeKey key;
  // A code is ASCII, so it is its own NFC.
  const int rc = crypto_pwhash(key.data(), JoinCodeKey::kSize, code.data(), code.size(), room.bytes.data(),
                               kJoinCodePasses, kJoinCodeMemoryBytes, crypto_pwhash_ALG_ARGON2ID13);
  if (rc != 0) return Error{Errc::OutOfMemory};
  return key;
}

JoinCodeKeys::JoinCodeKeys(Derive derive) : derive_(std::move(derive)) {}

JoinCodeKeys::~JoinCodeKeys() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void JoinCodeKeys::ask(const std::string& code, const RoomId& room, Answer answer) {
  std::unique_lock lock(mutex_);
  const auto isIt = [&](const auto& other) { return other.code == code && other.room == room; };
  if (known_ && isIt(*known_)) {
    const Result<JoinCodeKey> key = known_->key;
    lock.unlock();
    answer(key);
    return;
  }
  const auto same = std::find_if(wanted_.begin(), wanted_.end(), isIt);
  if (same != wanted_.end()) {
    same->answers.push_back(std::move(answer));
    return;
  }
  wanted_.push_back({code, room, {std::move(answer)}});
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  changed_.notify_all();
}

void JoinCodeKeys::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stop_ || !wanted_.empty(); });
    if (stop_) return;
    const std::string code = wanted_.front().code;
    const RoomId room = wanted_.front().room;
    lock.unlock();
    const Result<JoinCodeKey> key = derive_(code, room);
    lock.lock();
    if (stop_) return;
    const std::vector<Answer> answers = std::move(wanted_.front().answers);
    wanted_.pop_front();
    if (key) known_.emplace(Known{code, room, key});
    lock.unlock();
    for (const Answer& answer : answers) answer(key);
    lock.lock();
  }
}

}  // namespace earshot::app
