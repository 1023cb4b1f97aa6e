"""The element as a package: what it declares is what it does, once, and nothing on a server."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import states
from tests.browser.conftest import Open
from tests.browser.servers import ELEMENT, ApiServer, HostServer
from tests.browser.test_page import WEB

PACKAGE = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
MANIFEST = json.loads((WEB / "custom-elements.json").read_text(encoding="utf-8"))
DECLARATION = MANIFEST["modules"][0]["declarations"][0]
README = (WEB / "README.md").read_text(encoding="utf-8")
TYPES = (WEB / "jenji-dropbox.d.ts").read_text(encoding="utf-8")
SOURCES = "".join(path.read_text(encoding="utf-8") for path in (WEB / "src").glob("*.js"))


def test_the_file_says_which_version_it_is() -> None:
    first, _ = ELEMENT.read_text(encoding="utf-8").split("\n", 1)

    assert first == f"/*! jenji-dropbox {PACKAGE['version']}, Apache-2.0 */"


def test_everything_the_package_names_is_there() -> None:
    exported = [PACKAGE["types"], PACKAGE["customElements"], *PACKAGE["files"]]
    for entry in PACKAGE["exports"].values():
        exported += entry.values() if isinstance(entry, dict) else [entry]

    assert [path for path in exported if not (WEB / path).exists()] == []


def test_importing_it_on_a_server_does_nothing() -> None:
    script = "const { JenjiDropbox } = await import(process.argv[1]); console.log(JenjiDropbox.version);"

    done = subprocess.run(
        ["node", "--input-type=module", "-e", script, ELEMENT.as_uri()],
        capture_output=True,
        text=True,
        check=True,
    )

    assert (done.stdout.strip(), done.stderr) == (PACKAGE["version"], "")


def test_two_copies_on_one_page_are_no_trouble(api: ApiServer, host: HostServer, open_page: Open) -> None:
    api.links(states.NOT_LINKED)
    host.answers["GET /copy.js"] = host.answers["GET /jenji-dropbox.js"]
    page = open_page("personal")

    version = page.evaluate("import('/copy.js').then(({ JenjiDropbox }) => JenjiDropbox.version)")

    assert version == PACKAGE["version"]
    expect(page.get_by_role("button", name="Link a Dropbox account")).to_be_visible()


def test_the_manifest_lists_every_attribute() -> None:
    [observed] = re.findall(r"observedAttributes = \[(.*?)\]", SOURCES)

    assert {each["name"] for each in DECLARATION["attributes"]} == set(re.findall(r'"([^"]+)"', observed))


def test_every_attribute_that_is_a_property_can_be_set_as_one(api: ApiServer, open_page: Open) -> None:
    """React sets a property where there is one: one that cannot be set would throw, or be lost."""
    api.links(states.NOT_LINKED, states.company())
    page = open_page("personal")
    values = {each["name"]: f"{api.url}/elsewhere" for each in DECLARATION["attributes"]}

    kept = page.evaluate(
        "(values) => { const element = document.querySelector('jenji-dropbox');"
        " const given = Object.entries(values).filter(([name]) => name in element);"
        " for (const [name, value] of given) element[name] = value;"
        " return Object.fromEntries(given.map(([name]) => [name, element.getAttribute(name)])); }",
        values,
    )

    assert kept == {name: values[name] for name in ("scope", "api", "lang")}
    assert {each["name"] for each in DECLARATION["members"] if each.get("reflects")} == {"scope", "api"}


def test_the_manifest_the_types_and_the_readme_list_every_event() -> None:
    emitted = set(re.findall(r'emit\("(jenji-[a-z-]+)"', SOURCES))

    assert {each["name"] for each in DECLARATION["events"]} == emitted
    assert set(re.findall(r'"(jenji-[a-z-]+)": CustomEvent', TYPES)) == emitted
    assert {name for name in emitted if f"| `{name}` |" in README} == emitted


def test_the_manifest_gives_the_defaults_of_every_property_of_style() -> None:
    styles = " ".join((WEB / "src" / "styles.css").read_text(encoding="utf-8").split())
    used = dict(re.findall(r"var\((--jenji-[a-z-]+), (light-dark\(.*?\)|[^()]+?)\)", styles))

    assert {each["name"]: each["default"] for each in DECLARATION["cssProperties"]} == used
    assert [name for name in used if f"`{name}`" not in README] == []


@pytest.mark.parametrize("part", [each["name"] for each in DECLARATION["cssParts"]])
def test_every_part_is_there_and_documented(part: str, api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    page = open_page("personal")

    expect(page.locator(f"jenji-dropbox [part~={part}]").first).to_be_visible()
    assert f"`{part}`" in README


def test_a_host_written_in_typescript_is_checked(tmp_path: Path) -> None:
    (tmp_path / "host.ts").write_text(
        f'''import {{ JenjiDropbox }} from "{WEB}/jenji-dropbox.js";
        const element = document.querySelector("jenji-dropbox")!;
        element.session = async () => "token";
        element.scope = "company";
        element.api = undefined;
        element.addEventListener("jenji-open-expense", ({{ detail }}) => detail.expenseId.length);
        element.addEventListener("jenji-status", ({{ detail }}) => detail.counts?.rejected?.toFixed());
        // @ts-expect-error
        element.scope = "team";
        // @ts-expect-error
        element.session = 5;
        // @ts-expect-error
        element.addEventListener("jenji-linked", ({{ detail }}) => detail.expenseId);
        const version: string = JenjiDropbox.version;
        console.log(version);
        ''',
        encoding="utf-8",
    )

    done = subprocess.run(
        [
            WEB / "node_modules" / ".bin" / "tsc",
            *("--noEmit", "--strict", "--target", "es2022", "--module", "esnext"),
            *("--moduleResolution", "bundler", "--lib", "es2023,dom", "--skipLibCheck"),
            tmp_path / "host.ts",
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == ""
