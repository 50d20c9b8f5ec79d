#include "ui/import_task.h"

#include <utility>

namespace earshot::ui {

ImportTask::ImportTask(std::filesystem::path file, std::filesystem::path conversations,
                       const std::function<void(std::function<void()>)>& runOnUi, OnDone onDone)
    : thread_([this, file = std::move(file), conversations = std::move(conversations), runOnUi,
               onDone = std::move(onDone), alive = std::weak_ptr<int>(alive_)] {
        const auto goOn = [this](std::uint64_t, std::uint64_t) { return !cancelled_; };
        runOnUi([onDone, alive, outcome = app::importConversation(file, conversations, goOn)] {
          if (!alive.expired()) onDone(outcome);
        });
      }) {}

ImportTask::~ImportTask() {
  alive_.reset();
  cancelled_ = true;
  thread_.join();
}

}  // namespace earshot::ui
