"""What a company does with its folder, at a browser against the deployed stack: share it, and prove it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from local.dropbox_emulator import SYNCHRONISATION_APP, Fault, RouteError
from local.dropbox_emulator.core.account import Account
from local.host import Person
from local.host_expense_rows import Details
from local.host_expenses import HostExpenses
from local.linking import link_dropbox
from local.processes import wait_until
from local.world import World
from tests.e2e.browsing import PATIENCE_SECONDS, SignIn, Visit, welcome
from tests.rclone import Rclone, rclone_of

DIANA = Person("diana", "Diana Weiss", "hutmacherei", role="administrator")
JONAS = Person("jonas", "Jonas Weiss", "hutmacherei")
ANNA = "anna@accountants.example"
DOCUMENTS = {"one.pdf": b"%PDF one", "two.pdf": b"%PDF two", "three.pdf": b"%PDF three"}


@pytest.fixture(scope="module")
def account(world: World) -> Account:
    """The company's Dropbox, with three documents of March."""
    welcome(world, DIANA, JONAS)
    account = world.dropbox.add_account("hutmacherei", display_name="Hutmacherei")
    link_dropbox(world, DIANA, account, "synchronisation")
    host = HostExpenses(world)
    for number, (name, data) in enumerate(DOCUMENTS.items()):
        details = Details("SNCF", f"2026-03-{14 + number}", "84.00")
        host.complete_and_accept(host.create(JONAS, {name: data}), details)
    assert wait_until(lambda: set(DOCUMENTS.values()) <= set(delivered(account).values()), PATIENCE_SECONDS)
    return account


@pytest.fixture
def rclone(world: World, account: Account, tmp_path: Path) -> Rclone:
    return rclone_of(world.dropbox, account, SYNCHRONISATION_APP, tmp_path)


def delivered(account: Account) -> dict[str, bytes]:
    """The documents in the folder, by path."""
    return {path: data for path, data in account.tree_contents().items() if path.endswith(".pdf")}


def path_of(account: Account, data: bytes) -> str:
    [path] = [path for path, found in delivered(account).items() if found == data]
    return path


def opened(visit: Visit, button: str, section: str) -> Locator:
    visit.company.get_by_role("button", name=button).click()
    return visit.company.get_by_role("region", name=section)


def share(section: Locator) -> None:
    section.get_by_label("E-mail address").fill(ANNA)
    section.get_by_role("button", name="Share", exact=True).click()


def test_the_folder_is_shared_refused_shared_again_seen_and_no_longer_shared(
    world: World, account: Account, sign_in: SignIn
) -> None:
    outside = RouteError({".tag": "cant_share_outside_team"})
    world.dropbox.faults.add(
        Fault(route="sharing/add_folder_member", account=account.name, times=1, answer=outside)
    )
    visit = sign_in(DIANA)
    section = opened(visit, "See who has access", "Share with your accountant")
    section.get_by_role("button", name="Allow it at Dropbox").click()
    visit.allow(account)
    expect(section.get_by_label("E-mail address")).to_be_visible()

    share(section)
    expect(visit.company.locator(".notice")).to_contain_text("Not shared with")
    share(section)
    person = section.get_by_role("listitem").filter(has_text=ANNA)
    expect(person).to_contain_text("Invited")
    expect(person).to_contain_text("Can view")
    visit.picture("company shared")

    section.get_by_role("button", name="End sharing…").click()
    section.get_by_role("button", name="End sharing", exact=True).click()
    expect(section).to_contain_text("Shared with nobody.")
    expect(visit.company).to_contain_text("The folder is shared with nobody any more.")
    assert set(delivered(account).values()) == set(DOCUMENTS.values())


def test_the_folder_is_proved_damaged_proved_put_back_and_proved(
    account: Account, rclone: Rclone, sign_in: SignIn
) -> None:
    visit = sign_in(DIANA)
    section = opened(visit, "Check the folder", "Is everything there?")
    section.get_by_role("button", name="Check now").click()
    expect(section).to_contain_text("3 of 3 documents are in their place, unaltered.")
    places = {name: path_of(account, data) for name, data in DOCUMENTS.items()}
    account.delete(places["one.pdf"])
    account.move(places["two.pdf"], "/Jenji/Looked through/two.pdf")

    section.get_by_role("button", name="Check now").click()
    expect(section).to_contain_text("1 of 3 documents are in their place, unaltered.")
    findings = section.get_by_role("list", name="What was found").get_by_role("listitem")
    expect(findings).to_have_count(2)
    expect(findings.filter(has_text=places["one.pdf"])).to_contain_text("Missing")
    expect(findings.filter(has_text=places["two.pdf"])).to_contain_text("/Jenji/Looked through/two.pdf")
    visit.picture("company proved")

    section.get_by_role("button", name="Put back 1 document").click()
    expect(section).to_contain_text(re.compile("1 document is delivered again"))
    assert wait_until(lambda: places["one.pdf"] in delivered(account), PATIENCE_SECONDS)
    section.get_by_role("button", name="Check now").click()
    expect(section).to_contain_text("2 of 3 documents are in their place, unaltered.")

    # What the page says is there, and what it says was found elsewhere, is what another client sees.
    seen = set(rclone("lsf", "-R", "--files-only", "dropbox:Jenji").splitlines())
    expected = {places["one.pdf"], "/Jenji/Looked through/two.pdf", places["three.pdf"]}
    assert {f"/Jenji/{path}" for path in seen if path.endswith(".pdf")} == expected
    assert delivered(account)[places["one.pdf"]] == DOCUMENTS["one.pdf"]
