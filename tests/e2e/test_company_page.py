"""Company Settings > Integrations > Connected Apps, in a real browser."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from local.dropbox_emulator.core.account import Account
from local.host import Person
from local.host_expense_rows import Details
from local.host_expenses import HostExpenses
from local.world import World
from tests.e2e.browsing import SignIn, Visit, welcome

CLARA = Person("clara", "Clara Simon", "galerie", role="administrator")
HUGO = Person("hugo", "Hugo Faure", "galerie")
SOLO = Person("solange", "Solange Roux", "seule", role="administrator", plan="solo")
TRAIN = Details("SNCF", "2026-03-14", "84.00")
PAST = Details("Gare du Nord", "2026-02-01", "12.50")


@pytest.fixture(scope="module")
def host(world: World) -> HostExpenses:
    welcome(world, CLARA, HUGO, SOLO)
    return HostExpenses(world)


@pytest.fixture(scope="module")
def account(world: World) -> Account:
    """The company's Dropbox."""
    return world.dropbox.add_account("galerie", display_name="Galerie")


def accept(visit: Visit, document: str, details: Details) -> None:
    """Fill an expense in and accept it, in the host's list."""
    visit.page.get_by_role("link", name="Expenses", exact=True).click()
    expense = visit.expense(document)
    visit.prefill(expense, details)
    expense.get_by_role("button", name="Accept").click()
    expect(visit.page.get_by_role("status")).to_contain_text("Accepted")
    visit.settings()


def test_an_administrator_links_accepts_and_sees_the_document_arrive(
    world: World, host: HostExpenses, account: Account, sign_in: SignIn
) -> None:
    host.complete_and_accept(host.create(HUGO, {"before.pdf": b"%PDF before"}), PAST)
    host.create(HUGO, {"ticket.pdf": b"%PDF ticket"})
    visit = sign_in(CLARA)
    visit.picture("company not linked")
    visit.link(visit.company, account)
    expect(visit.company.get_by_role("button", name="Unlink")).to_be_visible()
    expect(visit.company).to_contain_text("Galerie (galerie@example.com)\u2069 is linked to your company")

    accept(visit, "ticket.pdf", TRAIN)

    line = visit.company.get_by_role("listitem").filter(has_text="SNCF 84.00 EUR")
    expect(line).to_contain_text("Delivered")
    expect(line).to_contain_text("Hugo Faure")
    assert b"%PDF ticket" in account.tree_contents().values()
    assert b"%PDF before" not in account.tree_contents().values()
    visit.picture("company delivered")


def test_what_was_accepted_before_is_counted_and_delivered_on_request(
    account: Account, sign_in: SignIn
) -> None:
    visit = sign_in(CLARA)

    visit.company.get_by_label("Start date").last.fill("2026-01-01")
    visit.company.get_by_role("button", name="Count first").click()

    expect(visit.company).to_contain_text("2 documents of 2 expenses")
    visit.picture("company counted")
    visit.company.get_by_role("button", name="Deliver them").click()
    expect(visit.company.get_by_role("listitem").filter(has_text="Gare du Nord")).to_contain_text("Delivered")
    assert b"%PDF before" in account.tree_contents().values()
    visit.picture("company backfilled")


def test_a_failed_delivery_says_why_and_is_delivered_on_request(
    world: World, host: HostExpenses, account: Account, sign_in: SignIn
) -> None:
    expense_id = host.create(HUGO, {"lost.pdf": b"%PDF lost"})
    expense = host.find(expense_id)
    assert expense is not None
    lost = {"Bucket": world.deployment.documents_bucket, "Key": expense.documents[0].s3_key}
    world.aws.client("s3").delete_object(**lost)
    visit = sign_in(CLARA)
    accept(visit, "lost.pdf", replace(TRAIN, merchant="Lost"))
    line = visit.company.get_by_role("listitem").filter(has_text="Lost 84.00 EUR")
    expect(line).to_contain_text("Failed")
    visit.picture("company failed")
    world.aws.client("s3").put_object(**lost, Body=b"%PDF lost")

    line.get_by_role("button", name="Try again").click()

    expect(visit.company).to_contain_text("1 document will be delivered again.")
    expect(line).to_contain_text("Delivered")
    assert b"%PDF lost" in account.tree_contents().values()


def test_a_company_of_the_solo_plan_is_told_what_it_needs(host: HostExpenses, sign_in: SignIn) -> None:
    visit = sign_in(SOLO)

    expect(visit.company).to_contain_text(re.compile("Team or Enterprise"))
    expect(visit.company.get_by_role("button", name="Link a Dropbox account")).to_have_count(0)
    expect(visit.personal.get_by_role("button", name="Link a Dropbox account")).to_be_visible()
    visit.picture("company plan required")


def test_the_page_fits_a_small_telephone(sign_in: SignIn) -> None:
    visit = sign_in(CLARA, width=320)

    expect(visit.company.get_by_role("listitem").filter(has_text="SNCF")).to_contain_text("Delivered")
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320
    visit.picture("company 320")
    visit.page.get_by_role("link", name="Expenses", exact=True).click()
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320
    visit.picture("expenses 320")
