"""Every state of the element, in every language, light and dark, wide and narrow: axe finds nothing wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from shared.domain.filing.choices import ORDERS, FilingChoice, MonthForm
from tests.browser import states
from tests.browser.conftest import ROOT, Open
from tests.browser.servers import ApiServer, Reply
from tests.chromium import SCREENSHOTS

AXE = (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

# Words of buttons and of tables of numbers that do not stand on one line.
BROKEN_WORDS = """() => {
    const broken = [];
    for (const host of document.querySelectorAll("jenji-dropbox"))
        for (const within of host.shadowRoot.querySelectorAll("button, th, details td")) {
            const texts = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
            while (texts.nextNode())
                for (const { index, 0: word } of texts.currentNode.data.matchAll(/[^\\s-]+/g)) {
                    const range = new Range();
                    range.setStart(texts.currentNode, index);
                    range.setEnd(texts.currentNode, index + word.length);
                    if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1)
                        broken.push(word);
                }
        }
    return broken;
}"""


@dataclass(frozen=True)
class Screen:
    """What the API says, what a person then does, and a text that shows it is there."""

    links: list[states.Json]
    seen: str
    scope: str = "personal"
    replies: dict[str, Reply] = field(default_factory=dict)
    act: Callable[[Page], None] = lambda page: None
    query: str = ""


_HISTORY = {
    "GET /imports/batches": Reply(
        {"batches": [states.batch(188, 8, 4), *states.OLDER_BATCHES], "cursor": "next"}
    ),
    "GET /imports/files": Reply({"files": states.FILES, "cursor": "next"}),
    "GET /imports/waiting": Reply({"files": [states.WAITING]}),
    "GET /deliveries": Reply({"deliveries": states.DELIVERIES, "cursor": "next"}),
}
_LINKED_NOW = Reply(
    {
        "purpose": "auto_import",
        "status": "ACTIVE",
        "account": {"name": "Alice Martin", "email": "alice@example.com"},
    }
)


def _press(pattern: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=re.compile(pattern)).first.click()


def _count(page: Page) -> None:
    page.get_by_label("Start date").fill("2026-01-01")
    _press("Count")(page)


_PICTURE = "http://127.0.0.1:9/not-there.jpg"
_WITHOUT_PICTURE = {"code": "not_made", "message": "There is no picture of this document."}
_RESENDS = {
    "resends": [
        states.resend(month="2026-11"),
        states.resend(employee="Jane Doe", state="looking", looked_for=100, present=98, sent=2, changed=1),
        states.resend(month="2026-03", state="done", looked_for=362, present=360, withdrawn=1, unclear=1),
        states.resend(expense_id="9201810d", state="done", looked_for=1, pending=1),
    ],
    "poll_after_seconds": 2,
}
_SHARED = states.sharing(
    states.shared_folder(
        states.shared_with(),
        states.shared_with("bernhard.buchhalter@very-long-name-of-accountants.example", "editor"),
        moved_to="/Buchhaltung/Belege",
        last={
            "change": "share",
            "email": "carl@accountants.example",
            "access": "viewer",
            "at": "2026-11-24T12:58:00Z",
            "problem": {"code": "plan", "message": "Your Dropbox plan does not allow this."},
        },
    ),
    states.shared_folder(
        states.shared_with("dora@accountants.example"),
        folder="2025",
        path="/Jenji/2025",
        pending={
            "change": "share",
            "email": "emil@accountants.example",
            "access": "viewer",
            "since": "2026-11-24T12:59:58Z",
        },
    ),
)


def _end_access(page: Page) -> None:
    _press("See who has access")(page)
    _press("End access")(page)


_BY_EMPLOYEE = FilingChoice(ORDERS[2], months=MonthForm.ES)
_FILED_ANOTHER_WAY = states.filing_preview(
    _BY_EMPLOYEE, refusal={"code": "filing_year_shared", "message": "The folder of a year is shared."}
)


def _leave_amount_out(page: Page) -> None:
    page.locator("#filing + p + button").click()
    page.locator("[data-part=amount] [data-kind=remove]").click()
    expect(page.locator(".box.bad")).to_be_visible()


SCREENS = {
    "document": Screen(
        [states.linked()],
        "T-14",
        replies={
            "GET /imports/files": Reply({"files": [states.READ]}),
            "GET /imports/preview": Reply(
                states.preview(
                    _PICTURE, pages=[], page_count=None, expires_at=None, why_none=_WITHOUT_PICTURE
                )
            ),
        },
        act=lambda page: (_press("^Imported$")(page), _press("^See the document ")(page)),
    ),
    "not-linked": Screen([states.NOT_LINKED], "Link a Dropbox account"),
    "company-not-linked": Screen([states.COMPANY_NOT_LINKED], "Link a Dropbox account", "company"),
    "plan-required": Screen([states.PLAN_REQUIRED], "Enterprise", "company"),
    "not-administrator": Screen([states.NOT_LINKED], "administrat", "company"),
    "linked-empty": Screen([states.linked()], "alice@example.com"),
    "under-way": Screen(
        [states.linked(batch=states.batch(130, 8, 4), poll_after_seconds=2)], "142", replies=_HISTORY
    ),
    "being-read": Screen(
        [states.linked(batch=states.batch(200, 0, 0, being_read=57, to_check=38), poll_after_seconds=2)],
        "143",
        replies=_HISTORY,
    ),
    "duplicate": Screen(
        [states.linked()],
        "Taxi copy.jpg",
        replies={"GET /imports/files": Reply({"files": [states.DUPLICATE, states.TO_BE_CHECKED]})},
        act=_press("^Duplicate$"),
    ),
    "suspended": Screen([states.SUSPENDED_USER], "alice@example.com"),
    "history": Screen(
        [states.linked(counts=states.counts(waiting=1, stuck=1, rejected=4, retryable=4))],
        "Taxi Berlin",
        replies=_HISTORY,
        act=_press("Nov 24"),
    ),
    "rejected": Screen(
        [states.linked(counts=states.counts(waiting=0, stuck=0, rejected=1, retryable=1))],
        "Invoice 2231.pdf",
        replies={"GET /imports/files": Reply({"files": [states.REJECTED]})},
        act=_press("^Rejected$"),
    ),
    "unlink": Screen([states.linked()], "alice@example.com", act=_press("^Unlink…")),
    "unlinked": Screen([states.UNLINKED], "Link a Dropbox account", replies=_HISTORY),
    "revoked": Screen([states.REVOKED], "Link again", replies=_HISTORY),
    "full": Screen([states.FULL], "full", replies=_HISTORY),
    "paused": Screen([states.PAUSED], "paused", replies=_HISTORY),
    "plan-lost": Screen([states.PLAN_LOST], "Upgrade", "company", replies=_HISTORY),
    "company-team": Screen(
        [states.company(space="member_folder")], "In the team space", "company", replies=_HISTORY
    ),
    "company": Screen([states.company()], "SNCF", "company", replies=_HISTORY),
    "company-counted": Screen(
        [states.company()],
        "1,204",
        "company",
        {
            **_HISTORY,
            "GET /backfill": Reply(
                {"since": "2026-01-01", "expenses": 1100, "documents": 1204, "is_complete": True}
            ),
        },
        _count,
    ),
    "company-backfill": Screen([states.company(backfill=states.BACKFILL)], "340", "company", _HISTORY),
    "company-sharing-not-allowed": Screen(
        [states.company()],
        "Dropbox",
        "company",
        {"GET /sharing": Reply(states.sharing(may_share=False))},
        _press("See who has access"),
    ),
    "company-sending-again": Screen(
        [states.company()],
        "362",
        "company",
        {"GET /deliveries/again": Reply(_RESENDS)},
        _press("Choose what to send again"),
    ),
    "company-overview": Screen(
        [states.company()],
        "Jane Doe",
        "company",
        {
            "GET /company/links": Reply(states.COMPANY_LINKS),
            "GET /company/months": Reply({"months": states.MONTHS}),
        },
        lambda page: (_press("See the overview")(page), page.get_by_text("Numbers as a table").click()),
    ),
    "company-sharing": Screen(
        [states.company()],
        "anna@accountants.example",
        "company",
        {"GET /sharing": Reply(_SHARED), "POST /sharing/looks": Reply(_SHARED, 202)},
        _end_access,
    ),
    "receipt": Screen(
        [states.linked()],
        "Receipt of the files of",
        replies={
            "GET /imports/batches": Reply({"batches": [states.batch(1, 0, 1, seen=2)]}),
            "GET /imports/files": Reply({"files": []}),
            "GET /imports/receipt": Reply(states.RECEIPT),
        },
        act=lambda page: (_press("Nov 24")(page), _press("^Receipt$")(page)),
    ),
    "company-receipt": Screen(
        [states.company()],
        "Receipt of deliveries",
        "company",
        {"GET /deliveries": Reply({"deliveries": states.DELIVERIES})},
        _press("^Receipt$"),
    ),
    "company-filing": Screen(
        [states.company()],
        "SNCF",
        "company",
        {"GET /filing": Reply(states.filing(_BY_EMPLOYEE)), "GET /filing/preview": Reply(_FILED_ANOTHER_WAY)},
        _leave_amount_out,
    ),
    "just-linked": Screen(
        [states.linked()],
        "alice@example.com",
        replies={"POST /links/confirm": _LINKED_NOW},
        query="#handle=a.b",
    ),
    "refused": Screen([states.NOT_LINKED], "access", query="#error=access_denied"),
    "out-of-reach": Screen(
        [], "not answering", replies={"GET /links": Reply({"message": "Internal Server Error"}, 500)}
    ),
}
LOOKS = {
    "light": ("en", 800, "light"),
    "dark": ("en", 800, "dark"),
    "narrow": ("en", 320, "light"),
    "french": ("fr", 800, "light"),
    "french-narrow": ("fr", 320, "dark"),
    "german-narrow": ("de", 320, "light"),
    "spanish": ("es", 800, "light"),
    "italian": ("it", 800, "dark"),
}


@pytest.mark.parametrize("name", SCREENS)
def test_is_accessible_and_fits(name: str, api: ApiServer, open_page: Open) -> None:
    page = _open(SCREENS[name], api, open_page)

    for look, (lang, width, scheme) in LOOKS.items():
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.locator("jenji-dropbox").evaluate("(element, lang) => element.setAttribute('lang', lang)", lang)
        expect(page.locator("jenji-dropbox .card")).to_have_attribute("lang", lang)
        page.screenshot(path=SCREENSHOTS / f"{name}-{look}.png", full_page=True, animations="disabled")

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(BROKEN_WORDS) == []
        assert violations(page) == []


def _open(screen: Screen, api: ApiServer, open_page: Open) -> Page:
    api.links(*screen.links)
    api.answers.update(screen.replies)
    page = open_page(
        screen.scope,
        query=screen.query,
        attributes='plans-url="/plans" support-url="/help"',
        reduced_motion="reduce",
    )
    screen.act(page)
    expect(page.locator("jenji-dropbox .card")).to_contain_text(screen.seen)
    page.wait_for_load_state("networkidle")
    return page


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    results = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {node['html']} {node['failureSummary']}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]
