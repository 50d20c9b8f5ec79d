#include "net/disk_trouble.h"

#include <iterator>
#include <utility>

#include "app/limits.h"

namespace earshot::net {

void DiskTrouble::note(Part part, std::optional<app::Error> failed) {
  failed_[static_cast<std::size_t>(part)] = std::move(failed);
  const auto& [log, mail] = failed_;
  const app::HostSaving now{log ? log : mail, !log && mail};
  if (now == told_) return;
  told_ = now;
  inbox_.post(told_);
}

void DiskTrouble::hold(std::vector<app::ConnectionRecord> records) {
  std::move(records.begin(), records.end(), std::back_inserter(records_));
  if (records_.size() > app::kMaxConnectionRecords) {
    records_.erase(records_.begin(), records_.end() - app::kMaxConnectionRecords);
  }
}

void DiskTrouble::release(std::vector<PendingRequest>& requests, std::vector<app::ConnectionRecord>& records) {
  const auto putBefore = [](auto& held, auto& later) {
    later.insert(later.begin(), std::make_move_iterator(held.begin()), std::make_move_iterator(held.end()));
    held.clear();
  };
  putBefore(farewells_, requests);
  putBefore(records_, records);
}

}  // namespace earshot::net
