#include "net/thread_owned.h"

#include <utility>

namespace earshot::net {
namespace {

thread_local constinit ThreadOwner::Owned* last = nullptr;

}  // namespace

void ThreadOwner::keep(Owned* owned) {
  owned->before_ = std::exchange(last, owned);
}

ThreadOwner::ThreadOwner() : before_(last) {}

ThreadOwner::~ThreadOwner() {
  while (last != before_) {
    Owned* const owned = std::exchange(last, last->before_);
    delete owned;
  }
}

}  // namespace earshot::net
