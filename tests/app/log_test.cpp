#include "app/log.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

namespace fs = std::filesystem;
using test::contentOf;

/// Puts the log back to where it writes nothing but warnings.
class LogTest : public testing::Test {
 protected:
  void TearDown() override { log::start(fs::path(), true); }
  test::TemporaryFolder folder;
  fs::path file = folder / "logs" / "earshot.log";
};

TEST_F(LogTest, KeepsEverythingInAFile) {
  log::start(folder / "logs", false);
  log::debug("a small thing");
  testing::internal::CaptureStderr();
  log::warn("a worry");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "earshot: warning: a worry\n");
  const std::string content = contentOf(file);
  EXPECT_NE(content.find("debug: a small thing"), std::string::npos) << content;
  EXPECT_NE(content.find("warning: a worry"), std::string::npos) << content;
}

TEST_F(LogTest, ShowsEverythingWhenItIsVerbose) {
  testing::internal::CaptureStderr();
  log::start(folder / "logs", true);
  log::debug("a small thing");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "earshot: debug: a small thing\n");
}

TEST_F(LogTest, LetsNoMessageForgeALine) {
  log::start(folder / "logs", false);
  testing::internal::CaptureStderr();
  log::warn("name\n2026-11-22 error: {} \x1B[2J %s \xFF");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "earshot: warning: name 2026-11-22 error: {}  [2J %s \uFFFD\n");
}

TEST_F(LogTest, DoesWithoutAFolder) {
  test::writeFile(folder / "file", "not a folder");
  log::start(folder / "file", false);
  testing::internal::CaptureStderr();
  log::error("still said");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "earshot: error: still said\n");
  EXPECT_EQ(contentOf(folder / "file"), "not a folder");
}

TEST_F(LogTest, StaysSmallHoweverMuchIsSaid) {
  log::start(folder / "logs", false);
  const std::string line(1000, 'x');
  for (int i = 0; i < 6000; ++i) log::info(line);
  std::uintmax_t total = 0;
  int files = 0;
  for (const auto& entry : fs::directory_iterator(folder / "logs")) {
    total += entry.file_size();
    ++files;
  }
  EXPECT_EQ(files, 3);
  EXPECT_LE(total, std::uintmax_t{3} * 1024 * 1024 + 2000);
}

TEST_F(LogTest, TakesMessagesFromManyThreads) {
  log::start(folder / "logs", false);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([] {
      for (int i = 0; i < 500; ++i) log::info("one of many");
    });
  }
  for (std::thread& thread : threads) thread.join();
  log::start(folder / "logs", true);  // closes the file
  std::size_t found = 0;
  const std::string content = contentOf(file);
  for (auto at = content.find("one of many"); at != std::string::npos; at = content.find("one of many", at + 1))
    ++found;
  EXPECT_EQ(found, 2000U);
}

}  // namespace
}  // namespace earshot::app
