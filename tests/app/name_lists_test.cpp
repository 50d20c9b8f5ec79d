// The lists in data/: real names must pass as they are, imitations must not. Every line that fails is named.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/code_points.h"
#include "app/limits.h"
#include "app/names.h"
#include "app/skeleton.h"
#include "app/text.h"

namespace earshot::app {
namespace {

using Row = std::vector<std::string>;

/// The lines of a list with their fields; the first field is the line as it can be found again.
std::vector<Row> rowsOf(const std::string& name) {
  std::ifstream file(std::filesystem::path(EARSHOT_SOURCE_DIR) / "tests" / "app" / "data" / name, std::ios::binary);
  std::vector<Row> rows;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.starts_with('#')) continue;
    Row row{name + ":" + std::to_string(number) + ": " + line, ""};
    for (const char letter : line) {
      if (letter == '\t') {
        row.emplace_back();
      } else {
        row.back() += letter;
      }
    }
    rows.push_back(row);
  }
  return rows;
}

/// \u{HEX} as the character.
std::string unescaped(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.compare(at, 3, "\\u{") != 0) {
      out += text[at];
      continue;
    }
    const auto end = text.find('}', at);
    appendCodePoint(out, std::stoi(text.substr(at + 3, end - at - 3), nullptr, 16));
    at = end;
  }
  return out;
}

bool shareAKey(std::string_view one, std::string_view other) {
  const auto keys = nameKeys(one);
  const auto others = nameKeys(other);
  return std::find_first_of(keys.begin(), keys.end(), others.begin(), others.end()) != keys.end();
}

TEST(NameLists, OfRealNamesPassAsTheyAre) {
  const auto rows = rowsOf("real_names.txt");
  std::set<std::string> scripts;
  for (const Row& row : rows) {
    ASSERT_EQ(row.size(), 5U) << row[0];
    const auto name = normalizeName(row[1]);
    if (!name) {
      ADD_FAILURE() << row[0] << " is refused: " << static_cast<int>(name.error().code);
      continue;
    }
    const auto again = normalizeName(*name);
    EXPECT_TRUE(again && *again == *name) << row[0];
    scripts.insert(row[3]);
  }
  EXPECT_GE(rows.size(), 200U);
  EXPECT_GE(scripts.size(), 30U);
}

TEST(NameLists, OfRealNamesHaveNoTwoThatAreOne) {
  std::map<std::string, std::string> owners;
  for (const Row& row : rowsOf("real_names.txt")) {
    const auto name = normalizeName(row[1]);
    if (!name) continue;
    for (const std::string& key : nameKeys(*name)) {
      const auto [owner, isNew] = owners.emplace(key, row[0]);
      EXPECT_TRUE(isNew || owner->second == row[0]) << row[0] << " and " << owner->second;
    }
  }
}

TEST(NameLists, OfImitationsAreRefusedOrTaken) {
  const auto rows = rowsOf("spoofed_names.txt");
  for (const Row& row : rows) {
    ASSERT_EQ(row.size(), 5U) << row[0];
    const auto imitation = normalizeName(unescaped(row[3]));
    if (!imitation) continue;
    const auto real = normalizeName(row[2]);
    EXPECT_TRUE(row[2] != "-" && real && shareAKey(*real, *imitation)) << row[0];
  }
  EXPECT_GE(rows.size(), 500U);
}

TEST(NameLists, OfferAFreeVariantForEveryName) {
  for (const Row& row : rowsOf("real_names.txt")) {
    const auto name = normalizeName(row[1]);
    if (!name) continue;
    const auto variant = freeVariant(*name, [&](const std::string& candidate) { return shareAKey(candidate, *name); });
    const auto accepted = normalizeName(variant);
    ASSERT_TRUE(accepted) << row[0] << " is offered as " << variant;
    EXPECT_EQ(*accepted, variant);
    EXPECT_FALSE(shareAKey(variant, *name)) << row[0];
  }
}

TEST(Skeleton, FollowsUts39) {
  EXPECT_EQ(skeleton("paypal"), skeleton("раураl"));
  EXPECT_EQ(skeleton("scope"), skeleton("ѕсоре"));
  EXPECT_EQ(skeleton("modem"), "rnodern");
  EXPECT_EQ(skeleton("I1|l"), "llll");
  EXPECT_EQ(skeleton("Anna"), "Anna");
}

}  // namespace
}  // namespace earshot::app
