"""A person without a mouse gets everywhere, and is never thrown back to the start of the page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import states
from tests.browser.conftest import Open, expect_count
from tests.browser.servers import ApiServer, Reply, Request


def _focused(page: Page) -> str:
    """The text or the label of what has the focus, within the element."""
    return page.evaluate(
        "() => { const node = document.activeElement?.shadowRoot?.activeElement;"
        " return node ? node.ariaLabel ?? node.textContent : ''; }"
    )


def _walk(page: Page, steps: int) -> list[str]:
    walked = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        walked.append(_focused(page))
    return walked


def test_links_by_keyboard(api: ApiServer, open_page: Open) -> None:
    api.links(states.NOT_LINKED)
    api.answers["POST /links"] = Reply({"authorize_url": "https://www.dropbox.com/oauth2/authorize"}, 201)
    page = open_page("personal")
    expect(page.get_by_role("button", name="Link a Dropbox account")).to_be_visible()

    assert _walk(page, 1) == ["Link a Dropbox account"]
    page.keyboard.press("Enter")

    expect_count(page, "heard", 1)


def test_walks_through_the_history(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    api.answers["GET /imports/batches"] = Reply({"batches": states.OLDER_BATCHES, "cursor": "next"})
    api.answers["GET /imports/files"] = Reply({"files": [states.IMPORTED]})
    page = open_page("personal")
    expect(page.get_by_role("button", name="Show more")).to_be_visible()

    walked: list[str] = []
    while "Show more" not in walked and len(walked) < 30:
        # A day's input is several stops without a name of their own.
        walked += [each for each in _walk(page, 1) if each]
    account, search, outcomes = walked[:3], walked[3:5], walked[5:9]
    assert account == ["Change account", "Unlink…", "Copy Apps/Jenji/Auto-Import"]
    assert search == ["File or merchant", "Export as CSV"]
    assert outcomes == ["All", "Imported", "Duplicate", "Rejected"]
    assert walked[9].startswith("Nov 20")
    assert walked[10].startswith("Nov 2,")
    assert walked[11] == "Show more"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")

    expect(page.get_by_role("button", name="Open the expense")).to_be_visible()
    assert _focused(page).startswith("Nov 2,")
    assert [each.split()[0] for each in _walk(page, 3)] == ["Receipt", "Copy", "Open"]


def test_the_dialog_holds_the_focus_and_gives_it_back(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    page = open_page("personal")
    unlink = page.get_by_role("button", name="Unlink…")
    unlink.focus()

    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert _focused(page) == "Cancel"
    assert set(_walk(page, 5)) <= {"Cancel", "Unlink", ""}
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(unlink).to_be_focused()
    assert api.asked("DELETE /links/auto_import") == []


def test_after_unlinking_the_focus_stays_in_the_element(api: ApiServer, open_page: Open) -> None:
    def unlink(_: Request) -> Reply:
        api.links(states.UNLINKED)
        return Reply(states.UNLINKED)

    api.links(states.linked())
    api.answers["DELETE /links/auto_import"] = unlink
    page = open_page("personal")
    page.get_by_role("button", name="Unlink…").focus()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Link a Dropbox account")).to_be_visible()
    expect(page.get_by_role("region", name="Import from Dropbox")).to_be_focused()


def test_what_has_the_focus_keeps_it_when_the_state_is_asked_for_again(
    api: ApiServer, open_page: Open
) -> None:
    api.links(states.linked())
    page = open_page("personal")
    unlink = page.get_by_role("button", name="Unlink…")
    unlink.focus()

    api.links(states.linked(batch=states.batch(5, 0, 0), counts={"waiting": 0, "stuck": 0, "rejected": 2}))
    page.evaluate("document.dispatchEvent(new CustomEvent('jenji-linked'))")

    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(unlink).to_be_focused()
