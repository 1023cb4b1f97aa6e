"""The stand-in's own pages in a browser: axe finds nothing wrong, and the inbox shows mails as they come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from examples.mails.mails.mailer import Mailer
from local.host import ALICE, BOB, SETTINGS_PATH, Host, Person
from local.host_app.expense_desk import ExpenseDesk
from local.host_app.site import Site
from local.host_expense_rows import HostDocument, HostExpense
from local.inbox import INBOX_PATH, Mailbox
from shared.domain.expenses import ExpenseStatus
from testing.event_schemas import SCHEMAS, schema_of
from tests.browser.servers import ApiServer
from tests.chromium import SCREENSHOTS

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
PICTURES = SCREENSHOTS / "stand-in"
EVENTS = {path.stem: schema_of(path.stem)["examples"][0] for path in sorted(SCHEMAS.iterdir())}
RECEIPT = HostDocument("document-1", "Café Lumière.jpg", "00", "documents/alice/00", "image/jpeg")
EXPENSES = [
    HostExpense(
        f"0000000{number}-expense",
        "alice",
        status,
        (RECEIPT,),
        company_id="atelier",
        employee_name="Alice Martin",
        created_at="2026-11-24T13:00:00.000000Z",
        label="Berlin trip",
        merchant="Café Lumière",
        date="2026-11-05",
        amount="46.00",
        currency="EUR",
    )
    for number, status in enumerate(ExpenseStatus)
]


class Expenses:
    """One of each status, in the place of the host's table."""

    pictures_origin = "https://documents.example"

    def of(self, person: Person) -> list[HostExpense]:
        return [each for each in EXPENSES if each.user_id == person.user_id]

    def of_company(self, company_id: str) -> list[HostExpense]:
        return [each for each in EXPENSES if each.company_id == company_id]


class StandIn:
    """The running stand-in, and a browser at it."""

    def __init__(self, browser: Browser, host: Host, mailbox: Mailbox) -> None:
        self._browser = browser
        self._host = host
        self._mailbox = mailbox
        self.faults: list[str] = []
        self.pages: list[Page] = []

    def open(self, person: Person | None, path: str, *, dark: bool = False, width: int = 900) -> Page:
        context = self._browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
        )
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.pages.append(page)
        page.goto(f"{self._host.issuer}{path}")
        if person:
            page.locator(f'button[value="{person.user_id}"]').click()
            page.wait_for_url(f"**{path}")
        page.wait_for_load_state("domcontentloaded")
        return page

    def receive(self, name: str, **changed: Any) -> None:
        url = f"{self._host.issuer}{SETTINGS_PATH}"
        mailer = Mailer(
            recipients=self._mailbox,
            sent=self._mailbox,
            send=self._mailbox.send,
            personal_url=url,
            company_url=url,
        )
        mailer(name, EVENTS[name] | changed)


@pytest.fixture
def stand_in(browser: Browser, api: ApiServer) -> Iterator[StandIn]:
    with Host() as host:
        mailbox = Mailbox(host.people, host.issuer)
        desk = ExpenseDesk(Expenses())  # type: ignore[arg-type]
        host.open(Site(host, desk, api.url, None, mailbox).respond)
        running = StandIn(browser, host, mailbox)
        yield running
        for page in running.pages:
            page.context.close()
        assert running.faults == []


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    results = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {node['html']} {node['failureSummary']}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(("dark", "width"), [(False, 900), (True, 320)], ids=["light", "dark and narrow"])
@pytest.mark.parametrize("path", ["/sign-in", "/expenses", INBOX_PATH, SETTINGS_PATH])
@pytest.mark.parametrize("person", [ALICE, BOB], ids=lambda person: person.user_id)
def test_axe_finds_nothing_wrong_with_the_stand_ins_pages(
    stand_in: StandIn, person: Person, path: str, dark: bool, width: int
) -> None:
    for name in EVENTS:
        stand_in.receive(name)

    page = stand_in.open(None if path == "/sign-in" else person, path, dark=dark, width=width)

    PICTURES.mkdir(parents=True, exist_ok=True)
    name = f"{path.rpartition('/')[2]}-{person.user_id}-{'dark' if dark else 'light'}"
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_mail_appears_in_the_open_inbox_without_being_asked_for(stand_in: StandIn) -> None:
    page = stand_in.open(ALICE, INBOX_PATH)
    expect(page.locator("main")).to_contain_text("No mails yet")

    stand_in.receive("ImportBatchRead")

    mail = page.get_by_role("article")
    expect(mail).to_have_count(1)
    expect(mail.get_by_role("heading")).to_have_text("Your 188 receipts are ready")
    expect(mail).to_contain_text("38 of them need your eye")


def test_who_wants_no_more_mails_about_imports_says_so_with_two_clicks(stand_in: StandIn) -> None:
    page = stand_in.open(ALICE, INBOX_PATH)

    page.get_by_label("What I dropped into Dropbox").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("What I dropped into Dropbox")).not_to_be_checked()
    stand_in.receive("ImportBatchRead")
    stand_in.receive("LinkNeedsAttention")

    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("article")).to_contain_text("Dropbox does not let Jenji in any more")
