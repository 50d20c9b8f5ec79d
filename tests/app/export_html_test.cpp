#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "app/export_samples.h"
#include "app/text.h"

namespace earshot::app {
namespace {

using namespace samples;

std::string page(const ExportHeader& header, const std::vector<Event>& events) {
  return written(ExportFormat::Html, header, events);
}

/// Everything between < and >, without what the writer put into it.
std::set<std::string> tagsIn(const std::string& html) {
  std::set<std::string> tags;
  const std::regex tag("<[^>]*>");
  for (std::sregex_iterator found(html.begin(), html.end(), tag), end; found != end; ++found) {
    tags.insert(std::regex_replace(found->str(), std::regex("datetime=\"[0-9TZ:.-]+\""), "datetime"));
  }
  return tags;
}

TEST(ExportHtml, LooksLikeTheTalkItWas) {
  expectGolden("everyday.html", page(everydayHeader(), everyday()));
}

TEST(ExportHtml, ShowsHostileTextAsItIs) {
  expectGolden("hostile.html", page(hostileHeader(), hostile()));
}

TEST(ExportHtml, HasNoMarkupButItsOwnWhateverIsSaid) {
  const auto own = tagsIn(page(headerWith("x"), eventsWith("x")));
  for (const std::string& piece : hostilePieces()) {
    const std::string html = page(headerWith(piece), eventsWith(piece));
    ASSERT_TRUE(isValidText(html)) << piece.substr(0, 40);
    EXPECT_EQ(tagsIn(html), own) << piece.substr(0, 40);
    for (const auto* forbidden : {"\u202E", "\u2066", "\x1B", "\u2028", "\u0085", "\r"}) {
      EXPECT_EQ(html.find(forbidden), std::string::npos) << piece.substr(0, 40);
    }
  }
}

TEST(ExportHtml, NeedsNothingFromAnywhereAndRunsNothing) {
  const std::string html = page(everydayHeader(), everyday());
  EXPECT_NE(html.find("default-src 'none'"), std::string::npos);
  for (const auto* forbidden : {"<script", "<link", "src=", "href=", "url(", "unsafe-inline", "http:", "https:"}) {
    EXPECT_EQ(html.find(forbidden), std::string::npos) << forbidden;
  }
}

TEST(ExportHtml, IsolatesTheDirectionOfEveryNameAndText) {
  const std::string html = page(everydayHeader(), everyday());
  const auto count = [&](const std::string& words) {
    std::size_t found = 0;
    for (auto at = html.find(words); at != std::string::npos; at = html.find(words, at + 1)) ++found;
    return found;
  };
  EXPECT_EQ(count("<bdi class=\"who\">"), everyday().size());
  EXPECT_EQ(count("<div class=\"text\" dir=\"auto\">"), 5U);
}

}  // namespace
}  // namespace earshot::app
