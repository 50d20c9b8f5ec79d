"""Replies, edits, deletions and reactions between real programs, by the JSON contract."""

import unittest

from earshot_process import ProgramTest


class Changes(ProgramTest):
    def member(self, address, name, **options):
        member = self.join(address, name, **options)
        member.joined = member.wait_for("joined")
        return member

    def say(self, member, text, **fields):
        member.send(say=text, **fields)
        return member.wait_for("sent")["seq"]

    def setUp(self):
        super().setUp()
        self.host_process, self.address = self.room()
        self.anna, self.ben = self.member(self.address, "Anna"), self.member(self.address, "Ben")

    def test_everybody_sees_what_changes(self):
        hello = self.say(self.anna, "helo")
        self.assertEqual(self.ben.wait_for("message")["seq"], hello)
        self.anna.send(edit=hello, say="hello")
        for member in (self.anna, self.ben):
            edited = member.wait_for("edited")
            self.assertEqual((edited["of"], edited["from"], edited["text"]), (hello, "Anna", "hello"))
        answer = self.say(self.ben, "hello to you", reply=hello)
        self.assertEqual(self.anna.wait_for("message", seq=answer)["reply_to"], hello)
        self.ben.send(react=hello, **{"with": "👍"})
        self.assertEqual(self.anna.wait_for("reacted")["with"], "👍")
        self.ben.send(react=hello, **{"with": "👍", "off": True})
        self.assertTrue(self.anna.wait_for("reacted")["off"])
        self.anna.send(delete=hello)
        self.assertEqual(self.ben.wait_for("deleted")["of"], hello)

    def test_the_others_hear_that_somebody_is_writing(self):
        self.anna.send(typing=True)
        self.assertEqual(self.ben.wait_for("typing")["names"], ["Anna"])
        self.say(self.anna, "written")
        self.ben.wait_for("message", text="written")
        self.assertFalse([e for e in self.anna.seen if e["event"] == "typing"], "she is told of herself")

    def test_a_host_without_a_window_deletes_what_anybody_said(self):
        hello = self.say(self.anna, "something bad")
        self.ben.wait_for("message")
        self.host_process.send(delete=hello)
        self.assertEqual(self.host_process.wait_for("deleted")["of"], hello)
        for member in (self.anna, self.ben):
            deleted = member.wait_for("deleted")
            self.assertEqual((deleted["of"], deleted["from"]), (hello, "Host"))
        self.host_process.send(delete=10_000)
        self.assertEqual(self.host_process.wait_for("error", code="message_gone")["of"], 10_000)
        self.host_process.send(delete="x")
        self.assertEqual(self.host_process.wait_for("error")["code"], "usage_invalid")
        carla = self.member(self.address, "Carla")
        self.assertEqual(carla.wait_for("message", seq=hello)["text"], "")

    def test_what_is_not_ours_stays(self):
        hello = self.say(self.anna, "hello")
        self.ben.wait_for("message")
        for asked, code in (({"edit": hello, "say": "forged"}, "message_not_yours"),
                            ({"delete": hello}, "message_not_yours"),
                            ({"react": hello, "with": "not an emoji"}, "reaction_invalid"),
                            ({"edit": 10_000, "say": "x"}, "message_gone"),
                            ({"delete": 1}, "message_gone"),
                            ({"react": "x", "with": "👍"}, "usage_invalid")):
            self.ben.send(ref=1, **asked)
            error = self.ben.wait_for("error")
            self.assertEqual(error["code"], code, asked)
            self.assertTrue(error["text"].endswith("."), error)
        self.say(self.ben, "the end")
        self.anna.wait_for("message", text="the end")
        self.assertFalse([e for e in self.anna.seen if e["event"] in ("edited", "deleted", "reacted")])

    def test_who_was_away_and_who_comes_later_see_the_texts_as_they_are_now(self):
        first, second = self.say(self.anna, "secret words"), self.say(self.anna, "draft")
        for seq in (first, second):
            self.ben.wait_for("message", seq=seq)
        self.ben.kill()
        self.anna.send(delete=first)
        self.anna.send(edit=second, say="final")
        self.anna.wait_for("edited")
        ben = self.member(self.address, "Ben")
        self.assertEqual(ben.wait_for("deleted")["of"], first)
        self.assertEqual(ben.wait_for("edited")["text"], "final")
        carla = self.member(self.address, "Carla")
        gone, final = carla.wait_for("message"), carla.wait_for("message")
        self.assertEqual((gone["seq"], gone["text"], gone["deleted"]), (first, "", True))
        self.assertEqual((final["text"], final["edited"]), ("final", True))
        carla.wait_for("edited")
        for member, name in ((ben, "Ben"), (carla, "Carla")):
            member.send(quit=True)
            self.assertEqual(member.exit_code(), 0)
            exported = self.run_program("export", "Kitchen table", "--data-dir", self.path(name)).stdout
            self.assertIn("(edited): final", exported)
            self.assertNotIn("secret", exported)

    def test_who_is_meant_is_told(self):
        self.say(self.anna, "@ben and @Benno, look")
        self.assertTrue(self.ben.wait_for("message")["mention"])
        self.say(self.anna, "Ben, look")
        self.assertNotIn("mention", self.ben.wait_for("message"))
        self.say(self.anna, "@everyone!")
        self.assertTrue(self.ben.wait_for("message")["mention"])


if __name__ == "__main__":
    unittest.main()
