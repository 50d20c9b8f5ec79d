"""One window for a person: a second start raises it and passes on what it was asked for."""

import pathlib
import signal
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from earshot_gui import GuiTest, Window, main, wait_for  # noqa: E402


class SecondStart(GuiTest):
    def again(self, person, *arguments):
        """Starts once more for that person; it must end by itself, and say nothing."""
        second = self.program(person, *arguments, label="second")
        self.assertEqual(second.wait_exit(), 0, second.output())
        self.assertEqual(second.output(), "")

    def test_raises_the_window(self):
        anna = self.window("anna")
        ben = self.window("ben")
        ben.activate()
        wait_for(lambda: not anna.frame.has("ACTIVE"), "the first window stays in front")
        anna.field("Your name").set_text("Something just typed")
        self.again("anna")
        wait_for(lambda: anna.frame.has("ACTIVE"), "the window does not come to the front")
        self.assertEqual(anna.field("Your name").text, "Something just typed")
        self.assertEqual(len(anna.windows()), 1)

    def test_passes_a_link_on(self):
        host, address = self.headless_host()
        window = self.window("anna")
        ben = self.window("ben")
        ben.activate()
        self.again("anna", f"earshot://{address}/")
        host.wait_event("joined")
        window.wait_sentence("Kitchen table")
        wait_for(lambda: window.frame.has("ACTIVE"), "the window does not come to the front")

    def test_passes_an_address_and_a_name_on(self):
        _, address = self.headless_host()
        window = self.window("anna")
        self.again("anna", "join", address, "--as", "Zoë")
        window.wait_person("Zoë")

    def test_passes_a_room_to_host_on(self):
        window = self.window("anna")
        self.again("anna", "host", "--name", "Workshop", "-p", "0")
        address = window.hosting_address()
        self.again("anna", "host", "--name", "workshop")
        self.assertEqual(window.hosting_address(), address, "one room is never hosted twice")
        self.again("anna", "join")
        wait_for(lambda: window.field("Address or invite").has("FOCUSED"), "the address is not asked for")

    def test_passes_a_link_that_leads_nowhere_on(self):
        window = self.window("anna")
        self.again("anna", "earshot://--headless/")
        window.wait_sentence("leads to no room")

    def test_opens_a_window_when_the_first_was_killed(self):
        window = self.window("anna")
        window.signal(signal.SIGKILL)
        window.wait_exit()
        self.window("anna", label="again").button("Host chat")

    def test_opens_a_window_of_its_own_while_the_first_one_closes(self):
        window = self.window("anna")
        window.host("Anna")
        window.signal(signal.SIGTERM)
        self.window("anna", label="again").button("Host chat")
        self.assertEqual(window.wait_exit(), 0)

    def test_of_a_console_says_that_the_profile_is_in_use(self):
        _, address = self.headless_host()
        self.window("anna")
        second = self.program("anna", "join", address, "--console", "--json", label="second")
        self.assertEqual(second.wait_exit(), 1)
        self.assertIn("Earshot is already open for this person", second.output())

    def test_while_a_console_has_the_profile_says_so_in_a_window(self):
        self.headless_host()
        second = self.program("host", label="second")
        application = wait_for(lambda: Window._find_application(second), "no window says why there is none")
        dialog = wait_for(lambda: application.child(0), "no window says why there is none")
        dialog.find("label", "Earshot is already open for this person; use that window, or give another "
                             "--data-dir to be somebody else.")
        dialog.find("push button", "OK").click()
        self.assertEqual(second.wait_exit(), 1)


if __name__ == "__main__":
    main()
