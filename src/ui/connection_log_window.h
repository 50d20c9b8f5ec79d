#pragma once
// Tools → Connection log: who came and went in a room hosted here, when and from where. UI thread.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <wx/frame.h>

#include "app/hosting.h"

class wxDataViewListCtrl;

namespace earshot::ui {

class ConnectionLogWindow : public wxFrame {
 public:
  ConnectionLogWindow(wxWindow* parent, const std::string& roomName, const std::filesystem::path& log);

  /// What was just recorded; lines that the file already gave are skipped.
  void add(const std::vector<app::ConnectionRecord>& records);

 private:
  void load(const std::filesystem::path& log);
  void append(const app::ConnectionRecord& record);
  void showLast();

  wxDataViewListCtrl* list_;
  std::vector<app::ConnectionRecord> lastLoaded_;
};

}  // namespace earshot::ui
