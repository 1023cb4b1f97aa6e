"""The history of imports: batches, their files, what waits, and trying again."""

from __future__ import annotations

import threading

import pytest
from playwright.sync_api import Page, expect

from tests.browser import states
from tests.browser.conftest import Open, tick
from tests.browser.servers import ApiServer, Reply, Request

REJECTED_ONE = states.counts(waiting=0, stuck=0, rejected=1, retryable=1)


def _files(*files: states.Json, cursor: str | None = None) -> Reply:
    return Reply({"files": list(files), **({"cursor": cursor} if cursor else {})})


def test_shows_the_files_of_a_batch(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    api.answers["GET /imports/batches"] = Reply({"batches": [states.batch(188, 8, 4)]})
    api.answers["GET /imports/files"] = _files(*states.FILES)
    page = open_page("personal")
    batch = page.get_by_role("button", name="Nov 24")

    expect(batch).to_contain_text("200 files in 12.3 seconds · 188 imported · 8 duplicates · 4 rejected")
    batch.click()

    expect(batch).to_have_attribute("aria-expanded", "true")
    row = page.get_by_role("listitem").filter(has_text="IMG_4127.HEIC").last
    expect(row).to_contain_text("Café Lumière · €18.50 · November 4, 2026")
    expect(row).to_contain_text("To be checked: merchant, date")
    expect(row).to_contain_text(
        "May be the same as “\u2068card slip.jpg\u2069”, imported on November 5, 2026"
    )
    expect(row).to_contain_text("Cafe Lumiere · €18.50 · November 4, 2026")
    expect(row).to_contain_text("In Dropbox: Imported/2026-11/IMG_4127.HEIC")
    assert api.asked("GET /imports/files")[0].query == {"batch_id": "b-3", "limit": "50"}
    batch.click()
    expect(row).to_have_count(0)


def test_warns_of_active_content(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    api.answers["GET /imports/files"] = _files(states.WITH_ACTIVE_CONTENT, states.IMPORTED)
    page = open_page("personal")

    page.get_by_role("group", name="Show").get_by_role("button", name="Imported").click()

    row = page.get_by_role("listitem").filter(has_text="Form.pdf")
    expect(row).to_contain_text("This document contains active content: open it with care.")
    expect(page.get_by_text("active content")).to_have_count(1)


def test_opens_the_expense_at_the_host(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    api.answers["GET /imports/batches"] = Reply({"batches": [states.batch(188, 8, 4)]})
    api.answers["GET /imports/files"] = _files(states.TO_BE_CHECKED)
    page = open_page("personal")
    page.get_by_role("button", name="Nov 24").click()

    page.get_by_role("button", name="Open the expense IMG_4127.HEIC").click()
    page.get_by_role("button", name="Open the other one card slip.jpg").click()

    assert page.evaluate("window.heard") == [
        ["jenji-open-expense", {"expenseId": "e-4"}],
        ["jenji-open-expense", {"expenseId": "e-9"}],
    ]


def test_filters_by_outcome(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    api.answers["GET /imports/files"] = _files(states.REJECTED)
    page = open_page("personal")
    rejected = page.get_by_role("group", name="Show").get_by_role("button", name="Rejected")

    rejected.click()

    expect(rejected).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("A password is needed to open this file.")).to_be_visible()
    assert api.asked("GET /imports/files")[0].query == {"outcome": "rejected", "limit": "50"}


def test_goes_on_where_the_last_page_ended(api: ApiServer, open_page: Open) -> None:
    def pages(request: Request) -> Reply:
        return {
            None: _files(states.REJECTED, cursor="empty"),
            # A page may hold nothing and still not be the last.
            "empty": _files(cursor="last"),
            "last": _files({**states.REJECTED, "id": "f-9", "name": "Older.pdf"}),
        }[request.query.get("cursor")]

    api.links(states.linked())
    api.answers["GET /imports/files"] = pages
    page = open_page("personal")
    page.get_by_role("group", name="Show").get_by_role("button", name="Rejected").click()

    more = page.get_by_role("button", name="Show more")
    more.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Older.pdf", exact=True).first).to_be_visible()
    expect(page.get_by_text("Invoice 2231.pdf", exact=True).first).to_be_visible()
    expect(more).to_have_count(0)
    expect(page.get_by_role("region", name="History")).to_be_focused()


def test_a_list_that_could_not_be_read_is_read_at_the_next_try(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    api.refuse("GET /imports/batches", 503, "try_again")
    page = open_page("personal")
    history = page.get_by_role("region", name="History")
    expect(history.get_by_text("Try again in a minute.")).to_be_visible()

    api.answers["GET /imports/batches"] = Reply({"batches": states.OLDER_BATCHES})
    history.get_by_role("button", name="Try again").click()

    expect(history.get_by_role("listitem")).to_have_count(2)


def test_shows_a_new_batch_by_itself_and_keeps_what_is_open(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    api.answers["GET /imports/batches"] = Reply({"batches": states.OLDER_BATCHES})
    api.answers["GET /imports/files"] = _files(states.IMPORTED)
    page = open_page("personal", is_held=True)
    older = page.get_by_role("button", name="Nov 20")
    older.click()
    expect(page.get_by_text("Taxi Flughafen.jpg").first).to_be_visible()

    newest = states.batch(10, 0, 0)
    api.links(states.linked(batch=newest, poll_after_seconds=2))
    api.answers["GET /imports/batches"] = Reply({"batches": [newest, *states.OLDER_BATCHES]})
    tick(page, 30)
    expect(page.get_by_role("button", name="Nov 24")).to_contain_text("10 imported · 190 to go")
    api.links(states.linked(batch=states.batch(200, 0, 0)))
    tick(page, 2)

    expect(page.get_by_role("button", name="Nov 24")).to_contain_text("200 imported")
    expect(page.get_by_role("button", name="Nov 24")).not_to_contain_text("to go")
    expect(older).to_have_attribute("aria-expanded", "true")
    expect(older).to_be_focused()
    assert len(api.asked("GET /imports/batches")) == 2


def test_shows_what_waits_and_since_when(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked(counts=states.counts(waiting=1, stuck=1, rejected=0, retryable=0)))
    api.answers["GET /imports/waiting"] = Reply({"files": [states.WAITING]})

    page = open_page("personal")

    attention = page.get_by_role("region", name="To be looked at")
    expect(attention.get_by_text("Scan 0001.pdf")).to_be_visible()
    expect(attention.get_by_text("Dropbox could not hand out this file yet.")).to_be_visible()
    expect(attention.get_by_text("Next try in 1 hour · 7 tries")).to_be_visible()
    expect(attention.get_by_text("For over a day", exact=True)).to_be_visible()


def test_tries_one_rejected_file_again(api: ApiServer, open_page: Open) -> None:
    def retry(_: Request) -> Reply:
        api.answers["GET /imports/files"] = _files({**states.RESTRICTED, "retry": "requested"})
        return Reply({"requested": 1}, 202)

    api.links(states.linked(counts=REJECTED_ONE))
    api.answers["GET /imports/files"] = _files(states.RESTRICTED)
    api.answers["POST /imports/retries"] = retry
    page = open_page("personal")
    page.get_by_role("button", name="See why").click()

    page.get_by_role("button", name="Try again Contract.pdf").click()

    expect(page.get_by_text("Will be tried again shortly")).to_be_visible()
    expect(page.locator("jenji-dropbox .notice")).to_contain_text("1 file will be tried again.")
    assert [request.body for request in api.asked("POST /imports/retries")] == [{"file": "f-5"}]


def test_tries_all_rejected_files_again_once(api: ApiServer, open_page: Open) -> None:
    is_clicked = threading.Event()

    def slow(_: Request) -> Reply:
        assert is_clicked.wait(20)
        return Reply({"requested": 4}, 202)

    api.links(states.linked(counts=states.counts(waiting=0, stuck=0, rejected=4, retryable=4)))
    api.answers["POST /imports/retries"] = slow
    page = open_page("personal")

    page.get_by_role("button", name="Try all 4 again").dblclick()
    is_clicked.set()

    expect(page.locator("jenji-dropbox .notice")).to_contain_text("4 files will be tried again.")
    assert [request.body for request in api.asked("POST /imports/retries")] == [{"all": True}]


def test_says_why_a_file_cannot_be_tried_again(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked(counts=REJECTED_ONE))
    api.answers["GET /imports/files"] = _files(states.RESTRICTED)
    api.refuse("POST /imports/retries", 409, "not_retryable", "It is being tried again already.")
    page = open_page("personal")
    page.get_by_role("button", name="See why").click()

    page.get_by_role("button", name="Try again Contract.pdf").click()

    expect(page.locator("jenji-dropbox .notice")).to_contain_text("It is being tried again already.")
    page.get_by_role("button", name="Close").click()
    expect(page.locator("jenji-dropbox .notice")).to_have_count(0)


@pytest.mark.parametrize("link", [states.REVOKED, states.UNLINKED])
def test_offers_no_retry_where_the_link_does_not_work(
    link: states.Json, api: ApiServer, open_page: Open
) -> None:
    api.links({**link, "counts": REJECTED_ONE})
    api.answers["GET /imports/files"] = _files(states.RESTRICTED)
    page = open_page("personal")

    page.get_by_role("group", name="Show").get_by_role("button", name="Rejected").click()

    expect(page.get_by_text("Contract.pdf", exact=True).first).to_be_visible()
    expect(page.get_by_role("button", name="Try")).to_have_count(0)


def test_shows_hostile_names_as_they_are(api: ApiServer, open_page: Open) -> None:
    name = (
        "a\u202egpj.exe\u0007\u200b<img src=x onerror=alert(1)>" + "W" * 300 + "\U000e0041👩\u200d👩\u200d👧"
    )
    api.links(states.linked(account={"name": "\u202eecilA", "email": "alice@example.com"}))
    api.answers["GET /imports/files"] = _files(
        {**states.REJECTED, "name": name, "filed_as": f"Rejected/{name}"}
    )
    page = open_page("personal", width=320)

    page.get_by_role("group", name="Show").get_by_role("button", name="Rejected").click()

    shown = page.locator("jenji-dropbox li bdi").first
    expect(shown).to_have_text(
        "aU+202Egpj.exeU+0007U+200B<img src=x onerror=alert(1)>" + "W" * 300 + "U+E0041👩\u200d👩\u200d👧"
    )
    expect(page.get_by_text("U+202EecilA").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert _parts_beyond_the_card(page) == []


def _parts_beyond_the_card(page: Page) -> list[str]:
    return page.evaluate(
        "() => { const root = document.querySelector('jenji-dropbox').shadowRoot;"
        " const card = root.querySelector('.card').getBoundingClientRect();"
        " return [...root.querySelectorAll('li *')].filter((node) => !node.closest('.unseen-text')"
        " && node.getBoundingClientRect().right > card.right).map((node) => node.outerHTML.slice(0, 80)); }"
    )


# How much narrower than the list of batches: the indentation alone.
MISSING_WIDTH = "row => row.getRootNode().querySelector('ul').offsetWidth - row.offsetWidth"


def test_rows_fill_the_width_there_is_when_the_window_is_made_narrow(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    batch = states.batch(60, 0, 0, 60)
    api.answers["GET /imports/batches"] = Reply({"batches": [batch]})
    rows = [{**states.IMPORTED, "id": f"f-{number}"} for number in range(60)]
    api.answers["GET /imports/files"] = Reply({"files": rows})
    page = open_page("personal", width=1200)
    page.locator("jenji-dropbox .disclosure").click()
    listed = page.locator("jenji-dropbox .nested li")
    expect(listed).to_have_count(60)
    for number in (0, 20, 40, 59):
        listed.nth(number).scroll_into_view_if_needed()
    wide = listed.last.evaluate(MISSING_WIDTH)

    page.set_viewport_size({"width": 320, "height": 400})

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert (wide, listed.last.evaluate(MISSING_WIDTH)) == (20, 20)


def test_how_long_a_batch_took_is_said_once_it_has_ended(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    api.answers["GET /imports/batches"] = Reply({"batches": [states.batch(130, 8, 4)]})

    page = open_page("personal")

    expect(
        page.get_by_text("200 files · 130 imported · 8 duplicates · 4 rejected · 58 to go")
    ).to_be_visible()


def test_shows_values_that_are_none_as_they_are(api: ApiServer, open_page: Open) -> None:
    values = {"merchant": "Café", "date": "someday", "amount": "12,5", "currency": "EUR"}
    api.links(states.linked(last_checked_at="lately"))
    api.answers["GET /imports/batches"] = Reply(
        {"batches": [states.batch(1, 0, 0, 1, began_at="then", seconds=None)]}
    )
    api.answers["GET /imports/files"] = _files({**states.IMPORTED, "expense": values})
    page = open_page("personal")

    page.get_by_role("button", name="then").click()

    expect(page.get_by_text("Café · 12,5 EUR · someday")).to_be_visible()
