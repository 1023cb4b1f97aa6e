"""The company's page: what was delivered, what was not, and catching up on the past."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import states
from tests.browser.conftest import Open, tick
from tests.browser.servers import ApiServer, Reply, Request

COUNTED = {"since": "2026-01-01", "expenses": 1100, "documents": 1204, "is_complete": True}


def _count(page: Page) -> None:
    page.get_by_label("Start date").fill("2026-01-01")
    page.get_by_role("button", name="Count first").click()


def test_shows_counts_and_says_where_counting_stopped(api: ApiServer, open_page: Open) -> None:
    api.links(states.company())

    page = open_page("company")

    summary = page.get_by_role("region", name="Deliveries")
    expect(summary.get_by_text("1,000+")).to_be_visible()
    expect(summary.get_by_text("the oldest 20 minutes ago")).to_be_visible()


def test_shows_each_delivery_with_its_place_or_its_reason(api: ApiServer, open_page: Open) -> None:
    api.links(states.company())
    api.answers["GET /deliveries"] = Reply({"deliveries": states.DELIVERIES})

    page = open_page("company")

    rows = page.get_by_role("region", name="History").get_by_role("listitem")
    expect(rows).to_have_count(4)
    expect(rows.nth(0)).to_contain_text("SNCF · €84.00 · November 14, 2026 · Jane Doe")
    expect(rows.nth(0)).to_contain_text(
        "In Dropbox: /Jenji/2026/11/Jane Doe/2026-11-14 SNCF 84.00 EUR [7F3K2].pdf"
    )
    expect(rows.nth(1)).to_contain_text("Dropbox is not answering. It is tried again.")
    expect(rows.nth(1)).to_contain_text("Next try in 30 minutes · 3 tries")
    expect(rows.nth(2)).to_contain_text("The document is missing in Jenji. Ask our support.")
    expect(rows.nth(3)).to_contain_text("The expense is no longer accepted.")


def test_names_the_document_of_an_expense_that_is_gone(api: ApiServer, open_page: Open) -> None:
    gone = {name: value for name, value in states.CANCELLED.items() if name != "expense"}
    api.links(states.company())
    api.answers["GET /deliveries"] = Reply({"deliveries": [gone]})

    page = open_page("company")

    row = page.get_by_role("region", name="History").get_by_role("listitem")
    expect(row).to_contain_text("Document d-1")
    expect(row.get_by_role("button")).to_have_count(0)


def test_filters_by_state(api: ApiServer, open_page: Open) -> None:
    api.links(states.company())
    page = open_page("company")
    expect(page.get_by_text("Nothing yet. The next accepted expense appears here.")).to_be_visible()

    api.answers["GET /deliveries"] = Reply({"deliveries": [states.FAILED]})
    page.get_by_role("group", name="Show").get_by_role("button", name="Failed").click()

    expect(page.get_by_text("The document is missing in Jenji.")).to_be_visible()
    assert [request.query for request in api.asked("GET /deliveries")] == [
        {"limit": "50"},
        {"state": "failed", "limit": "50"},
    ]


def test_delivers_one_again(api: ApiServer, open_page: Open) -> None:
    def retry(_: Request) -> Reply:
        api.answers["GET /deliveries"] = Reply(
            {"deliveries": [{**states.FAILED, "state": "pending", "reason": None}]}
        )
        return Reply({"requested": 1}, 202)

    api.links(states.company())
    api.answers["GET /deliveries"] = Reply({"deliveries": [states.FAILED]})
    api.answers["POST /deliveries/retries"] = retry
    page = open_page("company")

    row = page.get_by_role("region", name="History").get_by_role("listitem")
    row.get_by_role("button", name="Try again").click()

    expect(row.get_by_text("To deliver")).to_be_visible()
    expect(page.locator("jenji-dropbox .notice")).to_contain_text("1 document will be delivered again.")
    assert [request.body for request in api.asked("POST /deliveries/retries")] == [{"delivery": "y-3"}]


def test_delivers_all_again(api: ApiServer, open_page: Open) -> None:
    api.links(states.company())
    api.answers["POST /deliveries/retries"] = Reply({"requested": 2}, 202)
    page = open_page("company")

    page.get_by_role("button", name="Try all 2 again").click()

    expect(page.locator("jenji-dropbox .notice")).to_contain_text("2 documents will be delivered again.")
    assert [request.body for request in api.asked("POST /deliveries/retries")] == [{"all": True}]


def test_counts_before_it_catches_up(api: ApiServer, open_page: Open) -> None:
    def start(_: Request) -> Reply:
        api.links(states.company(backfill=states.BACKFILL, poll_after_seconds=2))
        return Reply({**states.BACKFILL, "state": "waiting", "expenses": 0, "documents": 0}, 202)

    api.links(states.company())
    api.answers["GET /backfill"] = Reply(COUNTED)
    api.answers["POST /backfill"] = start
    page = open_page("company", is_held=True)

    _count(page)
    expect(
        page.get_by_text("1,204 documents of 1,100 expenses, accepted since January 1, 2026.")
    ).to_be_visible()
    page.get_by_role("button", name="Deliver them").click()

    expect(page.get_by_text("362 documents of 340 expenses so far")).to_be_visible()
    expect(page.get_by_role("button", name="Deliver them")).to_have_count(0)
    assert api.asked("GET /backfill")[0].query == {"since": "2026-01-01"}
    assert [request.body for request in api.asked("POST /backfill")] == [{"since": "2026-01-01"}]
    done = {**states.BACKFILL, "state": "done", "expenses": 1100, "documents": 1204}
    api.links(states.company(backfill=done))
    tick(page, 2)
    expect(page.get_by_text("All expenses accepted since January 1, 2026 were found")).to_be_visible()
    expect(page.get_by_text("1,204 documents of 1,100 expenses", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({**COUNTED, "is_complete": False}, "At least 1,204 documents of 1,100 expenses"),
        ({**COUNTED, "expenses": 1, "documents": 1}, "1 document of 1 expense, accepted since"),
        (
            {**COUNTED, "expenses": 0, "documents": 0},
            "No expense with documents was accepted since January 1, 2026.",
        ),
    ],
)
def test_says_what_was_counted(answer: states.Json, sentence: str, api: ApiServer, open_page: Open) -> None:
    api.links(states.company())
    api.answers["GET /backfill"] = Reply(answer)
    page = open_page("company")

    _count(page)

    expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.get_by_role("button", name="Deliver them")).to_have_count(1 if answer["documents"] else 0)


def test_another_date_wants_another_count(api: ApiServer, open_page: Open) -> None:
    api.links(states.company())
    api.answers["GET /backfill"] = Reply(COUNTED)
    page = open_page("company")
    _count(page)
    expect(page.get_by_role("button", name="Deliver them")).to_be_visible()

    page.get_by_label("Start date").fill("2025-01-01")

    expect(page.get_by_role("button", name="Deliver them")).to_have_count(0)


def test_counts_nothing_without_a_date(api: ApiServer, open_page: Open) -> None:
    api.links(states.company())
    page = open_page("company")

    page.get_by_role("button", name="Count first").click()

    expect(page.get_by_label("Start date")).to_be_focused()
    assert api.asked("GET /backfill") == []


def test_a_teams_deliveries_say_which_space_they_are_in(api: ApiServer, open_page: Open) -> None:
    api.links(states.company(space="team_space"))
    delivered = states.DELIVERIES[0]
    shown = [delivered | {"id": space, "space": space} for space in ("team_space", "member_folder")]
    api.answers["GET /deliveries"] = Reply({"deliveries": shown})

    page = open_page("company")

    rows = page.get_by_role("region", name="History").get_by_role("listitem")
    expect(rows.nth(0)).to_contain_text("In the team space")
    expect(rows.nth(1)).to_contain_text("In your own folder")
