#include "ui/people_model.h"

#include <gmock/gmock.h>

namespace earshot::ui {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

app::MemberId id(std::uint8_t number) {
  app::MemberId made;
  made.bytes.fill(number);
  return made;
}

app::Event event(std::uint8_t actor, const std::string& name, app::EventBody body) {
  return {app::Seq{1}, {}, id(actor), name, std::move(body)};
}

std::vector<std::string> names(const PeopleModel& people) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < people.size(); ++i) out.push_back(people.at(i).name);
  return out;
}

PeopleModel annaBenChloe() {
  PeopleModel people;
  people.reset({{id(3), "chloe", {}}, {id(2), "Ben", {}}, {id(1), "Anna", {}}}, id(2));
  return people;
}

TEST(PeopleModel, ShowsOneselfFirstAndTheOthersByName) {
  const PeopleModel people = annaBenChloe();
  EXPECT_THAT(names(people), ElementsAre("Ben", "Anna", "chloe"));
  EXPECT_TRUE(people.at(0).self);
  EXPECT_FALSE(people.at(1).self);
}

TEST(PeopleModel, FollowsWhoComesAndGoes) {
  PeopleModel people = annaBenChloe();
  EXPECT_TRUE(people.apply(event(4, "Bea", app::MemberJoined{})));
  EXPECT_TRUE(people.apply(event(3, "chloe", app::MemberLeft{})));
  EXPECT_THAT(names(people), ElementsAre("Ben", "Anna", "Bea"));
  EXPECT_EQ(people.find(id(3)), nullptr);
}

TEST(PeopleModel, SortsAgainAfterARename) {
  PeopleModel people = annaBenChloe();
  EXPECT_TRUE(people.apply(event(1, "Anna", app::MemberRenamed{"Zoe"})));
  EXPECT_THAT(names(people), ElementsAre("Ben", "chloe", "Zoe"));
  EXPECT_EQ(people.find(id(1))->name, "Zoe");
}

TEST(PeopleModel, TellsWhetherAnythingChanged) {
  PeopleModel people = annaBenChloe();
  EXPECT_FALSE(people.apply(event(1, "Anna", app::MemberJoined{})));
  EXPECT_FALSE(people.apply(event(9, "Nobody", app::MemberLeft{})));
  EXPECT_FALSE(people.apply(event(9, "Nobody", app::MemberRenamed{"Somebody"})));
  EXPECT_FALSE(people.apply(event(1, "Anna", app::TopicChanged{"x"})));
}

TEST(PeopleModel, KeepsTwoPeopleApartWhoseNamesSortAlike) {
  PeopleModel people;
  people.reset({{id(1), "Anna", {}}, {id(2), "ANNA", {}}}, id(9));
  EXPECT_TRUE(people.apply(event(1, "Anna", app::MemberLeft{})));
  EXPECT_THAT(names(people), ElementsAre("ANNA"));
}

TEST(PeopleModel, FindsNamesByTheirStartIgnoringCase) {
  PeopleModel people;
  people.reset({{id(1), "Änne", {}}, {id(2), "anna", {}}, {id(3), "Annabel", {}}, {id(4), "Anton", {}}}, id(4));
  EXPECT_THAT(people.namesStartingWith("ANN"), ElementsAre("anna", "Annabel"));
  EXPECT_THAT(people.namesStartingWith("än"), ElementsAre("Änne"));
  EXPECT_THAT(people.namesStartingWith("Anto"), IsEmpty()) << "nobody addresses oneself";
  EXPECT_THAT(people.namesStartingWith(""), IsEmpty());
}

/// What a list control would show after following the changes.
std::vector<Person> follow(std::vector<Person> rows, const std::vector<Person>& to) {
  for (const ListChange& change : listChanges(rows, to)) {
    const auto at = rows.begin() + static_cast<std::ptrdiff_t>(change.row);
    if (change.kind == ListChange::Kind::Removed) {
      rows.erase(at);
    } else {
      rows.insert(at, to[change.row]);
    }
  }
  return rows;
}

TEST(ListChanges, LeadFromOneListToTheOther) {
  const Person anna{id(1), "Anna", false};
  const Person ben{id(2), "Ben", true};
  const Person chloe{id(3), "Chloe", false};
  const Person renamed{id(1), "Zoe", false};
  const std::vector<std::vector<Person>> lists{
      {}, {anna}, {ben, anna}, {ben, anna, chloe}, {ben, chloe}, {ben, chloe, renamed}, {chloe, renamed}};
  for (const auto& from : lists) {
    for (const auto& to : lists) EXPECT_EQ(follow(from, to), to);
  }
}

TEST(ListChanges, LeaveAloneWhatStays) {
  const Person anna{id(1), "Anna", false};
  const Person ben{id(2), "Ben", false};
  const Person chloe{id(3), "Chloe", false};
  EXPECT_THAT(listChanges({anna, ben}, {anna, ben}), IsEmpty());
  EXPECT_THAT(listChanges({anna, chloe}, {anna, ben, chloe}), ElementsAre(ListChange{ListChange::Kind::Inserted, 1}));
  EXPECT_THAT(listChanges({anna, ben, chloe}, {anna, chloe}), ElementsAre(ListChange{ListChange::Kind::Removed, 1}));
}

}  // namespace
}  // namespace earshot::ui
