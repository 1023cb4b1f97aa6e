"""A browser, a host's page with the element on it under a strict policy, and the API it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.servers import ApiServer, HostServer
from tests.chromium import chromium

ROOT = Path(__file__).parents[2]
NOW = datetime.fromisoformat("2026-11-24T13:00:00+00:00")
# Many tests and other programs share the processors of a small machine.
PATIENCE_SECONDS = 20

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium(PATIENCE_SECONDS) as running:
        yield running


@pytest.fixture
def api() -> Iterator[ApiServer]:
    with ApiServer() as api:
        yield api


@pytest.fixture
def host(api: ApiServer) -> Iterator[HostServer]:
    with HostServer(api.url) as host:
        yield host


@pytest.fixture
def open_page(browser: Browser, api: ApiServer, host: HostServer) -> Iterator[Open]:
    """Opens the host's page; when the test ends nothing may have gone against the policy, or failed.

    It is always the same instant there; timers run, or are held until `tick` lets time pass.
    """
    pages: list[Page] = []
    errors: list[str] = []

    def open_it(
        *scopes: str,
        lang: str = "en",
        attributes: str = "",
        query: str = "",
        width: int = 800,
        is_held: bool = False,
        script: str = "",
        **options: Any,
    ) -> Page:
        elements = (
            f'<jenji-dropbox scope="{scope}" api="{api.url}" {attributes}></jenji-dropbox>'
            for scope in scopes
        )
        host.show("".join(elements), lang)
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale=lang, timezone_id="Europe/Paris", **options
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE_SECONDS * 1000)
        if is_held:
            page.clock.install(time=NOW - timedelta(hours=1))
            page.clock.pause_at(NOW)
        else:
            page.clock.set_fixed_time(NOW)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.add_init_script(
            "window.violations = [];"
            "document.addEventListener('securitypolicyviolation',"
            " (event) => document.documentElement.dataset.violations ="
            " window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));"
        )
        page.add_init_script(script)
        page.goto(f"{host.url}/settings{query}")
        pages.append(page)
        return page

    yield open_it
    violations = [violation for page in pages for violation in page.evaluate("window.violations")]
    for page in pages:
        page.context.close()
    assert violations == []
    assert errors == []


def expect_count(page: Page, what: str, count: int) -> None:
    """Wait until the page has "heard" so many events, "asked" so often, or seen so many "violations"."""
    expect(page.locator("html")).to_have_attribute(f"data-{what}", str(count))


def tick(page: Page, seconds: float) -> None:
    """Let time pass on the page."""
    page.clock.run_for(int(seconds * 1000))
