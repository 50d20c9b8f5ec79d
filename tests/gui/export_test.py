"""Conversations that leave the window as files, and come in."""

import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from earshot_gui import GuiTest, key, main, wait_for  # noqa: E402


class Export(GuiTest):
    def talk(self):
        window = self.window("anna")
        window.host("Anna", "Kitchen table")
        window.say("something to keep")
        window.wait_message("Anna", "something to keep")
        return window

    def test_the_ending_of_the_file_decides_on_the_format_and_it_is_remembered(self):
        window = self.talk()
        for name, beginning in (("kitchen.html", "<!DOCTYPE html>"), ("kitchen.csv", "\ufeff"), ("kitchen.txt", "Earshot")):
            file = self.folder / name
            window.menu("Chat", re.compile("^Export"))
            window.export_to(file, "Today")
            window.wait_sentence(rf"saved to .*{re.escape(name)}")
            text = wait_for(lambda file=file: file.exists() and file.read_text(encoding="utf-8"), "nothing was exported")
            self.assertTrue(text.startswith(beginning), text[:100])
            self.assertIn("something to keep", text)
            self.assertIn("from 20", text)
        settings = pathlib.Path(self.data_dir("anna"), "settings.json")
        wait_for(lambda: json.loads(settings.read_text(encoding="utf-8")).get("export_format") == "text",
                 "the format is not remembered")

    def test_what_was_exported_can_be_imported_for_reading_only(self):
        window = self.talk()
        file = self.folder / "kitchen.jsonl"
        window.menu("Chat", re.compile("^Export"))
        window.export_to(file)
        window.wait_sentence(r"saved to .*kitchen\.jsonl")
        ben = self.window("ben")
        ben.menu("Chat", re.compile("^Import"))
        self.choose(ben, file)
        ben.wait_message("Anna", "something to keep")
        ben.wait_sentence("only for reading")
        self.assertEqual([button.name for button in ben.frame.all("push button") if "again" in button.name], [])

    def test_a_file_that_is_no_export_is_refused_in_one_sentence(self):
        window = self.window("anna")
        file = self.folder / "other.jsonl"
        file.write_text("{}\n", encoding="utf-8")
        window.menu("Chat", re.compile("^Import"))
        self.choose(window, file)
        wait_for(lambda: [node for node in window.frame.all("label") if "no conversation that Earshot" in
                          " ".join(node.words.split())], "nothing is said about the file")

    def choose(self, window, file):
        """Fills in the system's dialog for opening a file."""
        dialog = wait_for(lambda: [each for each in window.dialogs() if each.role == "file chooser"],
                          "no file is asked for")[0]
        wait_for(lambda: any(node.has("FOCUSED") for _, node in dialog.walk()), "the dialog does not take the focus")
        key("ctrl+l")
        field = wait_for(lambda: dialog.all("text"), "there is no field for the file's name")[0]
        field.set_text(str(file))
        dialog.find("push button", "Open").click()
        wait_for(lambda: not window.dialogs(), "a file is still asked for")


if __name__ == "__main__":
    main()
