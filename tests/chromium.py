"""How tests start a real browser."""

from __future__ import annotations

import os
import shutil
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
# The shell has no window to draw around each page, and needs a third less time for it.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


@contextmanager
def chromium(patience_seconds: float) -> Iterator[Browser]:
    """The Chromium of the machine, headless; the variable `CHROMIUM` names another.

    What is expected of a page may take so many seconds. Not to be kept open from one file of tests to
    the next: Playwright's event loop would be in the way of other tests' loops.
    """
    candidates = (os.environ.get("CHROMIUM", ""), *_NAMES)
    program = next(found for candidate in candidates if (found := shutil.which(candidate)))
    expect.set_options(timeout=patience_seconds * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
