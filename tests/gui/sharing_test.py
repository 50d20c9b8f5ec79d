"""Giving the program away from a window: on, where and with which hashes, off again."""

import hashlib
import json
import pathlib
import re
import socket
import sys
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from earshot_gui import PATIENCE, GuiTest, key, main, wait_for  # noqa: E402

INSTALLER = "earshot-1.0.0-win64.exe"
SWITCH = re.compile("Let people on this network")


class Sharing(GuiTest):
    def setUp(self):
        super().setUp()
        self.installers = self.folder / "installers"
        self.installers.mkdir()
        content = b"installer" * 100_000
        (self.installers / INSTALLER).write_bytes(content)
        self.sha256 = hashlib.sha256(content).hexdigest()

    def open_dialog(self, window, folder=None):
        window.menu("Chat", re.compile("Share the app"))
        dialog = window.wait_dialog()
        if folder is not None:
            dialog.find("text", "Folder with the installers").set_text(str(folder))
        return dialog

    def switch_on(self, dialog) -> str:
        """The page's address."""
        dialog.find("check box", SWITCH).click()
        field = dialog.find("text", "What they type into their browser")
        return wait_for(lambda: field.text, "no address is shown")

    def page(self, url: str) -> str:
        port = url.rpartition(":")[2]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE) as answer:
            return answer.read().decode()

    def wait_closed(self, url: str) -> None:
        address = ("127.0.0.1", int(url.rpartition(":")[2]))

        def refused():
            try:
                socket.create_connection(address, timeout=PATIENCE).close()
            except ConnectionRefusedError:
                return True
            return False
        wait_for(refused, "the port stays open")

    def test_on_and_off(self):
        window = self.window("anna")
        address = window.host("Anna", "Kitchen table")
        dialog = self.open_dialog(window, self.installers)
        url = self.switch_on(dialog)
        self.assertRegex(url, r"^http://.+:\d+$")
        shown = dialog.find("text", "Installers and their SHA-256").text
        self.assertIn(INSTALLER, shown)
        self.assertIn(self.sha256, shown)
        page = self.page(url)
        self.assertIn(self.sha256, page)
        self.assertIn("Kitchen table", page)
        self.assertIn(address.rpartition(":")[2], page)
        window.wait_sentence("sharing the app")

        dialog.find("check box", SWITCH).click()
        self.wait_closed(url)
        wait_for(lambda: not any("sharing the app" in text for text in window.sentences()), "the sign stays")

    def test_goes_on_without_the_dialog_and_stops_with_the_room(self):
        window = self.window("anna")
        window.host("Anna")
        url = self.switch_on(self.open_dialog(window, self.installers))
        window.press("Escape")
        wait_for(lambda: not window.dialogs(), "Escape does not close the dialog")
        self.assertIn(self.sha256, self.page(url))

        again = self.open_dialog(window)
        self.assertTrue(again.find("check box", SWITCH).has("CHECKED"))
        self.assertEqual(again.find("text", "What they type into their browser").text, url)
        again.find("push button", "Close").click()
        wait_for(lambda: not window.dialogs(), "the dialog stays")

        window.press("ctrl+w")
        self.wait_closed(url)

    def test_stops_with_the_program_and_is_off_at_the_next_start(self):
        window = self.window("anna")
        window.host("Anna")
        url = self.switch_on(self.open_dialog(window, self.installers))
        window.press("Escape")
        window.close()
        self.assertEqual(window.wait_exit(), 0)
        self.wait_closed(url)

        again = self.window("anna", label="anna-again")
        again.host("Anna")
        dialog = self.open_dialog(again)
        self.assertFalse(dialog.find("check box", SWITCH).has("CHECKED"))
        self.assertEqual(dialog.find("text", "Folder with the installers").text, str(self.installers))
        with self.assertRaises(urllib.error.URLError):
            self.page(url)

    def test_says_what_is_missing(self):
        window = self.window("anna")
        window.host("Anna")
        empty = self.folder / "empty"
        empty.mkdir()
        dialog = self.open_dialog(window, empty)
        dialog.find("check box", SWITCH).click()
        dialog.find("label", re.compile(r"There is no installer of Earshot in.*\.$", re.S))
        wait_for(lambda: not dialog.find("check box", SWITCH).has("CHECKED"), "it looks as if it were on")

    def test_the_keyboard_alone_is_enough(self):
        settings = pathlib.Path(self.data_dir("anna"))
        settings.mkdir(parents=True, exist_ok=True)
        (settings / "settings.json").write_text(json.dumps({"share_folder": str(self.installers)}))
        window = self.window("anna")
        window.host("Anna")
        dialog = self.open_dialog(window)
        wait_for(lambda: dialog.find("check box", SWITCH).has("FOCUSED"), "the switch has not the focus")
        key("space")
        self.assertIn(self.sha256, wait_for(
            lambda: dialog.find("text", "Installers and their SHA-256").text, "no installers are shown"))

    def test_a_guest_has_nothing_to_share(self):
        _, address = self.headless_host()
        window = self.window("anna", "join", address, "--as", "Anna")
        window.wait_person("Anna")
        window.activate()
        window.frame.find("menu", "Chat").mouse_click()
        item = window.frame.find("menu item", re.compile("Share the app"))
        self.assertFalse(item.has("SENSITIVE"))
        key("Escape")


if __name__ == "__main__":
    main()
