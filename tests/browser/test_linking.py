"""Linking an account, coming back from Dropbox, and unlinking."""

# The apostrophe of typography is meant:
# ruff: noqa: RUF001

from __future__ import annotations

import re
import threading

import pytest
from playwright.sync_api import Page, expect

from tests.browser import states
from tests.browser.conftest import Open, expect_count
from tests.browser.servers import ApiServer, Reply, Request

AUTHORIZE_URL = "https://www.dropbox.com/oauth2/authorize?client_id=key"
CONFIRMED = {
    "purpose": "auto_import",
    "status": "ACTIVE",
    "account": {"name": "Alice Martin", "email": "alice@example.com"},
}


def _heard(page: Page, name: str) -> list[object]:
    return page.evaluate(
        "(name) => window.heard.filter(([heard]) => heard === name).map(([, detail]) => detail)", name
    )


def test_sends_the_browser_to_dropbox(api: ApiServer, open_page: Open) -> None:
    api.links(states.NOT_LINKED)
    api.answers["POST /links"] = Reply({"authorize_url": AUTHORIZE_URL}, 201)
    page = open_page("personal")

    page.get_by_role("button", name="Link a Dropbox account").click()

    expect_count(page, "heard", 1)
    assert _heard(page, "jenji-navigate") == [{"url": AUTHORIZE_URL}]
    assert [request.body for request in api.asked("POST /links")] == [{"purpose": "auto_import"}]


def test_leaves_the_page_where_the_host_does_not_object(api: ApiServer, open_page: Open) -> None:
    api.links(states.NOT_LINKED)
    api.answers["POST /links"] = lambda _: Reply({"authorize_url": f"{api.url}/authorize"}, 201)
    api.answers["GET /authorize"] = Reply("Dropbox", headers={"Content-Type": "text/plain"})
    page = open_page("personal")
    page.evaluate(
        "window.addEventListener('jenji-navigate', (event) => event.stopImmediatePropagation(), {capture: true})"
    )

    page.get_by_role("button", name="Link a Dropbox account").click()

    page.wait_for_url("**/authorize")


def test_goes_nowhere_but_to_a_web_address(api: ApiServer, open_page: Open) -> None:
    api.links(states.NOT_LINKED)
    api.answers["POST /links"] = Reply({"authorize_url": "javascript:alert(1)"}, 201)
    page = open_page("personal")

    button = page.get_by_role("button", name="Link a Dropbox account")
    button.click()

    expect(button).not_to_have_attribute("aria-disabled", "true")
    assert len(api.asked("POST /links")) == 1
    assert _heard(page, "jenji-navigate") == []


def test_a_company_chooses_from_when_on(api: ApiServer, open_page: Open) -> None:
    api.links(states.COMPANY_NOT_LINKED)
    api.answers["POST /links"] = Reply({"authorize_url": AUTHORIZE_URL}, 201)
    page = open_page("company")

    page.get_by_label("Start date").fill("2026-03-01")
    page.get_by_role("button", name="Link a Dropbox account").click()

    expect_count(page, "heard", 1)
    expect(page.get_by_label("Also those accepted since")).to_be_checked()
    assert [request.body for request in api.asked("POST /links")] == [
        {"purpose": "synchronisation", "since": "2026-03-01"}
    ]


def test_a_company_that_wants_a_start_date_must_give_it(api: ApiServer, open_page: Open) -> None:
    api.links(states.COMPANY_NOT_LINKED)
    page = open_page("company")

    page.get_by_label("Also those accepted since").check()
    page.get_by_role("button", name="Link a Dropbox account").click()

    expect(page.get_by_label("Start date")).to_be_focused()
    assert api.asked("POST /links") == []


def test_says_why_linking_is_not_offered(api: ApiServer, open_page: Open) -> None:
    api.links(states.PLAN_REQUIRED)

    page = open_page("company", attributes='plans-url="/plans"')

    expect(
        page.get_by_text("Linking the company’s Dropbox needs the Team or Enterprise plan.")
    ).to_be_visible()
    expect(page.get_by_role("link", name="See plans")).to_have_attribute("href", "/plans")
    expect(page.get_by_role("button", name="Link a Dropbox account")).to_have_count(0)


def test_two_clicks_ask_once(api: ApiServer, open_page: Open) -> None:
    is_clicked = threading.Event()

    def slow(_: Request) -> Reply:
        assert is_clicked.wait(20)
        return Reply({"authorize_url": AUTHORIZE_URL}, 201)

    api.links(states.NOT_LINKED)
    api.answers["POST /links"] = slow
    page = open_page("personal")
    button = page.get_by_role("button", name="Link a Dropbox account")

    button.dblclick()
    expect(button).to_have_attribute("aria-disabled", "true")
    is_clicked.set()

    expect_count(page, "heard", 1)
    assert len(api.asked("POST /links")) == 1


def _come_back(page: Page, fragment: str) -> None:
    """Dropbox's redirect loads the page; another fragment of the same page alone would not."""
    address = page.url
    page.goto("about:blank")
    page.goto(address + fragment)


def test_confirms_what_dropbox_sent_back(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    api.answers["POST /links/confirm"] = Reply(CONFIRMED)

    page = open_page("personal", query="?tab=dropbox#here&handle=attempt.secret")

    expect(page.locator("jenji-dropbox .notice")).to_contain_text(
        "Alice Martin (alice@example.com)\u2069 is linked."
    )
    assert [request.body for request in api.asked("POST /links/confirm")] == [{"handle": "attempt.secret"}]
    assert page.url.endswith("/settings?tab=dropbox#here")
    assert _heard(page, "jenji-linked") == [{"purpose": "auto_import", "account": CONFIRMED["account"]}]


def test_takes_the_handle_out_of_the_address_before_anything_else(api: ApiServer, open_page: Open) -> None:
    api.links(states.NOT_LINKED)
    api.answers["POST /links/confirm"] = Reply(CONFIRMED)
    page = open_page("personal")
    page.add_init_script(
        "const send = window.fetch; window.addresses = [];"
        "window.fetch = (...asked) => { window.addresses.push(location.hash); return send(...asked); };"
    )

    _come_back(page, "#handle=attempt.secret")

    expect(page.locator("jenji-dropbox .notice")).to_be_visible()
    assert set(page.evaluate("window.addresses")) == {""}
    page.reload()
    expect(page.get_by_role("button", name="Link a Dropbox account")).to_be_visible()
    assert len(api.asked("POST /links/confirm")) == 1


def test_one_of_two_elements_confirms_and_both_show_it(api: ApiServer, open_page: Open) -> None:
    api.links(states.NOT_LINKED, states.COMPANY_NOT_LINKED)

    def confirm(_: Request) -> Reply:
        api.links(states.NOT_LINKED, states.company())
        account = {"name": "Atelier Nord", "email": "finance@atelier.example"}
        return Reply(
            {"purpose": "synchronisation", "status": "ACTIVE", "account": account, "since": "2026-01-01"}
        )

    api.answers["POST /links/confirm"] = confirm

    page = open_page("personal", "company", query="#handle=a.b", is_held=True)

    expect(page.locator("jenji-dropbox .notice")).to_have_count(1)
    expect(page.locator("jenji-dropbox .notice")).to_contain_text("is linked to your company")
    expect(page.locator("jenji-dropbox .notice")).to_contain_text("January 1, 2026")
    expect(
        page.locator("jenji-dropbox[scope=company]").get_by_text("Linked", exact=True).first
    ).to_be_visible()
    assert len(api.asked("POST /links/confirm")) == 1


def test_of_two_elements_the_one_that_left_for_dropbox_tells_how_it_ended(
    api: ApiServer, open_page: Open
) -> None:
    api.links(states.NOT_LINKED, states.COMPANY_NOT_LINKED)
    api.answers["POST /links"] = Reply({"authorize_url": AUTHORIZE_URL}, 201)
    page = open_page("personal", "company")
    company = page.locator("jenji-dropbox[scope=company]")
    company.get_by_role("button", name="Link a Dropbox account").click()
    expect_count(page, "heard", 1)

    _come_back(page, "#error=access_denied")

    expect(page.locator("jenji-dropbox .notice")).to_have_count(1)
    expect(company.locator(".notice")).to_contain_text("You did not give Jenji access")
    assert page.url.endswith("/settings")


def test_the_one_element_of_a_page_tells_also_what_another_began(api: ApiServer, open_page: Open) -> None:
    api.links(states.NOT_LINKED)
    page = open_page("personal")
    page.evaluate("sessionStorage.jenji = 'company'")

    _come_back(page, "#error=access_denied")

    expect(page.locator("jenji-dropbox .notice")).to_contain_text("You did not give Jenji access")


@pytest.mark.parametrize(
    ("code", "lang", "sentence"),
    [
        ("access_denied", "en", "You did not give Jenji access to Dropbox. Nothing was linked."),
        ("access_denied", "fr", "Vous n’avez pas autorisé Jenji à accéder à Dropbox. Rien n’a été lié."),
        ("expired", "en", "Linking took too long. Start again."),
        ("something_new", "en", "The Dropbox account was not linked. Start again, or ask our support."),
    ],
)
def test_says_why_dropbox_sent_back_nothing(
    code: str, lang: str, sentence: str, api: ApiServer, open_page: Open
) -> None:
    api.links(states.NOT_LINKED)

    page = open_page("personal", query=f"#error={code}", lang=lang)

    expect(page.locator("jenji-dropbox .notice")).to_contain_text(sentence)
    assert page.url.endswith("/settings")
    assert api.asked("POST /links/confirm") == []


def test_says_in_the_words_of_the_api_what_it_has_none_for(api: ApiServer, open_page: Open) -> None:
    api.links(states.NOT_LINKED)
    api.refuse("POST /links/confirm", 409, "something_new", "A new rule of Dropbox. Call us.")

    page = open_page("personal", query="#handle=a.b")

    expect(page.locator("jenji-dropbox .notice")).to_contain_text("A new rule of Dropbox. Call us.")


def test_a_link_that_could_not_be_confirmed_yet_is_confirmed_at_the_next_try(
    api: ApiServer, open_page: Open
) -> None:
    api.links(states.NOT_LINKED)
    api.refuse("POST /links/confirm", 503, "try_again")
    page = open_page("personal", query="#handle=a.b")
    expect(page.locator("jenji-dropbox .notice")).to_contain_text("Try again in a minute.")

    api.links(states.linked())
    api.answers["POST /links/confirm"] = Reply(CONFIRMED)
    page.locator("jenji-dropbox .notice").get_by_role("button", name="Try again").click()

    expect(page.locator("jenji-dropbox .notice")).to_contain_text("is linked.")
    assert [request.body for request in api.asked("POST /links/confirm")] == [{"handle": "a.b"}] * 2


def test_unlinks_after_asking(api: ApiServer, open_page: Open) -> None:
    def unlink(_: Request) -> Reply:
        api.links(states.UNLINKED)
        return Reply(states.UNLINKED)

    api.links(states.linked())
    api.answers["DELETE /links/auto_import"] = unlink
    page = open_page("personal")

    page.get_by_role("button", name="Unlink…").click()
    expect(page.get_by_role("dialog", name="Unlink this Dropbox account?")).to_contain_text(
        "alice@example.com"
    )
    page.get_by_role("dialog").get_by_role("button", name="Unlink").click()

    expect(page.get_by_role("button", name="Link a Dropbox account")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("jenji-dropbox .notice")).to_contain_text("The Dropbox account is unlinked.")
    expect(page.get_by_role("heading", name="History")).to_be_visible()
    assert _heard(page, "jenji-unlinked") == [{"purpose": "auto_import"}]


def test_says_in_the_dialog_that_unlinking_failed(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    api.refuse("DELETE /links/auto_import", 503, "try_again")
    page = open_page("personal")

    page.get_by_role("button", name="Unlink…").click()
    page.get_by_role("dialog").get_by_role("button", name="Unlink").click()

    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Try again in a minute.")


@pytest.mark.parametrize(
    ("link", "message", "control", "role"),
    [
        (states.REVOKED, "Dropbox no longer lets Jenji in.", "Link again", "button"),
        (states.FULL, "The Dropbox is full.", "Open Dropbox", "link"),
        (
            states.linked(problem=states.problem("dropbox_refused", "Dropbox refused.", "contact")),
            "Dropbox refused.",
            "Contact support",
            "link",
        ),
    ],
)
def test_says_what_is_wrong_and_what_to_do(
    link: states.Json, message: str, control: str, role: str, api: ApiServer, open_page: Open
) -> None:
    api.links(link)

    page = open_page("personal", attributes='support-url="/help"')

    expect(page.get_by_text(re.compile(re.escape(message)))).to_be_visible()
    expect(page.get_by_role(role, name=control, exact=True)).to_be_visible()


def test_links_again_what_was_revoked(api: ApiServer, open_page: Open) -> None:
    api.links(states.REVOKED)
    api.answers["POST /links"] = Reply({"authorize_url": AUTHORIZE_URL}, 201)
    page = open_page("personal")

    page.get_by_role("button", name="Link again").click()

    expect_count(page, "heard", 1)
    assert _heard(page, "jenji-navigate") == [{"url": AUTHORIZE_URL}]


def test_says_where_a_teams_documents_lie_and_who_sees_them_there(api: ApiServer, open_page: Open) -> None:
    api.links(states.company(space="member_folder"))

    page = open_page("company")

    choice = page.get_by_role("group", name="Where the documents lie in your team’s Dropbox")
    expect(choice.get_by_label("In your own folder")).to_be_checked()
    expect(choice).to_contain_text("Only you see them, until you share the folder.")
    expect(choice).to_contain_text("that may be everybody")


def test_the_team_space_is_chosen_for_what_comes(api: ApiServer, open_page: Open) -> None:
    api.links(states.company(space="member_folder"))
    api.answers["PUT /links/synchronisation/space"] = Reply(states.company(space="team_space"))
    page = open_page("company")
    expect(page.get_by_label("In your own folder")).to_be_checked()
    api.links(states.company(space="team_space"))

    page.get_by_label("In the team space").click()

    expect(page.get_by_role("status")).to_have_text("From now on: In the team space.")
    expect(page.get_by_label("In the team space")).to_be_checked()
    assert [request.body for request in api.asked("PUT /links/synchronisation/space")] == [
        {"space": "team_space"}
    ]


def test_a_choice_that_was_refused_is_not_shown_as_made(api: ApiServer, open_page: Open) -> None:
    api.links(states.company(space="member_folder"))
    api.refuse("PUT /links/synchronisation/space", 503, "try_again", "Try again in a minute.")
    page = open_page("company")

    page.get_by_label("In the team space").click()

    expect(page.get_by_role("status")).to_contain_text("Try again in a minute.")
    expect(page.get_by_label("In your own folder")).to_be_checked()


def test_without_a_team_there_is_nothing_to_choose(api: ApiServer, open_page: Open) -> None:
    api.links(states.company())

    page = open_page("company")

    expect(page.get_by_text("finance@atelier.example", exact=True)).to_be_visible()
    expect(page.get_by_role("group", name="Where the documents lie")).to_have_count(0)
