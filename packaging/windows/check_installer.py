"""The installer: what it puts where, what it leaves alone, and how it goes away."""

from check_base import FILES, LINK, UNINSTALL, VERSION, Check
from speaker import Speaker
from wine_session import wait_until

ENVIRONMENT = r"HKCU\Environment"


class Installer(Check):
    def settings(self):
        """Files as a person has them after a while."""
        files = {self.windows.roaming / "Earshot" / "settings.json": b'{"version":1}',
                 self.windows.local / "Earshot" / "conversations" / "one.db": b"words",
                 self.windows.local / "Earshot" / "rooms" / "two" / "room.db": b"more words"}
        for file, content in files.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return files

    def shortcut(self, folder=None):
        return (folder or self.windows.roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs") / "Earshot.lnk"

    def firewall_calls(self, program, *switches):
        """What netsh was asked for: Wine's prints its arguments, each in L"…"."""
        self.windows.environment["WINEDEBUG"] = "-all,fixme+netsh"
        try:
            said = self.windows.run(program, "/S", *switches).stderr
            wait_until(lambda: not self.uninstallers_running(), "the uninstaller has ended")
        finally:
            self.windows.environment["WINEDEBUG"] = "-all"
        calls = []
        for line in said.splitlines():
            if ":netsh:" in line:
                words = [word.rstrip('"').replace("\\\\", "\\") for word in line.split(' L"')[1:]]
                calls.append(words[1:])
        return calls

    def test_installs_for_one_person_without_a_question(self):
        folder = self.install()
        self.assertEqual({file.name for file in folder.iterdir()}, FILES)
        entry = self.entry()
        where = self.windows.path(folder)
        for name, value in {
                "DisplayName": "Earshot", "DisplayVersion": VERSION, "Publisher": "The Earshot developers",
                "DisplayIcon": rf"{where}\earshot.exe", "InstallLocation": where,
                "UninstallString": rf'"{where}\uninstall.exe"',
                "QuietUninstallString": rf'"{where}\uninstall.exe" /S',
                "URLInfoAbout": "https://github.com/earshot-chat/earshot",
                "NoModify": "0x1", "NoRepair": "0x1"}.items():
            self.assertEqual(entry[name][1], value, name)
        size = sum(file.stat().st_size for file in folder.iterdir()) // 1024
        self.assertAlmostEqual(int(entry["EstimatedSize"][1], 16), size, delta=300)
        self.assertIn("URL Protocol", self.windows.registry(rf"HKCU\{LINK}"))
        self.assertEqual(self.windows.registry(
            r"HKCU\Software\Microsoft\Windows\CurrentVersion\App Paths\earshot.exe")[""][1], rf"{where}\earshot.exe")
        self.assertTrue(self.shortcut().is_file(), "the Start menu has no Earshot")
        self.assertIn("earshot.exe".encode("utf-16-le"), self.shortcut().read_bytes())
        self.assertFalse(self.shortcut(self.windows.profile / "Desktop").exists(), "nobody asked for a desktop shortcut")
        self.assertNotIn("Path", self.windows.registry(ENVIRONMENT))
        self.assertIsNone(self.entry("HKLM"), "an installation for one person touched the whole computer")

    def test_keeps_choices_over_an_upgrade_and_takes_them_back_in_the_end(self):
        where = self.windows.path(self.home)
        asked = self.firewall_calls(self.options.installer, "/StartMenu=0", "/Desktop=1", "/Path=1", "/Firewall=1")
        delete = [["advfirewall", "firewall", "delete", "rule", "name=Earshot", rf"program={where}\earshot.{kind}"]
                  for kind in ("exe", "com")]
        add = [["advfirewall", "firewall", "add", "rule", "name=Earshot", "dir=in", "action=allow",
                rf"program={where}\earshot.{kind}", "profile=private,domain", "enable=yes"] for kind in ("exe", "com")]
        self.assertEqual(asked, [delete[0], add[0], delete[1], add[1]])
        desktop = self.shortcut(self.windows.profile / "Desktop")
        for _ in range(2):
            self.assertFalse(self.shortcut().exists(), "the Start menu was declined")
            self.assertTrue(desktop.is_file())
            self.assertEqual(self.windows.registry(ENVIRONMENT)["Path"], ("REG_EXPAND_SZ", where))
            self.assertEqual(self.entry()["Firewall"][1], "0x1")
            self.assertEqual(self.firewall_calls(self.options.installer), [], "the rule is there already")
        self.assertEqual(self.firewall_calls(self.home / "uninstall.exe"), delete)
        wait_until(lambda: not self.home.exists(), "the folder is gone")
        self.assertFalse(desktop.exists())
        self.assertNotIn("Path", self.windows.registry(ENVIRONMENT))

    def test_asks_nothing_of_the_firewall_unless_told(self):
        self.assertEqual(self.firewall_calls(self.options.installer), [])

    def test_a_choice_can_be_withdrawn(self):
        self.install("/Path=1", "/Desktop=1")
        self.install("/Path=0", "/StartMenu=0")
        self.assertNotIn("Path", self.windows.registry(ENVIRONMENT))
        self.assertFalse(self.shortcut().exists())
        self.assertTrue(self.shortcut(self.windows.profile / "Desktop").is_file())

    def test_a_long_path_stays_what_it_was(self):
        long = ";".join(rf"%USERPROFILE%\tools\number {i}" for i in range(120))
        self.windows.run("reg.exe", "add", ENVIRONMENT, "/v", "Path", "/t", "REG_EXPAND_SZ", "/d", long, "/f")
        self.addCleanup(self.windows.run, "reg.exe", "delete", ENVIRONMENT, "/v", "Path", "/f")
        folder = self.install("/Path=1")
        self.assertEqual(self.windows.registry(ENVIRONMENT)["Path"][1], f"{long};{self.windows.path(folder)}")
        self.install("/Path=1")
        self.assertEqual(self.windows.registry(ENVIRONMENT)["Path"][1], f"{long};{self.windows.path(folder)}")
        self.uninstall(folder)
        self.assertEqual(self.windows.registry(ENVIRONMENT)["Path"], ("REG_EXPAND_SZ", long))

    def test_installs_over_itself_once_and_keeps_the_data(self):
        files = self.settings()
        folder = self.install()
        (folder / "earshot.exe").write_bytes(b"an older one")
        self.install()
        self.assertGreater((folder / "earshot.exe").stat().st_size, 10_000)
        self.assertEqual(self.windows.subkeys(rf"HKCU\{UNINSTALL}").count("Earshot"), 1)
        self.assertEqual({file: file.read_bytes() for file in files}, files)

    def test_moves_when_told_another_folder(self):
        self.install()
        other = self.install(into=self.windows.drive / "Tools" / "Ear shot")
        self.assertEqual({file.name for file in other.iterdir()}, FILES)
        self.assertFalse(self.home.exists(), "the former folder is still there")
        self.assertEqual(self.entry()["InstallLocation"][1], r"C:\Tools\Ear shot")
        self.install()
        self.assertFalse(self.home.exists(), "an upgrade left the folder that was chosen")

    def test_an_older_version_replaces_a_newer_one_when_silent(self):
        self.install()
        self.windows.run("reg.exe", "add", rf"HKCU\{UNINSTALL}\Earshot", "/v", "DisplayVersion", "/d", "99.0", "/f")
        self.install()
        self.assertEqual(self.entry()["DisplayVersion"][1], VERSION)

    def test_closes_the_window_that_is_open(self):
        folder = self.install()
        window = self.windows.popen(folder / "earshot.exe")
        wait_until(lambda: any("Earshot" in title for title in self.window_titles()), "the window is open")
        self.install()
        window.wait(timeout=5)

    def test_changes_nothing_while_a_console_uses_the_program(self):
        folder = self.install()
        room = Speaker("host", self.windows.popen(folder / "earshot.com", "host", "--headless", "--json", "--open", "-p", "0"), [])
        room.wait_for("listening")
        before = (folder / "uninstall.exe").stat().st_mtime_ns
        answer = self.windows.run(self.options.installer, "/S")
        self.assertEqual(answer.returncode, 2)
        self.assertIn("Earshot is still running", answer.stderr)
        self.assertEqual((folder / "uninstall.exe").stat().st_mtime_ns, before)
        self.windows.run(folder / "uninstall.exe", "/S")
        wait_until(lambda: not self.uninstallers_running(), "the uninstaller has given up")
        self.assertEqual({file.name for file in folder.iterdir()}, FILES)
        self.assertEqual(room.quit_host(), 0, "the room was disturbed")

    def test_goes_away_and_leaves_the_data(self):
        files = self.settings()
        folder = self.install()
        (folder / "my notes.txt").write_text("not Earshot's")
        self.uninstall(folder)
        self.assertEqual([file.name for file in folder.iterdir()], ["my notes.txt"])
        (folder / "my notes.txt").unlink()
        self.assertEqual({file: file.read_bytes() for file in files}, files)
        self.assertIsNone(self.entry())
        self.assertIsNone(self.windows.registry(rf"HKCU\{LINK}"))
        self.assertFalse(self.shortcut().exists())

    def test_goes_away_with_the_data_when_asked(self):
        self.settings()
        self.uninstall(self.install(), "/DeleteData=1")
        wait_until(lambda: not (self.windows.roaming / "Earshot").exists(), "the settings are deleted")
        self.assertFalse((self.windows.local / "Earshot").exists())
        self.assertFalse(self.home.exists())

    def test_installs_for_everybody(self):
        self.install("/AllUsers")
        folder = self.windows.drive / "Program Files" / "Earshot"
        self.assertEqual({file.name for file in folder.iterdir()}, FILES)
        self.assertIsNone(self.entry("HKCU"))
        self.assertEqual(self.entry("HKLM")["InstallLocation"][1], r"C:\Program Files\Earshot")
        menu = self.windows.drive / "ProgramData" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
        self.assertTrue(self.shortcut(menu).is_file())
        self.uninstall(folder)
        self.assertIsNone(self.entry("HKLM"))
        self.assertFalse(self.shortcut(menu).exists())
        self.assertFalse(folder.exists())
