"""The document beside what was read: boxes where values stand, and what is unsure is seen to be so."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser import states
from tests.browser.conftest import Open
from tests.browser.servers import ApiServer, Reply, Request
from tests.browser.test_screens import violations
from tests.chromium import SCREENSHOTS


def jpeg() -> bytes:
    """A page with a dark bar where the amount stands."""
    page = Image.new("RGB", (400, 600), "white")
    page.paste("black", (240, 480, 360, 510))
    file = BytesIO()
    page.save(file, "JPEG")
    return file.getvalue()


PICTURE = Reply(jpeg(), headers={"Content-Type": "image/jpeg"})
GONE = Reply("<Error>Request has expired</Error>", 403, {"Content-Type": "application/xml"})


@pytest.fixture
def world(api: ApiServer) -> ApiServer:
    api.links(states.linked())
    api.answers["GET /imports/files"] = Reply({"files": [states.READ]})
    api.answers["GET /imports/preview"] = Reply(states.preview(f"{api.url}/pictures/fresh.jpg"))
    api.answers["GET /pictures/fresh.jpg"] = PICTURE
    api.answers["GET /pictures/old.jpg"] = GONE
    return api


def see(page: Page) -> Locator:
    page.get_by_role("button", name="Imported", exact=True).click()
    page.get_by_role("button", name="See the document").click()
    dialog = page.get_by_role("dialog", name="Taxi Flughafen.jpg")
    expect(dialog).to_be_visible()
    return dialog


def value(dialog: Locator, text: str) -> Locator:
    return dialog.get_by_role("button", name=text)


def box(dialog: Locator, number: int) -> dict[str, float]:
    """Of a page, as parts of it, the box of the mark of that number."""
    found: dict[str, float] = (
        dialog.locator(".mark")
        .nth(number)
        .evaluate(
            "(mark) => { const box = mark.getBBox(); return {left: box.x, top: box.y,"
            " right: box.x + box.width, bottom: box.y + box.height}; }"
        )
    )
    return found


def test_a_row_opens_its_document_with_a_box_around_each_value(world: ApiServer, open_page: Open) -> None:
    dialog = see(open_page("personal"))

    expect(dialog.get_by_role("img")).to_have_count(2)
    expect(dialog.get_by_text("Page 5 of 12")).to_be_visible()
    [asked] = world.asked("GET /imports/preview")
    assert asked.query == {"expense_id": "e-1"}
    place: Any = states.preview("")["values"][1]["place"]
    edges = ("left", "top", "right", "bottom")
    assert box(dialog, 1) == pytest.approx({edge: place[edge] for edge in edges}, abs=1e-6)
    # The overlay covers its picture exactly, so that a part of the page is the same part of the overlay.
    image = dialog.get_by_role("img").nth(1).bounding_box()
    overlay = dialog.locator("svg").nth(1).bounding_box()
    assert overlay == pytest.approx(image, abs=1)


def test_each_expense_of_a_split_file_opens_its_own_document(world: ApiServer, open_page: Open) -> None:
    world.answers["GET /imports/files"] = Reply({"files": [states.SPLIT]})
    page = open_page("personal")
    page.get_by_role("button", name="Imported", exact=True).click()

    page.get_by_role("button", name="See the document").nth(1).click()

    expect(page.get_by_role("dialog")).to_be_visible()
    [asked] = world.asked("GET /imports/preview")
    assert asked.query == {"expense_id": "e-7"}


def test_what_is_unsure_is_said_and_seen_to_be_so(world: ApiServer, open_page: Open) -> None:
    dialog = see(open_page("personal"))

    expect(value(dialog, "merchant")).to_contain_text("To be checked")
    assert "unsure" in (dialog.locator(".mark").nth(0).get_attribute("class") or "")
    expect(value(dialog, "amount")).to_contain_text("Confirmed")
    expect(value(dialog, "amount")).to_contain_text("Changed to €47.00")
    assert "unsure" not in (dialog.locator(".mark").nth(1).get_attribute("class") or "")


def test_the_rest_is_there_in_words(world: ApiServer, open_page: Open) -> None:
    dialog = see(open_page("personal"))

    expect(dialog.get_by_text("The date in the attached data is not the one on the page.")).to_be_visible()
    expect(value(dialog, "VAT 7 %")).to_contain_text("of €42.99")
    expect(dialog.get_by_text("from the attached data", exact=True)).to_be_visible()
    expect(value(dialog, "T-14")).to_have_count(0)  # no page shows it: there is nothing to point at
    expect(dialog.get_by_text("Suggested category")).to_be_visible()


def test_by_keyboard_the_focus_shows_where_a_value_stands_and_goes_back_to_the_row(
    world: ApiServer, open_page: Open
) -> None:
    page = open_page("personal")
    dialog = see(page)

    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    value(dialog, "amount").focus()
    expect(value(dialog, "amount")).to_have_attribute("aria-pressed", "true")
    expect(dialog.locator(".mark.chosen")).to_have_count(1)
    expect(dialog.locator(".mark.chosen")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(value(dialog, "VAT")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="See the document")).to_be_focused()


def test_a_box_that_is_clicked_shows_its_value(world: ApiServer, open_page: Open) -> None:
    dialog = see(open_page("personal"))

    dialog.locator(".mark").nth(1).click()

    expect(value(dialog, "amount")).to_have_attribute("aria-pressed", "true")


def test_a_picture_whose_url_has_ended_is_asked_for_again(world: ApiServer, open_page: Open) -> None:
    urls = iter(["old.jpg", "fresh.jpg"])
    world.answers["GET /imports/preview"] = lambda _: Reply(
        states.preview(f"{world.url}/pictures/{next(urls)}")
    )

    dialog = see(open_page("personal"))

    expect(dialog.get_by_role("img").first).to_have_js_property("naturalWidth", 400)
    assert len(world.asked("GET /imports/preview")) == 2


def test_a_picture_that_does_not_come_is_asked_for_once_more_and_then_said(
    world: ApiServer, open_page: Open
) -> None:
    moves = iter(range(100))

    def signed_again(_: Request) -> Reply:
        return Reply(states.preview(f"{world.url}/pictures/old.jpg?{next(moves)}&"))

    world.answers["GET /imports/preview"] = signed_again

    dialog = see(open_page("personal"))

    expect(dialog.get_by_text("The picture cannot be shown at the moment.")).to_be_visible()
    expect(dialog.get_by_text("Taxi Berlin")).to_be_visible()
    assert len(world.asked("GET /imports/preview")) == 2


def test_without_a_picture_the_api_s_words_and_what_was_read_are_there(
    world: ApiServer, open_page: Open
) -> None:
    why = {"code": "data_only", "message": "This document is data without pages."}
    answer = states.preview("", pages=[], why_none=why)
    world.answers["GET /imports/preview"] = Reply(answer)

    dialog = see(open_page("personal"))

    expect(dialog.get_by_text("This document is data without pages.")).to_be_visible()
    expect(dialog.get_by_role("img")).to_have_count(0)
    expect(dialog.get_by_text("Taxi Berlin")).to_be_visible()


def test_a_document_that_is_gone_is_told(world: ApiServer, open_page: Open) -> None:
    world.refuse("GET /imports/preview", 404, "not_found", "There is no such thing.")
    page = open_page("personal")
    page.get_by_role("button", name="Imported", exact=True).click()

    page.get_by_role("button", name="See the document").click()

    expect(page.get_by_text("There is no such thing.").last).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "width", "options"),
    [
        ("wide", 1000, {}),
        ("narrow", 320, {}),
        ("dark", 800, {"color_scheme": "dark"}),
        ("forced", 800, {"forced_colors": "active"}),
    ],
)
def test_it_fits_and_nothing_scrolls_sideways(
    world: ApiServer, open_page: Open, name: str, width: int, options: dict[str, Any]
) -> None:
    page = open_page("personal", width=width, **options)
    dialog = see(page)
    value(dialog, "amount").focus()
    expect(dialog.get_by_role("img").first).to_have_js_property("naturalWidth", 400)

    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"document-{name}.png")

    size = dialog.evaluate("(dialog) => [dialog.scrollWidth, dialog.clientWidth, innerWidth]")
    assert size[0] <= size[1] <= size[2]
    assert violations(page) == []


@pytest.mark.parametrize(
    ("lang", "see_it", "unsure"),
    [
        ("de", "Beleg ansehen", "Zu prüfen"),
        ("es", "Ver el documento", "Por comprobar"),
        ("fr", "Voir le document", "À vérifier"),
        ("it", "Vedere il documento", "Da verificare"),
    ],
)
def test_it_speaks_the_page_s_language(
    world: ApiServer, open_page: Open, lang: str, see_it: str, unsure: str
) -> None:
    page = open_page("personal", lang=lang)
    page.locator("[aria-pressed]").nth(1).click()

    page.get_by_role("button", name=see_it).click()

    expect(page.get_by_role("dialog").get_by_text(unsure, exact=True)).to_be_visible()
