#include "net/download_page.h"

#include <algorithm>
#include <cstdio>

#include "app/text.h"

namespace earshot::net {
namespace {

using app::Installer;
using app::InstallerSystem;

constexpr std::string_view kStyle = R"css(
:root { color-scheme: light dark; --text: #1d1f23; --muted: #5b616b; --page: #f6f7f9; --card: #fff;
  --line: #d9dce2; --accent: #1c62c4; }
@media (prefers-color-scheme: dark) {
  :root { --text: #eceef1; --muted: #a7adb8; --page: #1b1d21; --card: #25282d; --line: #3c4048; --accent: #85b6ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 44rem; padding: 1.5rem 1rem 3rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Ubuntu, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
p { margin: .5rem 0; }
a { color: var(--accent); text-underline-offset: .2em; }
code { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .9em; }
ul { list-style: none; margin: 1rem 0; padding: 0; }
li { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1rem;
  margin: 0 0 .75rem; }
h3 { font-size: 1rem; margin: 0; }
li a { font-weight: 600; }
dl { margin: .5rem 0 0; font-size: .9rem; }
dt { color: var(--muted); margin-top: .4rem; }
dd { margin: 0; }
.join { font-size: 1.4rem; font-weight: 600; }
.muted { color: var(--muted); }
summary { cursor: pointer; font-weight: 600; margin: 1rem 0; }
)css";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : app::sanitizeForDisplay(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

bool runsOn(InstallerSystem system, std::string_view userAgent) {
  const auto says = [&](std::string_view word) { return userAgent.find(word) != std::string_view::npos; };
  switch (system) {
    case InstallerSystem::Windows:
    case InstallerSystem::WindowsPortable:
      return says("Windows");
    case InstallerSystem::MacOs:
      return says("Macintosh");
    case InstallerSystem::Fedora:
      return says("Fedora");
    case InstallerSystem::Debian:
    case InstallerSystem::LinuxPortable:
      break;
  }
  return says("Linux") && !says("Android") && !says("Fedora");
}

std::string checkCommand(const Installer& installer) {
  switch (installer.system) {
    case InstallerSystem::Windows:
    case InstallerSystem::WindowsPortable:
      return "certutil -hashfile " + installer.fileName + " SHA256";
    case InstallerSystem::MacOs:
      return "shasum -a 256 " + installer.fileName;
    case InstallerSystem::Debian:
    case InstallerSystem::Fedora:
    case InstallerSystem::LinuxPortable:
      break;
  }
  return "sha256sum " + installer.fileName;
}

std::string howToInstall(const Installer& installer) {
  const std::string name = escaped(installer.fileName);
  switch (installer.system) {
    case InstallerSystem::Windows:
      return "Open the file and follow its steps.";
    case InstallerSystem::WindowsPortable:
      return "Unpack it into a folder of its own and start earshot.exe there.";
    case InstallerSystem::MacOs:
      return "Open the file and drag Earshot into Applications.";
    case InstallerSystem::Debian:
      return "Type <code>sudo apt install ./" + name + "</code> in a terminal, or open the file.";
    case InstallerSystem::Fedora:
      return "Type <code>sudo dnf install ./" + name + "</code> in a terminal, or open the file.";
    case InstallerSystem::LinuxPortable:
      break;
  }
  return "Unpack it into a folder of its own and start Earshot there.";
}

std::string itemFor(const Installer& installer) {
  const std::string name = escaped(installer.fileName);
  std::string out = "<li>\n<h3>" + escaped(app::systemName(installer.system)) + "</h3>\n";
  out += "<a href=\"/" + name + "\" download>" + name + "</a> <span class=\"muted\">" + sizeInWords(installer.bytes) +
         "</span>\n<dl>\n";
  out += "<dt>SHA-256</dt><dd><code class=\"sha256\">" + escaped(installer.sha256) + "</code></dd>\n";
  out += "<dt>To compute it yourself</dt><dd><code>" + escaped(checkCommand(installer)) + "</code></dd>\n";
  out += "<dt>To install</dt><dd>" + howToInstall(installer) + "</dd>\n</dl>\n</li>\n";
  return out;
}

std::string listOf(std::vector<Installer>::const_iterator first, std::vector<Installer>::const_iterator last) {
  std::string out = "<ul>\n";
  for (; first != last; ++first) out += itemFor(*first);
  return out + "</ul>\n";
}

/// What runs on the visitor's system, and the rest folded away; everything where that is not known.
std::string installersStep(std::vector<Installer> installers, std::string_view userAgent) {
  const auto rest = std::stable_partition(installers.begin(), installers.end(), [&](const Installer& installer) {
    return runsOn(installer.system, userAgent);
  });
  const std::string heading = "<h2>1. Get the file for your system</h2>\n";
  if (rest == installers.begin() || rest == installers.end()) {
    return heading + listOf(installers.begin(), installers.end());
  }
  return heading + listOf(installers.begin(), rest) + "<details>\n<summary>For other systems</summary>\n" +
         listOf(rest, installers.end()) + "</details>\n";
}

std::string joinStep(const std::vector<std::string>& addresses) {
  std::string out = "<h2>3. Install it and join</h2>\n";
  if (addresses.empty()) return out + "<p>Ask the host for the address.</p>\n";
  const std::string first = escaped(addresses.front());
  out += "<p>Start Earshot, type this address under <b>Join</b> and click Join:</p>\n";
  out += "<p class=\"join\"><code>" + first + "</code></p>\n";
  out += "<p>Once it is installed, <a href=\"earshot://" + first + "\">this link</a> joins too.</p>\n";
  if (addresses.size() > 1) {
    out += "<p class=\"muted\">Where that is not reached:";
    for (std::size_t i = 1; i < addresses.size(); ++i) out += " <code>" + escaped(addresses[i]) + "</code>";
    out += "</p>\n";
  }
  return out;
}

}  // namespace

std::string sizeInWords(std::uint64_t bytes) {
  constexpr double kKilo = 1000;
  const auto size = static_cast<double>(bytes);
  char text[32];
  if (size < kKilo * kKilo) {
    std::snprintf(text, sizeof text, "%.0f kB", std::max(1.0, size / kKilo));
  } else {
    std::snprintf(text, sizeof text, "%.1f MB", size / (kKilo * kKilo));
  }
  return text;
}

std::string renderDownloadPage(const DownloadPage& page, std::string_view userAgent) {
  const std::string room = escaped(page.roomName);
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  out += "<title>Get Earshot</title>\n<style>";
  out += kStyle;
  out += "</style>\n</head>\n<body>\n<main>\n<h1>Get Earshot</h1>\n";
  out += "<p>Earshot is chat for people on the same network. Somebody here hosts the room <b><bdi>" + room +
         "</bdi></b>; with Earshot on your computer you can join it.</p>\n";
  out += installersStep(page.installers, userAgent);
  out += "<h2>2. Compare the hash</h2>\n";
  out +=
      "<p>Before you open the file, let your computer compute its SHA-256 in a terminal, in the folder where the "
      "file is, with the command that stands with it. <strong>Compare the result with the one on the host’s "
      "screen</strong>, not with this page: whoever could change the file on its way could change this page "
      "too.</p>\n<p>If they differ, do not open the file, and tell the host.</p>\n";
  out += joinStep(page.joinAddresses);
  out += "</main>\n</body>\n</html>\n";
  return out;
}

}  // namespace earshot::net
