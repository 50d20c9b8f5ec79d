"""Search everywhere: results while one types, and the way to the place."""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from earshot_gui import LISTS, GuiTest, key, main, type_keys, wait_for  # noqa: E402


class SearchEverywhere(GuiTest):
    def talk(self, room: str, texts, privately=None):
        """Anna is in a room, hears Ben say all that, and leaves."""
        host = self.program("host", "host", "--headless", "--json", "--open", "--name", room, "-p", "0",
                            label=f"host of {room}")
        address = f"127.0.0.1:{host.wait_event('listening')['port']}"
        anna = self.program("anna", "join", address, "--console", "--json", "--as", "Anna", label=f"anna in {room}",
                            take_input=True)
        anna.wait_event("joined")
        ben = self.program("ben", "join", address, "--console", "--json", "--as", "Ben", label=f"ben in {room}",
                           take_input=True)
        ben.wait_event("joined")
        for text in texts:
            ben.tell({"say": text})
        anna.wait_event("message", lambda event: event["text"] == texts[-1])
        if privately is not None:
            anna.wait_event("member_joined")
            ben.tell({"say": privately, "to": "Anna"})
            anna.wait_event("message", lambda event: event.get("private"))
        for program in (anna, ben):
            program.tell({"quit": True})
            self.assertEqual(program.wait_exit(), 0)
        host.end()

    def open_search(self, window):
        window.press("ctrl+shift+f")
        dialog = window.wait_dialog()
        self.assertEqual(dialog.name, "Search everywhere")
        field = dialog.find("text", "Search")
        wait_for(lambda: field.has("FOCUSED"), "the cursor is not where one types words")
        return dialog

    def results(self, dialog) -> list[str]:
        rows = [node for node in dialog.all(None, "Results") if node.role in LISTS]
        return [node.words for row in rows for _, node in row.walk() if node.role == "table cell" and node.words]

    def wait_results(self, dialog, *texts: str) -> None:
        """Results in this order, each with this text."""
        def probe():
            found = self.results(dialog)
            return len(found) == len(texts) and all(text in each for text, each in zip(texts, found))
        wait_for(probe, lambda: f"found {self.results(dialog)}, not {texts}")

    def test_finds_in_all_conversations_and_opens_the_place(self):
        self.talk("Kitchen", ["cake number one", *(f"line {number}" for number in range(300)), "今天下午五点见面"])
        self.talk("Garden", ["more cake, more tea"], privately="secret cake")
        window = self.window("anna")
        dialog = self.open_search(window)
        type_keys("cak")
        self.wait_results(dialog, "secret cake", "more cake", "cake number one")
        first = self.results(dialog)[0]
        self.assertIn("Ben", first)
        self.assertIn("Garden", first)
        self.assertIn("today", first)
        key("ctrl+a")
        dialog.find("text", "Search").set_text("下午")
        self.wait_results(dialog, "今天下午五点见面")
        dialog.find("text", "Search").set_text("cake")
        dialog.find("text", "Room").set_text("kitchen")
        self.wait_results(dialog, "cake number one")
        dialog.find("push button", "Open").click()
        wait_for(lambda: not window.dialogs(), "the dialog stays")
        line = wait_for(lambda: [node for node in window.messages.all("list item", re.compile("cake number one$"))]
                        if window.messages.count <= 50 else
                        [child for child in (window.messages.child(i) for i in range(5))
                         if child and child.name.endswith("cake number one") and child.showing],
                        "the place is not on the screen")
        self.assertTrue(line)
        window.wait_sentence("You are not in this room at the moment")

    def test_opens_a_private_chat_with_its_room(self):
        self.talk("Garden", ["more tea"], privately="secret cake")
        window = self.window("anna")
        dialog = self.open_search(window)
        type_keys("cake")
        self.wait_results(dialog, "secret cake")
        key("Return")
        wait_for(lambda: not window.dialogs(), "the dialog stays")
        window.wait_sentence("^Private, in “Garden”")
        window.wait_message("Ben", "secret cake")

    def test_says_what_it_cannot_find_and_comes_back_as_it_was(self):
        window = self.window("anna")
        window.host("Anna", "Kitchen")
        window.say("tea for two")
        window.wait_message("Anna", "tea for two")
        dialog = self.open_search(window)
        type_keys("coffee")
        wait_for(lambda: any(label.name == "Nothing found" for label in dialog.all("label")), "it says nothing")
        key("ctrl+a")
        type_keys("tea")
        self.wait_results(dialog, "tea for two")
        dialog.find("text", "From").set_text("2001-")
        wait_for(lambda: any("2026-11-22" in label.name for label in dialog.all("label")), "it takes every day")
        dialog.find("text", "From").set_text("")
        key("Escape")
        wait_for(lambda: not window.dialogs(), "Escape does not close it")
        window.say("more tea")
        window.wait_message("Anna", "more tea")
        dialog = self.open_search(window)
        self.wait_results(dialog, "more tea", "tea for two")
        key("Down")
        key("Down")
        key("Return")
        wait_for(lambda: not window.dialogs(), "Enter in the list opens nothing")
        window.wait_message("Anna", "more tea")


if __name__ == "__main__":
    main()
