"""The workflows of .github are checked as far as that is possible without GitHub: they parse, their
shell is sound, what they start exists, and they may do no more than they need.

    python3 workflows_test.py PROJECT
"""

import json
import pathlib
import re
import subprocess
import sys
import unittest

import yaml

PROJECT = pathlib.Path(sys.argv.pop(1) if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]).resolve()
FILES = sorted((PROJECT / ".github").rglob("*.yml"))
OUR_PATH = re.compile(r"(?<![\w./$-])(?:\.ci|scripts|packaging|tests)/[\w./-]+")


def load(path: pathlib.Path) -> dict:
    # YAML reads the key "on" as true.
    return {("on" if key is True else key): value for key, value in yaml.safe_load(path.read_text("utf-8")).items()}


def jobs(workflow: dict) -> list[tuple[str, dict]]:
    if "runs" in workflow:
        return [("action", workflow["runs"])]
    return list(workflow.get("jobs", {}).items())


def steps() -> list[tuple[str, dict]]:
    return [
        (f"{path.relative_to(PROJECT)}: {name}: step {number}", step)
        for path in FILES
        for name, job in jobs(load(path))
        for number, step in enumerate(job.get("steps", []), 1)
    ]


def shell_of(step: dict) -> str:
    """The script as the shell gets it; values that GitHub fills in become a word."""
    return re.sub(r"\$\{\{.*?\}\}", "filled-in", step["run"])


class Workflows(unittest.TestCase):
    def test_there_is_something_to_check(self):
        self.assertGreaterEqual(len(FILES), 4)
        self.assertGreaterEqual(len(steps()), 20)

    def test_shell_is_sound(self):
        for where, step in steps():
            if "run" in step:
                with self.subTest(where):
                    command = ["shellcheck", "--shell=bash", "--severity=style", "-"]
                    found = subprocess.run(command, input=shell_of(step), text=True, stdout=subprocess.PIPE)
                    self.assertEqual(found.returncode, 0, found.stdout)

    def test_what_is_started_exists(self):
        for where, step in steps():
            for path in OUR_PATH.findall(step.get("run", "")):
                with self.subTest(where, path=path):
                    self.assertTrue((PROJECT / path).exists())
            if step.get("uses", "").startswith("./"):
                with self.subTest(where, uses=step["uses"]):
                    self.assertTrue((PROJECT / step["uses"] / "action.yml").exists())

    def test_foreign_actions_name_their_version(self):
        for where, step in steps():
            if "uses" in step and not step["uses"].startswith("./"):
                with self.subTest(where, uses=step["uses"]):
                    self.assertRegex(step["uses"], r"^actions/[\w-]+@(v\d+|[0-9a-f]{40})$")

    def test_presets_exist(self):
        presets = {preset["name"] for preset in json.loads((PROJECT / "CMakePresets.json").read_text())["configurePresets"]}
        for where, step in steps():
            for preset in re.findall(r"--preset (\w+)", step.get("run", "")):
                with self.subTest(where, preset=preset):
                    self.assertIn(preset, presets)

    def test_only_publishing_may_write(self):
        for path in FILES:
            workflow = load(path)
            if "jobs" not in workflow:
                continue
            self.assertEqual(workflow.get("permissions"), {"contents": "read"}, path.name)
            for name, job in workflow["jobs"].items():
                with self.subTest(path.name, job=name):
                    self.assertEqual(job.get("permissions"), {"contents": "write"} if name == "publish" else None)

    def test_what_others_can_write_never_becomes_shell(self):
        for where, step in steps():
            for value in re.findall(r"\$\{\{\s*(.*?)\s*\}\}", step.get("run", "")):
                with self.subTest(where, value=value):
                    self.assertTrue(value.startswith("matrix."), "hand it over in env")

    def test_jobs_need_jobs_and_end(self):
        for path in FILES:
            for name, job in load(path).get("jobs", {}).items():
                with self.subTest(path.name, job=name):
                    needs = job.get("needs", [])
                    self.assertLessEqual({needs} if isinstance(needs, str) else set(needs), set(load(path)["jobs"]))
                    self.assertIn("timeout-minutes", job)


if __name__ == "__main__":
    unittest.main()
