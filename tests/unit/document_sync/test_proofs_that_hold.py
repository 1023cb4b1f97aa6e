"""What a proof says is so, and what became of it is known: after any fault, and any request in between."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from shared.domain.audit import AuditAction
from shared.domain.errors import (
    AccessDenied,
    AppRefused,
    DropboxFailing,
    DropboxRefused,
    DropboxUnavailable,
    IntegrationError,
    ListingReset,
    PathConflict,
    RateLimited,
)
from shared.domain.proofs import Finding, ProofProblem, PutBack, monthly_moment
from testing.fakes.failing import Failing, always, times
from tests.unit.document_sync.sync_world import COMPANY, SyncWorld, sync_world
from tests.unit.document_sync.test_prove_folder import (
    answer,
    ask,
    counts_of,
    delivered,
    ended_of,
    findings,
    proof_of,
    prove,
)

FAULTS: dict[str, Callable[[], IntegrationError]] = {
    "403": lambda: AccessDenied("no_permission"),
    "refused": lambda: DropboxRefused("path/restricted_content"),
    "conflict": lambda: PathConflict("path/conflict/file_ancestor"),
    "5xx": lambda: DropboxUnavailable("503"),
    "limited": lambda: RateLimited(600),
    "app refused": lambda: AppRefused("invalid_client"),
}


def ask_to_put_back(world: SyncWorld) -> None:
    world.clock.advance(seconds=1)
    request = PutBack("request-1", ended_of(world).run_id, "bob", world.clock(), "request-2")
    world.proofs.save(replace(proof_of(world), put_back=request))


def go_on(world: SyncWorld, drains: int = 12) -> None:
    for _ in range(drains):
        answer(world)
        world.clock.advance(minutes=30)


def last_checks(world: SyncWorld) -> dict[str, set[str]]:
    """What the manifests say of the last proof, by document's file: both forms."""
    said: dict[str, set[str]] = {}
    for path, table in world.manifest_files().items():
        if "/Expenses " in path:
            for line in list(csv.reader(io.StringIO(table), delimiter=";"))[1:]:
                said.setdefault(line[7], set()).add(line[-1])
    for data in world.workbook_files().values():
        for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(min_row=2, values_only=True):
            [path] = [cell for cell in row if str(cell).startswith("/Jenji")]
            said.setdefault(str(path), set()).add(str(row[-1] or ""))
    return said


@pytest.mark.parametrize("fault", list(FAULTS))
@pytest.mark.parametrize("call", ["find_at", "upload_small"])
def test_a_result_is_not_lost_because_its_file_cannot_be_written(fault: str, call: str) -> None:
    with sync_world() as world:
        [ticket] = delivered(world, b"ticket")
        world.account.delete(ticket)
        ask(world)
        world.dropbox = Failing(world.dropbox, **{call: always(FAULTS[fault]())})

        go_on(world)

        assert counts_of(world).missing == 1
        assert ended_of(world).path is None
        assert len(world.events.of("CompanyFolderProved")) == 1


def test_a_file_that_is_limited_waits_as_long_as_dropbox_says() -> None:
    with sync_world() as world:
        delivered(world)
        ask(world)
        world.dropbox = Failing(world.dropbox, upload_small=times(1, RateLimited(600)))

        answer(world)

        pending = proof_of(world).pending
        assert pending is not None
        assert pending.tries == 1
        assert pending.next_try is not None
        assert timedelta(seconds=590) < pending.next_try - world.clock() <= timedelta(seconds=600)


def test_a_manifest_says_what_the_last_proof_found_and_of_what_came_since_nothing() -> None:
    with sync_world() as world:
        gone, edited, moved, there = delivered(world, b"gone", b"edited", b"moved", b"there")
        world.account.delete(gone)
        world.account.write(edited, b"edited, with a note")
        world.account.move(moved, "/Jenji/To check/moved.pdf")
        prove(world)
        name = ended_of(world).name
        world.clock.advance(hours=2)

        [new] = delivered(world, b"new")

        assert last_checks(world) == {
            gone: {f"{name}: manquant"},
            edited: {f"{name}: modifié"},
            moved: {f"{name}: déplacé"},
            there: {name},
            new: {""},
        }


def test_where_nobody_knows_any_more_what_was_found_a_manifest_says_nothing() -> None:
    with sync_world() as world:
        gone, there = delivered(world, b"gone", b"there")
        world.account.delete(gone)
        prove(world)
        world.proof_pages.found.clear()
        world.clock.advance(hours=2)

        answer(world)

        assert last_checks(world) == {gone: {""}, there: {""}}


def test_what_was_asked_to_be_put_back_of_a_link_before_can_be_asked_for_again() -> None:
    with sync_world() as world:
        [ticket] = delivered(world, b"ticket")
        world.account.delete(ticket)
        prove(world)
        ask_to_put_back(world)
        world.clock.advance(seconds=1)
        world.link(world.account)

        answer(world)

        assert proof_of(world).put_back is None
        last = world.proofs.trail[-1]
        assert (last.action, last.problem) == (AuditAction.PUT_BACK, ProofProblem.LINK_CHANGED)
        ask_to_put_back(world)
        answer(world)
        assert world.files() == {ticket: b"ticket"}


def test_what_cannot_be_put_back_as_its_findings_are_gone_is_not_said_to_be() -> None:
    with sync_world() as world:
        [ticket] = delivered(world, b"ticket")
        world.account.delete(ticket)
        prove(world)
        ask_to_put_back(world)
        world.proof_pages.found.clear()

        answer(world)

        assert proof_of(world).put_back is None
        assert world.proofs.trail[-1].problem is ProofProblem.NOT_IN_TIME
        assert world.files() == {}


def test_no_monthly_proof_takes_the_findings_from_a_putting_back_that_is_under_way() -> None:
    with sync_world() as world:
        [ticket] = delivered(world, b"ticket")
        world.account.delete(ticket)
        prove(world)
        first = ended_of(world)
        world.clock.advance(days=31)
        assert monthly_moment(COMPANY, world.clock()) > first.started_at
        ask_to_put_back(world)
        world.has_time = lambda: False
        answer(world)
        under_way = proof_of(world)
        world.has_time = lambda: True

        answer(world)

        assert under_way.is_putting_back
        assert under_way.pending is None
        assert proof_of(world).put_back is not None
        assert world.files() == {ticket: b"ticket"}
        answer(world)
        assert (ended_of(world).by, counts_of(world).missing) == (None, 0)


def damaged(world: SyncWorld) -> None:
    """Documents of several employees and months, of which some were deleted, changed, moved and copied."""
    for number in range(12):
        day = {"date": world.clock().date().replace(month=1 + number % 5)}
        world.accept(
            b"document %d" % number, employee=f"employee-{number % 7}", name=f"E {number % 7}", **day
        )
    answer(world)
    paths = sorted(world.files())
    world.account.delete(paths[0])
    world.account.write(paths[1], b"changed")
    world.account.move(paths[2], "/Jenji/A/B/C/moved.pdf")
    world.account.write("/Jenji/A/copy.pdf", world.files()[paths[3]])
    world.account.make_folder("/Jenji/Empty")


@pytest.mark.parametrize("more", [{}, {"list_flat": times(2, DropboxFailing("500"))}], ids=["", "flat too"])
def test_where_recursion_always_fails_the_folder_is_listed_folder_by_folder(more: dict[str, Any]) -> None:
    with sync_world() as world:
        damaged(world)
        recursive, found = prove(world), findings(world)
        world.account.delete(ended_of(world).path or "")
        world.dropbox = Failing(world.dropbox, list_page=always(DropboxFailing("500")), **more)
        ask(world)

        go_on(world)

        flat = counts_of(world)
        assert (flat.missing, flat.changed, flat.moved, flat.doubled) == (1, 1, 1, 1)
        assert replace(flat, files=0) == replace(recursive, files=0)
        assert findings(world)[-len(found) :] == found


def test_recursion_that_fails_later_on_is_given_up_too() -> None:
    with sync_world() as world:
        damaged(world)
        ask(world)

        def fail_further_on(_folder: str, cursor: str | None) -> None:
            if cursor is not None:
                raise DropboxFailing("500")

        world.dropbox = Failing(world.dropbox, list_page=fail_further_on)

        go_on(world)

        assert (counts_of(world).documents, counts_of(world).missing) == (12, 1)


@pytest.mark.parametrize("error", [RateLimited(30), DropboxUnavailable("timeout"), ListingReset("reset")])
def test_no_other_fault_has_it_listed_folder_by_folder(error: IntegrationError) -> None:
    with sync_world() as world:
        damaged(world)
        ask(world)
        world.dropbox = failing = Failing(world.dropbox, list_page=times(5, error))

        go_on(world, drains=20)

        assert counts_of(world).missing == 1
        assert "list_flat" not in failing.calls


def test_a_folder_that_is_gone_by_the_time_holds_nothing() -> None:
    with sync_world() as world:
        damaged(world)
        ask(world)

        def delete_others(folder: str) -> None:
            if folder == "/Jenji/A" and world.account.tree_contents().get("/Jenji/A/B/C/moved.pdf"):
                world.account.delete("/Jenji/A")

        world.dropbox = Failing(
            world.dropbox, list_page=always(DropboxFailing("500")), list_flat=delete_others
        )

        go_on(world)

        assert (counts_of(world).missing, counts_of(world).moved) == (2, 0)
        assert {each.finding for each in findings(world)} == {Finding.MISSING, Finding.CHANGED}
