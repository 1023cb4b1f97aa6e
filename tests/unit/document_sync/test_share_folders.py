"""Sharing the company's folder: what becomes of each change, also where it fails or is repeated."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.audit import AuditAction
from shared.domain.deliveries import DeliveryStatus
from shared.domain.errors import (
    AccessDenied,
    AppRefused,
    AwsUnavailable,
    CallNotUnderstood,
    DropboxUnavailable,
    FileGone,
    IntegrationError,
    LinkRevoked,
    RateLimited,
    SharingRefused,
)
from shared.domain.filing.choices import ORDERS, FilingChoice
from shared.domain.links import LinkProblem, LinkStatus
from shared.domain.sharing import (
    WHOLE_FOLDER,
    Access,
    Change,
    ChangeKind,
    PendingChange,
    SharedFolder,
    SharingProblem,
)
from shared.doorbells.received import ComeBackLater
from testing.fakes.crashing import CallCounter, Killed
from testing.fakes.failing import Failing, always, once, times
from testing.fakes.sharing import FakeFolderSharing
from tests.unit.document_sync.sync_world import COMPANY, LINK_ID, SyncWorld, sync_world

ANNA = "anna@accountants.example"
YEAR = "2026"


def share(email: str = ANNA, access: Access = Access.VIEWER) -> Change:
    return Change(ChangeKind.SHARE, email, access)


REMOVE, END = Change(ChangeKind.REMOVE, ANNA), Change(ChangeKind.END)


def sharing_of(world: SyncWorld) -> FakeFolderSharing:
    dropbox = world.dropbox.sharing
    inner: FakeFolderSharing = dropbox._inner if isinstance(dropbox, Failing) else dropbox
    return inner


def allow(world: SyncWorld) -> None:
    """The administrator has granted what sharing takes."""
    world.links.links[LINK_ID] = replace(world.link_row, may_share=True)


def ask(world: SyncWorld, change: Change, folder: str = WHOLE_FOLDER) -> SharedFolder:
    """What the API does when an administrator asks for a change."""
    number = len(world.sharings.trail) + len(world.sharings.folders) + 1
    pending = PendingChange(f"change-{number}", change, "bob", world.clock(), "request-1")
    return world.sharings.request(SharedFolder(COMPANY, world.account.id, folder), pending)


def answer(world: SyncWorld) -> None:
    with suppress(ComeBackLater):
        world.answer()


def folder_of(world: SyncWorld, name: str = WHOLE_FOLDER) -> SharedFolder:
    return world.sharings.folders[COMPANY, world.account.id, name]


def outcomes(world: SyncWorld) -> list[tuple[AuditAction, str | None, SharingProblem | None]]:
    return [(entry.action, entry.person, entry.problem) for entry in world.sharings.trail]


def shared_already(world: SyncWorld, access: Access = Access.VIEWER) -> None:
    allow(world)
    ask(world, share(access=access))
    answer(world)
    world.sharings.trail.clear()
    world.events.sent.clear()


def test_a_person_is_given_access_and_the_host_and_the_trail_are_told_by_whom() -> None:
    with sync_world() as world:
        allow(world)
        ask(world, share())

        answer(world)

        folder = folder_of(world)
        [event] = world.events.of("FolderSharingChanged")
        assert folder.pending is None
        assert [(person.email, person.access) for person in folder.people] == [
            ("company@example.com", Access.OWNER),
            (ANNA, Access.VIEWER),
        ]
        assert outcomes(world) == [(AuditAction.SHARED, ANNA, None)]
        assert world.sharings.trail[0].actor == "bob"
        assert (event["change"], event["folder"], event["access"], event["by"]) == (
            "shared",
            "all",
            "viewer",
            "bob",
        )
        assert ANNA not in str(event)


def test_other_access_than_before_is_given() -> None:
    with sync_world() as world:
        shared_already(world)
        ask(world, share(access=Access.EDITOR))

        answer(world)

        assert sharing_of(world).access_of(ANNA) == [Access.EDITOR]
        assert sharing_of(world).invitations == [ANNA]


def test_access_is_ended_and_then_the_sharing() -> None:
    with sync_world() as world:
        shared_already(world)
        for change in (REMOVE, END):
            ask(world, change)
            answer(world)

        assert outcomes(world) == [
            (AuditAction.ACCESS_ENDED, ANNA, None),
            (AuditAction.SHARING_ENDED, None, None),
        ]
        assert sharing_of(world).shared == {}
        assert (folder_of(world).shared_folder_id, folder_of(world).people) == (None, ())


def test_a_year_is_shared_once_it_has_documents() -> None:
    with sync_world() as world:
        allow(world)
        ask(world, share(), YEAR)
        answer(world)
        world.account.make_folder("/Jenji/2026")
        ask(world, share(), YEAR)
        answer(world)

        assert [problem for _, _, problem in outcomes(world)] == [SharingProblem.FOLDER_MISSING, None]
        assert sharing_of(world).access_of(ANNA) == [Access.VIEWER]


def test_a_year_is_not_shared_where_documents_are_no_longer_filed_by_year() -> None:
    with sync_world() as world:
        allow(world)
        world.accept(b"ticket")
        answer(world)
        ask(world, share(), YEAR)
        choice = FilingChoice(ORDERS[2])
        world.links.choose_filing(world.link_row, choice, by="carol", at=world.clock())

        answer(world)

        assert outcomes(world) == [(AuditAction.SHARED, ANNA, SharingProblem.NO_YEAR_FOLDER)]
        assert folder_of(world, YEAR).shared_folder_id is None


def test_a_year_within_the_shared_folder_is_refused_in_words() -> None:
    with sync_world() as world:
        shared_already(world)
        world.account.make_folder("/Jenji/2026")
        ask(world, share("ben@accountants.example"), YEAR)

        answer(world)

        last = folder_of(world, YEAR).last
        assert last is not None
        assert last.problem is SharingProblem.INSIDE_SHARED_FOLDER
        assert world.events.sent == []


def test_without_consent_nothing_is_asked_of_dropbox() -> None:
    with sync_world() as world:
        ask(world, share())
        world.dropbox.sharing = Failing(world.dropbox.sharing)

        answer(world)

        assert [problem for _, _, problem in outcomes(world)] == [SharingProblem.CONSENT_MISSING]
        assert world.dropbox.sharing.calls == []


@pytest.mark.parametrize("call", ["find", "share", "add", "find_person"])
def test_consent_that_was_taken_back_ends_the_change_and_no_delivery(call: str) -> None:
    with sync_world() as world:
        allow(world)
        ask(world, share())
        world.accept(b"ticket")
        revoked = always(LinkRevoked(LinkProblem.SCOPE_MISSING))
        world.dropbox.sharing = Failing(world.dropbox.sharing, **{call: revoked})

        answer(world)

        assert [problem for _, _, problem in outcomes(world)] == [SharingProblem.CONSENT_MISSING]
        assert (world.link_row.may_share, world.link_row.status) == (False, LinkStatus.ACTIVE)
        assert [row.status for row in world.rows()] == [DeliveryStatus.DELIVERED]


def test_what_was_asked_of_another_link_is_not_made() -> None:
    with sync_world() as world:
        allow(world)
        ask(world, share())
        world.link(world.account)
        allow(world)

        answer(world)

        assert [problem for _, _, problem in outcomes(world)] == [SharingProblem.LINK_CHANGED]
        assert sharing_of(world).invitations == []


def test_a_change_is_given_up_after_a_day() -> None:
    with sync_world() as world:
        allow(world)
        ask(world, share())
        world.clock.advance(hours=25)

        answer(world)

        assert [problem for _, _, problem in outcomes(world)] == [SharingProblem.NOT_IN_TIME]
        assert sharing_of(world).invitations == []


@pytest.mark.parametrize("change", [REMOVE, END], ids=["remove", "end"])
def test_a_job_that_takes_minutes_goes_on_by_itself(change: Change) -> None:
    with sync_world() as world:
        shared_already(world)
        sharing_of(world).job_looks = 30
        ask(world, change)

        looks = 0
        while folder_of(world).pending is not None:
            answer(world)
            looks += 1
            assert looks < 20
            world.clock.advance(seconds=30)

        assert looks > 3
        assert [problem for _, _, problem in outcomes(world)] == [None]


def test_a_sharing_by_job_ends_in_access() -> None:
    with sync_world() as world:
        allow(world)
        sharing_of(world).shares_by_job, sharing_of(world).job_looks = True, 9
        ask(world, share())

        for _ in range(5):
            answer(world)
            world.clock.advance(seconds=30)

        assert sharing_of(world).access_of(ANNA) == [Access.VIEWER]
        assert outcomes(world) == [(AuditAction.SHARED, ANNA, None)]


def test_a_long_job_holds_no_delivery_up_and_the_sweep_asks_after_it() -> None:
    with sync_world() as world:
        shared_already(world)
        sharing_of(world).job_looks = 100
        ask(world, REMOVE)
        for _ in range(6):
            answer(world)
            world.clock.advance(minutes=1)
        world.accept(b"ticket")

        outcome = world.answer()

        assert outcome.reason == "drained"
        assert [row.status for row in world.rows()] == [DeliveryStatus.DELIVERED]
        assert folder_of(world).pending is not None
        assert world.link_row.next_due is not None
        assert world.link_row.next_due <= world.clock()


def test_a_job_that_dropbox_lost_is_begun_again() -> None:
    with sync_world() as world:
        shared_already(world)
        sharing_of(world).job_looks = 30
        ask(world, END)
        answer(world)
        sharing_of(world)._jobs.clear()

        for _ in range(3):
            answer(world)
            world.clock.advance(seconds=30)

        assert [problem for _, _, problem in outcomes(world)] == [None]


def test_a_folder_moved_by_hand_is_said_to_be_where_it_is_and_can_be_ended_there() -> None:
    with sync_world() as world:
        shared_already(world)
        world.account.move("/Jenji", "/Buchhaltung")
        world.sharings.request_look(folder_of(world), world.clock())
        answer(world)
        moved = folder_of(world)
        ask(world, END)
        answer(world)

        assert (moved.moved_to, len(moved.people)) == ("/Buchhaltung", 2)
        assert sharing_of(world).shared == {}
        assert folder_of(world).moved_to is None


def test_a_folder_deleted_by_hand_is_not_shared_any_more() -> None:
    with sync_world() as world:
        shared_already(world)
        world.account.delete("/Jenji")
        world.sharings.request_look(folder_of(world), world.clock())

        answer(world)

        assert (folder_of(world).shared_folder_id, folder_of(world).people) == (None, ())


def test_what_was_shared_by_hand_is_seen_and_ended() -> None:
    with sync_world() as world:
        allow(world)
        world.account.make_folder("/Jenji")
        shared_folder_id, _ = sharing_of(world).share("/Jenji")
        sharing_of(world).add(shared_folder_id or "", ANNA, Access.EDITOR)
        world.sharings.request_look(SharedFolder(COMPANY, world.account.id, WHOLE_FOLDER), world.clock())
        answer(world)
        seen = folder_of(world).people
        ask(world, REMOVE)
        answer(world)

        assert [person.access for person in seen] == [Access.OWNER, Access.EDITOR]
        assert sharing_of(world).access_of(ANNA) == []


def test_the_owner_is_told_apart() -> None:
    with sync_world() as world:
        allow(world)
        ask(world, share("Company@example.com"))

        answer(world)

        assert [problem for _, _, problem in outcomes(world)] == [SharingProblem.IS_OWNER]


def test_an_event_that_cannot_be_sent_has_the_change_recorded_later() -> None:
    with sync_world() as world:
        allow(world)
        ask(world, share())
        world.events = Failing(world.events, send=times(1, AwsUnavailable("events")))  # type: ignore[assignment]
        answer(world)
        before = outcomes(world)
        world.clock.advance(minutes=1)

        answer(world)

        assert before == []
        assert outcomes(world) == [(AuditAction.SHARED, ANNA, None)]
        assert sharing_of(world).invitations == [ANNA]


PASSING: dict[str, Callable[[], IntegrationError]] = {
    "rate limited": lambda: RateLimited(40.0),
    "down": lambda: DropboxUnavailable("503"),
    "call not understood": lambda: CallNotUnderstood("400"),
    "app refused": lambda: AppRefused("401 route_access_denied"),
    "token revoked": lambda: LinkRevoked(LinkProblem.TOKEN_REVOKED),
    "gone": lambda: FileGone("access_error/invalid_id"),
}
FINAL: dict[str, Callable[[], IntegrationError]] = {
    "refused": lambda: SharingRefused(SharingProblem.OUTSIDE_TEAM, "cant_share_outside_team"),
    "access denied": lambda: AccessDenied("403 no_permission"),
}
CALLS: dict[str, Change] = {
    "find": share(access=Access.EDITOR),
    "share": share(),
    "share_job": share(),
    "add": share(),
    "find_person": share(access=Access.EDITOR),
    "update": share(access=Access.EDITOR),
    "remove": REMOVE,
    "removal_job": REMOVE,
    "unshare": END,
    "ending_job": END,
}


def at_call(world: SyncWorld, call: str) -> None:
    """A world in which a change leads to this call."""
    allow(world)
    if call not in {"share", "share_job", "add"}:
        shared_already(world)
    sharing_of(world).shares_by_job = call == "share_job"
    world.accept(b"ticket")
    ask(world, CALLS[call])


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("call", sorted(CALLS))
@pytest.mark.parametrize("fault", sorted(PASSING))
def test_after_a_passing_fault_at_any_call_the_change_is_made_once(
    fault: str, call: str, after: bool
) -> None:
    with sync_world() as world:
        at_call(world, call)
        error, inner = PASSING[fault](), world.dropbox.sharing
        if after:
            real = getattr(inner, call)
            left = [error]

            def act(*args: object) -> object:
                result = real(*args)
                if left:
                    raise left.pop()
                return result

            setattr(inner, call, act)
        else:
            world.dropbox.sharing = Failing(inner, **{call: times(1, error)})

        for _ in range(6):
            answer(world)
            world.clock.advance(minutes=5)

        assert folder_of(world).pending is None
        assert [problem for _, _, problem in outcomes(world)] == [None]
        assert len({event["id"] for event in world.events.of("FolderSharingChanged")}) == 1
        assert [row.status for row in world.rows()] == [DeliveryStatus.DELIVERED]
        assert sharing_of(world).invitations in ([ANNA], [])


@pytest.mark.parametrize("call", sorted(CALLS))
@pytest.mark.parametrize("fault", sorted(FINAL))
def test_a_refusal_at_any_call_ends_the_change_and_holds_no_delivery_up(fault: str, call: str) -> None:
    with sync_world() as world:
        at_call(world, call)
        world.dropbox.sharing = Failing(world.dropbox.sharing, **{call: times(1, FINAL[fault]())})

        for _ in range(3):
            answer(world)

        [(_, _, problem)] = outcomes(world)
        assert problem in {SharingProblem.OUTSIDE_TEAM, SharingProblem.NO_PERMISSION}
        assert (world.link_row.status, world.link_row.problem) == (LinkStatus.ACTIVE, None)
        assert [row.status for row in world.rows()] == [DeliveryStatus.DELIVERED]
        assert world.events.of("FolderSharingChanged") == []


CHANGES = {"share": share(), "change": share(access=Access.EDITOR), "remove": REMOVE, "end": END}


def asked(world: SyncWorld, name: str) -> None:
    allow(world)
    if name != "share":
        shared_already(world)
    sharing_of(world).shares_by_job = True
    ask(world, CHANGES[name])


def crash_points() -> list[tuple[str, int, bool]]:
    points: list[tuple[str, int, bool]] = []
    for name in CHANGES:
        with sync_world() as world:
            asked(world, name)
            counter = CallCounter()
            with suppress(ComeBackLater):
                world.answer(counter=counter)
        points += [(name, number, after) for number in range(1, counter.count + 1) for after in (False, True)]
    return points


@pytest.mark.exhaustive
@pytest.mark.parametrize(("name", "number", "after"), crash_points())
def test_the_next_drain_finishes_a_change_that_a_killed_one_began(
    name: str, number: int, after: bool
) -> None:
    with sync_world() as world:
        asked(world, name)
        with pytest.raises(Killed):
            world.answer(counter=CallCounter(number, after=after))

        for _ in range(3):
            world.clock.advance(minutes=5)
            answer(world)

        assert folder_of(world).pending is None
        assert [problem for _, _, problem in outcomes(world)] == [None]
        assert len({event["id"] for event in world.events.of("FolderSharingChanged")}) == 1
        expected = {"share": [Access.VIEWER], "change": [Access.EDITOR]}.get(name, [])
        assert sharing_of(world).access_of(ANNA) == expected
        assert {person.email for person in folder_of(world).people} >= ({ANNA} if expected else set())


@pytest.mark.parametrize("call", ["find", "add", "people"])
def test_a_link_that_ends_meanwhile_gets_no_further_change(call: str) -> None:
    with sync_world() as world:
        allow(world)
        ask(world, share())

        def unlink(*_args: object) -> None:
            world.links.unlink(world.link_row, by="bob", at=world.clock())

        world.dropbox.sharing = Failing(world.dropbox.sharing, **{call: once(unlink)})
        answer(world)
        told = len(world.sharings.trail)
        world.clock.advance(minutes=1)
        answer(world)

        assert world.link_row.status is LinkStatus.UNLINKED
        assert len(world.sharings.trail) == told == 1


def test_two_drains_that_meet_record_a_change_once() -> None:
    with sync_world() as world:
        allow(world)
        ask(world, share())
        world.dropbox.sharing = Failing(world.dropbox.sharing, add=once(lambda *_: answer(world)))

        answer(world)

        assert outcomes(world) == [(AuditAction.SHARED, ANNA, None)]
        assert sharing_of(world).invitations == [ANNA]


def test_a_look_that_fails_is_made_later_and_loses_nothing_that_was_seen() -> None:
    with sync_world() as world:
        shared_already(world)
        world.clock.advance(minutes=1)
        world.sharings.request_look(folder_of(world), world.clock())
        world.dropbox.sharing = Failing(world.dropbox.sharing, people=times(1, DropboxUnavailable("503")))
        answer(world)
        after_failure = folder_of(world)
        due = world.link_row.next_due
        world.clock.advance(minutes=2)

        answer(world)

        assert len(after_failure.people) == 2
        assert after_failure.wants_look
        assert due is not None
        assert due <= world.clock()
        assert not folder_of(world).wants_look


def test_whom_it_is_shared_with_stands_in_no_event_and_each_line_of_the_trail_says_who() -> None:
    with sync_world() as world:
        shared_already(world)
        for change in (share(access=Access.EDITOR), REMOVE, END):
            ask(world, change)
            answer(world)

        assert "accountants" not in str([event.detail for event in world.events.sent])
        assert {entry.actor for entry in world.sharings.trail} == {"bob"}
        assert all(entry.at <= world.clock() + timedelta(seconds=1) for entry in world.sharings.trail)
