"""Sending again: what is gone comes back, what is there is left alone, whatever comes between."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from functions.document_sync.sync_run import SyncLimits
from shared.domain.audit import AuditAction
from shared.domain.deliveries import Delivery, DeliveryReason, DeliveryStatus, Found
from shared.domain.errors import (
    AwsUnavailable,
    CallNotUnderstood,
    DropboxRefused,
    DropboxUnavailable,
    IntegrationError,
    LinkRevoked,
    RateLimited,
)
from shared.domain.expenses import ExpenseStatus
from shared.domain.links import LinkProblem
from shared.domain.resends import Resend, ResendKind
from shared.doorbells.received import ComeBackLater
from testing.fakes.crashing import CallCounter, Killed
from testing.fakes.failing import Failing, always, times
from tests.unit.document_sync.sync_world import COMPANY, SyncWorld, sync_world
from tests.unit.document_sync.test_races import answer

MONTH, EMPLOYEE, EXPENSE = ResendKind.MONTH, ResendKind.EMPLOYEE, ResendKind.EXPENSE
SMALL = SyncLimits(looks_a_page=2, pages_at_once=2)


def delivered(world: SyncWorld, count: int = 5) -> list[str]:
    """So many documents that lie in Dropbox, by path."""
    for number in range(count):
        world.accept(b"receipt %d" % number)
    world.answer()
    world.clock.advance(days=1)
    return sorted(world.files())


def delete(world: SyncWorld, *paths: str) -> None:
    for path in paths:
        world.account.delete(path)


def request_of(world: SyncWorld) -> Resend:
    [resend] = world.resends.of_account(COMPANY, world.account.id)
    return resend


def row_at(world: SyncWorld, path: str) -> Delivery:
    return next(row for row in world.rows() if row.path == path)


def test_what_is_missing_comes_back_under_its_own_name_and_what_is_there_is_left_alone(
    world: SyncWorld,
) -> None:
    paths = delivered(world)
    before = {path: world.dropbox.find_at(path).rev for path in paths[2:]}
    delete(world, *paths[:2])
    world.ask_to_send_again(MONTH, "2026-03")

    world.answer()

    assert sorted(world.files()) == paths
    assert {path: world.dropbox.find_at(path).rev for path in paths[2:]} == before
    assert request_of(world).counts == {"missing": 2, "present": 3}
    assert [row_at(world, path).look.found for path in paths] == [  # type: ignore[union-attr]
        Found.MISSING,
        Found.MISSING,
        *([Found.PRESENT] * 3),
    ]
    world.check_invariants()


def test_a_moved_document_comes_back_and_stays_where_it_was_moved_to(world: SyncWorld) -> None:
    [path, _] = delivered(world, 2)
    world.others["/Jenji/by hand.pdf"] = world.files()[path]
    world.account.move(path, "/Jenji/by hand.pdf")
    world.ask_to_send_again(MONTH, "2026-03")

    world.answer()

    assert path in world.files()
    assert "/Jenji/by hand.pdf" in world.account.tree_contents()
    world.check_invariants()


def test_a_document_that_was_changed_comes_back_beside_what_lies_in_its_place(world: SyncWorld) -> None:
    [path] = delivered(world, 1)
    world.account.write(path, b"annotated by hand")
    world.others[path] = b"annotated by hand"
    world.ask_to_send_again(MONTH, "2026-03")

    world.answer()
    world.ask_to_send_again(MONTH, "2026-03")
    world.answer()

    [beside] = world.files()
    assert beside != path
    assert world.account.tree_contents()[path] == b"annotated by hand"
    assert request_of(world).counts == {"present": 1}
    world.check_invariants()


@pytest.mark.parametrize(
    ("kind", "of", "back"),
    [
        (MONTH, "2026-03", 3),
        (MONTH, "2026-04", 0),
        (EMPLOYEE, "Alice Martin", 2),
        (EMPLOYEE, "Alice Martin (2)", 1),
        (EXPENSE, "expense-1", 1),
        (EXPENSE, "expense-9", 0),
    ],
)
def test_only_what_was_asked_for_is_sent_again(
    world: SyncWorld, kind: ResendKind, of: str, back: int
) -> None:
    world.accept(b"one")
    world.accept(b"two")
    world.answer()
    world.accept(b"three", employee="alice-2")  # her namesake has a folder already
    world.answer()
    delete(world, *world.files())
    world.ask_to_send_again(kind, of)

    world.answer()

    assert len(world.files()) == back


def test_what_is_not_accepted_any_more_stays_away(world: SyncWorld) -> None:
    paths = delivered(world, 2)
    delete(world, *paths)
    refused = row_at(world, paths[0]).key.expense_id
    world.expenses.set_status(refused, ExpenseStatus.REFUSED)
    world.ask_to_send_again(MONTH, "2026-03")

    world.answer()

    assert sorted(world.files()) == paths[1:]
    assert request_of(world).counts == {"withdrawn": 1, "missing": 1}
    assert row_at(world, paths[0]).status is DeliveryStatus.DELIVERED


def test_what_has_failed_is_tried_again_and_what_is_pending_stays(world: SyncWorld) -> None:
    expense = world.accept(b"lost for a while")
    key = expense.documents[0].s3_key
    data = world.documents.objects.pop(key)
    world.answer()
    world.documents.objects[key] = data
    world.ask_to_send_again(EXPENSE, expense.expense_id)

    world.answer()

    [row] = world.rows()
    assert (row.status, row.look.found) == (DeliveryStatus.DELIVERED, Found.FAILED)  # type: ignore[union-attr]
    assert request_of(world).counts == {"failed": 1}


def test_a_document_that_the_host_has_lost_fails_visibly(world: SyncWorld) -> None:
    paths = delivered(world, 1)
    delete(world, *paths)
    world.documents.objects.clear()
    world.ask_to_send_again(MONTH, "2026-03")

    world.answer()

    [row] = world.rows()
    assert (row.status, row.reason) == (DeliveryStatus.FAILED, DeliveryReason.DOCUMENT_MISSING)


def test_a_long_request_goes_on_by_itself_and_its_progress_is_seen(world: SyncWorld) -> None:
    world.limits = SMALL
    paths = delivered(world, 9)
    delete(world, *paths)
    world.ask_to_send_again(MONTH, "2026-03")
    parts = []

    while not parts or parts[-1][0] == "more to do":
        answered = world.answer()
        parts.append((answered.reason, request_of(world).looked_at, len(world.files())))

    assert parts == [("more to do", 4, 4), ("more to do", 8, 8), ("drained", 9, 9)]
    assert request_of(world).completed_at is not None


def test_without_time_nothing_is_looked_for_and_it_is_on_record(world: SyncWorld) -> None:
    paths = delivered(world, 1)
    delete(world, *paths)
    world.ask_to_send_again(MONTH, "2026-03")
    world.has_time = lambda: False

    answer(world)
    before = request_of(world)
    world.has_time = lambda: True
    world.come_to_rest()

    assert before.looked_at == 0
    assert sorted(world.files()) == paths


def test_another_account_is_asked_for_nothing_that_was_delivered_to_the_first(world: SyncWorld) -> None:
    paths = delivered(world, 1)
    delete(world, *paths)
    world.link(world.open_account("other"))
    world.ask_to_send_again(MONTH, "2026-03")

    world.come_to_rest()

    assert world.files() == {}


def test_the_audit_trail_says_who_asked_and_not_for_which_employee(world: SyncWorld) -> None:
    world.ask_to_send_again(MONTH, "2026-03")
    world.ask_to_send_again(EMPLOYEE, "Alice Martin")

    trail = [(entry.action, entry.actor, entry.scope) for entry in world.resends.trail]

    assert trail == [
        (AuditAction.SENT_AGAIN, "bob", "month 2026-03"),
        (AuditAction.SENT_AGAIN, "bob", "employee"),
    ]


@pytest.mark.parametrize("error", [DropboxRefused("path/restricted_content"), CallNotUnderstood("400")])
def test_where_dropbox_does_not_say_what_is_there_nothing_is_sent(
    world: SyncWorld, error: IntegrationError
) -> None:
    delete(world, *delivered(world, 2))
    world.ask_to_send_again(MONTH, "2026-03")
    world.dropbox = Failing(world.dropbox, find_at=times(1, error))

    world.answer()

    assert request_of(world).counts == {"unclear": 1, "missing": 1}
    assert len(world.files()) == 1


def test_while_dropbox_does_not_answer_what_is_new_is_delivered_all_the_same(world: SyncWorld) -> None:
    delete(world, *delivered(world, 2))
    world.ask_to_send_again(MONTH, "2026-03")
    find_at = world.dropbox.find_at
    world.dropbox = Failing(world.dropbox, find_at=always(DropboxUnavailable("503")))
    world.accept(b"just now")

    with suppress(ComeBackLater):
        world.answer()

    assert b"just now" in world.files().values()
    assert request_of(world).looked_at == 0
    assert find_at is not None


FAULTS: dict[str, Callable[[], IntegrationError]] = {
    "rate limited": lambda: RateLimited(40.0),
    "down": lambda: DropboxUnavailable("503"),
    "token revoked": lambda: LinkRevoked(LinkProblem.TOKEN_REVOKED),
    "AWS down": lambda: AwsUnavailable("throttled"),
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("call", ["find_at", "under_way", "page", "progress", "send_again", "note_looks"])
@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_after_any_fault_at_any_call_everything_is_back_once(fault: str, call: str) -> None:
    with sync_world() as world:
        world.limits = SMALL
        paths = delivered(world)
        delete(world, *paths[:3])
        world.ask_to_send_again(MONTH, "2026-03")
        failing = {call: times(1, FAULTS[fault]())}
        if call == "find_at":
            world.dropbox = Failing(world.dropbox, **failing)
        else:
            world.resends = Failing(world.resends, **failing)  # type: ignore[assignment]
        with suppress(ComeBackLater):
            world.answer()

        world.clock.advance(days=2)
        world.come_to_rest()

        assert sorted(world.files()) == paths
        assert request_of(world).counts == {"missing": 3, "present": 2}
        world.check_invariants()


def a_month_of_everything(world: SyncWorld) -> None:
    """Some missing, one changed, one there, more than a drain looks for."""
    world.limits = SMALL
    paths = delivered(world)
    delete(world, *paths[:3])
    world.account.write(paths[3], b"annotated")
    world.others[paths[3]] = b"annotated"
    world.ask_to_send_again(MONTH, "2026-03")


def crash_points() -> list[tuple[int, bool]]:
    with sync_world() as world:
        a_month_of_everything(world)
        counter = CallCounter()
        world.answer(counter=counter)
    return [(number, after) for number in range(1, counter.count + 1) for after in (False, True)]


@pytest.mark.exhaustive
@pytest.mark.parametrize(("number", "after"), crash_points())
def test_the_next_drain_finishes_what_a_killed_one_began_and_counts_right(number: int, after: bool) -> None:
    with sync_world() as world:
        a_month_of_everything(world)
        with pytest.raises(Killed):
            world.answer(counter=CallCounter(number, after=after))

        world.clock.advance(days=2)
        world.come_to_rest()

        assert request_of(world).counts == {"missing": 3, "changed": 1, "present": 1}
        assert len(world.files()) == 5
        assert set(world.others.items()) <= set(world.account.tree_contents().items())
        world.check_invariants()
