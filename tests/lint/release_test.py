"""What a release says about itself: one version everywhere, every library with its license.

    python3 release_test.py PROJECT
"""

import importlib.machinery
import importlib.util
import json
import os
import pathlib
import plistlib
import re
import subprocess
import sys
import unittest
import xml.etree.ElementTree as tree

PROJECT = pathlib.Path(sys.argv.pop(1) if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]).resolve()


def text(path: str) -> str:
    return (PROJECT / path).read_text(encoding="utf-8")


def script(path: str):
    loader = importlib.machinery.SourceFileLoader(pathlib.Path(path).name, str(PROJECT / path))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def version() -> str:
    return subprocess.run([PROJECT / "packaging/version"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


class Version(unittest.TestCase):
    def test_is_the_same_in_vcpkg(self):
        self.assertEqual(json.loads(text("vcpkg.json"))["version"], version())

    def test_is_the_newest_of_the_changelog(self):
        self.assertEqual(re.findall(r"^## \[(\d[^]]*)\] - \d{4}-\d\d-\d\d$", text("CHANGELOG.md"), re.M)[0], version())
        notes = subprocess.run(
            [PROJECT / "packaging/release-notes", version()], check=True, stdout=subprocess.PIPE, text=True
        ).stdout
        self.assertIn("### Added", notes)
        self.assertNotIn("## [", notes)

    def test_is_the_newest_of_the_metainfo(self):
        releases = tree.fromstring(text("resources/io.github.earshot_chat.Earshot.metainfo.xml")).find("releases")
        self.assertEqual(releases[0].get("version"), version())

    def test_fills_the_macos_description(self):
        plist = re.sub(r"@\w+@", version(), text("packaging/macos/Info.plist.in"))
        info = plistlib.loads(plist.encode())
        self.assertEqual(info["CFBundleShortVersionString"], version())
        self.assertEqual(info["NSBonjourServices"], ["_earshot._tcp"])
        self.assertEqual(info["CFBundleURLTypes"][0]["CFBundleURLSchemes"], ["earshot"])
        self.assertTrue(info["NSLocalNetworkUsageDescription"])


class Libraries(unittest.TestCase):
    def setUp(self):
        self.table = json.loads(text("packaging/libraries.json"))

    def values(self, key: str) -> set[str]:
        return {library[key] for library in self.table if key in library}

    def test_all_that_cmake_looks_for_are_in_the_table(self):
        names = re.findall(r"find_package\((?:unofficial-)?([\w-]+)", text("cmake/Dependencies.cmake") + text("tests/CMakeLists.txt"))
        modules = re.findall(r"pkg_check_modules\((\w+)", text("cmake/Dependencies.cmake"))
        known = {re.sub(r"\W|\d+$", "", name.lower()) for library in self.table for name in self.names_of(library)}
        for name in sorted(set(names + modules) - {"Threads", "PkgConfig"}):
            with self.subTest(name):
                plain = re.sub(r"\W|_|\d+$", "", name.lower())
                self.assertTrue(any(plain in other or other.endswith(plain) for other in known), "packaging/libraries.json lacks it")

    @staticmethod
    def names_of(library: dict) -> list[str]:
        return [library["name"], library.get("source") or library["name"], library.get("vcpkg") or library["name"]]

    def test_all_that_are_built_for_linking_in_are_in_the_table(self):
        sources = {re.sub(r"\W", "_", source) for source in self.values("source")}
        for name in re.findall(r"^build_(\w+)\(\)", text("packaging/dependencies/recipes.sh"), re.M):
            with self.subTest(name):
                self.assertIn(name, sources)

    def test_all_of_vcpkg_are_in_the_table(self):
        manifest = json.loads(text("vcpkg.json"))
        wanted = manifest["dependencies"] + manifest["features"]["tests"]["dependencies"]
        for name in {entry if isinstance(entry, str) else entry["name"] for entry in wanted} - {"pkgconf"}:
            with self.subTest(name):
                self.assertIn(name, self.values("vcpkg"))

    def test_the_page_for_people_is_fresh(self):
        made = subprocess.run(
            [PROJECT / "packaging/sbom", "--notices"], check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        ).stdout
        self.assertEqual(made, text("resources/THIRD-PARTY.md"), "packaging/sbom --notices >resources/THIRD-PARTY.md")


class Sbom(unittest.TestCase):
    """The document, with versions that no system was asked for."""

    def setUp(self):
        sbom = script("packaging/sbom")
        sbom.debian_version = lambda package: "1:2.0+deb1"
        sbom.source_version = lambda source: "3.0"
        sbom.vcpkg_versions = lambda status: {"protobuf": "4.0"}
        os.environ["SOURCE_DATE_EPOCH"] = "1700000000"
        self.made = sbom.document("9.8.7", "status")
        self.document = json.loads(self.made)
        self.again = sbom.document("9.8.7", "status")

    def test_is_the_same_every_time(self):
        self.assertEqual(self.made, self.again)
        self.assertEqual(self.document["creationInfo"]["created"], "2023-11-14T22:13:20Z")

    def test_has_what_spdx_asks_of_a_document_and_its_packages(self):
        self.assertEqual(self.document["spdxVersion"], "SPDX-2.3")
        self.assertEqual(self.document["dataLicense"], "CC0-1.0")
        self.assertNotIn("#", self.document["documentNamespace"])
        for package in self.document["packages"]:
            with self.subTest(package["SPDXID"]):
                self.assertRegex(package["SPDXID"], r"^SPDXRef-[A-Za-z0-9.-]+$")
                self.assertRegex(package["downloadLocation"], r"^https?://\S+$")
                self.assertRegex(package["supplier"], r"^Organization: \S")
                self.assertTrue(package["name"] and package["versionInfo"] and package["licenseDeclared"])

    def test_relations_are_between_things_that_are_there(self):
        ids = [package["SPDXID"] for package in self.document["packages"]]
        self.assertEqual(len(ids), len(set(ids)))
        ends = set()
        for relation in self.document["relationships"]:
            ends |= {relation["spdxElementId"], relation["relatedSpdxElement"]}
            self.assertIn(relation["relationshipType"], {"DESCRIBES", "DEPENDS_ON", "STATIC_LINK", "CONTAINS"})
        self.assertEqual(ends, set(ids) | {"SPDXRef-DOCUMENT"})

    def test_tells_what_is_linked_in_from_what_the_system_has(self):
        relations = {
            (relation["spdxElementId"], relation["relationshipType"], relation["relatedSpdxElement"])
            for relation in self.document["relationships"]
        }
        self.assertIn(("SPDXRef-earshot-linux-packages", "DEPENDS_ON", "SPDXRef-debian-libmicrohttpd12"), relations)
        self.assertIn(("SPDXRef-earshot-windows", "STATIC_LINK", "SPDXRef-static-libmicrohttpd"), relations)
        self.assertIn(("SPDXRef-earshot-linux-portable", "DEPENDS_ON", "SPDXRef-debian-libgtk-3-0"), relations)
        self.assertIn(("SPDXRef-earshot-macos", "STATIC_LINK", "SPDXRef-vcpkg-protobuf"), relations)


if __name__ == "__main__":
    unittest.main()
