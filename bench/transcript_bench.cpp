// How fast the transcript opens, grows, scrolls and follows a live resize. Needs a display:
//   xvfb-run build/release/transcript_bench [events]

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>

#include <wx/app.h>
#include <wx/frame.h>
#include <wx/sizer.h>

#include "made_up_talk.h"
#include "ui/history_source.h"
#include "ui/transcript_view.h"

namespace earshot::ui {
namespace {

constexpr std::int64_t kAppended = 10'000;

app::StoredEvent eventAt(std::int64_t position) {
  return {app::Position{position}, bench::madeUpText(static_cast<std::uint64_t>(position))};
}

/// A conversation that is made up as it is read.
class MadeUpHistory final : public HistorySource {
 public:
  explicit MadeUpHistory(std::int64_t size) : size_(size) {}

  app::Result<std::vector<app::StoredEvent>> before(std::optional<app::Position> position, std::size_t limit) override {
    const std::int64_t last = position ? app::toNumber(*position) - 1 : size_;
    return range(last - static_cast<std::int64_t>(limit) + 1, last);
  }
  app::Result<std::vector<app::StoredEvent>> after(app::Position position, std::size_t limit) override {
    return range(app::toNumber(position) + 1, app::toNumber(position) + static_cast<std::int64_t>(limit));
  }
  app::Result<std::optional<app::StoredEvent>> at(app::Position position) override {
    const auto found = range(app::toNumber(position), app::toNumber(position));
    return found.empty() ? std::nullopt : std::optional(found.front());
  }
  app::Result<std::vector<app::Reaction>> reactionsTo(app::Position) override { return std::vector<app::Reaction>(); }
  app::Result<std::vector<app::OutgoingText>> outbox() override { return std::vector<app::OutgoingText>(); }
  app::Result<std::optional<std::vector<app::RequestId>>> undelivered() override {
    return std::optional<std::vector<app::RequestId>>();
  }
  std::string selfName() override { return "Me"; }

 private:
  [[nodiscard]] std::vector<app::StoredEvent> range(std::int64_t first, std::int64_t last) const {
    std::vector<app::StoredEvent> events;
    for (std::int64_t i = std::max<std::int64_t>(first, 1); i <= std::min(last, size_); ++i) {
      events.push_back(eventAt(i));
    }
    return events;
  }

  std::int64_t size_;
};

class BenchApp final : public wxApp {
 public:
  bool OnInit() override {
    if (argc > 1) size_ = std::max(1L, std::strtol(argv[1].utf8_str(), nullptr, 10));
    frame_ = new wxFrame(nullptr, wxID_ANY, "transcript_bench");
    frame_->SetClientSize(900, 700);
    view_ = new TranscriptView(frame_);
    auto* sizer = new wxBoxSizer(wxVERTICAL);
    sizer->Add(view_, 1, wxEXPAND);
    frame_->SetSizer(sizer);
    frame_->Show();
    CallAfter([this] { run(); });
    return true;
  }

 private:
  void measure(const char* name, int times, const std::function<void(int)>& step) {
    using Millis = std::chrono::duration<double, std::milli>;
    double total = 0;
    double worst = 0;
    for (int i = 0; i < times; ++i) {
      const auto start = std::chrono::steady_clock::now();
      step(i);
      const double took = Millis(std::chrono::steady_clock::now() - start).count();
      total += took;
      worst = std::max(worst, took);
    }
    std::printf("%-28s %8.3f ms each, worst %8.3f ms (%d times)\n", name, total / times, worst, times);
    std::fflush(stdout);
  }

  void paintNow() {
    wxYield();
    view_->Update();
  }

  void scroll(int rotation) {
    wxMouseEvent wheel(wxEVT_MOUSEWHEEL);
    wheel.m_wheelRotation = rotation;
    wheel.m_wheelDelta = 120;
    view_->ProcessWindowEvent(wheel);
  }

  void run() {
    paintNow();
    measure("open and paint", 1, [this](int) {
      (void)model_.openHistory(std::make_unique<MadeUpHistory>(size_), app::MemberId{});
      view_->setModel(&model_);
      paintNow();
    });
    measure("append", kAppended, [this](int i) { model_.received(eventAt(size_ + 1 + i)); });
    paintNow();
    measure("scroll by a wheel step", 300, [this](int) {
      scroll(120);
      view_->Update();
    });
    view_->scrollToEnd();
    paintNow();
    measure("live resize by 8 pixels", 60, [this](int i) {
      frame_->SetClientSize(900 - 8 * i, 700);
      frame_->Layout();
      view_->Update();
    });
    view_->setModel(nullptr);
    frame_->Close(true);
  }

  long size_ = 100'000;
  wxFrame* frame_ = nullptr;
  TranscriptView* view_ = nullptr;
  TranscriptModel model_;
};

}  // namespace
}  // namespace earshot::ui

wxIMPLEMENT_APP(earshot::ui::BenchApp);
