"""Checking from the page that everything is there, and putting back what is missing."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser import states
from tests.browser.conftest import Open, tick
from tests.browser.servers import ApiServer, Reply, Request

Json = dict[str, Any]
TICKET = "/Jenji/2026/03/Jane Doe/2026-03-14 SNCF 84.00 EUR [7F3K2].pdf"
DINNER = "/Jenji/2026/03/Jane Doe/2026-03-15 Café 46.00 EUR [9K2P1].pdf"
MOVED_TO = "/Jenji/To check/dinner.pdf"


class Company:
    """A folder that is proved as the API and a drain prove it: each ends when the test says so."""

    def __init__(self, api: ApiServer) -> None:
        self.state: Json = {}
        self.findings: list[Json] = []
        self.api = api
        api.links(states.company())
        api.answers["GET /proofs"] = lambda _: Reply(self.shown())
        api.answers["POST /proofs"] = self.asked
        api.answers["GET /proofs/findings"] = lambda _: Reply({"findings": self.findings})

    def shown(self) -> Json:
        return {
            "can_put_back": False,
            "next_at": "2026-12-14T03:12:00Z",
            "poll_after_seconds": 2,
            **self.state,
        }

    def asked(self, request: Request) -> Reply:
        if request.body["request"] == "prove":
            pending = {"since": "2026-11-24T13:00:00Z", "files": 120, "is_listed": False}
            self.state = {**self.state, "pending": pending}
        else:
            put_back = {"since": "2026-11-24T13:00:00Z", "documents": 0}
            self.state = {**self.state, "put_back": put_back, "can_put_back": False}
        return Reply(self.shown(), 202)

    def end(self, *findings: Json, run_id: str = "run-1") -> None:
        """What a drain does."""
        self.findings = list(findings)
        kinds = [finding["finding"] for finding in findings]
        numbers = {kind: kinds.count(kind) for kind in ("missing", "changed", "moved", "doubled")}
        proved = {
            "run_id": run_id,
            "is_monthly": False,
            "as_of": "2026-11-24T13:00:00Z",
            "ended_at": "2026-11-24T13:00:05Z",
            "documents": 340,
            "present": 340 - numbers["missing"] - numbers["changed"] - numbers["moved"],
            "in_other_account": 0,
            "in_other_space": 0,
            "is_folder_missing": False,
            "path": "/Jenji/2026/11/Proof 2026-11.csv",
            **numbers,
        }
        self.state = {"proved": proved, "can_put_back": numbers["missing"] > 0}

    def requests(self) -> list[str]:
        return [request.body["request"] for request in self.api.asked("POST /proofs")]


def found(kind: str, path: str, **more: str) -> Json:
    return {"finding": kind, "path": path, "expense_id": "expense-1", "document_id": "document-1", **more}


def opened(open_page: Open) -> tuple[Page, Locator]:
    page = open_page("company", is_held=True)
    page.get_by_role("button", name="Check the folder").click()
    section = page.get_by_role("region", name="Is everything there?")
    expect(section.get_by_role("button", name="Check now")).to_be_visible()
    return page, section


def test_nothing_of_it_is_fetched_before_somebody_opens_it(
    api: ApiServer, host: Any, open_page: Open
) -> None:
    Company(api)
    page = open_page("company")
    expect(page.get_by_role("button", name="Check the folder")).to_be_visible()
    before = len(host.asked("GET /sections/proof.js")), len(api.asked("GET /proofs"))

    page.get_by_role("button", name="Check the folder").click()

    expect(page.get_by_text("The folder has not been checked yet.")).to_be_visible()
    assert before == (0, 0)


def test_the_whole_story_prove_find_put_back_and_prove_again(api: ApiServer, open_page: Open) -> None:
    company = Company(api)
    page, section = opened(open_page)

    section.get_by_role("button", name="Check now").click()
    expect(section.get_by_text("Looking at the folder: 120 files so far.")).to_be_visible()
    company.end(found("missing", TICKET), found("moved", DINNER, found_at=MOVED_TO))
    tick(page, 2)
    expect(section.get_by_text("338 of 340 documents are in their place, unaltered.").first).to_be_visible()
    expect(section.get_by_text(MOVED_TO).first).to_be_visible()
    expect(section.get_by_role("list", name="What was found").get_by_role("listitem")).to_have_count(2)

    section.get_by_role("button", name="Put back 1 document").click()
    expect(section.get_by_text("0 documents are being put back.")).to_be_visible()
    company.state["put_back"] |= {"documents": 1, "ended_at": "2026-11-24T13:01:00Z"}
    tick(page, 2)
    expect(section.get_by_text("1 document is delivered again").first).to_be_visible()

    section.get_by_role("button", name="Check now").click()
    expect(section.get_by_text("Looking at the folder: 120 files so far.")).to_be_visible()
    company.end(run_id="run-2")
    tick(page, 2)
    expect(section.get_by_text("340 of 340 documents are in their place, unaltered.").first).to_be_visible()
    expect(section.get_by_role("list", name="What was found")).to_have_count(0)
    assert company.requests() == ["prove", "put_back", "prove"]


def test_a_proof_without_a_result_says_why(api: ApiServer, open_page: Open) -> None:
    company = Company(api)
    problem = {"code": "no_permission", "message": "It may not list this folder."}
    company.state = {"failed": {"at": "2026-11-24T13:00:00Z", "problem": problem}}

    _, section = opened(open_page)

    expect(section.get_by_text("It may not list this folder.")).to_be_visible()


def test_where_it_cannot_be_read_it_can_be_tried_again(api: ApiServer, open_page: Open) -> None:
    Company(api)
    good = api.answers["GET /proofs"]
    api.answers["GET /proofs"] = Reply({"message": "Service Unavailable"}, 503)
    page = open_page("company")
    page.get_by_role("button", name="Check the folder").click()
    section = page.get_by_role("region", name="Is everything there?")
    expect(section.get_by_role("button", name="Try again")).to_be_visible()
    api.answers["GET /proofs"] = good

    section.get_by_role("button", name="Try again").click()

    expect(section.get_by_text("The folder has not been checked yet.")).to_be_visible()
