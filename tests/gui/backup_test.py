"""Keeping one's profile safe from the window, and becoming the person in a backup."""

import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from earshot_gui import PROGRAM, GuiTest, main, type_keys, wait_for  # noqa: E402

PASSPHRASE = "amber tiger lake"


class Backup(GuiTest):
    def type_into(self, window, field, text):
        """As a person types what nobody shall see: instead of what the field holds. Returns when it has
        all of it; keys come by another way than what the test asks for, and could reach the next field."""
        node = window.wait_dialog().find("password text", field)
        node.focus()
        window.press("ctrl+a", "BackSpace")
        wait_for(lambda: not node.text, f"{field!r} keeps what it had")
        type_keys(text)
        wait_for(lambda: len(node.text) == len(text), f"{field!r} did not get all that was typed")

    def sentence(self, dialog, words):
        wait_for(lambda: [node for node in dialog.all("label") if words in " ".join(node.words.split())],
                 f"the dialog does not say {words!r}:\n{dialog.dump()}")

    def identity(self, person):
        """Nobody's, for the moment in which one is exchanged for another."""
        file = pathlib.Path(self.data_dir(person), "profile.json")
        try:
            return file.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""

    def backup_of(self, person, file):
        """As somebody else has made it, on the console."""
        done = subprocess.run([PROGRAM, "backup", str(file), "--data-dir", self.data_dir(person)],
                              input=PASSPHRASE, text=True, capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_is_made_with_a_passphrase_typed_twice(self):
        window = self.window("anna")
        address = window.host("Anna")
        window.say("kept")
        window.wait_message("Anna", "kept")
        window.menu("Tools", "Back up profile…")
        dialog = window.wait_dialog()
        self.type_into(window, "Passphrase", "short")
        dialog.find("push button", "Back up…").mouse_click()
        self.sentence(dialog, "too short")
        self.type_into(window, "Passphrase", PASSPHRASE)
        self.type_into(window, "Passphrase again", "something else")
        dialog.find("push button", "Back up…").mouse_click()
        self.sentence(dialog, "are different")
        self.type_into(window, "Passphrase again", PASSPHRASE)
        dialog.find("push button", "Back up…").mouse_click()
        file = self.folder / "anna.earshot-backup"
        chooser = wait_for(lambda: [each for each in window.dialogs() if each.role == "file chooser"],
                           "no place is asked for")[0]
        chooser.find("text").set_text(str(file))
        chooser.find("push button", "Save").click()
        self.sentence(dialog, "Your profile was saved to")
        self.assertTrue(file.is_file())
        dialog.find("push button", "Close").click()
        wait_for(lambda: not window.dialogs(), "the dialog stays")
        restored = subprocess.run([PROGRAM, "restore", str(file), "--data-dir", self.data_dir("copy")],
                                  input=PASSPHRASE, text=True, capture_output=True, timeout=60)
        self.assertEqual(restored.returncode, 0, restored.stderr)
        self.assertEqual(self.identity("copy"), self.identity("anna"))
        self.assertIn(":", address)

    def test_is_restored_by_starting_anew(self):
        anna = self.window("anna")
        anna.host("Anna", "Annas table")
        file = self.folder / "anna.earshot-backup"
        self.backup_of("anna", file)
        ben = self.window("ben")
        before = self.identity("ben")
        ben.menu("Tools", "Restore profile…")
        dialog = ben.wait_dialog()
        dialog.find("text", "Backup").set_text(str(self.folder / "missing"))
        dialog.find("push button", "Restore").mouse_click()
        self.sentence(dialog, "was not found")
        dialog.find("text", "Backup").set_text(str(file))
        self.type_into(ben, "Passphrase", "wrong")
        dialog.find("push button", "Restore").mouse_click()
        self.sentence(dialog, "not the passphrase")
        self.type_into(ben, "Passphrase", PASSPHRASE)
        dialog.find("push button", "Restore").mouse_click()
        self.sentence(dialog, "Earshot opens with it when it starts the next time")
        self.assertEqual(self.identity("ben"), before)
        dialog.find("push button", "Restart Earshot").mouse_click()
        wait_for(lambda: self.identity("ben") == self.identity("anna"), "the profile is not exchanged")
        again = wait_for(ben._find_application, "the program does not start again")
        wait_for(lambda: again.all("push button", "Host chat"), "there is no window")
        wait_for(lambda: [node for node in again.find("frame").all() if "Annas table" in node.name],
                 "the conversations are not there")
        aside = list(pathlib.Path(self.data_dir("ben")).glob("before-restore-*/profile.json"))
        self.assertEqual([path.read_text(encoding="utf-8") for path in aside], [before])

    def test_can_be_left_alone(self):
        window = self.window("anna")
        for item in ("Back up profile…", "Restore profile…"):
            window.menu("Tools", item)
            window.wait_dialog().find("push button", "Cancel").click()
            wait_for(lambda: not window.dialogs(), "the dialog stays")


if __name__ == "__main__":
    main()
