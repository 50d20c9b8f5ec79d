#pragma once
// Who is writing just now, as far as is known: they say so again and again, and count until they have not for a
// while. Pure, with the time handed in.

#include <chrono>
#include <optional>
#include <vector>

#include "app/ids.h"

namespace earshot::ui {

class Typists {
 public:
  using Time = std::chrono::steady_clock::time_point;

  void heard(const std::vector<app::MemberId>& people, Time now);
  /// What they wrote is there, or they went. True when that changes who is writing.
  bool stopped(const app::MemberId& person);
  void clear() { entries_.clear(); }

  /// Who began first comes first.
  [[nodiscard]] std::vector<app::MemberId> at(Time now) const;
  /// When the next of them will count no more.
  [[nodiscard]] std::optional<Time> nextChange(Time now) const;

 private:
  struct Entry {
    app::MemberId person;
    Time until;
  };
  std::vector<Entry> entries_;
};

}  // namespace earshot::ui
