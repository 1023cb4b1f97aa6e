"""What an administrator sees of the company: who has linked, and numbers by month."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser import states
from tests.browser.conftest import Open
from tests.browser.servers import ApiServer, Reply, Request

LINKS, MONTHS = "GET /company/links", "GET /company/months"
BROKEN = [states.COMPANY_LINKS["links"][1]]


def serve(api: ApiServer) -> None:
    def links(request: Request) -> Reply:
        query = request.query
        if query.get("cursor"):
            more = {"name": "Zoe Last", "linked_at": "2026-10-02T08:15:00Z", "status": "ACTIVE"}
            return Reply({"links": [more]})
        if query.get("broken"):
            return Reply({**states.COMPANY_LINKS, "links": BROKEN})
        return Reply({**states.COMPANY_LINKS, "cursor": "more"})

    def months(request: Request) -> Reply:
        is_rest = bool(request.query.get("cursor"))
        some = states.MONTHS[7:] if is_rest else states.MONTHS[:7]
        return Reply({"months": some, **({} if is_rest else {"cursor": "rest"})})

    api.links(states.company())
    api.answers[LINKS], api.answers[MONTHS] = links, months


def opened(open_page: Open) -> tuple[Page, Locator]:
    page = open_page("company")
    page.get_by_role("button", name="See the overview").click()
    section = page.get_by_role("region", name="Overview")
    expect(section.get_by_text("Numbers as a table")).to_be_visible()
    return page, section


def test_nothing_of_it_is_asked_for_before_somebody_opens_it(
    api: ApiServer, host: Any, open_page: Open
) -> None:
    serve(api)
    page = open_page("company")
    expect(page.get_by_role("button", name="See the overview")).to_be_visible()

    before = len(host.asked("GET /sections/overview.js")), len(api.asked(LINKS)), len(api.asked(MONTHS))

    assert before == (0, 0, 0)


def test_who_has_linked_is_listed_page_by_page_and_those_that_do_not_work_alone(
    api: ApiServer, open_page: Open
) -> None:
    serve(api)
    _, section = opened(open_page)
    people = section.get_by_role("listitem")
    expect(section).to_contain_text("1,234")
    expect(people).to_have_count(2)
    expect(people.nth(1)).to_contain_text("Jane Doe")
    expect(people.nth(1)).to_contain_text("not working since November 20, 2026")

    section.get_by_role("button", name="More employees").click()
    expect(people).to_have_count(3)
    section.get_by_role("button", name="Not working").click()

    expect(people).to_have_count(1)
    expect(people).to_contain_text("To be linked again")


def test_numbers_are_drawn_and_stand_in_a_table_for_who_does_not_see_the_drawing(
    api: ApiServer, open_page: Open
) -> None:
    serve(api)
    _, section = opened(open_page)
    section.get_by_text("Numbers as a table").click()

    table = section.get_by_role("table", name="By month")

    expect(table.get_by_role("row")).to_have_count(13)
    expect(table.get_by_role("row").nth(1)).to_contain_text("November 2026")
    expect(table.get_by_role("row").nth(1)).to_contain_text("1,200")
    expect(table.get_by_role("row").nth(2)).to_contain_text("1,010+")
    drawing = section.locator("svg[width='100%']")
    assert drawing.get_attribute("aria-hidden") == "true"
    columns = drawing.locator("path").first.get_attribute("d") or ""
    assert columns.count("M") == 12
    assert len(api.asked(MONTHS)) == 2


def test_what_fails_is_said_and_asked_for_again(api: ApiServer, open_page: Open) -> None:
    serve(api)
    working = api.answers[LINKS]
    api.answers[LINKS] = Reply({"message": "Internal Server Error"}, 500)
    page = open_page("company")
    page.get_by_role("button", name="See the overview").click()
    section = page.get_by_role("region", name="Overview")
    again = section.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    api.answers[LINKS] = working

    again.click()

    expect(section.get_by_role("listitem")).to_have_count(2)
