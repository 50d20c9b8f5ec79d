"""Private chats: two people in a window of their own within the window, and how sure they are of each other."""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from earshot_gui import GuiTest, key, main, type_keys, wait_for  # noqa: E402

NOT_COMPARED = "Private, {} not compared yet"
VERIFIED = "Private, {} verified"


class PrivateChat(GuiTest):
    def two_windows(self):
        """Anna's, who hosts, and Ben's."""
        anna = self.window("anna")
        address = anna.host("Anna", "Kitchen table", open_to_all=True)
        ben = self.window("ben")
        ben.join(address, "Ben")
        anna.wait_person("Ben")
        return anna, ben, address

    def private_cells(self, window) -> list[str]:
        return [cell.name for cell in window.cells("Private") if cell.role == "table cell" and cell.name.strip()]

    def wait_private(self, window, *cells: str) -> None:
        wait_for(lambda: self.private_cells(window) == list(cells),
                 lambda: f"{window.label} lists {self.private_cells(window)}, not {cells}")

    def choose_private(self, window, name: str) -> None:
        window.activate()
        next(cell for cell in window.cells("Private") if cell.name == name).mouse_click()
        window.wait_sentence("^Private, in “Kitchen table”")

    def choose_room(self, window) -> None:
        window.activate()
        next(cell for cell in window.cells("Rooms") if cell.name == "Kitchen table").mouse_click()
        wait_for(lambda: not any(text.startswith("Private, in") for text in window.sentences()), "the room is not shown")

    def wait_badge(self, window, name: str):
        return window.button(name)

    def open_security(self, window, badge: str):
        """The dialog behind the badge, with its pictures."""
        window.button(badge).click()
        dialog = window.wait_dialog()
        wait_for(lambda: not dialog.all("label", "…"), "the pictures do not come")
        return dialog

    def pictures(self, dialog, names) -> dict[str, list[str]]:
        """The eight words under each of the two names."""
        labels = [label.words for label in dialog.all("label")]
        found = {}
        for name in names:
            after = labels[labels.index(name) + 1:]
            found[name] = [word for word in after[:16] if word.isascii()]
            self.assertEqual(len(found[name]), 8, labels)
        return found

    def test_a_text_typed_with_msg_is_for_one_alone(self):
        anna, ben, address = self.two_windows()
        carla = self.program("carla", "join", address, "--console", "--json", "--as", "Carla", take_input=True)
        carla.wait_event("joined")
        anna.wait_person("Carla")
        anna.say("/msg Ben just for you")
        anna.wait_sentence("^Private, in “Kitchen table”$")
        anna.wait_message("Anna", "just for you (delivered)")
        self.wait_private(ben, "Anna", "1")
        self.assertFalse(any("just for you" in item for item in ben.messages.items()))
        self.choose_private(ben, "Anna")
        ben.wait_message("Anna", "just for you")
        self.wait_private(ben, "Anna")
        ben.say("and only for you")
        anna.wait_message("Ben", "and only for you")
        self.choose_room(ben)
        ben.say("for all")
        carla.wait_event("message", lambda event: event["text"] == "for all")
        self.assertFalse([event for event in carla.events() if event.get("private")])
        anna.say("/msg Nobody hello")
        anna.wait_sentence("Nobody of that name")

    def test_a_double_click_on_somebody_begins_a_chat(self):
        anna, ben, _ = self.two_windows()
        anna.activate()
        next(cell for cell in anna.cells("People") if cell.name == "Ben").double_click()
        anna.wait_sentence("^Private, in “Kitchen table”$")
        wait_for(lambda: anna.field("Message").has("FOCUSED"), "the cursor is not where one writes")
        type_keys("hello Ben")
        key("Return")
        anna.wait_message("Anna", "hello Ben (delivered)")
        self.wait_private(ben, "Anna", "1")
        anna.press("ctrl+w")
        wait_for(lambda: not any(text.startswith("Private, in") for text in anna.sentences()), "the chat stays")
        anna.wait_person("Ben")

    def test_the_menu_asks_who_is_to_read_it(self):
        anna, ben, _ = self.two_windows()
        anna.press("ctrl+m")
        dialog = anna.wait_dialog()
        self.assertEqual([cell.name for cell in dialog.all("table cell")], ["Ben"])
        dialog.find("push button", "OK").click()
        anna.wait_sentence("^Private, in “Kitchen table”$")
        anna.say("chosen")
        self.wait_private(ben, "Anna", "1")

    def test_both_compare_the_same_pictures_and_that_is_remembered(self):
        anna, ben, address = self.two_windows()
        anna.say("/msg Ben who are you?")
        self.wait_private(ben, "Anna", "1")
        self.choose_private(ben, "Anna")
        at_bens = self.open_security(ben, NOT_COMPARED.format("Anna"))
        at_annas = self.open_security(anna, NOT_COMPARED.format("Ben"))
        seen_by_anna = self.pictures(at_annas, ("You", "Ben"))
        seen_by_ben = self.pictures(at_bens, ("You", "Anna"))
        self.assertEqual(seen_by_anna["You"], seen_by_ben["Anna"])
        self.assertEqual(seen_by_anna["Ben"], seen_by_ben["You"])
        self.assertNotEqual(seen_by_anna["You"], seen_by_anna["Ben"])
        at_bens.find("push button", "The pictures are the same").click()
        at_annas.find("push button", "Close").click()
        self.wait_badge(ben, VERIFIED.format("Anna"))
        self.wait_badge(anna, NOT_COMPARED.format("Ben"))
        ben.press("ctrl+q")
        self.assertEqual(ben.wait_exit(), 0)
        again = self.window("ben", label="ben again")
        again.join(address, "Ben")
        self.wait_private(again, "Anna")
        self.choose_private(again, "Anna")
        dialog = self.open_security(again, VERIFIED.format("Anna"))
        dialog.find("push button", "They are not the same any more").click()
        self.wait_badge(again, NOT_COMPARED.format("Anna"))

    def test_another_key_under_the_name_pauses_the_chat(self):
        anna, ben, address = self.two_windows()
        anna.say("/msg Ben hello")
        anna.wait_message("Anna", "hello (delivered)")
        ben.press("ctrl+q")
        self.assertEqual(ben.wait_exit(), 0)
        anna.wait_sentence("not here now")
        other = self.program("other", "join", address, "--console", "--json", "--as", "Ben", take_input=True)
        other.wait_event("joined")
        self.choose_room(anna)
        anna.wait_person("Ben")
        other.tell({"say": "it is me", "to": "Anna"})
        self.wait_private(anna, "Ben", "Ben", "1")
        anna.activate()
        [cell for cell in anna.cells("Private") if cell.role == "table cell"][1].mouse_click()
        anna.wait_sentence("Whoever is called Ben here now has another key")
        self.assertTrue(any("uses another key" in item for item in anna.messages.items()))
        self.wait_badge(anna, "Private, the key of Ben has changed")
        wait_for(lambda: not anna.frame.all("push button", "Send") or not anna.button("Send").has("SENSITIVE"),
                 "one can still write")
        anna.button("Decide…").click()
        anna.wait_dialog().find("push button", "Use the new key without comparing").click()
        self.wait_badge(anna, NOT_COMPARED.format("Ben"))
        anna.say("good to see you")
        self.assertEqual(other.wait_event("message", lambda event: event.get("private"))["text"], "good to see you")

    def test_a_chat_is_saved_and_exported_like_a_room(self):
        anna, ben, address = self.two_windows()
        anna.say("to all")
        anna.say("/msg Ben between us")
        anna.wait_message("Anna", "between us (delivered)")
        file = self.folder / "chat.txt"
        anna.press("ctrl+s")
        anna.export_to(file)
        text = wait_for(lambda: file.exists() and file.read_text(encoding="utf-8"), "nothing was exported")
        self.assertIn("between us", text)
        self.assertNotIn("to all", text)
        ben.press("ctrl+q")
        self.assertEqual(ben.wait_exit(), 0)
        again = self.window("ben", label="ben again")
        again.join(address, "Ben")
        self.wait_private(again, "Anna", "1")
        self.choose_private(again, "Anna")
        again.wait_message("Anna", "between us")


if __name__ == "__main__":
    main()
