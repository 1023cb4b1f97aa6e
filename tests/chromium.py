"""How tests start a real browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

SCREENSHOTS = Path(__file__).parents[1] / ".local" / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Many tests and other programs share the processors of a small machine, and an idle element asks only
# every thirty seconds.
PATIENCE_SECONDS = 90
expect.set_options(timeout=PATIENCE_SECONDS * 1000)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of the machine, headless; `CHROMIUM` names another."""
    program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
