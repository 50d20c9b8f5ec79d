#pragma once
// Tells of nearly every request that it is new without a look into the log: each sender's ids rise
// (makeRequestId), so what is greater than all that it sent before was never stored. One thread.

#include <algorithm>
#include <cstddef>
#include <unordered_map>

#include "app/ids.h"

namespace earshot::app {

class NewestRequests {
 public:
  /// ofAll: the greatest id that is stored, whoever sent it.
  explicit NewestRequests(const RequestId& ofAll = {}) : ofAll_(ofAll) {}

  /// False: it is not stored. True: one has to look.
  [[nodiscard]] bool mayBeStored(const MemberId& sender, const RequestId& id) const {
    if (id <= ofAll_) return true;
    const auto newest = ofOne_.find(sender);
    return newest != ofOne_.end() && id <= newest->second;
  }
  void stored(const MemberId& sender, const RequestId& id) {
    if (ofOne_.size() >= kMaxSenders && !ofOne_.contains(sender)) forgetWhoseTheyAre();
    auto& newest = ofOne_[sender];
    newest = std::max(newest, id);
  }

  /// Beyond so many senders those before are no longer told apart, which only makes more look necessary.
  static constexpr std::size_t kMaxSenders = 1024;

 private:
  void forgetWhoseTheyAre() {
    for (const auto& [sender, newest] : ofOne_) ofAll_ = std::max(ofAll_, newest);
    ofOne_.clear();
  }

  RequestId ofAll_;
  std::unordered_map<MemberId, RequestId> ofOne_;
};

}  // namespace earshot::app
