#include "ui/history_source.h"

namespace earshot::ui {
namespace {

class ReaderSource final : public HistorySource {
 public:
  explicit ReaderSource(std::unique_ptr<app::ConversationReader> reader) : reader_(std::move(reader)) {}

  app::Result<std::vector<app::StoredEvent>> before(std::optional<app::Position> position, std::size_t limit) override {
    return reader_->before(position, limit);
  }
  app::Result<std::vector<app::StoredEvent>> after(app::Position position, std::size_t limit) override {
    return reader_->after(position, limit);
  }
  app::Result<std::optional<app::StoredEvent>> at(app::Position position) override { return reader_->at(position); }
  app::Result<std::vector<app::Reaction>> reactionsTo(app::Position text) override {
    return reader_->reactionsTo(text);
  }
  app::Result<std::vector<app::OutgoingText>> outbox() override { return reader_->outbox(); }
  app::Result<std::optional<std::vector<app::RequestId>>> undelivered() override {
    const std::optional<std::vector<app::RequestId>> nothing;
    const auto info = reader_->info();
    if (!info.ok()) return info.error();
    if (!info.value().peer) return nothing;
    auto ids = reader_->undelivered();
    if (!ids.ok()) return ids.error();
    return std::optional(std::move(ids).value());
  }
  std::string selfName() override {
    const auto info = reader_->info();
    return info.ok() ? info.value().selfName : std::string();
  }

 private:
  std::unique_ptr<app::ConversationReader> reader_;
};

}  // namespace

std::unique_ptr<HistorySource> historyOf(std::unique_ptr<app::ConversationReader> reader) {
  if (!reader) return nullptr;
  return std::make_unique<ReaderSource>(std::move(reader));
}

}  // namespace earshot::ui
