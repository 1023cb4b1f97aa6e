"""What a person does about files: see why, dismiss, keep both, find, take away as a table, find in Dropbox."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import states
from tests.browser.conftest import Open, tick
from tests.browser.servers import ApiServer, Reply, Request


def _files(*files: states.Json, cursor: str | None = None) -> Reply:
    return Reply({"files": list(files), **({"cursor": cursor} if cursor else {})})


def _one_batch(api: ApiServer) -> None:
    api.links(states.linked())
    api.answers["GET /imports/batches"] = Reply({"batches": [states.batch(1, 0, 0, 1)]})


def _rejected(api: ApiServer, *files: states.Json) -> None:
    retryable = sum(file["can_retry"] for file in files)
    api.links(states.linked(counts=states.counts(rejected=len(files), retryable=retryable)))
    api.answers["GET /imports/files"] = _files(*files)


def _focused(page: Page) -> str:
    return page.evaluate(
        "document.querySelector('jenji-dropbox').shadowRoot.activeElement.getAttribute('aria-labelledby')"
    )


def test_see_why_comes_first_and_moves_the_focus_there(api: ApiServer, open_page: Open) -> None:
    _rejected(api, states.REJECTED, states.RESTRICTED)
    page = open_page("personal")
    attention = page.get_by_role("region", name="To be looked at")
    expect(attention.get_by_role("button")).to_have_text(["See why", "Try again", "Dismiss all 2"])

    attention.get_by_role("button", name="See why").click()

    expect(page.get_by_text("A password is needed to open this file.")).to_be_visible()
    assert _focused(page) == "history"


def test_another_try_is_offered_only_where_it_can_help(api: ApiServer, open_page: Open) -> None:
    _rejected(api, states.REJECTED, states.RESTRICTED)
    page = open_page("personal")

    page.get_by_role("button", name="See why").click()

    history = page.get_by_role("region", name="History")
    expect(history.get_by_role("button", name="Dismiss Invoice 2231.pdf")).to_be_visible()
    expect(history.get_by_role("button", name="Try again Contract.pdf")).to_be_visible()
    expect(history.get_by_role("button", name="Try again Invoice 2231.pdf")).to_have_count(0)


def test_dismisses_one_file(api: ApiServer, open_page: Open) -> None:
    def dismiss(_: Request) -> Reply:
        api.links(states.linked())
        api.answers["GET /imports/files"] = _files({**states.REJECTED, "retry": "dismissed"})
        return Reply({"dismissed": 1})

    _rejected(api, states.REJECTED)
    api.answers["POST /imports/dismissals"] = dismiss
    page = open_page("personal")
    page.get_by_role("button", name="See why").click()

    page.get_by_role("button", name="Dismiss Invoice 2231.pdf").click()

    expect(page.get_by_role("region", name="History").get_by_text("Dismissed")).to_be_visible()
    expect(page.get_by_role("region", name="To be looked at")).to_have_count(0)
    assert [request.body for request in api.asked("POST /imports/dismissals")] == [{"file": "f-3"}]


def test_dismisses_all_files_also_where_the_link_does_not_work(api: ApiServer, open_page: Open) -> None:
    api.links({**states.REVOKED, "counts": states.counts(rejected=4, retryable=1)})
    api.answers["POST /imports/dismissals"] = Reply({"dismissed": 4})
    page = open_page("personal")

    page.get_by_role("button", name="Dismiss all 4").click()

    expect(page.locator("jenji-dropbox .notice")).to_contain_text("4 files are dealt with.")
    assert [request.body for request in api.asked("POST /imports/dismissals")] == [{"all": True}]


def test_a_duplicate_names_the_first_and_both_are_there_to_compare(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    api.answers["GET /imports/files"] = _files(states.DUPLICATE)
    page = open_page("personal")

    page.get_by_role("group", name="Show").get_by_role("button", name="Duplicate").click()

    row = page.get_by_role("listitem")
    expect(row).to_contain_text("The same as “\u2068Taxi Flughafen.jpg\u2069”, imported on November 1, 2026")
    expect(row).to_contain_text("Taxi Berlin · €46.00 · November 5, 2026")
    expect(row).to_contain_text("In Dropbox: Duplicates/2026-11/Taxi copy.jpg")
    row.get_by_role("button", name="Open the first one Taxi Flughafen.jpg").click()
    assert page.evaluate("window.heard") == [["jenji-open-expense", {"expenseId": "e-1"}]]


def test_keeps_both(api: ApiServer, open_page: Open) -> None:
    def keep(_: Request) -> Reply:
        api.answers["GET /imports/files"] = _files(
            {**states.DUPLICATE, "retry": "requested", "can_keep": False}
        )
        return Reply({"requested": 1}, 202)

    api.links(states.linked())
    api.answers["GET /imports/files"] = _files(states.DUPLICATE)
    api.answers["POST /imports/copies"] = keep
    page = open_page("personal")
    page.get_by_role("group", name="Show").get_by_role("button", name="Duplicate").click()

    page.get_by_role("button", name="Keep both Taxi copy.jpg").click()

    expect(page.locator("jenji-dropbox .notice")).to_contain_text(
        "A second expense will be made of it shortly."
    )
    expect(page.get_by_role("button", name="Keep both Taxi copy.jpg")).to_have_count(0)
    assert [request.body for request in api.asked("POST /imports/copies")] == [{"file": "f-2"}]


@pytest.mark.parametrize(
    ("retry", "said"),
    [
        ("requested", "A second expense will be made of it shortly."),
        ("done", "A second expense was made of it"),
        ("gone", "No longer in Dropbox"),
    ],
)
def test_the_history_says_that_both_are_kept(api: ApiServer, open_page: Open, retry: str, said: str) -> None:
    api.links(states.linked())
    api.answers["GET /imports/files"] = _files({**states.DUPLICATE, "retry": retry, "can_keep": False})

    page = open_page("personal")
    page.get_by_role("group", name="Show").get_by_role("button", name="Duplicate").click()

    row = page.get_by_role("region", name="History").get_by_role("listitem")
    expect(row).to_contain_text(said)
    expect(row).not_to_contain_text("tried again")


def test_where_there_is_nothing_yet_there_is_nothing_to_search(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    page = open_page("personal")
    expect(page.get_by_text("Nothing yet. Copy a receipt")).to_be_visible()

    expect(page.get_by_role("search")).to_have_count(0)


def test_searches_once_somebody_has_stopped_typing(api: ApiServer, open_page: Open) -> None:
    _one_batch(api)
    api.answers["GET /imports/files"] = _files(states.IMPORTED)
    page = open_page("personal", is_held=True)
    box = page.get_by_role("searchbox", name="File or merchant")
    box.press_sequentially("taxi")
    assert api.asked("GET /imports/files") == []

    tick(page, 1)

    expect(page.get_by_text("Taxi Flughafen.jpg").first).to_be_visible()
    expect(box).to_be_focused()
    assert [request.query for request in api.asked("GET /imports/files")] == [
        {"search": "taxi", "limit": "50"}
    ]


def test_searches_by_day_as_the_reader_has_it(api: ApiServer, open_page: Open) -> None:
    api.links(states.company())
    api.answers["GET /deliveries"] = Reply({"deliveries": states.DELIVERIES})
    page = open_page("company", is_held=True)

    page.get_by_label("From", exact=True).fill("2026-11-01")
    page.get_by_label("To", exact=True).fill("2026-11-30")
    with page.expect_response(lambda response: "until=" in response.url):
        tick(page, 1)

    # Midnight in Paris.
    assert api.asked("GET /deliveries")[-1].query == {
        "since": "2026-10-31T23:00:00.000Z",
        "until": "2026-11-30T23:00:00.000Z",
        "limit": "50",
    }


def test_exports_everything_that_is_searched_for_safely(api: ApiServer, open_page: Open) -> None:
    evil: dict[str, Any] = {**states.IMPORTED, "id": "f-7", "name": '=HYPERLINK("http://evil.example")'}
    gone: dict[str, Any] = {**states.REJECTED, "id": "f-8", "name": "Taken away.pdf", "retry": "gone"}
    pages = {None: _files(states.IMPORTED, cursor="next"), "next": _files(evil, states.REJECTED, gone)}
    _one_batch(api)
    api.answers["GET /imports/files"] = lambda request: pages[request.query.get("cursor")]
    page = open_page("personal")

    with page.expect_download() as download:
        page.get_by_role("button", name="Export as CSV").click()

    content = download.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(StringIO(content)))
    assert download.value.suggested_filename == "jenji-dropbox-personal.csv"
    assert [row["File"] for row in rows] == [
        "Berlin trip/Taxi Flughafen.jpg",
        '\'=HYPERLINK("http://evil.example")',
        "Invoice 2231.pdf",
        "Taken away.pdf",
    ]
    assert [row["In Dropbox"] for row in rows[2:]] == [states.REJECTED["filed_as"], ""]
    assert (rows[0]["Merchant"], rows[0]["Amount"], rows[0]["Outcome"]) == (
        "Taxi Berlin",
        "46.00",
        "Imported",
    )
    assert rows[2]["Why"].startswith("A password is needed")
    expect(page.locator("jenji-dropbox [role=status]")).to_have_text("4 rows exported.")


def test_a_file_that_was_split_has_a_row_for_each_of_its_expenses(api: ApiServer, open_page: Open) -> None:
    _one_batch(api)
    api.answers["GET /imports/files"] = _files(states.IMPORTED, states.SPLIT)
    page = open_page("personal")

    with page.expect_download() as download:
        page.get_by_role("button", name="Export as CSV").click()

    content = download.value.path().read_text(encoding="utf-8-sig")
    one, *parts = csv.DictReader(StringIO(content))
    documents = states.SPLIT["documents"]
    assert (one["Expense"], one["Part"]) == ("e-1", "")
    assert {row["File"] for row in parts} == {states.SPLIT["name"]}
    assert [row["Expense"] for row in parts] == [each["expense_id"] for each in documents]
    assert [row["Merchant"] for row in parts] == [each["expense"]["merchant"] for each in documents]
    assert all(row["Part"].startswith("page") for row in parts)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-12.50", "-12.50"),
        ("-12.50+cmd", "'-12.50+cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("\u200b\u2060=1+1", "'\u200b\u2060=1+1"),
        ("lunch; =cmd|' /C calc'!A0", "lunch; '=cmd|' /C calc'!A0"),
        ("lunch;\u2212 1", "lunch;'\u2212 1"),
        ("a;b - c", "a;b - c"),
        ('" =1"', '\'" =1"'),
        ("Café, bar", "Café, bar"),
        ("a,=1+1,b", "a,'=1+1,b"),
        ("a, @SUM(1)", "a, '@SUM(1)"),
    ],
)
def test_no_cell_is_a_formula(value: str, written: str, api: ApiServer, open_page: Open) -> None:
    _one_batch(api)
    api.answers["GET /imports/files"] = _files({**states.IMPORTED, "name": value})
    page = open_page("personal")

    with page.expect_download() as download:
        page.get_by_role("button", name="Export as CSV").click()

    content = download.value.path().read_text(encoding="utf-8-sig")
    assert next(csv.DictReader(StringIO(content, newline="")))["File"] == written


def test_ten_thousand_rows_need_few_clicks_and_stay_light(api: ApiServer, open_page: Open) -> None:
    everything = [
        {**states.IMPORTED, "id": f"f-{number}", "name": f"{number}.pdf"} for number in range(10_000)
    ]

    def page_of(request: Request) -> Reply:
        begin, limit = int(request.query.get("cursor", 0)), int(request.query["limit"])
        end = begin + limit
        return _files(*everything[begin:end], cursor=str(end) if end < len(everything) else None)

    api.links(states.linked(batch=states.batch(1, 0, 0, 1), poll_after_seconds=30))
    api.answers["GET /imports/files"] = page_of
    page = open_page("personal", is_held=True)
    page.get_by_role("group", name="Show").get_by_role("button", name="Imported").click()
    rows = page.get_by_role("region", name="History").locator("li")
    expect(rows).to_have_count(50)

    page.evaluate(
        "async () => { const el = document.querySelector('jenji-dropbox');"
        " while (el.filtered.cursor) await el.filtered.more(); }"
    )

    expect(rows).to_have_count(10_000, timeout=60_000)
    assert len(api.asked("GET /imports/files")) == 51
    # Showing the same again leaves every row as it is.
    changes = page.evaluate(
        "async () => { const el = document.querySelector('jenji-dropbox'); let changes = 0;"
        " const observer = new MutationObserver(records => { changes += records.length; });"
        " observer.observe(el.shadowRoot, {subtree: true, childList: true, attributes: true});"
        " el.show(); await el.showing; changes += observer.takeRecords().length; observer.disconnect();"
        " return changes; }"
    )
    assert changes < 100
    # What is new comes in front, and what was read before stays.
    everything.insert(0, {**states.IMPORTED, "id": "new", "name": "new.pdf"})
    api.links(states.linked(batch=states.batch(2, 0, 0, 2), poll_after_seconds=30))
    tick(page, 30)
    expect(rows).to_have_count(10_001, timeout=60_000)
    expect(rows.first).to_contain_text("new.pdf")


def test_scrolling_to_the_end_reads_on_by_itself(api: ApiServer, open_page: Open) -> None:
    everything = [{**states.IMPORTED, "id": f"f-{number}", "name": f"{number}.pdf"} for number in range(300)]

    def page_of(request: Request) -> Reply:
        begin, limit = int(request.query.get("cursor", 0)), int(request.query["limit"])
        end = begin + limit
        return _files(*everything[begin:end], cursor=str(end) if end < len(everything) else None)

    api.links(states.linked())
    api.answers["GET /imports/files"] = page_of
    page = open_page("personal")
    page.get_by_role("group", name="Show").get_by_role("button", name="Imported").click()
    rows = page.get_by_role("region", name="History").locator("li")
    expect(rows).to_have_count(50)

    page.get_by_role("button", name="Show more").scroll_into_view_if_needed()

    expect(rows).to_have_count(250)


def test_the_companys_folder_and_each_file_open_in_dropbox(api: ApiServer, open_page: Open) -> None:
    api.links(states.company())
    api.answers["GET /deliveries"] = Reply({"deliveries": states.DELIVERIES})

    page = open_page("company")

    folder = page.get_by_role("link", name="Open in Dropbox Jenji", exact=True)
    expect(folder).to_have_attribute("href", "https://www.dropbox.com/home/Jenji")
    rows = page.get_by_role("region", name="History").get_by_role("listitem")
    expect(rows.nth(0).get_by_role("link")).to_have_attribute("href", states.DELIVERED["url"])
    expect(rows.nth(2).get_by_role("link")).to_have_count(0)


def test_only_what_is_there_is_said_to_be_in_dropbox(api: ApiServer, open_page: Open) -> None:
    api.links(states.company())
    shown = [{**each, "path": states.DELIVERED["path"]} for each in states.DELIVERIES]
    api.answers["GET /deliveries"] = Reply({"deliveries": shown})

    page = open_page("company")

    rows = page.get_by_role("region", name="History").get_by_role("listitem")
    expect(rows).to_have_count(4)
    expect(rows.filter(has_text="In Dropbox:")).to_have_count(1)
    expect(rows.nth(0)).to_contain_text("In Dropbox:")


@pytest.mark.parametrize(
    ("became", "places"), [(None, 1), ("dismissed", 1), ("requested", 1), ("gone", 0), ("done", 0)]
)
def test_a_file_that_was_taken_away_is_not_said_to_be_in_dropbox(
    api: ApiServer, open_page: Open, became: str | None, places: int
) -> None:
    api.links(states.linked())
    api.answers["GET /imports/files"] = Reply(
        {"files": [states.REJECTED | ({"retry": became} if became else {})]}
    )
    page = open_page("personal")

    page.get_by_role("button", name="Rejected", exact=True).click()

    row = page.get_by_role("listitem").filter(has_text="Invoice 2231.pdf")
    expect(row).to_be_visible()
    expect(row.get_by_text("In Dropbox:")).to_have_count(places)


def test_copies_where_the_folder_is(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    page = open_page("personal", permissions=["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy Apps/Jenji/Auto-Import").click()

    expect(page.get_by_role("button", name="Copied Apps/Jenji/Auto-Import")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Apps/Jenji/Auto-Import"


def test_offers_to_split_a_file_of_several_documents_and_says_what_will_become_of_it(
    api: ApiServer, open_page: Open
) -> None:
    def split(_: Request) -> Reply:
        api.answers["GET /imports/files"] = _files(states.SPLIT)
        return Reply({"expense_ids": ["e-6", "e-7"]})

    api.links(states.linked())
    api.answers["GET /imports/files"] = _files(states.SEVERAL)
    api.answers["POST /imports/splits"] = split
    page = open_page("personal")
    page.get_by_role("group", name="Show").get_by_role("button", name="Imported").click()
    row = page.get_by_role("region", name="History").locator("li").first
    expect(row).to_contain_text("This file holds several documents.")

    row.get_by_role("button", name="Split into 2 expenses").click()

    expect(row).to_contain_text("The file stays whole with each of them, and nothing changes in Dropbox.")
    expect(row).to_contain_text("pages 2, 3 · Hotel Lutetia · €145.00")
    assert api.asked("POST /imports/splits") == []

    row.get_by_role("button", name="Split Three receipts.pdf", exact=True).click()

    expect(page.locator("jenji-dropbox .notice")).to_contain_text("It is now 2 expenses.")
    assert [request.body for request in api.asked("POST /imports/splits")] == [{"file": "f-6"}]
    expect(row.get_by_role("button", name="Open the expense")).to_have_count(2)
    expect(row.get_by_role("button", name="Split into 2 expenses")).to_have_count(0)
    row.get_by_role("button", name="Open the expense").nth(1).click()
    assert page.evaluate("window.heard") == [["jenji-open-expense", {"expenseId": "e-7"}]]


def test_who_thinks_better_of_splitting_has_done_nothing(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    api.answers["GET /imports/files"] = _files(states.SEVERAL)
    page = open_page("personal")
    page.get_by_role("group", name="Show").get_by_role("button", name="Imported").click()
    page.get_by_role("button", name="Split into 2 expenses").click()

    page.get_by_role("button", name="Cancel").click()

    expect(page.get_by_text("The file stays whole")).to_have_count(0)
    expect(page.get_by_role("button", name="Split into 2 expenses")).to_be_visible()
    assert api.asked("POST /imports/splits") == []


def test_a_file_that_may_not_be_split_any_more_says_why_it_is_looked_at(
    api: ApiServer, open_page: Open
) -> None:
    api.links(states.linked())
    edited = {key: value for key, value in states.SEVERAL.items() if key != "documents"}
    api.answers["GET /imports/files"] = _files({**edited, "can_split": False})
    page = open_page("personal")

    page.get_by_role("group", name="Show").get_by_role("button", name="Imported").click()

    expect(page.get_by_text("This file holds several documents.")).to_be_visible()
    expect(page.get_by_role("button", name="Split into")).to_have_count(0)
