"""The manual page and the completions know every option that the program knows."""

import pathlib
import re
import unittest

from earshot_process import ProgramTest

RESOURCES = pathlib.Path(__file__).parents[2] / "resources"


class Words(ProgramTest):
    def options(self, *command):
        """The long options that --help lists."""
        listed = self.run_program(*command, "--help").stdout
        options = set(re.findall(r"(?m)^\s+(?:-\w,)?--([a-z-]+)", listed))
        self.assertIn("help", options, listed)
        return options

    def test_every_option_is_documented_and_completed(self):
        everywhere = self.options()
        manual = (RESOURCES / "earshot.1").read_text(encoding="utf-8")
        completions = {path.name: path.read_text(encoding="utf-8") for path in (RESOURCES / "completions").iterdir()}
        self.assertEqual(set(completions), {"earshot.bash", "_earshot", "earshot.fish"})
        for command in ("host", "join", "export", "import", "rooms", "check", "backup", "restore"):
            for option in self.options(command) | everywhere:
                with self.subTest(command=command, option=option):
                    self.assertRegex(manual, rf"Fl -{option}\b", "the manual page lacks it")
                    self.assertRegex(completions["_earshot"], rf"--{option}\b")
                    self.assertRegex(completions["earshot.fish"], rf"-l {option}\b")
                if option != "version":
                    with self.subTest(command=command, option=option, shell="bash"):
                        words = re.search(rf"(?m)^ *{command}\) words='(.*)' ;;$", completions["earshot.bash"])[1]
                        self.assertIn(f"--{option}", words.split())


if __name__ == "__main__":
    unittest.main()
