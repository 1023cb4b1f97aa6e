"""Sharing the company's folder with its accountant, from the page."""

# The apostrophe of typography is meant:

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser import states
from tests.browser.conftest import Open, expect_count, tick
from tests.browser.servers import ApiServer, Reply, Request

ANNA = "anna@accountants.example"
AUTHORIZE_URL = "https://www.dropbox.com/oauth2/authorize?client_id=key"
REFUSED = {"code": "outside_team", "message": "Your team does not allow it."}
Json = dict[str, Any]


class Company:
    """A folder that is shared as the API and a drain share it: a change ends when the test says so."""

    def __init__(self, api: ApiServer) -> None:
        self.people: list[Json] = []
        self.pending: Json | None = None
        self.last: Json | None = None
        self.api = api
        api.links(states.company())
        api.answers["GET /sharing"] = lambda _: Reply(self.shown())
        api.answers["POST /sharing/looks"] = lambda _: Reply(self.shown(), 202)
        api.answers["POST /sharing/changes"] = self.change

    def shown(self) -> Json:
        more = {name: value for name, value in (("pending", self.pending), ("last", self.last)) if value}
        return states.sharing(
            states.shared_folder(*self.people, **more), poll_after_seconds=2 if self.pending else 30
        )

    def change(self, request: Request) -> Reply:
        self.pending = {**request.body, "since": "2026-11-24T13:00:00Z"}
        return Reply(self.shown(), 202)

    def end(self, problem: Json | None = None) -> None:
        """What a drain does."""
        change = self.pending
        assert change is not None
        others = [person for person in self.people if person["email"] != change.get("email")]
        if problem is None:
            self.people = {
                "share": [
                    *others,
                    states.shared_with(change.get("email", ""), change.get("access", "viewer")),
                ],
                "remove": others,
                "end": [],
            }[change["change"]]
        self.last = {
            **{name: value for name, value in change.items() if name in {"change", "email", "access"}},
            "at": "2026-11-24T13:00:01Z",
            **({"problem": problem} if problem else {}),
        }
        self.pending = None

    def asked(self) -> list[Json]:
        return [request.body for request in self.api.asked("POST /sharing/changes")]


def opened(open_page: Open, **options: Any) -> tuple[Page, Locator]:
    page = open_page("company", is_held=True, **options)
    page.get_by_role("button", name="See who has access").click()
    section = page.get_by_role("region", name="Share with your accountant")
    expect(section.get_by_label("E-mail address")).to_be_visible()
    return page, section


def test_nothing_of_sharing_is_fetched_before_somebody_opens_it(
    api: ApiServer, host: Any, open_page: Open
) -> None:
    Company(api)
    page = open_page("company")
    expect(page.get_by_role("button", name="See who has access")).to_be_visible()
    before = len(host.asked("GET /sections/sharing.js")), len(api.asked("GET /sharing"))

    page.get_by_role("button", name="See who has access").click()

    expect(page.get_by_text("Shared with nobody.")).to_be_visible()
    assert before == (0, 0)
    assert len(host.asked("GET /sections/sharing.js")) == 1


def test_the_whole_story_share_be_refused_share_again_see_change_and_end(
    api: ApiServer, open_page: Open
) -> None:
    company = Company(api)
    page, section = opened(open_page)
    notice = page.locator("jenji-dropbox .notice")

    section.get_by_label("E-mail address").fill(ANNA)
    section.get_by_role("button", name="Share", exact=True).click()
    expect(section.get_by_text("Being shared with")).to_be_visible()
    company.end(REFUSED)
    tick(page, 3)
    expect(notice).to_contain_text("Your team does not allow it.")

    section.get_by_label("E-mail address").fill(ANNA)
    section.get_by_role("button", name="Share", exact=True).click()
    expect(section.get_by_text("Being shared with")).to_be_visible()
    company.end()
    tick(page, 3)
    expect(notice).to_contain_text("Shared with")
    person = section.get_by_role("listitem").filter(has_text=ANNA)
    expect(person).to_contain_text("Invited")
    expect(person).to_contain_text("Can view")

    person.get_by_role("button", name="Let edit").click()
    expect(section.get_by_text("Being shared with")).to_be_visible()
    company.end()
    tick(page, 3)
    expect(person).to_contain_text("Can edit")

    person.get_by_role("button", name="End access…").click()
    expect(person.get_by_role("group")).to_be_focused()
    person.get_by_role("button", name=re.compile("^End access(?!…)")).click()
    expect(section.get_by_text("is being ended")).to_be_visible()
    company.end()
    tick(page, 3)
    expect(notice).to_contain_text("no longer has access")
    expect(section.get_by_text(ANNA)).to_have_count(0)
    assert company.asked() == [
        {"change": "share", "folder": "all", "email": ANNA, "access": "viewer"},
        {"change": "share", "folder": "all", "email": ANNA, "access": "viewer"},
        {"change": "share", "folder": "all", "email": ANNA, "access": "editor"},
        {"change": "remove", "folder": "all", "email": ANNA},
    ]


def test_ending_the_sharing_is_confirmed_or_taken_back(api: ApiServer, open_page: Open) -> None:
    company = Company(api)
    company.people = [states.shared_with()]
    page, section = opened(open_page)
    section.get_by_role("button", name="End sharing…").click()
    section.get_by_role("button", name="Cancel").click()
    expect(section.get_by_text("Nobody but you will see")).to_have_count(0)
    section.get_by_role("button", name="End sharing…").click()

    section.get_by_role("button", name="End sharing", exact=True).click()
    expect(section.get_by_text("The sharing is being ended.")).to_be_visible()
    company.end()
    tick(page, 3)

    expect(section.get_by_text("Shared with nobody.")).to_be_visible()
    assert company.asked() == [{"change": "end", "folder": "all"}]


def test_a_year_is_shared_with_editors_who_insist(api: ApiServer, open_page: Open) -> None:
    company = Company(api)
    _, section = opened(open_page)

    section.get_by_label("What to share").select_option("2025")
    section.get_by_label("Access").select_option("editor")
    section.get_by_label("E-mail address").fill(ANNA)
    section.get_by_role("button", name="Share", exact=True).click()

    expect(section.get_by_text("Being shared with")).to_be_visible()
    assert company.asked() == [{"change": "share", "folder": "2025", "email": ANNA, "access": "editor"}]


def test_what_is_no_address_is_not_sent(api: ApiServer, open_page: Open) -> None:
    company = Company(api)
    _, section = opened(open_page)

    section.get_by_label("E-mail address").fill("anna")
    section.get_by_role("button", name="Share", exact=True).click()

    expect(section.get_by_label("E-mail address")).to_be_focused()
    assert company.asked() == []


def test_what_the_api_refuses_is_told_and_the_address_stays(api: ApiServer, open_page: Open) -> None:
    Company(api)
    api.refuse("POST /sharing/changes", 409, "sharing_under_way", "Another change is on its way.")
    page, section = opened(open_page)

    section.get_by_label("E-mail address").fill(ANNA)
    section.get_by_role("button", name="Share", exact=True).click()

    expect(page.locator("jenji-dropbox .notice")).to_contain_text("Another change is on its way.")
    expect(section.get_by_label("E-mail address")).to_have_value(ANNA)


def test_the_permission_is_asked_for_only_now_and_sharing_is_open_afterwards(
    api: ApiServer, open_page: Open
) -> None:
    Company(api)
    shown = states.sharing(may_share=False)
    api.answers["GET /sharing"] = Reply(shown)
    api.answers["POST /links"] = Reply({"authorize_url": AUTHORIZE_URL}, 201)
    page = open_page("company")
    page.get_by_role("button", name="See who has access").click()

    page.get_by_role("button", name="Allow it at Dropbox").click()

    expect_count(page, "heard", 1)
    assert [request.body for request in api.asked("POST /links")] == [
        {"purpose": "synchronisation", "sharing": True}
    ]
    assert api.asked("POST /sharing/looks") == []


def test_who_comes_back_from_dropbox_goes_on_with_sharing(api: ApiServer, open_page: Open) -> None:
    Company(api)
    account = {"name": "Atelier Nord", "email": "finance@atelier.example"}
    confirmed = {"purpose": "synchronisation", "status": "ACTIVE", "account": account, "may_share": True}
    api.answers["POST /links/confirm"] = Reply(confirmed)

    page = open_page("company", query="#handle=a.b")

    expect(page.get_by_label("E-mail address")).to_be_visible()
    assert len(api.asked("POST /sharing/looks")) == 1


def test_a_refusal_of_another_account_is_worded(api: ApiServer, open_page: Open) -> None:
    Company(api)
    api.refuse("POST /links/confirm", 409, "other_account", "That was another Dropbox account.")

    page = open_page("company", query="#handle=a.b")

    expect(page.locator("jenji-dropbox .notice")).to_contain_text("That was another Dropbox account.")


def test_where_people_cannot_be_seen_it_is_said_and_tried_again(api: ApiServer, open_page: Open) -> None:
    company = Company(api)
    good = api.answers["GET /sharing"]
    api.answers["GET /sharing"] = Reply({"message": "Service Unavailable"}, 503)
    page = open_page("company")
    page.get_by_role("button", name="See who has access").click()
    section = page.get_by_role("region", name="Share with your accountant")
    expect(section).to_contain_text("not answering")
    api.answers["GET /sharing"] = good
    company.people = [states.shared_with()]

    section.get_by_role("button", name="Try again").click()

    expect(section.get_by_text(ANNA).first).to_be_visible()


def test_a_person_is_offered_no_sharing(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())

    page = open_page("personal")

    expect(page.get_by_text("alice@example.com", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="See who has access")).to_have_count(0)
