"""The company's folder proved through the emulated Dropbox, from the request on record to what is put back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import uuid4

import boto3
import pytest

from local.dropbox_emulator import Effect, Fault, HtmlPage, Rewritten, TeamSpace
from local.dropbox_emulator.faults.refusing import Forbidden, RateLimited, RouteError, Status, Unauthorized
from shared.aws.documents.proof_pages import ProofPages
from shared.aws.stores.proof_store import ProofStore
from shared.domain.links import LinkStatus, Space
from shared.domain.proofs import (
    EndedProof,
    Finding,
    FolderProof,
    FoundDocument,
    PendingProof,
    ProofCounts,
    ProofProblem,
    PutBack,
)
from shared.doorbells.received import ComeBackLater
from shared.dropbox_api import gateway
from tests.integration.document_sync.conftest import Synchronising, link_company


def on_record(company: Synchronising) -> FolderProof:
    return ProofStore("deliveries").get(company.company_id, company.account.id)


def ask(company: Synchronising) -> None:
    """What the page's API does."""
    company.clock.advance(seconds=1)
    pending = PendingProof(uuid4().hex, "bob", company.clock(), "request-1")
    ProofStore("deliveries").save(replace(on_record(company), pending=pending))


def ask_to_put_back(company: Synchronising) -> None:
    """The same."""
    company.clock.advance(seconds=1)
    request = PutBack(uuid4().hex, ended(company).run_id, "bob", company.clock(), "request-2")
    ProofStore("deliveries").save(replace(on_record(company), put_back=request))


def ended(company: Synchronising) -> EndedProof:
    proof = on_record(company)
    assert proof.pending is None
    assert proof.ended is not None
    return proof.ended


def prove(company: Synchronising) -> ProofCounts:
    ask(company)
    assert company.ring() == {"batchItemFailures": []}
    counts = ended(company).counts
    assert counts is not None
    return counts


def findings(company: Synchronising) -> list[FoundDocument]:
    return ProofPages("documents").findings(company.company_id, ended(company).run_id, 0)


def delivered(company: Synchronising, count: int = 3) -> list[str]:
    """Their paths, in the order of their expenses."""
    for number in range(count):
        company.accept(f"expense-{number}", b"document %d" % number)
    company.answer()
    company.clock.advance(seconds=1)
    paths = {data: path for path, data in company.files().items()}
    return [paths[b"document %d" % number] for number in range(count)]


def trail() -> list[dict[str, Any]]:
    rows = boto3.resource("dynamodb").Table("audit_trail").scan()["Items"]
    return sorted(rows, key=lambda row: str(row["at"]))


def test_a_folder_is_damaged_proved_put_back_and_proved_again(synchronising: Synchronising) -> None:
    gone, edited, moved, copied = delivered(synchronising, 4)
    account = synchronising.account
    account.delete(gone)
    account.write(edited, b"with a note")
    account.move(moved, "/Jenji/To check/moved.jpg")
    account.write("/Jenji/copy.jpg", b"document 3")

    damaged = prove(synchronising)
    found = [(each.finding, each.path, each.found_at) for each in findings(synchronising)]
    ask_to_put_back(synchronising)
    synchronising.ring()
    mended = prove(synchronising)

    assert found == [
        (Finding.MISSING, gone, None),
        (Finding.CHANGED, edited, None),
        (Finding.MOVED, moved, "/Jenji/To check/moved.jpg"),
        (Finding.DOUBLED, copied, "/Jenji/copy.jpg"),
    ]
    assert (damaged.documents, damaged.present, damaged.missing) == (4, 1, 1)
    assert (mended.documents, mended.present, mended.missing, mended.changed) == (4, 2, 0, 1)
    contents = account.tree_contents()
    assert (contents[gone], contents[edited]) == (b"document 0", b"with a note")
    assert [(row["action"], row["actor"]) for row in trail()] == [
        ("folder_proved", "bob"),
        ("put_back", "bob"),
        ("folder_proved", "bob"),
    ]


def test_the_calls_of_a_proof_are_those_of_a_listing_and_a_file(synchronising: Synchronising) -> None:
    delivered(synchronising)
    synchronising.calls()

    prove(synchronising)

    calls = synchronising.calls()
    assert calls["files/list_folder"] == 1
    assert not {route for route in calls if "download" in route}


def test_the_file_lies_beside_the_manifest_and_its_findings_in_it(synchronising: Synchronising) -> None:
    [gone] = delivered(synchronising, 1)
    synchronising.account.delete(gone)

    prove(synchronising)

    month = f"{synchronising.clock():%Y-%m}"
    path = f"/Jenji/{month.replace('-', '/')}/Proof {month}.csv"
    assert ended(synchronising).path == path
    text = synchronising.account.tree_contents()[path].decode("utf-8-sig")
    assert "Missing,1\r\n" in text
    assert gone in text


@pytest.mark.parametrize("route", ["files/list_folder", "files/get_metadata", "files/upload"])
@pytest.mark.parametrize(
    "effect",
    [RateLimited(1), Status(503), Unauthorized("expired_access_token")],
    ids=["limited", "down", "token expired"],
)
def test_after_a_fault_of_any_call_it_comes_to_the_same_result(
    synchronising: Synchronising, route: str, effect: Effect
) -> None:
    gone, *_ = delivered(synchronising)
    synchronising.account.delete(gone)
    ask(synchronising)
    synchronising.emulator.faults.add(
        Fault(route=route, account=synchronising.account.name, answer=effect, times=4)
    )
    for _ in range(6):
        with suppress(ComeBackLater):
            synchronising.answer()
        synchronising.clock.advance(minutes=20)

    counts = ended(synchronising).counts

    assert counts is not None
    assert (counts.documents, counts.present, counts.missing) == (3, 2, 1)
    assert synchronising.link_row().status is LinkStatus.ACTIVE


def test_a_reset_cursor_has_it_listed_from_the_start(
    synchronising: Synchronising, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "LISTED_TOGETHER", 2)
    delivered(synchronising)
    ask(synchronising)
    synchronising.fault(RouteError({".tag": "reset"}), "files/list_folder/continue", times=1)

    for _ in range(3):
        synchronising.answer()
        synchronising.clock.advance(minutes=20)

    counts = ended(synchronising).counts
    assert counts is not None
    assert counts.is_complete
    assert synchronising.calls()["files/list_folder"] == 2


@pytest.mark.parametrize("from_the_start", [True, False])
def test_where_recursive_listings_fail_for_ever_it_is_listed_folder_by_folder(
    synchronising: Synchronising, monkeypatch: pytest.MonkeyPatch, from_the_start: bool
) -> None:
    monkeypatch.setattr(gateway, "LISTED_TOGETHER", 2)
    gone, moved, *_ = delivered(synchronising, 4)
    synchronising.account.delete(gone)
    synchronising.account.move(moved, "/Jenji/To check/by me/moved.jpg")
    failing = {"mentions": '"recursive": true'} if from_the_start else {}
    route = "files/list_folder" if from_the_start else "files/list_folder/continue"
    ask(synchronising)
    synchronising.fault(HtmlPage(500, "Dropbox - 5xx"), route, times=None if from_the_start else 9, **failing)

    for _ in range(8):
        with suppress(ComeBackLater):
            synchronising.answer()
        synchronising.clock.advance(minutes=20)

    counts = ended(synchronising).counts
    assert counts is not None
    assert (counts.documents, counts.present, counts.missing, counts.moved) == (4, 2, 1, 1)
    assert [each.found_at for each in findings(synchronising)] == [None, "/Jenji/To check/by me/moved.jpg"]


@pytest.mark.parametrize(
    ("at", "value"),
    [
        ("/entries/*/path_display", 7),
        ("/entries/*/content_hash", None),
        ("/entries/*/content_hash", "\ud800"),
    ],
)
def test_of_an_entry_that_cannot_be_read_nobody_says_that_a_document_is_missing(
    synchronising: Synchronising, at: str, value: object
) -> None:
    delivered(synchronising)
    ask(synchronising)
    synchronising.fault(Rewritten(at, value), "files/list_folder")
    with suppress(ComeBackLater):
        synchronising.answer()
    unread = on_record(synchronising)
    synchronising.emulator.faults.clear()
    synchronising.clock.advance(minutes=20)

    synchronising.answer()

    assert unread.ended is None
    counts = ended(synchronising).counts
    assert counts is not None
    assert counts.is_complete


def test_what_has_no_bytes_at_dropbox_stands_beside_the_documents(synchronising: Synchronising) -> None:
    delivered(synchronising)
    synchronising.account.write_cloud_document("/Jenji/Notes.gdoc")

    counts = prove(synchronising)

    assert counts.is_complete
    assert counts.files >= 4


def test_who_may_not_list_is_told_and_deliveries_go_on(synchronising: Synchronising) -> None:
    delivered(synchronising)
    synchronising.fault(Forbidden(), "files/list_folder")
    ask(synchronising)
    synchronising.accept("expense-9", b"another")

    synchronising.answer()

    assert ended(synchronising).problem is ProofProblem.NO_PERMISSION
    assert {status for status, _ in synchronising.statuses()} == {"DELIVERED"}
    assert synchronising.link_row().problem is None


def test_in_a_team_each_space_is_proved_by_itself(synchronising: Synchronising) -> None:
    account = synchronising.emulator.add_account("member", team=TeamSpace(member_folder="Bob"))
    team = replace(synchronising, account=account)
    in_team: dict[str, Any] = {"team_space_id": account.root_namespace}
    link_company(team, generation=2, space=Space.MEMBER_FOLDER, **in_team)
    team.accept("expense-1", b"one")
    team.answer()
    link_company(team, generation=3, space=Space.TEAM_SPACE, **in_team)
    team.accept("expense-2", b"two")
    team.answer()
    team.clock.advance(seconds=1)

    counts = prove(team)

    assert (counts.documents, counts.present, counts.other_space) == (1, 1, 1)


def test_a_folder_that_is_shared_is_listed_like_any_other(synchronising: Synchronising) -> None:
    gone, *_ = delivered(synchronising)
    synchronising.account.delete(gone)
    scopes = ("sharing.read", "sharing.write")
    link_company(synchronising, generation=2, scopes=scopes, may_share=True)
    dropbox = synchronising.composition.accounts.open(synchronising.link_row())
    dropbox.sharing.share("/Jenji/2026")

    counts = prove(synchronising)

    assert (counts.documents, counts.present, counts.missing) == (3, 2, 1)
