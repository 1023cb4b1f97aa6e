"""The page says what is so: of drops, of readings, of what wants attention, in every language and look."""

from __future__ import annotations

import functools

import pytest
from playwright.sync_api import Page, expect

from tests.browser import states
from tests.browser.conftest import Open, expect_count, tick
from tests.browser.servers import ApiServer, Reply


@pytest.fixture
def open_held(open_page: Open) -> Open:
    """Opens a page on which time stands still."""
    return functools.partial(open_page, is_held=True)


def _said(page: Page) -> str:
    return page.locator("jenji-dropbox [role=status]").inner_text()


def test_finished_is_said_once_when_all_is_imported_and_read(api: ApiServer, open_held: Open) -> None:
    turns = [
        states.batch(100, 0, 0, being_read=80),
        states.batch(200, 0, 0, being_read=57, to_check=38),
        states.batch(200, 0, 0, being_read=20, to_check=41),
        states.batch(200, 0, 0, being_read=0, to_check=44),
        states.batch(200, 0, 0, being_read=0, to_check=44),
    ]
    said = []
    api.links(states.linked(batch=turns[0], poll_after_seconds=2))
    page = open_held("personal")
    for turn, batch in enumerate([*turns[1:], turns[-1]], start=1):
        expect_count(page, "asked", turn)
        said.append(_said(page))
        api.links(states.linked(batch=batch, poll_after_seconds=2))
        tick(page, 2)
    expect_count(page, "asked", len(turns) + 1)
    said.append(_said(page))

    assert said == [
        "Importing. 100 of 200 files",
        "200 imported, 143 of them read. 38 to check",
        "200 imported, 143 of them read. 38 to check",
        "Import finished. 200 files in 12.3 seconds. 44 to check",
        "Import finished. 200 files in 12.3 seconds. 44 to check",
        "Import finished. 200 files in 12.3 seconds. 44 to check",
    ]


def test_until_all_is_read_it_shows_how_much_is(api: ApiServer, open_held: Open) -> None:
    api.links(states.linked(batch=states.batch(0, 0, 0), poll_after_seconds=2))
    page = open_held("personal")
    expect_count(page, "asked", 1)

    api.links(states.linked(batch=states.batch(200, 0, 0, being_read=57, to_check=38), poll_after_seconds=2))
    tick(page, 2)

    live = page.get_by_role("region", name="Imported, being read")
    expect(live.get_by_text("200 imported, 143 of them read, 38 to check")).to_be_visible()
    expect(live.get_by_role("progressbar")).to_have_js_property("value", 143)
    api.links(states.linked(batch=states.batch(200, 0, 0, to_check=38)))
    tick(page, 2)
    finished = page.get_by_role("region", name="Import finished")
    expect(finished.get_by_text("200 files in 12.3 seconds, 38 to check")).to_be_visible()


def test_a_second_drop_is_followed_by_itself(api: ApiServer, open_held: Open) -> None:
    api.links(states.linked(batch=states.batch(15, 0, 0, 15), poll_after_seconds=2))
    page = open_held("personal")
    expect_count(page, "asked", 1)
    expect(page.get_by_role("progressbar")).to_have_count(0)

    second = states.batch(0, 0, 0, batch_id="b-3.2")
    api.links(states.linked(batch=second, poll_after_seconds=2))
    tick(page, 2)

    expect(page.get_by_text("0 of 200 files", exact=True)).to_be_visible()
    expect(page.locator("jenji-dropbox [role=status]")).to_have_text("Importing. 0 of 200 files")


def test_what_was_dropped_before_is_not_hidden_by_a_second_drop(api: ApiServer, open_held: Open) -> None:
    begun = states.batch(0, 0, 0, 30, batch_id="b-3.2", being_read_before=190)
    api.links(states.linked(batch=begun, poll_after_seconds=2))
    page = open_held("personal")
    expect(page.get_by_text("190 files dropped before are still being read")).to_be_visible()

    second = states.batch(30, 0, 0, 30, batch_id="b-3.2", being_read=30)
    api.links(states.linked(batch={**second, "being_read_before": 184}, poll_after_seconds=2))
    tick(page, 2)

    live = page.get_by_role("region", name="Imported, being read")
    expect(live.get_by_text("30 imported, 0 of them read")).to_be_visible()
    expect(live.get_by_text("184 files dropped before are still being read")).to_be_visible()

    api.links(states.linked(batch={**second, "being_read": 29}, poll_after_seconds=2))
    tick(page, 2)

    expect(live.get_by_text("30 imported, 1 of them read")).to_be_visible()
    expect(page.get_by_text("dropped before")).to_have_count(0)


def test_a_row_follows_its_reading_without_being_reopened(api: ApiServer, open_held: Open) -> None:
    being_read = {
        **states.IMPORTED,
        "expense": {"status": "WAITING", "reading": {"state": "WAITING", "unconfirmed": []}},
    }
    api.links(states.linked(batch=states.batch(1, 0, 0, 1, being_read=1), poll_after_seconds=2))
    api.answers["GET /imports/batches"] = Reply({"batches": [states.batch(1, 0, 0, 1, being_read=1)]})
    api.answers["GET /imports/files"] = Reply({"files": [being_read]})
    page = open_held("personal")
    page.get_by_role("button", name="Nov 24").click()
    row = page.get_by_role("listitem").filter(has_text="Taxi Flughafen.jpg").last
    expect(row.get_by_text("Being read")).to_be_visible()

    api.answers["GET /imports/files"] = Reply(
        {"files": [states.TO_BE_CHECKED | {"id": "f-1", "name": being_read["name"]}]}
    )
    api.links(states.linked(batch=states.batch(1, 0, 0, 1, to_check=1), poll_after_seconds=2))
    tick(page, 2)

    expect(row).to_contain_text("Café Lumière · €18.50")
    expect(row.get_by_text("Being read")).to_have_count(0)


def test_so_does_a_row_of_an_older_batch(api: ApiServer, open_held: Open) -> None:
    being_read = {
        **states.IMPORTED,
        "expense": {"status": "WAITING", "reading": {"state": "WAITING", "unconfirmed": []}},
    }
    api.links(states.linked(batch=states.batch(1, 0, 0, 1), poll_after_seconds=2))
    api.answers["GET /imports/files"] = Reply({"files": [being_read]})
    page = open_held("personal")
    page.get_by_role("group", name="Show").get_by_role("button", name="Imported").click()
    expect(page.get_by_text("Being read")).to_be_visible()

    api.answers["GET /imports/files"] = Reply({"files": [states.IMPORTED]})
    tick(page, 2)

    expect(page.get_by_text("Taxi Berlin")).to_be_visible()
    expect(page.get_by_text("Being read")).to_have_count(0)


@pytest.mark.parametrize(
    ("seconds", "lang", "text"),
    [
        (1, "en", "200 files in 1 second"),
        (59.94, "en", "200 files in 59.9 seconds"),
        (72, "en", "200 files in 1 min"),
        (5220, "en", "200 files in 1 hr 27 min"),
        (5220, "fr", "200 fichiers en 1 h 27 min"),
        (5220, "de", "200 Dateien in 1 Std. 27 Min."),
        (3600, "es", "200 archivos en 1 h"),
        (5220, "it", "200 file in 1 h 27 min"),
    ],
)
def test_durations_are_in_words(
    seconds: float, lang: str, text: str, api: ApiServer, open_page: Open
) -> None:
    api.links(states.linked())
    api.answers["GET /imports/batches"] = Reply({"batches": [states.batch(200, 0, 0, seconds=seconds)]})

    page = open_page("personal", lang=lang)

    shown = page.locator("jenji-dropbox .disclosure")
    expect(shown).to_contain_text(text)


def test_who_cancels_a_change_of_account_is_told_what_stays(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())

    page = open_page("personal", query="#error=access_denied")

    notice = page.locator("jenji-dropbox .notice")
    expect(notice).to_contain_text(
        "You cancelled. Nothing has changed: \u2068alice@example.com\u2069 stays linked."
    )


@pytest.mark.parametrize("link", [states.NOT_LINKED, states.UNLINKED])
def test_who_cancels_the_first_link_is_told_that_nothing_was_linked(
    link: states.Json, api: ApiServer, open_page: Open
) -> None:
    api.links(link)

    page = open_page("personal", query="#error=access_denied")

    expect(page.locator("jenji-dropbox .notice")).to_contain_text("Nothing was linked.")


@pytest.mark.parametrize("link", [states.REVOKED, states.FULL, states.PAUSED, states.SUSPENDED_USER])
def test_nobody_is_invited_to_drop_files_that_are_not_imported(
    link: states.Json, api: ApiServer, open_page: Open
) -> None:
    api.links(link)

    page = open_page("personal")

    expect(page.get_by_text("Nothing yet.", exact=True)).to_be_visible()
    expect(page.get_by_text("Copy a receipt")).to_have_count(0)


def test_what_wants_attention_comes_first_and_in_its_colour(api: ApiServer, open_page: Open) -> None:
    api.links(states.company())
    page = open_page("company", color_scheme="light")

    counts = page.get_by_role("region", name="Deliveries").locator("dl > div")

    expect(counts.locator("dt")).to_have_text(
        ["Failed", "Stuck for over a day", "To deliver", "Delivered this month"]
    )
    expect(counts.nth(0).locator("dd")).to_have_css("color", "rgb(179, 38, 30)")
    expect(counts.nth(1).locator("dd")).to_have_css("color", "rgb(130, 80, 10)")


def test_french_and_italian_write_the_first_of_a_month_as_they_do(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked(linked_at="2026-11-01T12:00:00Z"))
    page = open_page("personal", lang="fr")
    card = page.locator("jenji-dropbox .card")
    expect(card).to_contain_text("1er novembre 2026")

    page.locator("jenji-dropbox").evaluate("(element) => element.setAttribute('lang', 'it')")

    expect(card).to_contain_text("1º novembre 2026")


def test_the_api_is_asked_to_speak_the_language_of_the_element(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    page = open_page("personal", lang="de")
    expect(page.get_by_role("button", name="Konto wechseln")).to_be_visible()
    assert {request.lang for request in api.requests} == {"de"}

    page.locator("jenji-dropbox").evaluate("(element) => element.setAttribute('lang', 'es')")

    expect(page.get_by_role("button", name="Cambiar de cuenta")).to_be_visible()
    expect_count(page, "asked", 2)
    assert api.asked("GET /links")[-1].lang == "es"


def test_without_the_file_of_a_language_it_speaks_english(
    api: ApiServer, host: object, open_page: Open
) -> None:
    host.answers["GET /texts/de.js"] = Reply("", 404)  # type: ignore[attr-defined]
    api.links(states.NOT_LINKED)

    page = open_page("personal", lang="de")

    expect(page.get_by_role("button", name="Link a Dropbox account")).to_be_visible()


def test_what_follows_does_not_jump_while_it_loads(api: ApiServer, open_page: Open) -> None:
    api.links(states.NOT_LINKED)
    page = open_page(
        "personal",
        script="window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries())"
        " window.shift += entry.value; }).observe({type: 'layout-shift', buffered: true});",
    )
    expect(page.get_by_role("button", name="Link a Dropbox account")).to_be_visible()

    assert page.evaluate("window.shift") < 0.1


def test_outcomes_differ_without_colours(api: ApiServer, open_page: Open) -> None:
    api.links(states.company())
    api.answers["GET /deliveries"] = Reply({"deliveries": states.DELIVERIES})
    page = open_page("company", forced_colors="active")

    badge = page.locator("jenji-dropbox .badge.bad").first

    expect(badge).to_have_css("border-top-width", "1px")
    pressed = page.get_by_role("group", name="Show").get_by_role("button", name="All")
    expect(pressed).to_have_css("border-top-width", "1px")


def test_a_new_function_for_the_session_does_not_begin_again(api: ApiServer, open_held: Open) -> None:
    api.links(states.linked())
    page = open_held("personal")
    expect_count(page, "asked", 1)

    page.evaluate("document.querySelector('jenji-dropbox').session = async () => 'another function'")
    expect(page.get_by_text("alice@example.com").first).to_be_visible()
    tick(page, 30)

    expect_count(page, "asked", 2)
    assert api.asked("GET /links")[-1].authorization == "Bearer another function"


def test_another_persons_session_begins_again(api: ApiServer, open_held: Open) -> None:
    def token(subject: str) -> str:
        return f"e30.{subject}.x"

    alice, bob = token("eyJzdWIiOiJhbGljZSJ9"), token("eyJzdWIiOiJib2IifQ")
    api.links(states.linked())
    page = open_held(
        "personal",
        script=f"window.token = '{alice}'; document.addEventListener('DOMContentLoaded', () => setTimeout(() => {{"
        " const el = document.querySelector('jenji-dropbox'); el.session = null; el.session = () => window.token; }));",
    )
    tick(page, 1)
    expect(page.get_by_text("alice@example.com").first).to_be_visible()

    api.links(states.linked(account={"name": "Bob", "email": "bob@example.com"}))
    page.evaluate(f"window.token = '{bob}'")
    tick(page, 30)

    expect(page.get_by_text("bob@example.com").first).to_be_visible()
    expect(page.get_by_text("alice@example.com")).to_have_count(0)
