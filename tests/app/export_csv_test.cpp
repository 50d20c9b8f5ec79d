#include "app/export_csv_writer.h"

#include <gtest/gtest.h>

#include "app/export_samples.h"
#include "app/text.h"

namespace earshot::app {
namespace {

using namespace samples;
using Rows = std::vector<std::vector<std::string>>;

/// As RFC 4180 has it.
Rows parsed(std::string_view csv, char separator = ',') {
  Rows rows{{""}};
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    if (quoted) {
      if (csv[i] == '"' && i + 1 < csv.size() && csv[i + 1] == '"') {
        rows.back().back() += csv[i++];
      } else if (csv[i] == '"') {
        quoted = false;
      } else {
        rows.back().back() += csv[i];
      }
    } else if (csv[i] == '"') {
      quoted = true;
    } else if (csv[i] == separator) {
      rows.back().emplace_back();
    } else if (csv[i] == '\r' && i + 1 < csv.size() && csv[i + 1] == '\n') {
      ++i;
      rows.push_back({""});
    } else {
      rows.back().back() += csv[i];
    }
  }
  rows.pop_back();
  return rows;
}

std::string table(const ExportHeader& header, const std::vector<Event>& events) {
  return written(ExportFormat::Csv, header, events);
}

std::string valueOf(const std::string& text) {
  const std::string cell = csvCell(text);
  EXPECT_TRUE(cell.starts_with('"') && cell.ends_with('"')) << cell;
  return parsed(cell + "\r\n").at(0).at(0);
}

TEST(ExportCsv, IsATableOfTheTalkThatItWas) {
  expectGolden("everyday.csv", table(everydayHeader(), everyday()));
}

TEST(ExportCsv, KeepsHostileTextInItsCell) {
  expectGolden("hostile.csv", table(hostileHeader(), hostile()));
}

TEST(ExportCsv, BeginsWithAByteOrderMarkAndEndsRowsAsTheRfcSays) {
  const std::string csv = table(everydayHeader(), {eventAt("2026-11-22 14:30:05", "Anna", says("a\nb"))});
  EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBF\"time\",\"name\",\"kind\",\"text\",\"number\",\"about\"\r\n"));
  EXPECT_TRUE(csv.ends_with("\"2026-11-22 14:30:05\",\"Anna\",\"message\",\"a\nb\",\"1\",\"\"\r\n"));
}

TEST(ExportCsv, MakesNoCellAFormula) {
  EXPECT_EQ(valueOf("=1+1"), "'=1+1");
  EXPECT_EQ(valueOf("+1"), "'+1");
  EXPECT_EQ(valueOf("-1"), "'-1");
  EXPECT_EQ(valueOf("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(valueOf("\t=1"), "'\t'=1");
  EXPECT_EQ(valueOf("\r=1"), "'\n'=1");
  EXPECT_EQ(valueOf("\tx"), "'\tx");
  EXPECT_EQ(valueOf("  =1"), "  '=1");
  EXPECT_EQ(valueOf("\u200B=1"), "\u200B'=1");
  EXPECT_EQ(valueOf("\"=1"), "\"'=1");
  EXPECT_EQ(valueOf("\uFF1D1"), "'\uFF1D1");
  EXPECT_EQ(valueOf("\uFF0B1"), "'\uFF0B1");
  EXPECT_EQ(valueOf("\uFF0D1"), "'\uFF0D1");
  EXPECT_EQ(valueOf("\uFF20A"), "'\uFF20A");
}

TEST(ExportCsv, MakesNoFormulaWhereAnotherSeparatorWouldBeginACell) {
  EXPECT_EQ(valueOf("a;=1"), "a;'=1");
  EXPECT_EQ(valueOf("a\t+1"), "a\t'+1");
  EXPECT_EQ(valueOf("a\n\"=1"), "a\n\"'=1");
}

TEST(ExportCsv, LeavesOrdinaryTextAlone) {
  for (const auto* text : {"", "Anna", "1+1=2", "a-b", "anna@example.org", "\"quoted\", with comma", "مرحبا", "🎉"}) {
    EXPECT_EQ(valueOf(text), text);
  }
}

TEST(ExportCsv, HasTheSameRowsAndNoFormulaWhateverIsSaid) {
  const auto triggers = {"=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
  for (const std::string& piece : hostilePieces()) {
    const std::string csv = table(headerWith(piece), eventsWith(piece));
    ASSERT_TRUE(isValidText(csv)) << piece.substr(0, 40);
    const Rows rows = parsed(std::string_view(csv).substr(3));
    ASSERT_EQ(rows.size(), 1 + 8 + 7U) << piece.substr(0, 40);
    for (const auto& row : rows) {
      ASSERT_EQ(row.size(), 6U);
      for (const std::string& cell : row) {
        for (const auto* trigger : triggers) EXPECT_FALSE(cell.starts_with(trigger)) << cell.substr(0, 40);
      }
    }
  }
}

}  // namespace
}  // namespace earshot::app
