"""Asking again: how often, when not, under which session, and what is said meanwhile."""

from __future__ import annotations

import functools
import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser import states
from tests.browser.conftest import Open, expect_count, tick
from tests.browser.servers import ApiServer, Reply, Request

UNAVAILABLE = Reply({"error": {"code": "try_again", "message": "Not now."}}, 503)


def _hide(page: Page, is_hidden: bool) -> None:
    page.evaluate(
        "(isHidden) => {"
        " Object.defineProperty(document, 'hidden', {value: isHidden, configurable: true});"
        " document.dispatchEvent(new Event('visibilitychange')); }",
        is_hidden,
    )


def _asks(api: ApiServer, page: Page, times: int) -> None:
    """Wait until the state was asked for so often; more often it was not."""
    expect_count(page, "asked", times)
    assert len(api.asked("GET /links")) == times


@pytest.fixture
def open_held(open_page: Open) -> Open:
    """Opens a page on which time stands still."""
    return functools.partial(open_page, is_held=True)


def test_asks_again_when_the_api_says(api: ApiServer, open_held: Open) -> None:
    api.links(states.linked(batch=states.batch(10, 0, 0), poll_after_seconds=2))
    page = open_held("personal")
    _asks(api, page, 1)

    tick(page, 1.9)
    _asks(api, page, 1)
    tick(page, 0.2)
    _asks(api, page, 2)

    api.links(states.linked(batch=states.batch(200, 0, 0), poll_after_seconds=30))
    tick(page, 2)
    _asks(api, page, 3)
    tick(page, 29)
    _asks(api, page, 3)
    tick(page, 1)
    _asks(api, page, 4)


def test_tells_the_host_how_the_link_is(api: ApiServer, open_held: Open) -> None:
    api.links(states.REVOKED)
    script = (
        "document.addEventListener('jenji-status', ({detail}) => (window.status = JSON.stringify(detail)));"
    )

    page = open_held("personal", script=script)

    _asks(api, page, 1)
    assert json.loads(page.evaluate("window.status")) == {
        "purpose": "auto_import",
        "status": "RECONNECT",
        "counts": states.counts(),
        "attention": 1,
    }


@pytest.mark.parametrize(
    ("scope", "link", "attention"),
    [
        ("personal", states.linked(), 0),
        ("personal", states.linked(counts=states.counts(waiting=9, rejected=3, retryable=2, to_check=4)), 7),
        ("company", states.company(), 2),
        ("company", {**states.PLAN_LOST, "counts": {"pending": 5, "failed": 0, "stuck": 0}}, 1),
    ],
)
def test_tells_the_host_how_much_waits_for_a_person(
    api: ApiServer, open_held: Open, scope: str, link: states.Json, attention: int
) -> None:
    api.links(link)
    script = "document.addEventListener('jenji-status', ({detail}) => (window.found = detail.attention));"

    page = open_held(scope, script=script)

    _asks(api, page, 1)
    assert page.evaluate("window.found") == attention


def test_does_not_ask_while_the_page_is_hidden(api: ApiServer, open_held: Open) -> None:
    api.links(states.linked())
    page = open_held("personal")
    _asks(api, page, 1)

    _hide(page, True)
    tick(page, 3600)
    _asks(api, page, 1)
    _hide(page, False)
    _asks(api, page, 2)


def test_stops_when_it_leaves_the_page(api: ApiServer, open_held: Open) -> None:
    api.links(states.linked())
    page = open_held("personal")
    _asks(api, page, 1)

    page.evaluate("window.element = document.querySelector('jenji-dropbox'); window.element.remove()")
    tick(page, 3600)
    assert len(api.asked("GET /links")) == 1

    page.evaluate("document.querySelector('main').append(window.element)")
    _asks(api, page, 2)


def test_asks_less_and_less_while_there_is_no_answer(api: ApiServer, open_held: Open) -> None:
    api.answers["GET /links"] = UNAVAILABLE
    page = open_held("personal", script="Math.random = () => 0.5;")
    _asks(api, page, 1)

    for failures, seconds in enumerate([2, 4, 8, 16, 32, 64, 128, 256, 300, 300], start=1):
        tick(page, seconds - 0.1)
        _asks(api, page, failures)
        tick(page, 0.1)
        _asks(api, page, failures + 1)


def test_keeps_what_it_knew_while_there_is_no_answer(api: ApiServer, open_held: Open) -> None:
    api.links(states.linked())
    page = open_held("personal")
    expect(page.get_by_text("Nothing yet.")).to_be_visible()

    api.answers["GET /links"] = UNAVAILABLE
    tick(page, 30)
    warning = page.get_by_text("Last known state: Nov 24, 2026, 2:00 PM")
    expect(warning).to_be_visible()
    expect(page.get_by_text("alice@example.com").first).to_be_visible()

    api.links(states.linked(account={"name": "Alice", "email": "new@example.com"}))
    page.get_by_role("button", name="Try again").click()
    expect(warning).to_have_count(0)
    expect(page.get_by_text("new@example.com").first).to_be_visible()


def test_says_that_the_api_is_out_of_reach(api: ApiServer, open_held: Open) -> None:
    api.links(states.linked())
    page = open_held("personal")
    expect(page.get_by_text("alice@example.com").first).to_be_visible()

    page.context.set_offline(True)
    tick(page, 30)

    expect(page.get_by_text("Jenji cannot be reached at the moment. Last known state")).to_be_visible()


def test_shows_the_counts_of_a_batch_and_how_long_it_took(api: ApiServer, open_held: Open) -> None:
    api.links(states.linked(batch=states.batch(130, 8, 4), poll_after_seconds=2))
    page = open_held("personal")
    live = page.get_by_role("region", name="Importing")
    expect(live.get_by_text("142 of 200 files")).to_be_visible()
    expect(live.get_by_role("progressbar")).to_have_attribute("max", "200")
    expect(live.get_by_role("progressbar")).to_have_js_property("value", 142)
    expect(live.get_by_text("130 imported · 8 duplicates · 4 rejected · 58 to go")).to_be_visible()

    api.links(states.linked(batch=states.batch(188, 8, 4)))
    tick(page, 2)

    finished = page.get_by_role("region", name="Import finished")
    expect(finished.get_by_text("200 files in 12.3 seconds")).to_be_visible()
    expect(finished.get_by_text("188 imported · 8 duplicates · 4 rejected")).to_be_visible()


def test_tells_a_screen_reader_of_quarters_only(api: ApiServer, open_held: Open) -> None:
    said = []
    api.links(states.linked(batch=states.batch(1, 0, 0), poll_after_seconds=2))
    page = open_held("personal")
    for turn, imported in enumerate([1, 10, 49, 50, 60, 99, 120, 150, 199, 200], start=1):
        _asks(api, page, turn)
        said.append(page.locator("jenji-dropbox [role=status]").inner_text())
        api.links(states.linked(batch=states.batch(imported, 0, 0), poll_after_seconds=2))
        tick(page, 2)
    _asks(api, page, 11)
    said.append(page.locator("jenji-dropbox [role=status]").inner_text())

    assert list(dict.fromkeys(said)) == [
        "Importing. 1 of 200 files",
        "Importing. 50 of 200 files",
        "Importing. 120 of 200 files",
        "Importing. 150 of 200 files",
        "Import finished. 200 files in 12.3 seconds",
    ]


def test_gives_each_request_the_present_session_and_asks_for_another_once(
    api: ApiServer, open_held: Open
) -> None:
    def only_later_sessions(request: Request) -> Reply:
        if request.authorization == "Bearer session-1":
            return Reply({"message": "Unauthorized"}, 401)
        return Reply({"links": [states.NOT_LINKED]})

    api.answers["GET /links"] = only_later_sessions

    page = open_held("personal")

    expect(page.get_by_role("button", name="Link a Dropbox account")).to_be_visible()
    assert [request.authorization for request in api.asked("GET /links")] == [
        "Bearer session-1",
        "Bearer session-2",
    ]


def test_says_that_the_session_has_ended(api: ApiServer, open_held: Open) -> None:
    api.answers["GET /links"] = Reply({"message": "Unauthorized"}, 401)

    page = open_held("personal")

    expect(page.get_by_text("Your session has ended. Sign in to Jenji again.")).to_be_visible()
    assert len(api.asked("GET /links")) == 2


def test_waits_for_the_host_to_give_a_session(api: ApiServer, host: object, open_page: Open) -> None:
    api.links(states.NOT_LINKED)
    page = open_page()
    page.evaluate(
        "(api) => { const element = document.createElement('jenji-dropbox');"
        " element.setAttribute('api', api); document.querySelector('main').append(element);"
        " window.element = element; }",
        api.url,
    )
    expect(page.get_by_text("Loading…")).to_be_visible()
    assert api.asked("GET /links") == []

    page.evaluate("window.element.session = () => 'late'")

    expect(page.get_by_role("button", name="Link a Dropbox account")).to_be_visible()
    assert api.asked("GET /links")[0].authorization == "Bearer late"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"estimated_seconds_left": 200}, "About 3 min left"),
        ({"estimated_seconds_left": 40}, "Less than a minute left"),
        ({"not_estimated": "too_few"}, "How long it takes cannot be said yet"),
        ({"not_estimated": "waiting"}, "How long it takes cannot be said: files wait for Dropbox"),
    ],
)
def test_says_how_long_a_batch_still_takes(
    said: states.Json, shown: str, api: ApiServer, open_page: Open
) -> None:
    api.links(states.linked(batch=states.batch(40, 0, 0, progress="opaque", **said), poll_after_seconds=2))
    page = open_page("personal", is_held=True)

    expect(page.locator("jenji-dropbox [part=live]")).to_contain_text(shown)


def test_gives_back_what_it_has_seen_and_says_the_time_left_at_quarters_only(
    api: ApiServer, open_page: Open
) -> None:
    def under_way(done: int, seconds: int) -> None:
        batch = states.batch(done, 0, 0, progress=f"seen {done}", estimated_seconds_left=seconds)
        api.links(states.linked(batch=batch, poll_after_seconds=2))

    under_way(51, 300)
    page = open_page("personal", is_held=True)
    said, live = page.locator("jenji-dropbox [role=status]"), page.locator("jenji-dropbox [part=live]")
    expect(said).to_have_text("Importing. 51 of 200 files. About 5 min left")
    under_way(51, 240)

    with page.expect_response(lambda response: "progress=" in response.url):
        tick(page, 2)

    expect(live).to_contain_text("About 4 min left")
    expect(said).to_have_text("Importing. 51 of 200 files. About 5 min left")
    assert [request.query for request in api.asked("GET /links")] == [{}, {"progress": "seen 51"}]
    assert len(api.asked("GET /imports/batches")) == 1
