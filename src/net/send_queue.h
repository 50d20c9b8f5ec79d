#pragma once
// What waits to be written on one connection, first in, first out. An empty one costs no more than a few
// words, where a std::deque keeps half a kilobyte for each of thousands of idle members. One thread.

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "net/codec.h"

namespace earshot::net {

class SendQueue {
 public:
  [[nodiscard]] bool empty() const { return first_ == entries_.size(); }
  [[nodiscard]] std::size_t size() const { return entries_.size() - first_; }
  /// Oldest first.
  [[nodiscard]] std::span<const SharedBytes> entries() const { return std::span(entries_).subspan(first_); }
  /// Precondition: !empty().
  [[nodiscard]] const SharedBytes& front() const { return entries_[first_]; }

  void push(SharedBytes bytes) { entries_.push_back(std::move(bytes)); }
  /// Precondition: !empty().
  void pop() {
    entries_[first_++].reset();
    if (empty()) {
      clear();
    } else if (first_ >= kSlack && first_ * 2 >= entries_.size()) {
      entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(first_));
      first_ = 0;
    }
  }
  void clear() {
    first_ = 0;
    if (entries_.capacity() > kSlack) {
      entries_ = {};
    } else {
      entries_.clear();
    }
  }

 private:
  /// So many entries are kept without looking back.
  static constexpr std::size_t kSlack = 64;

  std::vector<SharedBytes> entries_;
  std::size_t first_ = 0;
};

}  // namespace earshot::net
