#pragma once
// Every number that bounds something, with its unit and its reason.

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace earshot::app {

using namespace std::chrono_literals;

// --- what people write -------------------------------------------------------------------------
/// A message. Long enough for a pasted log, short enough to relay to a full room at once.
inline constexpr std::size_t kMaxTextCodePoints = 8'000;
inline constexpr std::size_t kMaxTextBytes = std::size_t{32} * 1024;
/// A topic is one line of the header.
inline constexpr std::size_t kMaxTopicCodePoints = 400;
/// The longest of Unicode 16, a kissing couple with two skin tones, has 35.
inline constexpr std::size_t kMaxEmojiBytes = 64;
/// A name: counted in what people see as letters, and in bytes so that a list of 5,000 stays small.
inline constexpr std::size_t kMaxNameGraphemes = 32;
inline constexpr std::size_t kMaxNameBytes = 96;
/// Of what the other side says it is, in our diagnostics.
inline constexpr std::size_t kMaxProgramBytes = 64;
/// A room's name is a title; it may be a little longer than a person's.
inline constexpr std::size_t kMaxRoomNameGraphemes = 64;
inline constexpr std::size_t kMaxRoomNameBytes = 256;
inline constexpr std::size_t kMaxMembers = 5'000;

// --- ports -------------------------------------------------------------------------------------
/// Below the ranges that Windows (49152…) and Linux (32768…) hand out by themselves.
inline constexpr std::uint16_t kDefaultPort = 1060;
/// How many ports after the default are tried when nobody asked for a certain one.
inline constexpr int kPortTries = 20;

/// Where the page with the installers is, or at one of the next ports.
inline constexpr std::uint16_t kDefaultSharePort = 8060;

// --- giving the program away --------------------------------------------------------------------
/// Six systems and a few versions of each.
inline constexpr std::size_t kMaxSharedInstallers = 32;
/// Downloads at a time; a browser opens up to six connections, one computer gets a few more.
inline constexpr unsigned kMaxDownloadConnections = 64;
inline constexpr unsigned kMaxDownloadConnectionsPerAddress = 8;
/// A request of a browser has about 1 KiB of headers.
inline constexpr std::size_t kMaxRequestBytes = std::size_t{16} * 1024;
/// A connection that says nothing is closed, a download that nobody takes a while later.
inline constexpr auto kIdleRequestDeadline = 15s;
inline constexpr auto kStalledDownloadDeadline = 60s;

// --- who may come in ---------------------------------------------------------------------------
/// An invite as it is made without being asked for another one: a day and a class.
inline constexpr auto kInviteValidFor = 24h;
inline constexpr std::uint32_t kInviteUses = 50;
/// The shortest and the longest life of one, and its most uses: a room's worth of people.
inline constexpr auto kMinInviteValidFor = 1min;
inline constexpr auto kMaxInviteValidFor = 24h * 366;
inline constexpr std::uint32_t kMaxInviteUses = 5'000;
/// Invites of a room that are good at a time; one more, and the oldest is revoked.
inline constexpr std::size_t kMaxInvites = 100;
/// An invite with the longest room name is 1.2 KiB; a link that is longer is not looked at.
inline constexpr std::size_t kMaxLinkBytes = std::size_t{2} * 1024;
/// Argon2id (RFC 9106) of a join code: about a tenth of a second on a small computer of today.
inline constexpr unsigned long long kJoinCodePasses = 2;
inline constexpr std::size_t kJoinCodeMemoryBytes = std::size_t{64} * 1024 * 1024;
/// Guesses at the join code that fail. An address that has failed five times in a minute waits ten
/// seconds from its last one: eleven a minute, while a class behind one address is never locked out for
/// long. With sixty a minute for everybody together, 37 bits stand for thousands of years.
inline constexpr std::size_t kFreeGuesses = 5;
inline constexpr auto kGuessWindow = 60s;
inline constexpr auto kGuessPause = 10s;
inline constexpr std::size_t kMaxRoomGuesses = 60;

// --- how much one member may do (docs/PROTOCOL.md, "Flood limits") ---------------------------------
/// A pasted list sent line by line passes at once; after it twice as much as anybody reads.
inline constexpr std::uint32_t kTextBurst = 30;
inline constexpr std::uint32_t kTextsPerThousandSeconds = 5'000;
/// Edits, deletions, reactions, topics and private letters: as much again.
inline constexpr std::uint32_t kChangeBurst = 30;
inline constexpr std::uint32_t kChangesPerThousandSeconds = 5'000;
/// Everybody is told of a new name; three in ten minutes are enough to find the right one.
inline constexpr std::uint32_t kRenameBurst = 3;
inline constexpr std::uint32_t kRenamesPerThousandSeconds = 5;
/// Questions for older messages: as many as may be open, then 800 messages a second.
inline constexpr std::uint32_t kHistoryBurst = 16;
inline constexpr std::uint32_t kHistoryPerThousandSeconds = 4'000;
/// People of one address who come for the first time: three classes at once, then one every two seconds.
inline constexpr std::uint32_t kJoinBurst = 100;
inline constexpr std::uint32_t kJoinsPerThousandSeconds = 500;
/// Several people may share an address; together they may do so much more than one of them.
inline constexpr std::uint32_t kMembersPerAddress = 4;
/// The largest numbers that can be set; ten times what a host can write to its disk.
inline constexpr std::uint32_t kMaxFloodBurst = 1'000'000;
inline constexpr std::uint32_t kMaxFloodRate = 1'000'000;
/// Texts of a member that may be unanswered at a time, and so arrive behind one that was refused before the
/// member can know of it. A host saves them in one go, so that fewer would make a fast sender slower.
inline constexpr std::size_t kMaxTextsOnTheirWay = 64;
/// Refused texts within a minute, beyond those, of a member that was told to wait and goes on: then it is
/// muted, and shown out at the third time in ten minutes. Earshot's own never sends one of them.
inline constexpr std::uint32_t kIgnoredRefusals = 200;
inline constexpr auto kIgnoredRefusalsWindow = 1min;
inline constexpr auto kMuteTime = 30s;
inline constexpr std::size_t kMutesUntilTheEnd = 3;
inline constexpr auto kMutesWindow = 10min;
/// Between two looks for members whose doings are long past and can be forgotten.
inline constexpr auto kFloodTidying = 1min;

// --- frames (docs/PROTOCOL.md) -----------------------------------------------------------------
inline constexpr std::size_t kFrameHeaderBytes = 8;
inline constexpr std::size_t kMaxControlFrameBytes = std::size_t{64} * 1024;
/// Each costs a member more memory than it has bytes on the wire.
inline constexpr std::size_t kMaxEventsOfAFrame = 1'000;
/// Before admission a stranger may send little, in few frames, in a short time.
inline constexpr std::size_t kMaxGreetingFrameBytes = std::size_t{4} * 1024;
inline constexpr int kMaxGreetingFrames = 8;
inline constexpr auto kGreetingDeadline = 10s;
/// Connections that are not secure yet, at a time: OpenSSL takes 49 KiB for each. A few slots are kept
/// for addresses that somebody was let in from, so that a flood does not lock out a room's members.
inline constexpr std::size_t kMaxHandshakes = 256;
inline constexpr std::size_t kHandshakesForKnown = 64;
inline constexpr std::size_t kMaxHandshakesPerAddress = 16;
/// While no slot is free, who has been silent for this long gives way: an Earshot's first bytes come with its
/// connection. Thousands that say nothing are through in a second.
inline constexpr auto kSilentYouth = 50ms;
/// A handshake takes a few milliseconds, a second in the crowd that follows the restart of a full room's host. One
/// that has begun is not pushed aside before, or all that was done for it is done again.
inline constexpr auto kHandshakeYouth = 1s;
/// Sequence numbers fit into 48 bits: a million events a second for nine years.
inline constexpr std::uint64_t kMaxSeq = (std::uint64_t{1} << 48) - 1;

// --- who is writing just now -------------------------------------------------------------------
/// In a larger room somebody always is, so that it would tell nobody anything and cost everybody a write.
inline constexpr std::size_t kTypingRoom = 50;
/// A member says it again this often while it goes on; a host passes on no more than one of each in the pace, and a
/// window forgets it after the time shown.
inline constexpr auto kTypingInterval = 4s;
inline constexpr auto kTypingPace = 3s;
inline constexpr auto kTypingShown = 6s;
/// While more than this waits for a member, it is not told.
inline constexpr std::size_t kTypingQueuedBytes = std::size_t{256} * 1024;

// --- queues and liveness -----------------------------------------------------------------------
/// Bytes waiting for one member before it leaves live mode and is served from the log.
inline constexpr std::size_t kMaxQueuedBytes = std::size_t{1024} * 1024;
/// The same for all members of a host together. While more waits, a member leaves live mode and is asked to wait for
/// its next page much earlier, so that a thousand that do not read cost no more than a few.
inline constexpr std::size_t kMaxQueuedBytesTogether = std::size_t{128} * 1024 * 1024;
inline constexpr std::size_t kCrowdedPageBytes = std::size_t{16} * 1024;
/// Below this a member that had left live mode gets its next page from the log.
inline constexpr std::size_t kRefillQueuedBytes = std::size_t{64} * 1024;
/// One page from the log for a member that is catching up, a tick.
inline constexpr std::size_t kCatchUpPageBytes = std::size_t{256} * 1024;
inline constexpr std::size_t kCatchUpPageEvents = 2'000;
/// What somebody who comes for the first time sees at once; older texts come when they are scrolled to.
inline constexpr std::size_t kHistoryAtOnce = 200;
/// Between two of these texts may be any number of joins and leaves, and they are looked for among so many events: when
/// thousands come into a new room, each would be told of all who came before.
inline constexpr std::size_t kHistoryEventsAtOnce = 1'000;
/// No more events are looked through for the oldest text that a host lets newcomers see.
inline constexpr std::size_t kMaxHistoryEvents = 10'000;
/// One page of older history: what a screen or a few need.
inline constexpr std::size_t kHistoryPageEvents = 200;
inline constexpr std::size_t kHistoryPageBytes = std::size_t{192} * 1024;
/// Questions for such pages that wait until the answers before them have gone out.
inline constexpr std::size_t kMaxHistoryAsked = 16;
/// That page, with the largest text in it once more.
inline constexpr std::size_t kMaxHistoryFrameBytes = std::size_t{256} * 1024;
/// How long a member waits before it sends again what the host could not take, whatever the host asks for.
inline constexpr auto kMinResendWait = 1s;
inline constexpr auto kMaxResendWait = 60s;
/// Somebody whose connection broke is in the room for this long, so that a short outage is no leaving
/// and no coming back; nor is the restart of a host.
inline constexpr auto kAwayGrace = 90s;
/// A member whose connection broke tries again after these times, each longer or shorter by up to a half,
/// so that not everybody comes at once; within two minutes of the loss at the latest every five seconds.
inline constexpr auto kFirstRetry = 1s;
inline constexpr auto kLongestRetry = 60s;
inline constexpr auto kEagerRetry = 5s;
inline constexpr auto kEagerTime = 2min;
/// While it waits, it looks this often whether the network has changed.
inline constexpr auto kNetworkCheck = 1s;
/// A computer that has slept asks its host at once, and waits this long for the answer.
inline constexpr auto kWakeDeadline = 3s;
/// The kernel buffers more than asked (a 64 MB write put 3.9 MB there); this keeps "bounded" true.
inline constexpr int kSocketSendBufferBytes = 256 * 1024;
inline constexpr std::size_t kReadChunkBytes = std::size_t{64} * 1024;
/// A member that takes nothing for this long while bytes wait is shown out.
inline constexpr auto kStalledWriterDeadline = 30s;
/// A member lets the host hear from it this often.
inline constexpr auto kPingInterval = 20s;
inline constexpr auto kSilenceDeadline = 60s;
inline constexpr auto kConnectDeadline = 10s;
/// How long a member waits for Welcome and Joined after the connection stands.
inline constexpr auto kAdmissionDeadline = 10s;
/// How long a closing side keeps trying to hand over its last bytes (Goodbye).
inline constexpr auto kFarewellDeadline = 2s;

// --- private messages (docs/PROTOCOL.md) ---------------------------------------------------------
/// A new message key a day: what a stolen one opens is at most this much and what still waited.
inline constexpr auto kMessageKeyLife = std::chrono::hours{24};
/// Secrets of replaced message keys, as long as something sealed to them may still wait somewhere.
inline constexpr auto kMessageKeyKept = std::chrono::hours{30 * 24};
/// How often a program that is online looks whether a new key is due, and how old its knowledge of
/// another person's key may be before it asks the host again.
inline constexpr auto kMessageKeyCheck = 1h;
inline constexpr auto kPeerKeyFresh = 15min;
/// Generations and times of keys: half of what 63 bits hold, so that adding to one never overflows.
inline constexpr std::uint64_t kMaxKeyNumber = (std::uint64_t{1} << 62) - 1;
/// How long a host keeps what somebody has not fetched: a long holiday.
inline constexpr auto kMailKept = std::chrono::hours{30 * 24};
/// What may wait for one person, and for everybody in a room: a disk has other uses.
inline constexpr std::size_t kMaxMailOfOne = 1'000;
inline constexpr std::size_t kMaxMailBytesOfOne = std::size_t{16} * 1024 * 1024;
inline constexpr std::size_t kMaxMailBytesOfRoom = std::size_t{1024} * 1024 * 1024;
/// Message keys that a host publishes, those put last: four full rooms of people who come and go.
inline constexpr std::size_t kMaxPublishedKeys = 4 * kMaxMembers;
/// The longest text with its mark, padded (64 KiB), and what stands around it (209 bytes).
inline constexpr std::size_t kMaxSealedBytes = std::size_t{64} * 1024 + 209;
/// That with two ids and a name. Larger than kMaxControlFrameBytes, so it is only for these frames.
inline constexpr std::size_t kMaxLetterFrameBytes = std::size_t{66} * 1024;
/// One page of waiting letters for a member, a tick.
inline constexpr std::size_t kMailPageBytes = std::size_t{256} * 1024;
inline constexpr std::size_t kMailPageCount = 200;
/// A text that its recipient cannot open is sealed anew this often; once is enough unless it is lost on
/// the way each time.
inline constexpr int kMaxSealings = 5;

// --- one program for a profile ------------------------------------------------------------------
/// Where the running program can be reached: the path of a socket or the name of a pipe.
inline constexpr std::size_t kMaxHolderWordBytes = 4096;
/// What a second start passes on: a command line with a link in it.
inline constexpr std::size_t kMaxSecondStartBytes = std::size_t{16} * 1024;
inline constexpr std::size_t kMaxSecondStartArguments = 64;
/// For one step of that talk, which takes a millisecond when all is well.
inline constexpr auto kSecondStartPatience = 2s;
/// A window that is just opening or closing is waited for this long.
inline constexpr auto kProfileInUsePatience = 4s;
inline constexpr auto kProfileInUsePause = 50ms;

// --- backups (docs/BACKUP.md) -------------------------------------------------------------------
/// File systems allow 255 bytes or letters in one part of a path.
inline constexpr std::size_t kMaxBackupNamePartBytes = 200;
/// A person in ten thousand rooms.
inline constexpr std::uint32_t kMaxBackupEntries = 100'000;
/// Four short words; what is shorter is guessed by a computer that has the file.
inline constexpr std::size_t kMinPassphraseCodePoints = 10;
inline constexpr std::size_t kMaxPassphraseBytes = 1024;
/// A profile.json has 120 bytes.
inline constexpr std::size_t kMaxProfileFileBytes = std::size_t{64} * 1024;

// --- imports (docs/EXPORTS.md) ------------------------------------------------------------------
/// The longest text with every byte escaped (\u0001), and what stands around it.
inline constexpr std::size_t kMaxImportLineBytes = std::size_t{256} * 1024;
/// Lives of a room's numbering: a host that loses its log every day of ten years.
inline constexpr std::size_t kMaxImportEpochs = 4'000;

// --- records -----------------------------------------------------------------------------------
/// Rows of the connection log that are kept; a week of a busy school fits.
inline constexpr std::size_t kMaxConnectionRecords = 20'000;

}  // namespace earshot::app
