"""On a host's page: the policy, languages, colours, and a file that stays small and is what src/ makes."""

from __future__ import annotations

import gzip
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from shared.texts.languages import LANGUAGES as API_LANGUAGES
from tests.browser import states
from tests.browser.conftest import ROOT, Open, expect_count
from tests.browser.servers import ELEMENT, ApiServer, HostServer, Reply

WEB = ROOT / "web"
FOLDER_OF_TEXTS = WEB / "src" / "texts"


def texts_of(language: str) -> dict[str, str]:
    """By key, as they are written."""
    source = (FOLDER_OF_TEXTS / f"{language}.js").read_text(encoding="utf-8")
    pairs = re.findall(r'^  "?([\w.]+)"?:\s*"(.*)",$', source, re.MULTILINE)
    assert len(pairs) == source.count('",\n')
    return dict(pairs)


ENGLISH = texts_of("en")
LANGUAGES = sorted(path.stem for path in FOLDER_OF_TEXTS.glob("*.js"))
SOURCES = [*(WEB / "src").glob("*.js"), *(WEB / "src" / "sections").glob("*.js")]
SECTIONS = sorted(path.stem for path in (WEB / "src" / "sections").glob("*.js"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_page_fetches_stays_small(language: str) -> None:
    texts = WEB / "texts" / f"{language}.js"
    fetched = ELEMENT.read_bytes() + texts.read_bytes()

    assert len(fetched) <= 60_000
    assert len(gzip.compress(fetched)) <= 20_000


@pytest.mark.parametrize("section", SECTIONS)
def test_what_a_section_fetches_stays_small(section: str) -> None:
    fetched = (WEB / "sections" / f"{section}.js").read_bytes()

    assert len(fetched) <= 20_000
    assert len(gzip.compress(fetched)) <= 8_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_sections_are_fetched_with_them_alone(language: str) -> None:
    fetched = (WEB / "texts" / f"{language}.js").read_text(encoding="utf-8")

    assert "history" in fetched
    assert not re.findall(rf'"({"|".join(SECTIONS)})\.[\w.]+":', fetched)


@pytest.mark.parametrize("scope", ["personal", "company"])
def test_no_section_is_fetched_before_somebody_opens_it(
    scope: str, api: ApiServer, host: HostServer, open_page: Open
) -> None:
    state = states.company() if scope == "company" else states.linked()
    api.links(state)

    page = open_page(scope)

    expect(page.get_by_role("button", name="Unlink")).to_be_visible()
    scripts = {request.path for request in host.requests if request.path.endswith(".js")}
    assert scripts == {"/host.js", "/jenji-dropbox.js", "/texts/en.js"}


def test_is_what_its_sources_make(tmp_path: Path) -> None:
    subprocess.run(["node", "build.mjs", tmp_path], cwd=WEB, check=True)

    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.js")}
    there = [ELEMENT, *WEB.glob("sections/*.js"), *WEB.glob("texts/*.js")]
    assert made == {path.relative_to(WEB): path.read_bytes() for path in there}, "make element builds it"


@pytest.mark.parametrize("language", LANGUAGES)
def test_has_every_text_in_every_language(language: str) -> None:
    texts = texts_of(language)

    assert texts.keys() == ENGLISH.keys()
    for key, text in texts.items():
        assert sorted(set(re.findall(r"{\w+}", text))) == sorted(set(re.findall(r"{\w+}", ENGLISH[key]))), key
        assert text.count("|") == ENGLISH[key].count("|"), key


def test_the_page_and_the_api_speak_the_same_languages() -> None:
    assert sorted(API_LANGUAGES) == LANGUAGES == ["de", "en", "es", "fr", "it"]


def test_languages_that_ask_with_signs_of_their_own_do() -> None:
    for key, spanish in texts_of("es").items():
        assert spanish.count("?") == spanish.count("¿"), key


def test_french_is_set_as_french_is() -> None:
    for key, french in texts_of("fr").items():
        assert "'" not in french, key
        assert not re.search(r"(?<!\\u202f)[;!?»]|(?<!\\u00a0):", french), key


def test_every_text_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCES)

    used = set(re.findall(r'"([\w.]+)"', code)) | set(re.findall(r"[`\"]([\w.]+\.)(?:\$|\")", code))
    prefixes = tuple(name for name in used if name.endswith("."))
    assert [key for key in ENGLISH if key not in used and not key.startswith(prefixes)] == []


def test_the_policy_is_the_documented_one(host: HostServer, api: ApiServer) -> None:
    documented = re.search(r"default-src 'none';[^`]*", (WEB / "README.md").read_text(encoding="utf-8"))

    assert documented
    policy = " ".join(documented[0].split()).replace("https://api.example.org", api.url)
    assert policy.replace("https://<bucket>.s3.<region>.amazonaws.com", api.url) == host.policy


def test_the_policy_is_in_force(api: ApiServer, open_page: Open) -> None:
    api.links(states.NOT_LINKED)
    page = open_page("personal")

    page.evaluate("document.querySelector('h1').setAttribute('style', 'color: red')")

    expect_count(page, "violations", 1)
    assert page.evaluate("window.violations.splice(0)")[0].startswith("style-src-attr inline")


@pytest.mark.parametrize(
    ("document_language", "attributes", "button"),
    [
        ("fr", "", "Lier un compte Dropbox"),
        ("fr-CA", "", "Lier un compte Dropbox"),
        ("en", 'lang="fr"', "Lier un compte Dropbox"),
        ("fr", 'lang="en"', "Link a Dropbox account"),
        ("en", 'lang="fr_CA"', "Lier un compte Dropbox"),
        ("de", "", "Dropbox-Konto verknüpfen"),
        ("es-MX", "", "Vincular una cuenta de Dropbox"),
        ("it", "", "Collega un account Dropbox"),
        ("pl", "", "Link a Dropbox account"),
        ("", "", "Link a Dropbox account"),
    ],
)
def test_speaks_the_language_it_is_given_or_the_page_s(
    document_language: str, attributes: str, button: str, api: ApiServer, open_page: Open
) -> None:
    api.links(states.NOT_LINKED)

    page = open_page("personal", lang=document_language, attributes=attributes)

    expect(page.get_by_role("button", name=button)).to_be_visible()


def test_writes_numbers_dates_and_amounts_as_french_does(api: ApiServer, open_page: Open) -> None:
    api.links(states.company(linked_at="2026-10-02T23:15:00Z"))
    api.answers["GET /deliveries"] = Reply({"deliveries": states.DELIVERIES})

    page = open_page("company", lang="fr")

    card = page.locator("jenji-dropbox .card")
    expect(card).to_contain_text("1\u202f000+")
    expect(card).to_contain_text("SNCF · 84,00\u00a0€ · 14 novembre 2026 · Jane Doe")
    # The day of an instant is that of the reader's clock.
    expect(card).to_contain_text("3 octobre 2026")


def test_takes_the_colours_of_the_host(api: ApiServer, host: HostServer, open_page: Open) -> None:
    api.links(states.NOT_LINKED)
    page = open_page("personal", color_scheme="light")
    button = page.get_by_role("button", name="Link a Dropbox account")

    page.evaluate(
        "() => { const sheet = new CSSStyleSheet();"
        " sheet.replaceSync('jenji-dropbox { --jenji-accent: rgb(1, 2, 3); color-scheme: dark; }');"
        " document.adoptedStyleSheets = [sheet]; }"
    )

    expect(button).to_have_css("background-color", "rgb(1, 2, 3)")
    # The host's own switch goes before the system's.
    expect(page.locator("jenji-dropbox .card")).to_have_css("background-color", "rgb(24, 27, 33)")


def test_honours_reduced_motion(api: ApiServer, open_page: Open) -> None:
    api.links(states.company(backfill=states.BACKFILL))
    page = open_page("company")
    expect(page.locator("jenji-dropbox .spinner")).to_be_visible()
    animations = "document.querySelector('jenji-dropbox').shadowRoot.getAnimations().length"
    assert page.evaluate(animations) == 1

    page.emulate_media(reduced_motion="reduce")

    assert page.evaluate(animations) == 0
