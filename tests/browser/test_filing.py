"""Choosing where documents are filed, from the page: what it leads to is seen before it is chosen."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from shared.domain.filing.choices import STANDARD, FilingChoice, FilingPart, MonthForm
from tests.browser import states
from tests.browser.conftest import Open, tick
from tests.browser.servers import ApiServer, Reply, Request

Json = dict[str, Any]


class Company:
    """A company that files as the API has it: two versions never meet."""

    def __init__(self, api: ApiServer) -> None:
        self.api = api
        self.choice, self.version = STANDARD, 1
        api.links(states.company())
        api.answers["GET /filing"] = lambda _: Reply(states.filing(self.choice, version=self.version))
        api.answers["GET /filing/preview"] = self.preview
        api.answers["PUT /filing"] = self.choose

    def preview(self, request: Request) -> Reply:
        asked = request.query
        choice = choice_of(asked["folders"].split(","), asked["name"].split(","), asked["months"])
        return Reply(states.filing_preview(choice))

    def choose(self, request: Request) -> Reply:
        asked = request.body
        if asked["version"] != self.version:
            error = {"code": "filing_changed", "message": "Somebody has changed it in the meantime."}
            return Reply({"error": error}, 409)
        self.choice = choice_of(asked["folders"], asked["name"], asked["months"])
        self.version += 1
        return Reply(states.filing(self.choice, version=self.version))


def choice_of(folders: list[str], name: list[str], months: str) -> FilingChoice:
    return FilingChoice(tuple(map(FilingPart, folders)), tuple(map(FilingPart, name)), MonthForm(months))


def opened(open_page: Open, **options: Any) -> tuple[Page, Locator]:
    page = open_page("company", is_held=True, **options)
    section = page.get_by_role("region", name="Where documents are filed")
    section.get_by_role("button", name="See and choose").click()
    expect(section.get_by_label("Order of folders")).to_be_visible()
    return page, section


def parts(section: Locator) -> list[str]:
    return [item.get_attribute("data-part") or "" for item in section.locator("[data-part]").all()]


def test_nothing_of_it_is_fetched_before_somebody_opens_it(
    api: ApiServer, host: Any, open_page: Open
) -> None:
    Company(api)
    page = open_page("company")
    button = page.get_by_role("button", name="See and choose")
    expect(button).to_be_visible()
    before = len(host.asked("GET /sections/filing.js")), len(api.asked("GET /filing"))

    button.click()

    expect(page.get_by_label("Order of folders")).to_be_visible()
    assert before == (0, 0)
    assert len(host.asked("GET /sections/filing.js")) == 1


def test_the_whole_story_look_choose_see_examples_and_have_it_filed_so(
    api: ApiServer, open_page: Open
) -> None:
    company = Company(api)
    page, section = opened(open_page)
    expect(section).to_contain_text("/Jenji/2026/03/Jane Doe/2026-03-14 SNCF 84.00 EUR [")
    expect(section.get_by_role("button", name="File so from now on")).to_have_count(0)

    section.get_by_label("Order of folders").select_option(label="Employee / Year / Month")
    section.get_by_label("Months").select_option("en")
    section.get_by_role("button", name="+ Category").click()
    section.get_by_role("button", name="Leave out Amount").click()
    tick(page, 1)
    expect(section).to_contain_text("/Jenji/Jane Doe/2026/03 March/2026-03-14 SNCF train [")
    expect(section).to_contain_text("a single year cannot be shared")
    section.get_by_role("button", name="File so from now on").click()

    expect(page.locator("jenji-dropbox .notice")).to_contain_text("From now on documents are filed so.")
    expect(section.get_by_role("button", name="File so from now on")).to_have_count(0)
    assert [request.body for request in api.asked("PUT /filing")] == [
        {
            "folders": ["employee", "year", "month"],
            "name": ["date", "merchant", "category"],
            "months": "en",
            "version": 1,
        }
    ]
    assert company.version == 2


def test_parts_are_moved_by_keyboard_and_the_focus_stays_with_them(api: ApiServer, open_page: Open) -> None:
    Company(api)
    page, section = opened(open_page)
    earlier = section.get_by_role("button", name="Earlier Amount")
    earlier.focus()

    page.keyboard.press("Enter")
    expect(earlier).to_be_focused()
    page.keyboard.press("Enter")
    expect(earlier).to_be_focused()
    page.keyboard.press("Enter")

    expect(earlier).to_have_attribute("aria-disabled", "true")
    expect(page.locator("jenji-dropbox [role=status]")).to_contain_text("Amount: 1 of 3")
    assert parts(section) == ["amount", "date", "merchant"]


def test_the_last_part_of_a_name_cannot_be_left_out(api: ApiServer, open_page: Open) -> None:
    Company(api)
    page, section = opened(open_page)
    section.get_by_role("button", name="Leave out Date").click()
    section.get_by_role("button", name="Leave out Merchant").click()

    last = section.get_by_role("button", name="Leave out Amount")
    expect(last).to_be_focused()
    page.keyboard.press("Enter")

    expect(last).to_have_attribute("aria-disabled", "true")
    assert parts(section) == ["amount"]


def test_what_is_refused_says_why_and_cannot_be_chosen(api: ApiServer, open_page: Open) -> None:
    Company(api)
    refusal = {"code": "filing_year_shared", "message": "The folder of a year is shared. End that first."}
    api.answers["GET /filing/preview"] = Reply(states.filing_preview(refusal=refusal))
    page, section = opened(open_page)

    section.get_by_label("Order of folders").select_option(label="Employee / Year / Month")
    tick(page, 1)

    expect(section).to_contain_text("The folder of a year is shared. End that first.")
    expect(section.get_by_role("button", name="File so from now on")).to_have_count(0)
    section.get_by_role("button", name="Cancel").click()
    expect(section.get_by_label("Order of folders")).to_have_value("year,month,employee")


def test_of_two_administrators_the_second_sees_what_the_first_chose(api: ApiServer, open_page: Open) -> None:
    company = Company(api)
    page, section = opened(open_page)
    section.get_by_label("Months").select_option("fr")
    company.choice, company.version = FilingChoice(months=MonthForm.DE), 2

    section.get_by_role("button", name="File so from now on").click()

    expect(page.locator("jenji-dropbox .notice")).to_contain_text("Somebody has changed it in the meantime.")
    expect(section.get_by_label("Months")).to_have_value("de")
    assert company.choice.months is MonthForm.DE


def test_what_cannot_be_had_is_said_and_tried_again(api: ApiServer, open_page: Open) -> None:
    Company(api)
    good = api.answers["GET /filing"]
    api.answers["GET /filing"] = Reply({"message": "Service Unavailable"}, 503)
    page = open_page("company")
    section = page.get_by_role("region", name="Where documents are filed")
    section.get_by_role("button", name="See and choose").click()
    expect(section).to_contain_text("not answering")
    api.answers["GET /filing"] = good

    section.get_by_role("button", name="Try again").click()

    expect(section.get_by_label("Order of folders")).to_be_visible()
