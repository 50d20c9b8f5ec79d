"""Who gets into a room, and how sure one can be of its host: join codes, invites, the badge."""

import pathlib
import re
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from earshot_gui import GuiTest, bring_to_front, key, main, wait_for  # noqa: E402

READABLE = "Room: encrypted on the network; the host can read it."


class Trust(GuiTest):
    def hosting(self, **how):
        """Anna's window, and the address of her room."""
        anna = self.window("anna")
        return anna, anna.host("Anna", "Kitchen table", **how)

    def open_access(self, window):
        window.button("Who can join").click()
        return window.wait_dialog()

    def qr_text(self, dialog) -> str:
        """What a camera reads that looks at the screen."""
        bring_to_front(dialog)
        picture = self.folder / "qr.png"

        def read():
            subprocess.run(["import", "-silent", "-window", "root", str(picture)], check=True)
            read = subprocess.run(["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(picture)],
                                  capture_output=True, text=True)
            return read.stdout.strip()

        return wait_for(read, "no QR code can be read on the screen")

    def badge(self, window) -> str:
        return window.button(re.compile("^Encrypted")).name

    def behind_the_badge(self, window) -> list[str]:
        """The sentences, once the pictures are there too."""
        window.button(re.compile("^Encrypted")).click()
        dialog = window.wait_dialog()
        wait_for(lambda: not dialog.all("label", "…"), "the pictures do not come")
        texts = [" ".join(label.words.split()) for label in dialog.all("label")]
        dialog.find("push button", "Close").click()
        wait_for(lambda: not window.dialogs(), "the dialog stays")
        return texts

    def test_the_host_sees_the_code_and_can_hide_it(self):
        anna, _ = self.hosting()
        code = anna.join_code()
        self.assertEqual(anna.frame.find("label", f"Join code: {code}").text, f"Join code: {code}")
        anna.button("Hide join code").click()
        wait_for(lambda: not any(code in text for text in anna.sentences()), "the code stays")
        anna.button("Show join code").click()
        self.assertEqual(anna.join_code(), code)
        self.assertEqual(self.badge(anna), "Encrypted, host verified")

    def test_the_code_is_asked_for_in_a_second_step(self):
        anna, address = self.hosting()
        code = anna.join_code()
        ben = self.window("ben")
        ben.ask_to_join(address, "Ben")
        ben.wait_sentence("Kitchen table.* has a join code")
        field = ben.field("Join code")
        wait_for(lambda: field.has("FOCUSED"), "the cursor is not where one types the code")
        self.assertEqual(ben.dialogs(), [])
        ben.enter_code("amber")
        ben.wait_sentence("three words and two digits")
        ben.enter_code(code[:-2] + ("00" if code[-2:] != "00" else "01"))
        ben.wait_sentence("not the join code of this room")
        field.set_text(code.upper().replace("-", " "))
        field.focus()
        key("Return")
        ben.wait_person("Ben")
        anna.wait_person("Ben")
        self.assertEqual(self.badge(ben), "Encrypted, host verified")
        ben.say("hello")
        anna.wait_message("Ben", "hello")

    def test_the_question_can_be_left(self):
        _, address = self.hosting()
        ben = self.window("ben")
        ben.ask_to_join(address, "Ben")
        ben.field("Join code")
        ben.button("Cancel").click()
        self.assertEqual(ben.field("Address or invite").text, address)
        wait_for(lambda: ben.button("Join").has("SENSITIVE"), "Join stays disabled")

    def test_an_invite_needs_no_code_and_is_what_the_picture_says(self):
        anna, _ = self.hosting()
        dialog = self.open_access(anna)
        dialog.find("push button", "New invite").click()
        invites = dialog.find(None, "Invites")
        wait_for(lambda: dialog.find("push button", "Copy link").has("SENSITIVE"), lambda: f"no invite:\n{invites.dump()}")
        seen = self.qr_text(dialog)
        self.assertRegex(seen, r"^earshot://.+:\d+/\?r=")
        dialog.find("push button", "Copy link").click()

        ben = self.window("ben")
        ben.activate()
        field = ben.field("Address or invite")
        field.focus()
        key("ctrl+a")
        key("ctrl+v")
        wait_for(lambda: field.text == seen, lambda: f"pasted {field.text!r}, seen {seen!r}")
        ben.field("Your name").set_text("Ben")
        ben.button("Join").click()
        ben.wait_person("Ben")
        anna.wait_person("Ben")
        self.assertEqual(self.badge(ben), "Encrypted, host verified")

    def test_a_revoked_invite_lets_nobody_in(self):
        anna, _ = self.hosting()
        dialog = self.open_access(anna)
        dialog.find("push button", "New invite").click()
        wait_for(lambda: dialog.find("push button", "Copy link").has("SENSITIVE"), "no invite")
        link = self.qr_text(dialog)
        dialog.find("push button", "Revoke").click()
        wait_for(lambda: self.qr_text_now() != link, "the invite stays")
        ben = self.window("ben", link)
        ben.wait_sentence("invite is used up or too old")

    def qr_text_now(self) -> str:
        picture = self.folder / "now.png"
        subprocess.run(["import", "-silent", "-window", "root", str(picture)], check=True)
        return subprocess.run(["zbarimg", "--quiet", "--raw", str(picture)], capture_output=True, text=True).stdout.strip()

    def test_a_new_code_is_asked_of_everybody_again(self):
        anna, address = self.hosting()
        old = anna.join_code()
        ben = self.window("ben")
        ben.join(address, "Ben", old)
        ben.press("ctrl+w")
        ben.button("Reopen").click()
        ben.wait_person("Ben")  # known by their key
        ben.press("ctrl+w")
        dialog = self.open_access(anna)
        dialog.find("push button", "New code").click()
        wait_for(lambda: anna.join_code() != old, "the code stays")
        new = anna.join_code()
        dialog.find("push button", "Close").click()
        ben.button("Reopen").click()
        ben.field("Join code")
        self.assertEqual(ben.dialogs(), [])
        ben.enter_code(old)
        ben.wait_sentence("not the join code of this room")
        ben.enter_code(new)
        ben.wait_person("Ben")

    def test_an_open_room_is_not_verified_and_both_see_the_same_pictures(self):
        anna, address = self.hosting(open_to_all=True)
        ben = self.window("ben")
        ben.join(address, "Ben")
        self.assertEqual(self.badge(ben), "Encrypted, host not verified")
        theirs = self.behind_the_badge(ben)
        self.assertIn(READABLE, theirs)
        ours = self.behind_the_badge(anna)
        self.assertIn(READABLE, ours)
        self.assertEqual(theirs[-16:], ours[-16:], "eight pictures with their names")
        self.assertEqual(len(set(map(str.isascii, ours[-16:]))), 2, "pictures and names")

    def test_an_open_room_can_ask_for_a_code_after_all(self):
        anna, address = self.hosting(open_to_all=True)
        anna.menu("Chat", re.compile("Who can join"))
        dialog = anna.wait_dialog()
        dialog.find("radio button", "Ask for a join code").click()
        code = anna.join_code()
        ben = self.window("ben")
        ben.join(address, "Ben", code)

    def test_another_host_at_the_same_address_is_a_full_stop(self):
        first, address = self.headless_host()
        ben = self.window("ben")
        ben.join(address, "Ben")
        first.signal(signal.SIGTERM)
        first.wait_exit()
        port = address.rpartition(":")[2]
        second = self.program("mallory", "host", "--headless", "--json", "--name", "Kitchen table", "-p", port)
        code = second.wait_event("listening")["join_code"]
        ben.press("ctrl+w")
        ben.ask_to_join(address, "Ben")
        ben.wait_sentence("is not the one that hosted")
        self.assertEqual(ben.dialogs(), [])
        ben.button(re.compile("Enter a join code")).click()
        ben.enter_code(code)
        ben.wait_person("Ben")


if __name__ == "__main__":
    main()
