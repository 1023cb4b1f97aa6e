"""Profile & Preferences > Integrations, in a real browser: linking, dropping, and seeing what becomes of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Route, expect
from reportlab.pdfgen.canvas import Canvas

from local.dropbox_emulator.api.cost_model import CostModel
from local.dropbox_emulator.core.account import Account
from local.host import Person
from local.host_expense_rows import Details
from local.processes import wait_until
from local.world import World
from tests.e2e.browsing import PATIENCE_SECONDS, SignIn, Visit, on_disk, welcome

EMMA = Person("emma", "Emma Petit", "librairie")
# Who has an account that nobody has linked before.
LEO = Person("leo", "Léo Blanc", "librairie")
NOAH = Person("noah", "Noah Roy", "librairie")
LUNCH = Details("Café Lumière", "2026-11-05", "46.00")
HOSTILE = "<img src=x onerror=alert(1)>\u202egnp.png"
# Dropbox may tell of some before the others have arrived there.
UNDER_WAY = re.compile(r"\d+ of \d+ files")


@pytest.fixture(scope="module", autouse=True)
def people(world: World) -> None:
    welcome(world, EMMA, LEO, NOAH)


@pytest.fixture(scope="module")
def account(world: World) -> Account:
    """Emma's Dropbox."""
    return world.dropbox.add_account("emma", display_name=EMMA.name)


def photo(number: int) -> bytes:
    """Different from every other: PNG, for JPEG makes one of similar colours."""
    buffer = io.BytesIO()
    Image.new("RGB", (200, 400), (number % 256, number // 256, 99)).save(buffer, "PNG")
    return buffer.getvalue()


def link(visit: Visit, account: Account) -> None:
    """Linked, whether it was before or not."""
    visit.link(visit.personal, account)
    expect(visit.personal).to_contain_text("Linked")


def listed(element: Locator, name: str) -> Locator:
    """The newest line of the history that names a file."""
    return element.get_by_role("listitem").filter(has_text=name).last


def show_files(element: Locator) -> None:
    """Open the newest batch of the history."""
    newest = element.locator("button[aria-expanded]").first
    if newest.get_attribute("aria-expanded") == "false":
        newest.click()


def test_cancelling_at_dropbox_is_told_in_a_sentence_and_links_nothing(sign_in: SignIn) -> None:
    visit = sign_in(EMMA)

    visit.personal.get_by_role("button", name="Link a Dropbox account").click()
    visit.page.get_by_role("button", name="Cancel").click()

    expect(visit.personal).to_contain_text("You did not give Jenji access")
    expect(visit.personal.get_by_role("button", name="Link a Dropbox account")).to_be_visible()
    assert "error=" not in visit.page.url
    visit.picture("cancelled")


def test_a_link_that_took_too_long_is_told_so(world: World, sign_in: SignIn, account: Account) -> None:
    visit = sign_in(EMMA)
    visit.page.route("**/links/confirm*", lambda route: expire_first(world, route))

    visit.link(visit.personal, account)

    expect(visit.personal).to_contain_text("took too long")
    visit.picture("expired")


def expire_first(world: World, route: Route) -> None:
    """Ten minutes pass between Dropbox's redirect and the confirmation."""
    dynamodb = world.aws.client("dynamodb")
    table = world.deployment.link_attempts_table
    for row in dynamodb.scan(TableName=table)["Items"]:
        dynamodb.update_item(
            TableName=table,
            Key={"attempt_id": row["attempt_id"]},
            UpdateExpression="SET expires_at = :past",
            ExpressionAttributeValues={":past": {"S": "2026-01-01T00:00:00.000000Z"}},
        )
    route.continue_()


def test_a_dropped_receipt_is_watched_filled_in_and_found_in_the_history(
    world: World, sign_in: SignIn, account: Account
) -> None:
    visit = sign_in(EMMA)
    visit.picture("not linked")
    link(visit, account)
    visit.picture("linked")

    (on_disk(world, account) / "lunch.png").write_bytes(photo(1))

    expect(visit.personal).to_contain_text("1 imported")
    show_files(visit.personal)
    listed(visit.personal, "lunch.png").get_by_role("button", name="Open the expense").click()
    visit.prefill(visit.expense("lunch.png"), LUNCH)
    visit.page.get_by_role("button", name="Save").click()
    expect(visit.page.get_by_role("status")).to_have_text("Saved.")
    visit.picture("expenses")
    visit.settings()
    show_files(visit.personal)
    expect(listed(visit.personal, "lunch.png")).to_contain_text("Café Lumière")
    expect(listed(visit.personal, "lunch.png")).to_contain_text("€46.00")
    visit.picture("history")


def test_a_document_is_seen_beside_what_was_read_off_it(
    world: World, sign_in: SignIn, account: Account
) -> None:
    visit = sign_in(EMMA)
    invoice(on_disk(world, account) / "Kronberg.pdf")
    visit.personal.get_by_role("button", name="Imported", exact=True).click()
    expect(listed(visit.personal, "Kronberg.pdf")).to_contain_text("119.00")

    listed(visit.personal, "Kronberg.pdf").get_by_role("button", name="See the document").click()

    dialog = visit.personal.get_by_role("dialog", name="Kronberg.pdf")
    expect(dialog.get_by_role("img", name="Page 1 of 1")).not_to_have_js_property("naturalWidth", 0)
    dialog.get_by_role("button", name="amount").focus()
    expect(dialog.locator(".mark.chosen")).to_have_count(1)
    visit.picture("document")
    dialog.get_by_role("button", name="Close").click()
    listed(visit.personal, "Kronberg.pdf").get_by_role("button", name="Open the expense").click()
    page = visit.page.get_by_role("img", name="Page 1 of 1")
    expect(page).not_to_have_js_property("naturalWidth", 0)
    assert visit.page.locator(".mark").count() >= 2
    visit.picture("expense with its document")


def invoice(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=(400, 600))
    seller = "Kronberg Technik GmbH", "Rechnung Nr. 2026-0413", "Datum 14.03.2026"
    sums = "Netto 100,00 EUR", "MwSt 19% 19,00 EUR", "Gesamtbetrag 119,00 EUR"
    for row, text in enumerate((*seller, *sums)):
        canvas.drawString(40, 540 - 30 * row, text)
    canvas.save()


def test_a_hostile_name_is_only_a_name(world: World, sign_in: SignIn, account: Account) -> None:
    visit = sign_in(EMMA)

    (on_disk(world, account) / HOSTILE).write_bytes(photo(2))

    show_files(visit.personal)
    expect(listed(visit.personal, "<img src=x onerror=alert(1)>")).to_be_visible()
    assert visit.personal.locator("img").count() == 0
    visit.picture("hostile name")
    visit.page.goto(f"{world.host.issuer}/expenses")
    expect(visit.page.get_by_role("link", name="<img src=x onerror=alert(1)>")).to_be_visible()
    assert visit.page.locator("img").count() == 0


def test_a_rejected_file_says_why_and_can_be_dismissed(
    world: World, sign_in: SignIn, account: Account
) -> None:
    visit = sign_in(EMMA)
    (on_disk(world, account) / "page.pdf").write_bytes(b"<!doctype html><p>not a PDF")
    visit.personal.get_by_role("button", name="Rejected", exact=True).click()
    rejected = visit.personal.get_by_role("listitem").filter(has_text="page.pdf")
    expect(rejected).to_contain_text("This type of file cannot be imported")
    expect(rejected.get_by_role("button", name="Try again")).to_have_count(0)
    visit.picture("rejected")

    rejected.get_by_role("button", name="Dismiss").click()

    expect(visit.personal).to_contain_text("1 file is dealt with.")
    expect(rejected).to_contain_text("Dismissed")
    expect(visit.personal.get_by_role("region", name="To be looked at")).to_have_count(0)
    visit.picture("dismissed")


def test_a_rejected_file_that_is_deleted_in_dropbox_wants_nothing_any_more(
    world: World, sign_in: SignIn, account: Account
) -> None:
    visit = sign_in(EMMA)
    auto_import = on_disk(world, account)
    (auto_import / "minutes.pdf").write_bytes(b"<!doctype html><p>minutes, no PDF")
    attention = visit.personal.get_by_role("region", name="To be looked at")
    expect(attention).to_be_visible()
    [refused] = filed(auto_import.parent / "Rejected", "minutes.pdf")

    refused.unlink()

    expect(attention).to_have_count(0)
    visit.personal.get_by_role("button", name="Rejected", exact=True).click()
    expect(listed(visit.personal, "minutes.pdf")).to_contain_text("No longer in Dropbox")
    expect(listed(visit.personal, "minutes.pdf").get_by_text("In Dropbox:")).to_have_count(0)
    visit.picture("deleted")


def filed(directory: Path, name: str) -> list[Path]:
    """Where a file has been put, once it is there."""
    assert wait_until(lambda: any(directory.rglob(name)), PATIENCE_SECONDS)
    return list(directory.rglob(name))


def test_another_user_is_told_that_the_account_is_taken(sign_in: SignIn, account: Account) -> None:
    visit = sign_in(LEO)

    visit.link(visit.personal, account)

    expect(visit.personal).to_contain_text("already linked by another user")
    expect(visit.personal.get_by_role("button", name="Link a Dropbox account")).to_be_visible()
    visit.picture("taken")


def test_an_employee_is_never_shown_the_company(sign_in: SignIn) -> None:
    visit = sign_in(EMMA)

    expect(visit.personal).to_contain_text("Linked")
    expect(visit.company).to_have_count(0)
    visit.page.evaluate(
        """() => {
            const element = document.querySelector("jenji-dropbox").cloneNode();
            element.setAttribute("scope", "company");
            element.session = document.querySelector("jenji-dropbox").session;
            document.querySelector("main").append(element);
        }"""
    )
    expect(visit.company).to_contain_text("Only an administrator")
    expect(visit.company.get_by_role("button", name="Link a Dropbox account")).to_have_count(0)


def test_unlinking_asks_first_and_linking_again_keeps_the_history(sign_in: SignIn, account: Account) -> None:
    visit = sign_in(EMMA)
    visit.personal.get_by_role("button", name="Unlink").click()
    dialog = visit.personal.get_by_role("dialog")
    expect(dialog).to_contain_text("emma@example.com")
    visit.picture("unlink")

    dialog.get_by_role("button", name="Unlink").click()

    expect(visit.personal).to_contain_text("Unlinked")
    visit.picture("unlinked")
    link(visit, account)
    show_files(visit.personal)
    expect(listed(visit.personal, "lunch.png")).to_be_visible()


@pytest.fixture
def slow_dropbox(world: World) -> Iterator[None]:
    """As far away as the real one."""
    world.dropbox.costs = CostModel(latency=1.0)
    yield
    world.dropbox.costs = CostModel()


@pytest.mark.usefixtures("slow_dropbox")
def test_two_hundred_files_are_watched_to_the_last(world: World, sign_in: SignIn) -> None:
    account = world.dropbox.add_account("noah", display_name=NOAH.name)
    visit = sign_in(NOAH)
    link(visit, account)

    drop(on_disk(world, account), 200)

    assert wait_until(lambda: has_begun(world, NOAH), PATIENCE_SECONDS)
    visit.come_back()
    progress = visit.personal.get_by_role("progressbar")
    expect(visit.personal).to_contain_text(UNDER_WAY)
    visit.picture("under way")
    expect(progress).to_have_js_property("max", 200)
    expect(progress).to_have_js_property("value", 200, timeout=3 * PATIENCE_SECONDS * 1000)
    expect(visit.personal).to_contain_text("200 imported")
    visit.picture("two hundred")


def drop(directory: Path, number: int) -> None:
    for index in range(number):
        (directory / f"IMG_{index:04}.png").write_bytes(photo(1000 + index))


def has_begun(world: World, person: Person) -> bool:
    """Whether a file of theirs has been recorded."""
    rows = world.aws.client("dynamodb").query(
        TableName=world.deployment.import_records_table,
        KeyConditionExpression="user_id = :user",
        ExpressionAttributeValues={":user": {"S": person.user_id}},
        Limit=1,
    )
    return bool(rows["Items"])
