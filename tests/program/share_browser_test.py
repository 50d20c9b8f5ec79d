"""The page with the installers, as a real browser without a display sees it."""

import html.parser
import os
import shutil
import subprocess
import unittest

from earshot_process import PATIENCE
from share_test import INSTALLERS, ShareTest

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)


class Seen(html.parser.HTMLParser):
    """What the browser made of the page: its links, its texts by class, its headings."""

    def __init__(self, dom):
        super().__init__()
        self.links, self.codes, self.headings, self.text, self._open = {}, [], [], [], []
        self.feed(dom)

    def handle_starttag(self, tag, attrs):
        self._open.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tag, attrs = self._open[-1] if self._open else ("", {})
        if tag == "a":
            self.links[attrs["href"]] = data
        elif tag == "code":
            self.codes.append(data)
        elif tag in ("h1", "h2", "h3"):
            self.headings.append(data)
        if tag != "style":
            self.text.append(data)


@unittest.skipUnless(CHROMIUM, "needs Chromium; scripts/test installs it")
class Browser(ShareTest):
    def browse(self, url, *arguments):
        return subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage",
             "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--no-proxy-server", f"--user-data-dir={self.path('browser')}", *arguments, url],
            capture_output=True, text=True, timeout=PATIENCE, check=True, env={**os.environ, "HOME": self.folder})

    def test_shows_installers_hashes_and_the_address(self):
        _, sharing = self.share(name="Küche <script>document.title='no'</script>")
        seen = Seen(self.browse(f"http://127.0.0.1:{sharing['port']}/", "--dump-dom").stdout)
        for installer in sharing["installers"]:
            self.assertEqual(seen.links["/" + installer["file"]], installer["file"])
            self.assertIn(installer["sha256"], seen.codes)
        address = f"{self.listening['addresses'][0]}:{self.listening['port']}"
        if ":" in self.listening["addresses"][0]:
            address = f"[{self.listening['addresses'][0]}]:{self.listening['port']}"
        self.assertIn(address, seen.codes)
        self.assertIn(f"earshot://{address}", seen.links)
        self.assertIn("Get Earshot", seen.headings)
        self.assertIn("Compare the result with the one on the host’s screen", seen.text)
        self.assertIn("Küche <script>document.title='no'</script>", seen.text)
        # A browser on Linux is offered Linux first.
        self.assertEqual(list(seen.links)[0], "/" + INSTALLERS[2])

    def test_another_path_is_plain(self):
        _, sharing = self.share()
        dom = self.browse(f"http://127.0.0.1:{sharing['port']}/secret.txt", "--dump-dom").stdout
        self.assertIn("There is nothing here.", dom)
        self.assertNotIn("never to be seen", dom)


if __name__ == "__main__":
    unittest.main()
