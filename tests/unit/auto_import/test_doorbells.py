"""What a doorbell leads to when something is wrong with the account, the link or the world."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from functions.auto_import.import_run import ImportLimits
from shared.domain.errors import (
    AccessDenied,
    AppRefused,
    AwsRefused,
    AwsUnavailable,
    ContentRestricted,
    DocumentCorrupted,
    DropboxRefused,
    DropboxUnavailable,
    LinkRevoked,
    LinkSuspended,
    RateLimited,
)
from shared.domain.links import LinkProblem, LinkStatus
from shared.doorbells.backoff import FIRST_DOORBELL_SECONDS
from shared.doorbells.received import ComeBackLater
from testing.fakes.crashing import Killed
from testing.fakes.failing import Failing, always, once, times
from tests.unit.auto_import.drain_world import DrainWorld


def test_a_rate_limit_makes_the_account_wait_that_long_and_counts_nothing_as_failed(
    world: DrainWorld,
) -> None:
    world.drop("lunch.pdf", b"lunch")
    world.dropbox = Failing(world.dropbox, download=always(RateLimited(37.0)))
    received = world.received()

    with pytest.raises(ComeBackLater) as later:
        world.answer(received)

    assert later.value.seconds == pytest.approx(37, abs=0.1)
    assert world.link_row.not_before is not None
    assert world.records.outstanding("alice", world.account.id).files == []


def test_a_doorbell_before_the_wait_is_over_makes_no_call(world: DrainWorld) -> None:
    world.dropbox = Failing(world.dropbox, list_files=times(1, RateLimited(60.0)))
    with pytest.raises(ComeBackLater):
        world.answer()
    calls = len(world.dropbox.calls)

    with pytest.raises(ComeBackLater) as later:
        world.answer()

    assert later.value.seconds == pytest.approx(60, abs=0.1)
    assert len(world.dropbox.calls) == calls


def test_an_outage_after_many_rate_limits_is_waited_for_as_the_first_failure_it_is(world: DrainWorld) -> None:
    world.dropbox = Failing(world.dropbox, list_files=times(6, RateLimited(2.0)))
    received = world.received()
    for _ in range(6):
        with pytest.raises(ComeBackLater):
            world.answer(received)
        world.clock.advance(seconds=3)
    world.dropbox = Failing(world.dropbox, list_files=always(DropboxUnavailable("503")))

    with pytest.raises(ComeBackLater) as later:
        world.answer(received)

    assert later.value.seconds <= FIRST_DOORBELL_SECONDS


def test_the_wait_is_forgotten_once_dropbox_has_answered(world: DrainWorld) -> None:
    world.dropbox = Failing(world.dropbox, list_files=times(1, RateLimited(60.0)))
    with pytest.raises(ComeBackLater):
        world.answer()
    world.clock.advance(seconds=61)

    answer = world.answer()

    assert answer.reason == "drained"
    assert world.link_row.not_before is None


@pytest.mark.parametrize("error", [DropboxUnavailable("503"), AwsUnavailable("throttled")])
def test_an_outage_puts_the_doorbell_back_for_longer_each_time(world: DrainWorld, error: Exception) -> None:
    world.dropbox = Failing(world.dropbox, list_files=always(error))
    delays = []

    for receive_count in range(1, 6):
        with pytest.raises(ComeBackLater) as later:
            world.answer(world.received(receive_count=receive_count, message_id="the same"))
        delays.append(later.value.seconds)

    assert delays == sorted(delays)
    assert delays[0] <= 5
    assert 60 <= delays[-1] <= 80


@pytest.mark.parametrize(
    ("error", "status", "reason"),
    [
        (LinkRevoked(LinkProblem.TOKEN_REVOKED), LinkStatus.RECONNECT, "token_revoked"),
        (LinkRevoked(LinkProblem.SCOPE_MISSING), LinkStatus.RECONNECT, "scope_missing"),
        (LinkSuspended(LinkProblem.DROPBOX_SUSPENDED), LinkStatus.SUSPENDED, "dropbox_suspended"),
    ],
)
def test_a_broken_link_says_so_without_a_retry_and_its_files_stay(
    world: DrainWorld, error: Exception, status: LinkStatus, reason: str
) -> None:
    world.drop("lunch.pdf", b"lunch")
    world.dropbox = Failing(world.dropbox, list_files=always(error))

    world.answer()

    assert (world.link_row.status, world.link_row.problem) == (status, reason)
    assert world.link_row.next_due is not None
    assert world.link_row.next_due >= world.clock() + timedelta(minutes=59)
    assert list(world.tree()) == ["Auto-Import/lunch.pdf"]


def test_the_sweep_gives_a_revoked_link_up_after_thirty_days(world: DrainWorld) -> None:
    world.dropbox = Failing(world.dropbox, list_files=always(LinkRevoked(LinkProblem.TOKEN_REVOKED)))
    world.answer()

    world.clock.advance(days=31)
    world.answer()

    assert world.link_row.status is LinkStatus.RECONNECT
    assert world.link_row.next_due is None


def test_a_link_that_works_again_is_active_again(world: DrainWorld) -> None:
    world.dropbox = Failing(world.dropbox, list_files=times(1, LinkSuspended(LinkProblem.DROPBOX_SUSPENDED)))
    world.answer()
    world.clock.advance(hours=1)

    world.answer()

    assert (world.link_row.status, world.link_row.problem) == (LinkStatus.ACTIVE, None)


def test_an_inactive_users_link_is_suspended_until_they_are_back(world: DrainWorld) -> None:
    world.drop("lunch.pdf", b"lunch")
    alice = world.users.users["alice"]
    world.users.users["alice"] = replace(alice, active=False)
    world.answer()
    suspended = world.link_row

    world.users.users["alice"] = alice
    world.answer()

    assert (suspended.status, suspended.problem) == (LinkStatus.SUSPENDED, "user_inactive")
    assert world.outcomes() == {"lunch.pdf": "imported"}
    assert world.link_row.status is LinkStatus.ACTIVE


def test_a_doorbell_for_an_account_nobody_has_linked_is_answered_without_a_call(world: DrainWorld) -> None:
    world.links.links.clear()

    assert world.answer().reason == "account is not linked"


def test_a_refusal_no_retry_cures_is_noted_and_looked_at_hourly(world: DrainWorld) -> None:
    world.dropbox = Failing(world.dropbox, list_files=always(DropboxRefused("path/not_folder")))

    world.answer()

    assert world.link_row.detail == "path/not_folder"
    assert world.link_row.next_due is not None
    assert world.link_row.next_due <= world.clock() + timedelta(hours=1)


def test_a_doorbell_older_than_a_clean_listing_ends_without_a_call(world: DrainWorld) -> None:
    echo = world.received()
    world.clock.advance(seconds=6)
    world.answer()
    world.dropbox = Failing(world.dropbox)

    answer = world.answer(echo)

    assert answer.reason == "already looked"
    assert world.dropbox.calls == []


def test_a_doorbell_sent_just_before_a_listing_is_answered(world: DrainWorld) -> None:
    close = world.received()
    world.clock.advance(seconds=4)
    world.answer()

    assert world.answer(close).reason == "drained"


def test_waiting_on_purpose_does_not_count_as_dying(world: DrainWorld) -> None:
    world.drop("lunch.pdf", b"lunch")
    world.dropbox = Failing(world.dropbox, list_files=times(10, DropboxUnavailable("503")))
    for receive_count in range(1, 11):
        with pytest.raises(ComeBackLater):
            world.answer(world.received(receive_count=receive_count, message_id="the same"))
    saved = Failing(world.records)
    world.records = saved  # type: ignore[assignment]

    world.answer(world.received(receive_count=11, message_id="the same"))

    assert "save_waiting" not in saved.calls
    assert world.outcomes() == {"lunch.pdf": "imported"}


def test_receives_that_no_drain_saw_do_not_count_as_dying(world: DrainWorld) -> None:
    world.drop("lunch.pdf", b"lunch")
    saved = Failing(world.records)
    world.records = saved  # type: ignore[assignment]

    world.answer(world.received(receive_count=40, message_id="throttled"))

    assert "save_waiting" not in saved.calls
    assert world.outcomes() == {"lunch.pdf": "imported"}


def test_after_three_deaths_a_drain_leaves_word_what_it_opens(world: DrainWorld) -> None:
    world.drop("lunch.pdf", b"lunch")
    alive = world.dropbox
    world.dropbox = Failing(alive, list_files=always(Killed()))
    for receive_count in range(1, 4):
        with pytest.raises(Killed):
            world.answer(world.received(receive_count=receive_count, message_id="the same"))
    world.dropbox, saved = alive, Failing(world.records)
    world.records = saved  # type: ignore[assignment]

    world.answer(world.received(receive_count=4, message_id="the same"))

    assert "save_waiting" in saved.calls
    assert world.outcomes() == {"lunch.pdf": "imported"}


def test_a_doorbell_that_aws_refuses_to_have_answered_is_never_replaced(world: DrainWorld) -> None:
    world.dropbox = Failing(world.dropbox, list_files=always(AwsRefused("kms", "Decrypt", "AccessDenied")))

    with pytest.raises(ComeBackLater) as later:
        world.answer(world.received(receive_count=99, message_id="the same"))

    assert isinstance(later.value.__cause__, AwsRefused)
    assert world.doorbells.rung == []
    assert world.link_row.problem is None, "it is the operator's, not the user's"


def test_a_waiting_doorbell_is_replaced_before_it_would_be_dead_lettered(world: DrainWorld) -> None:
    world.dropbox = Failing(world.dropbox, list_files=always(DropboxUnavailable("503")))

    answer = world.answer(world.received(receive_count=90))

    assert answer.reason == "renewed"
    assert [doorbell.account_id for doorbell in world.doorbells.rung] == [world.account.id]


def test_when_time_is_short_a_drain_that_made_progress_rings_again(world: DrainWorld) -> None:
    for number in range(5):
        world.drop(f"{number}.pdf", b"receipt %d" % number)
    looks = iter([True, True, False])
    world.has_time = lambda: next(looks, False)
    first = world.received()

    answer = world.answer(first)

    assert answer.reason == "more to do"
    assert len(answer.recorded) == 2
    [continuation] = world.doorbells.rung
    assert continuation.notified_at == first.notified_at
    world.has_time = lambda: True
    world.come_to_rest()
    world.check_invariants()


@pytest.mark.parametrize(
    ("rung_with", "known_as"), [("request-1", "request-1"), ("", "message-1")], ids=["an id", "none"]
)
def test_what_a_doorbell_led_to_can_be_followed_through_its_continuations(
    world: DrainWorld, rung_with: str, known_as: str
) -> None:
    world.drop("a.pdf", b"a")
    world.drop("b.pdf", b"b")
    looks = iter([True, False])
    world.has_time = lambda: next(looks, False)

    world.answer(world.received(message_id="message-1", correlation_id=rung_with))

    assert [row.correlation_id for row in world.rows()] == [known_as]
    assert [doorbell.correlation_id for doorbell in world.doorbells.rung] == [known_as]


def test_a_renewed_doorbell_keeps_its_correlation_id(world: DrainWorld) -> None:
    world.dropbox = Failing(world.dropbox, list_files=always(DropboxUnavailable("503")))

    world.answer(world.received(receive_count=90, correlation_id="request-1"))

    assert [doorbell.correlation_id for doorbell in world.doorbells.rung] == ["request-1"]


def test_without_progress_a_drain_does_not_ring_but_waits(world: DrainWorld) -> None:
    world.drop("lunch.pdf", b"lunch")
    world.has_time = lambda: False

    with pytest.raises(ComeBackLater):
        world.answer()

    assert world.doorbells.rung == []


def test_a_link_made_anew_during_a_drain_stops_it(world: DrainWorld) -> None:
    world.drop("lunch.pdf", b"lunch")
    other = world.account

    def relink(*_: object) -> None:
        world.links.links["user:alice"] = replace(world.link_row, generation=2)

    world.dropbox = Failing(world.dropbox, move=always(AssertionError("wrote under an old link")))
    documents = Failing(world.documents, put=once(lambda **_: relink()))
    world.documents = documents  # type: ignore[assignment]

    answer = world.answer()

    assert answer.reason == "link has changed"
    assert other.tree_contents()


def test_a_late_error_of_the_old_token_does_not_break_the_new_link(world: DrainWorld) -> None:
    def relink_then_fail(*_: object) -> None:
        world.links.links["user:alice"] = replace(world.link_row, generation=2)
        raise LinkRevoked(LinkProblem.TOKEN_REVOKED)

    world.dropbox = Failing(world.dropbox, list_files=relink_then_fail)

    answer = world.answer()

    assert answer.reason == "link has changed"
    assert world.link_row.status is LinkStatus.ACTIVE


def test_after_drains_have_died_files_are_opened_one_at_a_time_and_the_killer_is_rejected(
    world: DrainWorld,
) -> None:
    class OutOfMemory(BaseException):
        pass

    def die_of_it(file: object, _target: object) -> None:
        if file.name == "killer.pdf":  # type: ignore[attr-defined]
            raise OutOfMemory

    for name in ("a.pdf", "killer.pdf", "z.pdf"):
        world.drop(name, name.encode())
    world.dropbox = Failing(world.dropbox, download=die_of_it)
    deaths = 0

    for receive_count in range(1, 10):
        try:
            world.answer(world.received(receive_count=receive_count, message_id="the same"))
        except OutOfMemory:
            deaths += 1
        else:
            break

    assert deaths == 5
    world.come_to_rest()
    assert world.outcomes() == {
        "a.pdf": "imported",
        "killer.pdf": "rejected:unreadable",
        "z.pdf": "imported",
    }
    world.check_invariants()


def test_a_file_that_fails_waits_and_hides_nothing(world: DrainWorld) -> None:
    def fail_for_it(file: object, _target: object) -> None:
        if file.name == "b.pdf":  # type: ignore[attr-defined]
            raise DocumentCorrupted("b")

    for name in ("a.pdf", "b.pdf", "c.pdf"):
        world.drop(name, name.encode())
    world.dropbox = Failing(world.dropbox, download=fail_for_it)

    world.answer()
    [waiting] = world.records.outstanding("alice", world.account.id).files
    downloads = world.dropbox.calls.count("download")
    world.answer()

    assert world.outcomes() == {"a.pdf": "imported", "c.pdf": "imported"}
    assert (waiting.name, waiting.tries, waiting.detail) == ("b.pdf", 1, "DocumentCorrupted")
    assert world.dropbox.calls.count("download") == downloads, "tried again before its time"
    assert world.link_row.next_due == waiting.next_try


def test_a_file_that_fails_for_ever_backs_off_to_six_hours(world: DrainWorld) -> None:
    world.drop("b.pdf", b"b")
    world.dropbox = Failing(world.dropbox, download=always(DocumentCorrupted("b")))
    gaps = []

    for _ in range(14):
        world.answer()
        [waiting] = world.records.outstanding("alice", world.account.id).files
        gaps.append(waiting.next_try - world.clock())
        world.clock.now = waiting.next_try

    assert gaps[0] < timedelta(minutes=1)
    assert timedelta(hours=4) < gaps[-1] < timedelta(hours=6)
    assert waiting.since < world.clock() - timedelta(days=1), "it shows as stuck by its age"


def test_a_file_that_cannot_be_moved_is_recorded_once_and_tried_again(world: DrainWorld) -> None:
    from shared.domain.cloud_files import MoveResult

    world.drop("lunch.pdf", b"lunch")
    real = world.dropbox

    class Immovable(type(real)):  # type: ignore[misc]
        def move(self, moves: object) -> list[MoveResult]:
            return [MoveResult(move, None, DropboxRefused("cant_move_shared_folder")) for move in moves]  # type: ignore[attr-defined]

    world.dropbox = Immovable(world.account)
    world.answer()
    world.clock.advance(minutes=2)
    world.answer()
    world.dropbox = real

    world.come_to_rest()

    assert len(world.rows()) == 1
    world.check_invariants()


def test_many_failures_in_a_row_are_dropboxs_trouble_and_stop_the_drain(world: DrainWorld) -> None:
    for number in range(40):
        world.drop(f"{number}.pdf", b"receipt %d" % number)
    world.dropbox = Failing(world.dropbox, download=always(DropboxUnavailable("503")))

    with pytest.raises(ComeBackLater):
        world.answer()

    assert world.dropbox.calls.count("download") == 16
    assert len(world.records.outstanding("alice", world.account.id).files) == 16


def test_a_file_replaced_before_its_download_is_imported_as_it_is_now(world: DrainWorld) -> None:
    version = world.drop("lunch.pdf", b"lunch")

    def replace_it(*_: object) -> None:
        del world.visits[version]
        world.drop("lunch.pdf", b"lunch, second version")

    world.dropbox = Failing(world.dropbox, download=once(replace_it))

    world.answer()

    assert [str(row.outcome) for row in world.rows()] == ["imported"]
    world.check_invariants()


def test_a_file_replaced_before_its_move_is_not_filed_away_unseen(world: DrainWorld) -> None:
    world.drop("lunch.pdf", b"lunch")
    world.dropbox = Failing(
        world.dropbox, move=once(lambda *_: world.drop("lunch.pdf", b"lunch, second version"))
    )

    world.answer()
    world.come_to_rest()

    assert [str(row.outcome) for row in world.rows()] == ["imported", "imported"]
    assert set(world.documents.objects.values()) == {b"lunch", b"lunch, second version"}
    world.check_invariants()


def test_a_file_gone_before_its_download_leaves_no_trace(world: DrainWorld) -> None:
    version = world.drop("lunch.pdf", b"lunch")

    def delete_it(*_: object) -> None:
        world.account.delete("/Apps/Jenji/Auto-Import/lunch.pdf")
        del world.visits[version]

    world.dropbox = Failing(world.dropbox, download=once(delete_it))

    answer = world.answer()

    assert (answer.reason, world.rows()) == ("drained", [])
    world.check_invariants()


def test_a_file_taken_away_after_settling_keeps_its_expense(world: DrainWorld) -> None:
    world.drop("lunch.pdf", b"lunch")
    world.dropbox = Failing(
        world.dropbox, move=once(lambda *_: world.account.delete("/Apps/Jenji/Auto-Import/lunch.pdf"))
    )

    world.answer()

    [row] = world.rows()
    assert (str(row.outcome), row.is_filed, row.filed_as) == ("imported", True, None)


def test_a_document_over_the_limit_is_rejected(world: DrainWorld) -> None:
    limit = ImportLimits(10_000, timedelta(0)).max_document_bytes
    world.drop("film.pdf", b"x" * (limit + 1))

    world.answer()

    assert world.outcomes() == {"film.pdf": "rejected:too_large"}
    world.check_invariants()


def test_the_seconds_of_a_file_run_from_the_notification(world: DrainWorld) -> None:
    world.drop("lunch.pdf", b"lunch")
    received = world.received()
    world.clock.advance(seconds=3)

    world.answer(received)

    [row] = world.rows()
    assert row.seconds == pytest.approx(3, abs=0.1)


# What real Dropboxes answer for long


def test_a_fault_that_lasts_is_said_on_the_link_until_it_is_over(world: DrainWorld) -> None:
    world.dropbox = Failing(world.dropbox, list_files=times(4, DropboxUnavailable("v1_retired")))
    said = []
    for receive_count in range(1, 5):
        with pytest.raises(ComeBackLater):
            world.answer(world.received(receive_count=receive_count, message_id="the same"))
        said.append(world.link_row.problem)

    world.answer()

    assert said == [None, None, *[LinkProblem.DROPBOX_UNAVAILABLE] * 2]
    assert (world.link_row.problem, world.link_row.detail) == (None, None)


@pytest.mark.parametrize(
    ("error", "status", "problem"),
    [
        (AccessDenied("403 no_permission"), LinkStatus.SUSPENDED, LinkProblem.ACCESS_DENIED),
        (AppRefused("401 route_access_denied"), LinkStatus.ACTIVE, LinkProblem.DROPBOX_REFUSED),
    ],
)
def test_what_is_not_the_users_does_not_ask_to_link_again_and_goes_on_within_the_hour(
    world: DrainWorld, error: Exception, status: LinkStatus, problem: LinkProblem
) -> None:
    world.drop("lunch.pdf", b"lunch")
    world.dropbox = Failing(world.dropbox, download=times(1, error))

    world.answer()

    link = world.link_row
    assert (link.status, link.problem) == (status, problem)
    assert link.next_due is not None
    assert link.next_due <= world.clock() + timedelta(hours=1, seconds=1)
    world.come_to_rest()
    world.check_invariants()
    assert [str(row.outcome) for row in world.records.records.values()] == ["imported"]


def test_a_file_that_dropbox_restricts_waits_for_a_week_and_is_rejected_with_its_reason(
    world: DrainWorld,
) -> None:
    world.drop("lunch.pdf", b"lunch")
    world.dropbox = Failing(world.dropbox, download=always(ContentRestricted("path/restricted_content")))
    world.answer()
    world.clock.advance(days=6)
    world.answer()
    before = list(world.tree())

    world.clock.advance(days=1, hours=7)
    world.answer()

    assert before == ["Auto-Import/lunch.pdf"]
    assert list(world.tree()) == ["Rejected/Restricted by Dropbox/lunch.pdf"]


def test_a_restricted_file_that_is_handed_out_within_the_week_is_imported(world: DrainWorld) -> None:
    world.drop("lunch.pdf", b"lunch")
    error = ContentRestricted("path/restricted_content")
    world.dropbox = Failing(world.dropbox, download=times(2, error))
    world.answer()

    world.come_to_rest()

    world.check_invariants()
    assert [str(row.outcome) for row in world.records.records.values()] == ["imported"]
