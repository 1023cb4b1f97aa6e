"""The example of a host in React, built as its README says and opened: what React does to the element is no trouble."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import states
from tests.browser.conftest import PATIENCE_SECONDS, ROOT
from tests.browser.servers import ApiServer, Reply

EXAMPLE = ROOT / "examples" / "react"
TYPES_OF_CONTENT = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `npm run build` makes, and its types hold."""
    prepared = subprocess.run(
        ["sh", ROOT / "tools" / "environment", "react"], capture_output=True, text=True, check=False
    )
    assert prepared.returncode == 0, prepared.stderr
    folder = tmp_path_factory.mktemp("react") / "dist"
    done = subprocess.run(
        [shutil.which("npm") or "npm", "run", "build", "--", "--outDir", folder],
        cwd=EXAMPLE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def server(built: Path) -> Iterator[ApiServer]:
    """Of one origin: the built page, the API as its own, and the host's session."""
    with ApiServer() as server:
        for path in filter(Path.is_file, built.rglob("*")):
            where = "/settings" if path.name == "index.html" else f"/{path.relative_to(built)}"
            headers = {"Content-Type": f"{TYPES_OF_CONTENT[path.suffix]}; charset=utf-8"}
            headers |= {"Content-Security-Policy": POLICY} if path.suffix == ".html" else {}
            server.answers[f"GET {where}"] = Reply(path.read_text(encoding="utf-8"), headers=headers)
        server.answers["GET /session"] = Reply({"token": "session-of-alice"})
        server.answers["GET /favicon.ico"] = Reply("", 204)
        yield server


@pytest.fixture
def page(browser: Browser, server: ApiServer) -> Iterator[Page]:
    """Where nothing may fail, nor go against the policy."""
    context = browser.new_context(locale="en", timezone_id="Europe/Paris")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_SECONDS * 1000)
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)

    yield page

    context.close()
    assert said == []


def test_the_element_is_shown_under_the_host_s_session(page: Page, server: ApiServer) -> None:
    server.links(states.linked())

    page.goto(f"{server.url}/settings")

    expect(page.locator("jenji-dropbox .card")).to_contain_text("alice@example.com")
    assert {asked.authorization for asked in server.asked("GET /links")} == {"Bearer session-of-alice"}


def test_what_the_element_tells_is_rendered_and_the_new_function_of_each_render_restarts_nothing(
    page: Page, server: ApiServer
) -> None:
    counts = {"waiting": 0, "stuck": 0, "rejected": 2, "retryable": 2, "to_check": 1}
    server.links(states.linked(counts=counts, batch=states.batch(1, 0, 0, 1)))
    server.answers["GET /imports/files"] = Reply({"files": [states.IMPORTED]})
    page.goto(f"{server.url}/settings")
    expect(page.get_by_label("To look at")).to_have_text("3")
    asked = len(server.asked("GET /links"))

    page.get_by_role("button", name="Imported").click()
    page.get_by_role("button", name="Open the expense").first.click()

    # It is the host that shows it, and renders everything again for it.
    expect(page.get_by_label("Expense", exact=True)).to_have_text("e-1")
    expect(page.get_by_role("button", name="Imported", pressed=True)).to_be_visible()
    assert len(server.asked("GET /links")) == asked


def test_another_language_is_a_file_that_the_bundler_took_along(page: Page, server: ApiServer) -> None:
    server.links(states.NOT_LINKED)
    page.goto(f"{server.url}/settings")
    expect(page.get_by_role("button", name="Link a Dropbox account")).to_be_visible()

    page.get_by_label("Language").select_option("fr")

    expect(page.get_by_role("button", name="Lier un compte Dropbox")).to_be_visible()


def test_the_scope_can_be_changed_by_a_property(page: Page, server: ApiServer) -> None:
    server.links(states.NOT_LINKED, states.company())
    page.goto(f"{server.url}/settings")

    page.get_by_role("checkbox", name="The company's").check()

    expect(page.locator("jenji-dropbox .card")).to_contain_text("finance@atelier.example")
