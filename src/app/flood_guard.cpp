#include "app/flood_guard.h"

#include <algorithm>

#include "app/limits.h"

namespace earshot::app {
namespace {

using Wait = FloodGuard::Wait;
using Time = FloodGuard::Time;
using Bucket = std::optional<TokenBucket>;

Wait waitFor(const Bucket& bucket, Time now) {
  return bucket ? bucket->wait(now) : Wait::zero();
}

void takeFrom(Bucket& bucket, Rate rate, Time now) {
  if (!bucket) bucket.emplace(rate);
  (void)bucket->take(now);
}

Rate ofAllBehindOneAddress(Rate rate) {
  return {rate.burst * kMembersPerAddress, rate.perThousandSeconds * kMembersPerAddress};
}

template <class Buckets>
bool areFull(const Buckets& buckets, Time now) {
  return std::all_of(buckets.begin(), buckets.end(),
                     [now](const Bucket& bucket) { return !bucket || bucket->untilFull(now) == Wait::zero(); });
}

Wait until(Time time, Time now) {
  return std::chrono::ceil<Wait>(std::max(time, now) - now);
}

}  // namespace

FloodGuard::FloodGuard(const FloodLimits& limits, std::optional<MemberId> owner, FloodPatience patience)
    : limits_(limits), owner_(owner), patience_(patience) {}

bool FloodGuard::isLimited(FloodKind kind, const MemberId& member, const FloodSource& source) const {
  if (member == owner_ || !limits_.of(kind)) return false;
  // Whoever is on the host's computer can keep it busy without us.
  return !source.isThisComputer || !limits_.isDefault(kind);
}

Wait FloodGuard::wait(FloodKind kind, const MemberId& member, const FloodSource& source, Time now) const {
  if (!isLimited(kind, member, source)) return Wait::zero();
  const auto index = static_cast<std::size_t>(kind);
  const auto own = doings_.find(member);
  const auto all = ofAddress_.find(source.address);
  return std::max(own == doings_.end() ? Wait::zero() : waitFor(own->second.buckets[index], now),
                  all == ofAddress_.end() ? Wait::zero() : waitFor(all->second[index], now));
}

Wait FloodGuard::take(FloodKind kind, const MemberId& member, const FloodSource& source, Time now) {
  if (!isLimited(kind, member, source)) return Wait::zero();
  if (now >= nextTidying_) tidy(now);
  const Wait needed = wait(kind, member, source, now);
  if (needed > Wait::zero()) return needed;
  const auto index = static_cast<std::size_t>(kind);
  const Rate rate = *limits_.of(kind);
  if (kind == FloodKind::Joins) {
    takeFrom(ofAddress_[source.address][index], rate, now);
  } else {
    takeFrom(doings_[member].buckets[index], rate, now);
    takeFrom(ofAddress_[source.address][index], ofAllBehindOneAddress(rate), now);
  }
  return Wait::zero();
}

Wait FloodGuard::untilRefilled(FloodKind kind, const MemberId& member, const FloodSource& source, Time now) const {
  const auto index = static_cast<std::size_t>(kind);
  Wait longest = kMinResendWait;
  const auto consider = [&](const Bucket& bucket) {
    if (waitFor(bucket, now) > Wait::zero()) longest = std::max(longest, bucket->untilFull(now));
  };
  if (const auto own = doings_.find(member); own != doings_.end()) consider(own->second.buckets[index]);
  if (const auto all = ofAddress_.find(source.address); all != ofAddress_.end()) consider(all->second[index]);
  return std::min<Wait>(longest, kMaxResendWait);
}

// --- those who are told to wait ------------------------------------------------------------------

Wait FloodGuard::muted(const MemberId& member, Time now) const {
  const auto found = doings_.find(member);
  return found == doings_.end() ? Wait::zero() : until(found->second.mutedUntil, now);
}

FloodGuard::Refusal FloodGuard::refuseText(const MemberId& member, const FloodSource& source, Time now) {
  Doings& doings = doings_[member];
  if (now >= doings.textsFrom) {
    doings.textsFrom = now + untilRefilled(FloodKind::Texts, member, source, now);
    doings.onTheirWay = kMaxTextsOnTheirWay;
  }
  const Refusal refusal{until(doings.textsFrom, now)};
  if (doings.onTheirWay > 0) {
    --doings.onTheirWay;
    return refusal;
  }
  if (now - doings.ignoredSince >= kIgnoredRefusalsWindow) {
    doings.ignoredSince = now;
    doings.ignored = 0;
  }
  if (++doings.ignored <= patience_.ignoredRefusals) return refusal;
  doings.ignored = 0;
  doings.textsFrom = doings.mutedUntil = now + patience_.mute;
  std::erase_if(doings.mutes, [now](Time mute) { return now - mute >= kMutesWindow; });
  doings.mutes.push_back(now);
  return {until(doings.mutedUntil, now), doings.mutes.size() >= kMutesUntilTheEnd};
}

Wait FloodGuard::takeLetter(const MemberId& member, const FloodSource& source, Time now) {
  const auto found = doings_.find(member);
  if (found != doings_.end() && now < found->second.lettersFrom) return until(found->second.lettersFrom, now);
  if (take(FloodKind::Changes, member, source, now) == Wait::zero()) return Wait::zero();
  const Wait needed = untilRefilled(FloodKind::Changes, member, source, now);
  doings_[member].lettersFrom = now + needed;
  return needed;
}

void FloodGuard::cameIn(const MemberId& member) {
  if (const auto found = doings_.find(member); found != doings_.end()) found->second.onTheirWay = kMaxTextsOnTheirWay;
}

// --- forgetting ----------------------------------------------------------------------------------

bool FloodGuard::isOver(const Doings& doings, Time now) const {
  const bool maySend = now >= std::max({doings.textsFrom, doings.lettersFrom, doings.mutedUntil});
  const bool isForgiven = doings.mutes.empty() || now - doings.mutes.back() >= kMutesWindow;
  return maySend && isForgiven && now - doings.ignoredSince >= kIgnoredRefusalsWindow && areFull(doings.buckets, now);
}

void FloodGuard::tidy(Time now) {
  nextTidying_ = now + kFloodTidying;
  std::erase_if(doings_, [&](const auto& entry) { return isOver(entry.second, now); });
  std::erase_if(ofAddress_, [&](const auto& entry) { return areFull(entry.second, now); });
}

}  // namespace earshot::app
