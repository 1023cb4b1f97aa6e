"""A person at a real browser: signs in at the host, clicks, and is shown what the element shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

from local.dropbox_emulator.core.account import Account
from local.host import SETTINGS_PATH, Person, seed
from local.host_expense_rows import Details
from local.world import World
from tests.chromium import SCREENSHOTS

# An idle element asks only every thirty seconds, and the machine may be busy.
PATIENCE_SECONDS = 90
PICTURES = SCREENSHOTS / "e2e"
# Chromium reports what a page's policy has refused, and what went wrong in a script, on its console.
_FAULTS = re.compile(r"Content Security Policy|Permissions policy|violat|Uncaught|TrustedHTML", re.IGNORECASE)


@dataclass
class Desk:
    """Browsers at the host, each signed in as somebody; keeps what went against a page's policy."""

    world: World
    browser: Browser
    faults: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def sign_in(self, person: Person, path: str = SETTINGS_PATH, *, width: int = 900) -> Visit:
        """A browser of their own, looking at a page of the host."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, locale=person.locale, reduced_motion="reduce"
        )
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._listen)
        page.goto(f"{self.world.host.issuer}{path}")
        page.locator(f'button[value="{person.user_id}"]').click()
        page.wait_for_url(f"**{path}")
        return Visit(self.world, page)

    def close(self, name: str) -> None:
        """Keep what was seen last, by the name of the test."""
        for number, context in enumerate(self._contexts):
            context.pages[0].screenshot(path=PICTURES / f"{name}-{number}.png", full_page=True)
            context.close()

    def _listen(self, message: ConsoleMessage) -> None:
        if _FAULTS.search(message.text):
            self.faults.append(message.text)


@dataclass(frozen=True)
class Visit:
    """What a person does with their browser."""

    world: World
    page: Page

    @property
    def personal(self) -> Locator:
        """The element of one's own Dropbox."""
        return self.page.locator('jenji-dropbox[scope="personal"]')

    @property
    def company(self) -> Locator:
        """The element of the company's."""
        return self.page.locator('jenji-dropbox[scope="company"]')

    def settings(self) -> None:
        """Open the settings, anew if they are open."""
        self.page.goto(f"{self.world.host.issuer}{SETTINGS_PATH}")

    def come_back(self) -> None:
        """Turn to the page again after having done something else: it looks for what is new at once."""
        self.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    def link(self, element: Locator, account: Account) -> None:
        """Link an account, on Dropbox's own page."""
        element.get_by_role("button", name="Link a Dropbox account").click()
        self.allow(account)

    def allow(self, account: Account) -> None:
        """Choose an account on Dropbox's page, and let Jenji in."""
        self.page.wait_for_url("**/oauth2/authorize?**")
        self.page.locator(f'input[value="{account.id}"]').check()
        self.page.get_by_role("button", name="Allow").click()
        self.page.wait_for_url(f"**{SETTINGS_PATH}**")

    def expense(self, document: str) -> Locator:
        """The expense that a document has become, in the host's list."""
        return self.page.get_by_role("article").filter(has=self.page.get_by_role("link", name=document))

    def prefill(self, expense: Locator, details: Details) -> None:
        """Type what is on the document."""
        expense.get_by_label("Merchant").fill(details.merchant)
        expense.get_by_label("Date").fill(details.date)
        expense.get_by_label("Amount").fill(details.amount)
        expense.get_by_label("Currency").fill(details.currency)

    def picture(self, name: str) -> Path:
        """Keep what is seen now."""
        path = PICTURES / f"{name}.png"
        self.page.screenshot(path=path, full_page=True)
        return path


def welcome(world: World, *people: Person) -> None:
    """Have more people at the host."""
    deployment = world.deployment
    seed(world.aws.client("dynamodb"), deployment.users_table, deployment.companies_table, people)
    world.host.people.extend(person for person in people if person not in world.host.people)


def on_disk(world: World, account: Account) -> Path:
    """The directory that mirrors an account's Auto-Import."""
    assert world.dropbox_directory is not None
    return world.dropbox_directory / account.owner.name / "Apps" / "Jenji" / "Auto-Import"


SignIn = Callable[..., Visit]
