#include "net/codec.h"

#include <gmock/gmock.h>

#include <random>

#include "app/following_id.h"
#include "app/limits.h"

namespace earshot::net {
namespace {

app::Event eventWith(app::EventBody body) {
  return {app::Seq{42}, app::UtcMillis{std::chrono::milliseconds{1'700'000'000'123}}, app::makeRandom<app::MemberId>(),
          "Grüße 🎉", std::move(body)};
}

std::vector<app::Event> oneOfEach() {
  return {eventWith(app::TextPosted{app::makeRandom<app::RequestId>(), app::TextStyle::Plain, "مرحبا\n你好"}),
          eventWith(app::TextPosted{app::makeRandom<app::RequestId>(), app::TextStyle::Action, "waves"}),
          eventWith(app::MemberJoined{}),
          eventWith(app::MemberLeft{app::LeaveReason::TooSlow}),
          eventWith(app::MemberRenamed{"Berta"}),
          eventWith(app::TopicChanged{"Lunch"}),
          eventWith(app::TextPosted{app::makeRandom<app::RequestId>(), app::TextStyle::Plain, "b", app::Seq{41}, true}),
          eventWith(app::TextPosted{app::makeRandom<app::RequestId>(), app::TextStyle::Plain, "", {}, false, true}),
          eventWith(app::TextEdited{app::Seq{41}, "better"}),
          eventWith(app::TextEdited{app::Seq{1}, ""}),
          eventWith(app::TextDeleted{app::Seq{41}}),
          eventWith(app::Reacted{app::Seq{41}, "👍", true}),
          eventWith(app::Reacted{app::Seq{41}, "👍", false})};
}

wire::Event messageOf(const app::Event& event) {
  wire::Event message;
  fill(message, event);
  return message;
}

wire::Event throughTheWire(const wire::Event& message) {
  wire::Event out;
  const std::string bytes = message.SerializeAsString();
  EXPECT_TRUE(parse({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, out));
  return out;
}

TEST(Codec, BringsEveryEventBackAsItWas) {
  for (const app::Event& event : oneOfEach()) {
    const auto back = fromWire(throughTheWire(messageOf(event)));
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(*back, event);
  }
}

std::vector<app::Event> backFrom(const SharedBytes& frames, std::size_t& count) {
  std::vector<app::Event> back;
  FrameDecoder decoder([](FrameType) { return std::optional(app::kMaxControlFrameBytes); });
  const auto fed = decoder.feed(*frames, [&](const Frame& frame) {
    wire::Events message;
    EXPECT_EQ(frame.type, FrameType::Events);
    EXPECT_TRUE(parse(frame.body, message));
    const auto events = eventsFromWire(message.events(), app::kMaxEventsOfAFrame);
    EXPECT_TRUE(events.ok());
    if (events.ok()) back.insert(back.end(), events->begin(), events->end());
    ++count;
    return true;
  });
  EXPECT_TRUE(fed.ok());
  return back;
}

TEST(Codec, BringsAListBackWhateverItsEventsHaveInCommon) {
  const std::vector<app::UtcMillis> times{{}, app::UtcMillis{std::chrono::milliseconds{1'700'000'000'123}}};
  const std::vector<app::MemberId> people{app::makeRandom<app::MemberId>(), app::makeRandom<app::MemberId>()};
  const std::vector<std::string> names{"", "Anna", "Berta"};
  std::mt19937 random(7);
  std::vector<app::Event> events;
  app::RequestId id;
  for (std::uint64_t seq = 100; events.size() < 500; seq += random() % 3 == 0 ? 2 : 1) {
    id = random() % 3 == 0 ? app::makeRandom<app::RequestId>() : app::following(id);
    events.push_back({app::Seq{seq}, times[random() % 2], people[random() % 2], names[random() % 3],
                      app::TextPosted{id, app::TextStyle::Plain, std::to_string(seq)}});
    if (random() % 5 == 0) events.back().body = app::TopicChanged{std::to_string(seq)};
  }
  std::size_t frames = 0;
  EXPECT_EQ(backFrom(eventsFrames(events), frames), events);
  EXPECT_EQ(frames, 1U);
}

TEST(Codec, SaysOnceWhatTheEventsOfAListHaveInCommon) {
  std::vector<app::Event> events{eventWith(app::TextPosted{app::makeRequestId(), app::TextStyle::Plain, "hello"})};
  const auto one = eventsFrames(events)->size();
  events.push_back(events.front());
  events.back().seq = app::Seq{43};
  EXPECT_EQ(eventsFrames(events)->size(), one + 29)
      << "two for the event, two for its body, 18 for the id and 7 for the text";
  auto& body = std::get<app::TextPosted>(events.back().body);
  body.id = app::following(body.id);
  EXPECT_EQ(eventsFrames(events)->size(), one + 11) << "its sender counts on";
}

TEST(Codec, SplitsALongListOfEvents) {
  std::vector<app::Event> events;
  for (std::uint64_t seq = 1; seq <= 100; ++seq) {
    events.push_back(
        eventWith(app::TextPosted{app::makeRequestId(), app::TextStyle::Plain, std::string(app::kMaxTextBytes, 'x')}));
    events.back().seq = app::Seq{seq};
  }
  std::size_t frames = 0;
  EXPECT_EQ(backFrom(eventsFrames(events), frames), events);
  EXPECT_GT(frames, 10U);
  events.clear();
  for (std::uint64_t seq = 1; seq <= app::kMaxEventsOfAFrame + 1; ++seq) {
    events.push_back(eventWith(app::MemberJoined{}));
    events.back().seq = app::Seq{seq};
  }
  frames = 0;
  EXPECT_EQ(backFrom(eventsFrames(events), frames), events);
  EXPECT_EQ(frames, 2U);
  EXPECT_TRUE(eventsFrames({})->empty());
}

TEST(Codec, RefusesAListThatLeavesOutWhatNothingBeforeItSays) {
  const auto refused = [](auto change) {
    wire::Events list;
    *list.add_events() = messageOf(oneOfEach().front());
    change(*list.mutable_events(0));
    return !eventsFromWire(list.events(), 1).ok();
  };
  EXPECT_FALSE(refused([](wire::Event&) {}));
  EXPECT_TRUE(refused([](wire::Event& e) { e.clear_seq(); }));
  EXPECT_TRUE(refused([](wire::Event& e) { e.clear_time_ms(); }));
  EXPECT_TRUE(refused([](wire::Event& e) { e.clear_actor(); }));
  EXPECT_TRUE(refused([](wire::Event& e) { e.clear_actor_name(); }));
  EXPECT_TRUE(refused([](wire::Event& e) { e.mutable_text_posted()->clear_request_id(); }));
  wire::Events list;
  for (int i = 0; i < 2; ++i) list.add_events()->mutable_member_joined();
  *list.mutable_events(0) = messageOf(oneOfEach().front());
  EXPECT_TRUE(eventsFromWire(list.events(), 2).ok());
  EXPECT_FALSE(eventsFromWire(list.events(), 1).ok()) << "more than may be";
  list.mutable_events(0)->set_seq(app::kMaxSeq);
  EXPECT_FALSE(eventsFromWire(list.events(), 2).ok()) << "the one behind it has no number";
}

TEST(Codec, RefusesATextWithoutAnIdBehindWhatIsNoText) {
  const auto last = [](const app::EventBody& first) {
    wire::Events list;
    *list.add_events() = messageOf(eventWith(first));
    list.add_events()->mutable_text_posted()->set_text("hello");
    return eventsFromWire(list.events(), 2);
  };
  const auto id = app::makeRequestId();
  const auto good = last(app::TextPosted{id, app::TextStyle::Plain, "hi"});
  ASSERT_TRUE(good.ok());
  EXPECT_EQ(std::get<app::TextPosted>(good->back().body).id, app::following(id));
  EXPECT_FALSE(last(app::MemberJoined{}).ok());
  EXPECT_FALSE(last(app::TextEdited{app::Seq{1}, "hi"}).ok());
}

TEST(Codec, RefusesEventsThatNoHostMayMake) {
  const wire::Event good = messageOf(oneOfEach().front());
  const auto refused = [&](auto change) {
    wire::Event bad = good;
    change(bad);
    return !fromWire(bad).ok();
  };
  EXPECT_FALSE(refused([](wire::Event&) {}));
  EXPECT_TRUE(refused([](wire::Event& e) { e.set_seq(0); }));
  EXPECT_TRUE(refused([](wire::Event& e) { e.set_seq(app::kMaxSeq + 1); }));
  EXPECT_TRUE(refused([](wire::Event& e) { e.set_actor("short"); }));
  EXPECT_TRUE(refused([](wire::Event& e) { e.set_time_ms(-1); }));
  EXPECT_TRUE(refused([](wire::Event& e) { e.set_time_ms(INT64_MAX); }));
  EXPECT_TRUE(refused([](wire::Event& e) { e.set_actor_name("two\nlines"); }));
  EXPECT_TRUE(refused([](wire::Event& e) { e.set_actor_name(std::string(1'000, 'a')); }));
  EXPECT_TRUE(refused([](wire::Event& e) { e.mutable_text_posted()->set_text("\xff\xfe"); }));
  EXPECT_TRUE(refused([](wire::Event& e) { e.mutable_text_posted()->set_text(std::string("a\0b", 3)); }));
  EXPECT_TRUE(
      refused([](wire::Event& e) { e.mutable_text_posted()->set_text(std::string(app::kMaxTextBytes + 1, 'a')); }));
  EXPECT_TRUE(refused([](wire::Event& e) { e.mutable_text_posted()->set_request_id("x"); }));
  EXPECT_TRUE(refused([](wire::Event& e) { e.clear_body(); }));
  EXPECT_TRUE(refused([](wire::Event& e) { e.mutable_text_posted()->set_reply_to(42); })) << "not before itself";
  EXPECT_TRUE(refused([](wire::Event& e) { e.mutable_text_edited()->set_seq(42); }));
  EXPECT_TRUE(refused([](wire::Event& e) { e.mutable_text_deleted()->set_seq(0); }));
  EXPECT_TRUE(refused([](wire::Event& e) { e.mutable_reacted()->set_seq(41); })) << "without an emoji";
  EXPECT_TRUE(refused([](wire::Event& e) {
    e.mutable_reacted()->set_seq(41);
    e.mutable_reacted()->set_emoji("no emoji");
  }));
}

TEST(Codec, BringsRequestsBackAsTheyWere) {
  const auto id = app::makeRandom<app::RequestId>();
  const auto roundTrip = [&](app::Command command) {
    const SharedBytes bytes = frameOf({id, std::move(command)});
    const auto header = readHeader(std::span<const std::uint8_t, 8>(bytes->data(), 8));
    return requestFromWire(static_cast<FrameType>(header.type), std::span(*bytes).subspan(8));
  };
  const auto text = roundTrip(app::SendText{app::TextStyle::Action, "waves"});
  ASSERT_TRUE(text);
  EXPECT_EQ(text->id, id);
  EXPECT_EQ(std::get<app::SendText>(text->command).text, "waves");
  EXPECT_EQ(std::get<app::SendText>(text->command).style, app::TextStyle::Action);
  EXPECT_FALSE(std::get<app::SendText>(text->command).anew);
  app::SendText again{app::TextStyle::Plain, "once more"};
  again.anew = true;
  EXPECT_TRUE(std::get<app::SendText>(roundTrip(again)->command).anew);
  EXPECT_EQ(std::get<app::Rename>(roundTrip(app::Rename{"B"})->command).name, "B");
  EXPECT_EQ(std::get<app::SetTopic>(roundTrip(app::SetTopic{"T"})->command).topic, "T");
}

TEST(Codec, RefusesRequestsWithoutAProperId) {
  wire::ChatSend message;
  message.set_text("hi");
  const SharedBytes bytes = frame(FrameType::ChatSend, message);
  EXPECT_FALSE(requestFromWire(FrameType::ChatSend, std::span(*bytes).subspan(8)));
}

TEST(Codec, RefusesMalformedUtf8InText) {
  wire::ChatSend message;
  message.set_request_id(std::string(16, 'x'));
  message.set_text("abcd");
  std::string bytes = message.SerializeAsString();
  bytes[bytes.size() - 1] = '\xff';
  EXPECT_FALSE(
      requestFromWire(FrameType::ChatSend, {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}));
}

TEST(Codec, SplitsALongListOfMembersAndMarksItsEnd) {
  std::vector<app::Member> members;
  for (int i = 0; i < 1'001; ++i) {
    members.push_back({app::makeRandom<app::MemberId>(), "Member " + std::to_string(i), app::UtcMillis{}});
  }
  const SharedBytes bytes = membersFrames(members);
  std::vector<app::Member> back;
  int lastMarks = 0;
  FrameDecoder decoder([](FrameType) { return std::optional(app::kMaxControlFrameBytes); });
  const auto fed = decoder.feed(*bytes, [&](const Frame& frame) {
    wire::Members page;
    EXPECT_TRUE(parse(frame.body, page));
    for (const auto& member : page.members()) back.push_back(*fromWire(member));
    lastMarks += page.last() ? 1 : 0;
    EXPECT_EQ(page.last(), back.size() == members.size());
    return true;
  });
  EXPECT_TRUE(fed.ok());
  EXPECT_EQ(back, members);
  EXPECT_EQ(lastMarks, 1);
}

TEST(Codec, SaysSoEvenWhenNobodyIsThere) {
  const SharedBytes bytes = membersFrames({});
  wire::Members page;
  ASSERT_TRUE(parse(std::span(*bytes).subspan(8), page));
  EXPECT_TRUE(page.last());
}

TEST(Codec, SurvivesRandomBytes) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int i = 0; i < 20'000; ++i) {
    Bytes body(random() % 64);
    for (auto& byte : body) byte = static_cast<std::uint8_t>(random());
    wire::Event event;
    if (parse(body, event)) (void)fromWire(event);
    wire::Events list;
    if (parse(body, list)) (void)eventsFromWire(list.events(), 64);
    for (const auto type : {FrameType::ChatSend, FrameType::Rename, FrameType::SetTopic}) {
      (void)requestFromWire(type, body);
    }
  }
}

TEST(Codec, RefusesDeepNesting) {
  // Field 15 as groups inside groups: unknown to every message, so depth alone decides.
  const Bytes nested(10'000, 0x7b);
  wire::Event event;
  EXPECT_FALSE(parse(nested, event));
}

TEST(Codec, KeepsTheHostsDiskApartFromOurs) {
  EXPECT_EQ(fromWire(toWire(app::Errc::StorageFull)), app::Errc::HostStorageFull);
  EXPECT_EQ(fromWire(toWire(app::Errc::StorageFailed)), app::Errc::HostStorageFailed);
  EXPECT_EQ(fromWire(toWire(app::Errc::NameTaken)), app::Errc::NameTaken);
}

}  // namespace
}  // namespace earshot::net
