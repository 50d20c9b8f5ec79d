#include "app/settings.h"

#include <nlohmann/json.hpp>

#include <limits>
#include <optional>
#include <ostream>
#include <utility>

#include "app/whole_file.h"

namespace earshot::app {

namespace {

using Json = nlohmann::json;

/// Empty when the file cannot be understood; a missing one is an empty object.
std::optional<Json> readObject(const std::filesystem::path& file) {
  const auto content = readWholeFile(file);
  if (!content) return content.error().code == Errc::NotFound ? std::optional(Json::object()) : std::nullopt;
  Json parsed = Json::parse(*content, nullptr, false);
  if (!parsed.is_object()) return std::nullopt;
  return parsed;
}

/// What is missing or of another type leaves the value as it is.
void take(const Json& object, const char* key, std::string& out) {
  const auto found = object.find(key);
  if (found != object.end() && found->is_string()) out = found->get<std::string>();
}
void take(const Json& object, const char* key, bool& out) {
  const auto found = object.find(key);
  if (found != object.end() && found->is_boolean()) out = found->get<bool>();
}
void take(const Json& object, const char* key, int& out) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_integer()) return;
  const auto number = found->get<std::int64_t>();
  if (std::in_range<int>(number)) out = static_cast<int>(number);
}

Json objectIn(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_object() ? *found : Json::object();
}

}  // namespace

Settings loadSettings(const std::filesystem::path& file) {
  Settings settings;
  const auto read = readObject(file);
  if (!read) return settings;
  const Json& json = *read;
  take(json, "name", settings.name);
  take(json, "room_name", settings.roomName);
  take(json, "last_address", settings.lastAddress);
  take(json, "export_folder", settings.exportFolder);
  take(json, "export_format", settings.exportFormat);
  take(json, "share_folder", settings.shareFolder);
  take(json, "tell_typing", settings.tellTyping);

  const Json window = objectIn(json, "window");
  take(window, "x", settings.window.x);
  take(window, "y", settings.window.y);
  take(window, "width", settings.window.width);
  take(window, "height", settings.window.height);
  take(window, "maximized", settings.window.maximized);
  take(window, "sidebar_width", settings.window.sidebarWidth);

  const Json drafts = objectIn(json, "drafts");
  for (const auto& [room, draft] : drafts.items()) {
    if (draft.is_string()) settings.drafts.emplace(room, draft.get<std::string>());
  }
  const Json readUpTo = objectIn(json, "read_up_to");
  for (const auto& [room, position] : readUpTo.items()) {
    if (position.is_number_integer()) settings.readUpTo.emplace(room, position.get<std::int64_t>());
  }
  return settings;
}

Status saveSettings(const std::filesystem::path& file, const Settings& settings) {
  auto read = readObject(file);
  if (!read) {
    std::filesystem::path aside = file;
    aside += ".damaged";
    std::error_code code;
    std::filesystem::rename(file, aside, code);
    if (code) return storageError(code, file);
    read = Json::object();
  }
  Json& json = *read;
  json["version"] = 1;
  json["name"] = settings.name;
  json["room_name"] = settings.roomName;
  json["last_address"] = settings.lastAddress;
  json["export_folder"] = settings.exportFolder;
  json["export_format"] = settings.exportFormat;
  json["share_folder"] = settings.shareFolder;
  json["tell_typing"] = settings.tellTyping;

  Json window = objectIn(json, "window");
  window["x"] = settings.window.x;
  window["y"] = settings.window.y;
  window["width"] = settings.window.width;
  window["height"] = settings.window.height;
  window["maximized"] = settings.window.maximized;
  window["sidebar_width"] = settings.window.sidebarWidth;
  json["window"] = std::move(window);

  json["drafts"] = settings.drafts;
  json["read_up_to"] = settings.readUpTo;
  // A key or a draft that is not UTF-8 must not keep the rest from being saved.
  return replaceFile(file, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

Status replaceFile(const std::filesystem::path& file, const std::string& content, bool privateToUser) {
  auto whole = WholeFile::create(file, privateToUser);
  if (!whole) return whole.error();
  whole->stream().write(content.data(), static_cast<std::streamsize>(content.size()));
  return whole->commit();
}

}  // namespace earshot::app
