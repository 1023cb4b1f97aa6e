"""Sending again what is not in Dropbox any more, from the company's page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser import states
from tests.browser.conftest import Open, tick
from tests.browser.servers import ApiServer, Reply, Request

AGAIN = "/deliveries/again"
Json = dict[str, Any]


class Company:
    """Requests that are worked off when the test says so."""

    def __init__(self, api: ApiServer) -> None:
        self.resends: list[Json] = []
        self.api = api
        api.links(states.company())
        api.answers[f"GET {AGAIN}"] = lambda _: Reply(self.shown())
        api.answers[f"POST {AGAIN}"] = self.ask

    def shown(self) -> Json:
        is_under_way = any(resend["state"] != "done" for resend in self.resends)
        return {"resends": self.resends, "poll_after_seconds": 2 if is_under_way else 30}

    def ask(self, request: Request) -> Reply:
        self.resends.insert(0, states.resend(**request.body))
        return Reply(self.resends[0], 202)

    def come_to(self, **changes: Any) -> None:
        """What a drain does."""
        self.resends[0].update(changes)

    def asked(self) -> list[Json]:
        return [request.body for request in self.api.asked(f"POST {AGAIN}")]


def opened(open_page: Open) -> tuple[Page, Locator]:
    page = open_page("company", is_held=True)
    page.get_by_role("button", name="Choose what to send again").click()
    section = page.get_by_role("region", name="Send again")
    expect(section.get_by_label("Month", exact=True)).to_be_visible()
    return page, section


def test_nothing_of_it_is_fetched_before_somebody_opens_it(
    api: ApiServer, host: Any, open_page: Open
) -> None:
    Company(api)
    page = open_page("company")
    expect(page.get_by_role("button", name="Choose what to send again")).to_be_visible()
    before = len(host.asked("GET /sections/resend.js")), len(api.asked(f"GET {AGAIN}"))

    page.get_by_role("button", name="Choose what to send again").click()

    expect(page.get_by_label("Month", exact=True)).to_be_visible()
    assert before == (0, 0)
    assert len(host.asked("GET /sections/resend.js")) == 1


def test_a_month_is_asked_for_and_followed_until_it_is_over(api: ApiServer, open_page: Open) -> None:
    company = Company(api)
    page, section = opened(open_page)

    section.get_by_label("Month", exact=True).fill("2026-03")
    section.get_by_role("button", name="Send again", exact=True).click()
    row = section.get_by_role("listitem")
    expect(row).to_contain_text("March 2026")
    expect(row).to_contain_text("about to begin")
    company.come_to(state="looking", looked_for=100, present=98, sent=2)
    tick(page, 3)
    expect(row).to_contain_text("100 documents looked for so far")
    company.come_to(state="done", looked_for=362, present=358, sent=3, withdrawn=1)
    tick(page, 3)

    expect(row).to_contain_text("3 sent again · 358 there and left alone · 1 not accepted any more")
    expect(page.locator("jenji-dropbox .notice")).to_contain_text("3 documents are sent again.")
    assert company.asked() == [{"month": "2026-03"}]


def test_an_employee_that_has_no_folder_is_said_to_have_none(api: ApiServer, open_page: Open) -> None:
    company = Company(api)
    api.answers[f"POST {AGAIN}"] = Reply(
        {"error": {"code": "not_found", "message": "There is no such thing."}}, 404
    )
    page, section = opened(open_page)

    section.get_by_label("Documents").select_option("employee")
    section.get_by_label("Name of the employee’s folder").fill(" Jane Doe ")  # noqa: RUF001 - as it is typeset
    section.get_by_role("button", name="Send again", exact=True).click()

    expect(page.locator("jenji-dropbox .notice")).to_contain_text("There is no such thing.")
    assert company.asked() == [{"employee": "Jane Doe"}]


def test_without_a_month_nothing_is_asked(api: ApiServer, open_page: Open) -> None:
    company = Company(api)
    _, section = opened(open_page)

    section.get_by_role("button", name="Send again", exact=True).click()

    expect(section.get_by_label("Month", exact=True)).to_be_focused()
    assert company.asked() == []


def test_one_expense_is_sent_again_from_the_history_which_says_what_was_found(
    api: ApiServer, open_page: Open
) -> None:
    company = Company(api)
    delivered = states.DELIVERIES[0]
    found = {"found": "present", "at": "2026-11-24T12:00:00Z", "message": "It was there."}
    api.answers["GET /deliveries"] = Reply({"deliveries": [{**delivered, "looked_for": found}]})
    page = open_page("company")
    row = page.get_by_role("region", name="History").get_by_role("listitem")
    expect(row).to_contain_text("It was there.")

    row.get_by_role("button", name="Send again if missing").click()

    expect(page.locator("jenji-dropbox .notice")).to_contain_text("Jenji looks for it in Dropbox")
    assert company.asked() == [{"expense_id": delivered["expense_id"]}]
