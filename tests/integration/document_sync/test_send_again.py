"""Documents sent again through the emulated Dropbox, from the request on record to the file that is back."""

from __future__ import annotations

import csv
from contextlib import suppress
from dataclasses import replace
from io import StringIO
from uuid import uuid4

import boto3
import pytest

from functions.document_sync import handler
from local.dropbox_emulator import Effect, RateLimited, Reset, Status, TeamSpace
from shared.aws.stores.resend_store import ResendStore
from shared.domain.links import LinkStatus, Space
from shared.domain.resends import Resend, ResendKind, ResendScope, resend_entry
from shared.doorbells.received import ComeBackLater
from tests.integration.document_sync.conftest import COMPANY, Synchronising, link_company

LOOK = "files/get_metadata"
DOCUMENTS = {b"photo %d" % number for number in range(4)}


def ask(company: Synchronising, kind: ResendKind = ResendKind.MONTH, of: str = "2026-03") -> None:
    """What the page's API does."""
    link = company.link_row()
    scope = ResendScope(kind, of)
    resend = Resend(company.company_id, link.account_id, scope, company.clock(), f"request-{uuid4().hex}")
    ResendStore("deliveries", "audit_trail").request(resend, resend_entry(link, resend, "bob"))


def on_record(company: Synchronising) -> Resend:
    [resend] = ResendStore("deliveries").of_account(company.company_id, company.account.id)
    return resend


@pytest.fixture
def delivered(synchronising: Synchronising) -> Synchronising:
    """Four documents, a day ago."""
    for number, data in enumerate(sorted(DOCUMENTS)):
        synchronising.accept(f"expense-{number}", data)
    synchronising.answer()
    synchronising.clock.advance(days=1)
    synchronising.calls()
    return synchronising


def test_what_was_deleted_and_moved_comes_back_without_a_download(delivered: Synchronising) -> None:
    deleted, moved, *_ = sorted(delivered.files())
    revisions = {path: delivered.account.entry(path).id for path in sorted(delivered.files())[2:]}
    delivered.account.delete(deleted)
    delivered.account.move(moved, "/Elsewhere/by hand.jpg")
    ask(delivered)

    answer = delivered.ring()

    calls = delivered.calls()
    assert answer == {"batchItemFailures": []}
    assert on_record(delivered).counts == {"missing": 2, "present": 2}
    assert {deleted, moved, "/Elsewhere/by hand.jpg"} <= set(delivered.files())
    assert {path: delivered.account.entry(path).id for path in revisions} == revisions
    assert calls[LOOK] >= len(DOCUMENTS)
    assert not any("download" in route for route in calls)
    [row] = boto3.resource("dynamodb").Table("audit_trail").scan()["Items"]
    assert (row["action"], row["actor"], row["scope"]) == ("sent_again", "bob", "month 2026-03")


@pytest.mark.parametrize("space", list(Space))
def test_in_a_team_it_is_looked_for_where_documents_are_delivered_to(
    synchronising: Synchronising, space: Space
) -> None:
    account = synchronising.emulator.add_account("member", team=TeamSpace(member_folder="Bob"))
    team = replace(synchronising, account=account)
    link_company(team, generation=2, team_space_id=account.root_namespace, space=space)
    team.accept("expense-1", b"one")
    team.answer()
    [path] = team.files()
    ask(team)
    team.answer()
    there = on_record(team).counts
    account.delete(path)
    ask(team, ResendKind.EXPENSE, "expense-1")

    team.answer()

    assert there == {"present": 1}
    assert list(team.files()) == [path]


@pytest.mark.parametrize(
    "fault",
    [RateLimited(retry_after=37), Status(503), Reset(), Status(400, text="Error in call"), Status(409)],
    ids=["rate limit", "503", "reset", "400", "409"],
)
@pytest.mark.parametrize("times", [1, 3, None])
def test_whatever_dropbox_answers_nothing_is_there_twice_and_all_is_back_in_the_end(
    delivered: Synchronising, fault: Effect, times: int | None
) -> None:
    for path in list(delivered.files()):
        delivered.account.delete(path)
    ask(delivered)
    delivered.fault(fault, LOOK, times=times)
    with suppress(ComeBackLater):
        delivered.answer()
    delivered.emulator.faults.clear()
    delivered.clock.advance(hours=1)

    with suppress(ComeBackLater):
        delivered.answer()
    ask_again_where_over(delivered)
    delivered.answer()

    delivered.assert_delivered(DOCUMENTS)
    assert delivered.link_row().status is LinkStatus.ACTIVE


def ask_again_where_over(company: Synchronising) -> None:
    """What Dropbox did not say at the first time is found by asking once more."""
    if on_record(company).completed_at is not None:
        ask(company)


def test_a_rate_limit_makes_it_wait_as_long_as_dropbox_says(delivered: Synchronising) -> None:
    delivered.account.delete(min(delivered.files()))
    ask(delivered)
    delivered.fault(RateLimited(retry_after=37), LOOK, times=1)

    with pytest.raises(ComeBackLater) as later:
        delivered.answer()

    assert later.value.seconds == 37
    assert on_record(delivered).looked_at == 0


def test_beside_a_changed_one_it_stays_in_its_month_though_its_date_was_corrected(
    synchronising: Synchronising,
) -> None:
    synchronising.accept("expense-1", b"one")
    synchronising.answer()
    [path] = synchronising.files()
    synchronising.account.write(path, b"one, with a note")
    set_date(synchronising, "expense-1", "2026-05-01")
    synchronising.clock.advance(hours=2)
    ask(synchronising, ResendKind.EXPENSE, "expense-1")

    synchronising.answer()

    [again] = set(synchronising.files()) - {path}
    assert again.startswith("/Jenji/2026/03/Alice Martin/2026-05-01 SNCF")
    on_record, _ = synchronising.composition.services.deliveries.filed_page(COMPANY, None)
    assert [delivery.path for delivery in on_record] == [again]


def test_of_documents_in_two_months_one_says_what_the_expense_costs(synchronising: Synchronising) -> None:
    first, later = documents = [b"one", b"another"]
    synchronising.accept("expense-1", first)
    synchronising.answer()
    synchronising.clock.advance(hours=2)
    add_document(synchronising, "expense-1", later)
    set_date(synchronising, "expense-1", "2026-05-01")

    synchronising.answer()

    assert sorted(synchronising.files().values()) == sorted(documents)
    assert {path[:19]: amounts_in(data) for path, data in manifests(synchronising).items()} == {
        "/Jenji/2026/03/Expe": ["84.00"],
        "/Jenji/2026/05/Expe": [""],
    }


def set_date(company: Synchronising, expense_id: str, date: str) -> None:
    """The host's administrators correct it."""
    boto3.resource("dynamodb").Table("expenses").update_item(
        Key={"expense_id": expense_id},
        UpdateExpression="SET #date = :date",
        ExpressionAttributeNames={"#date": "date"},
        ExpressionAttributeValues={":date": date},
    )


def add_document(company: Synchronising, expense_id: str, data: bytes) -> None:
    """The expense is taken back, gets another document, and is accepted again."""
    table = boto3.resource("dynamodb").Table("expenses")
    before = table.get_item(Key={"expense_id": expense_id})["Item"]
    company.accept("added", data)
    added = table.get_item(Key={"expense_id": "added"})["Item"]["documents"]
    table.delete_item(Key={"expense_id": "added"})
    documents = [*before["documents"], *added]
    table.put_item(Item={**before, "documents": documents})
    company.composition.services.deliveries.ensure(
        COMPANY,
        company.account.id,
        expense_id,
        [document["document_id"] for document in documents],
        accepted_at=company.clock(),
        now=company.clock(),
    )


def manifests(company: Synchronising) -> dict[str, bytes]:
    contents = company.account.tree_contents()
    return {path: data for path, data in contents.items() if path.endswith(".csv")}


def amounts_in(manifest: bytes) -> list[str]:
    return [row["Amount"] for row in csv.DictReader(manifest.decode("utf-8-sig").splitlines())]


def test_sent_again_it_is_no_measure_of_how_long_a_delivery_takes(
    delivered: Synchronising, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = StringIO()
    monkeypatch.setattr("sys.stdout", log)
    delivered.account.delete(min(delivered.files()))
    ask(delivered)

    delivered.ring()

    assert "SecondsToDeliver" not in log.getvalue()
    assert handler.metrics.metric_set == {}
