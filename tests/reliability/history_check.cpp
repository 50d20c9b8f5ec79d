#include "reliability/history_check.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace earshot::test {
namespace {

class Check {
 public:
  explicit Check(const History& history) : history_(history) {}

  std::vector<Violation> run() {
    checkLog();
    for (const Party& party : history_.parties) {
      checkSender(party);
      checkView(party, party.shown, " was shown ");
      checkView(party, party.saved, " saved ");
    }
    return std::move(violations_);
  }

 private:
  void found(Fault fault, std::string detail) { violations_.push_back({fault, std::move(detail)}); }

  void checkLog() {
    std::uint64_t expected = 1;
    for (const Entry& entry : history_.log) {
      if (entry.seq != expected) {
        found(Fault::GapInLog, std::to_string(entry.seq) + " where " + std::to_string(expected) + " should be");
      }
      expected = entry.seq + 1;
      bySeq_[entry.seq] = &entry;
      if (entry.id.empty()) continue;
      if (!numberOf_.emplace(entry.actor + entry.id, entry.seq).second) {
        found(Fault::RepeatedInLog, entry.actor + "'s " + entry.id + " again as " + std::to_string(entry.seq));
      }
    }
  }

  /// 0: the log does not have it.
  [[nodiscard]] std::uint64_t numberOf(const Party& sender, const std::string& id) const {
    const auto number = numberOf_.find(sender.name + id);
    return number == numberOf_.end() ? 0 : number->second;
  }

  void checkSender(const Party& party) {
    const std::set<std::string> sent(party.sent.begin(), party.sent.end());
    for (const Entry& entry : history_.log) {
      if (entry.actor == party.name && !entry.id.empty() && !sent.contains(entry.id)) {
        found(Fault::NeverSent, party.name + " never said " + std::to_string(entry.seq));
      }
    }
    for (const auto& [id, number] : party.acknowledged) {
      if (const auto inLog = numberOf(party, id); inLog != number) {
        found(Fault::LostAcknowledged, party.name + "'s " + id + " acknowledged as " + std::to_string(number) +
                                           ", in the log as " + std::to_string(inLog));
      }
    }
    const std::set<std::string> waiting(party.waiting.begin(), party.waiting.end());
    std::uint64_t before = 0;
    for (const std::string& id : party.sent) {
      const auto number = numberOf(party, id);
      if (number == 0) {
        if (!waiting.contains(id)) found(Fault::LostPromised, party.name + "'s " + id);
        continue;
      }
      if (number <= before) {
        found(Fault::SenderReordered, party.name + "'s " + id + " is " + std::to_string(number) +
                                          ", what was said before it " + std::to_string(before));
      }
      before = number;
    }
    for (const Entry& entry : party.saved) {
      if (entry.actor == party.name && waiting.contains(entry.id)) {
        found(Fault::SentAndWaiting, party.name + "'s " + entry.id);
      }
    }
  }

  void checkView(const Party& party, const std::vector<Entry>& view, const char* did) {
    std::uint64_t before = 0;
    for (const Entry& entry : view) {
      const std::string what = party.name + did + std::to_string(entry.seq);
      if (entry.seq <= before) {
        found(Fault::ShownTwiceOrBackward, what + " after " + std::to_string(before));
        continue;
      }
      if (before != 0 && entry.seq != before + 1) {
        found(Fault::GapInView, what + " right after " + std::to_string(before));
      }
      before = entry.seq;
      const auto original = bySeq_.find(entry.seq);
      if (original == bySeq_.end() || *original->second != entry) found(Fault::DiffersFromLog, what);
    }
    if (party.sawAll && before < history_.settled) {
      found(Fault::Incomplete,
            party.name + did + "nothing after " + std::to_string(before) + " of " + std::to_string(history_.settled));
    }
  }

  const History& history_;
  std::unordered_map<std::uint64_t, const Entry*> bySeq_;
  std::unordered_map<std::string, std::uint64_t> numberOf_;  ///< actor and id -> number
  std::vector<Violation> violations_;
};

}  // namespace

std::vector<Violation> checkHistory(const History& history) {
  return Check(history).run();
}

std::string_view nameOf(Fault fault) {
  switch (fault) {
    case Fault::GapInLog:
      return "gap in the log";
    case Fault::RepeatedInLog:
      return "repeated in the log";
    case Fault::NeverSent:
      return "never sent";
    case Fault::LostAcknowledged:
      return "acknowledged and lost";
    case Fault::LostPromised:
      return "promised and lost";
    case Fault::SentAndWaiting:
      return "sent and still waiting";
    case Fault::SenderReordered:
      return "out of the sender's order";
    case Fault::DiffersFromLog:
      return "not what the log has";
    case Fault::ShownTwiceOrBackward:
      return "twice or backward";
    case Fault::GapInView:
      return "gap";
    case Fault::Incomplete:
      return "incomplete";
  }
  return "?";
}

std::string describe(const std::vector<Violation>& violations) {
  constexpr std::size_t kLines = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(violations.size(), kLines); ++i) {
    text += std::string(nameOf(violations[i].fault)) + ": " + violations[i].detail + "\n";
  }
  if (violations.size() > kLines) text += "and " + std::to_string(violations.size() - kLines) + " more\n";
  return text;
}

}  // namespace earshot::test
