"""What the host is told of an import, and of a link in trouble: at least once, and never instead of the work."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.errors import AwsUnavailable, DocumentCorrupted, LinkRevoked
from shared.domain.links import LinkProblem, LinkStatus
from shared.doorbells.reading_messages import ReadingDoorbell
from testing.fakes.crashing import CallCounter, Killed
from testing.fakes.event_bus import FakeEventBus
from testing.fakes.failing import Failing, always, times
from tests.unit.auto_import.drain_world import DrainWorld

DOWN = AwsUnavailable("AWS call failed: InternalException")
REVOKED = LinkRevoked(LinkProblem.TOKEN_REVOKED)


def counts(world: DrainWorld) -> list[tuple[int, int, int, int]]:
    """Of each event: imported, duplicate, rejected, waiting."""
    return [
        (event["imported"], event["duplicate"], event["rejected"], event["waiting"])
        for event in world.events.of("ImportBatchSettled")
    ]


def outcomes(drop_id: str, **changed: int) -> dict[str, object]:
    """Of a drop as the event has it: nothing, but for what is given."""
    return {"drop_id": drop_id, "imported": 0, "duplicate": 0, "rejected": 0, "waiting": 0, **changed}


def calls_of_a_drain(world: DrainWorld) -> list[str]:
    counter = CallCounter()
    world.answer(counter=counter)
    return counter.names


def test_the_host_is_told_once_how_the_files_dropped_together_have_ended(world: DrainWorld) -> None:
    for name, data in {"a.pdf": b"lunch", "again.pdf": b"lunch", "b.pdf": b"taxi", "c.pdf": b"bad"}.items():
        world.drop(name, data)
    received = world.received(correlation_id="request-1")
    world.clock.advance(seconds=4)

    world.answer(received)
    world.answer()

    [told] = world.events.of("ImportBatchSettled")
    assert counts(world) == [(2, 1, 1, 0)]
    assert (told["link_id"], told["user_id"], told["company_id"]) == ("user:alice", "alice", "atelier")
    assert (told["batch_id"], told["correlation_id"]) == (world.rows()[0].batch_id, "request-1")
    assert told["seconds"] == pytest.approx(4, abs=0.5)


def test_nobody_is_told_names(world: DrainWorld) -> None:
    world.drop("Berlin trip/Alice's lunch.pdf", b"lunch")

    world.answer()

    [event] = world.events.sent
    assert not [word for word in ("Berlin", "lunch", "Alice", "example.com") if word in event.body]


def test_a_doorbell_that_brings_nothing_asks_and_writes_no_more_than_before(world: DrainWorld) -> None:
    world.drop("lunch.pdf", b"lunch")
    world.answer()

    calls = calls_of_a_drain(world)

    assert not {"FakeEventBus.send", "FakeImportStore.tally", "FakeLinks.note_announced"} & set(calls)
    assert calls.count("FakeLinks.update") == 1


def test_nothing_is_told_while_a_file_still_waits_nor_asked_for_it(world: DrainWorld) -> None:
    world.drop("whole.pdf", b"whole")
    world.drop("empty.pdf", b"")
    world.answer()

    calls = calls_of_a_drain(world)
    told_before = counts(world)
    world.clock.advance(minutes=3)
    world.answer()

    assert told_before == []
    assert "FakeImportStore.tally" not in calls
    assert counts(world) == [(1, 0, 1, 0)]


def test_more_files_of_the_same_batch_are_told_as_a_larger_counts(world: DrainWorld) -> None:
    world.drop("a.pdf", b"a")
    world.answer()
    world.clock.advance(minutes=5)
    world.drop("b.pdf", b"b")

    world.answer()

    first, second = world.events.of("ImportBatchSettled")
    assert counts(world) == [(1, 0, 0, 0), (2, 0, 0, 0)]
    assert first["batch_id"] == second["batch_id"]
    assert first["id"] != second["id"]


def test_what_was_dropped_later_in_a_batch_is_counted_by_itself(world: DrainWorld) -> None:
    world.drop("a.pdf", b"a")
    world.drop("b.pdf", b"b")
    world.answer()
    world.clock.advance(minutes=5)
    world.drop("again.pdf", b"a")

    world.answer()

    [first], [same, later] = (event["drops"] for event in world.events.of("ImportBatchSettled"))
    batch_id = world.rows()[0].batch_id
    assert first == same == outcomes(batch_id, imported=2)
    assert later == outcomes(f"{batch_id}.2", duplicate=1)


def test_files_dropped_later_are_another_batch(world: DrainWorld) -> None:
    for name in ("a.pdf", "b.pdf"):
        world.drop(name, name.encode())
        world.answer()
        world.clock.advance(minutes=11)

    first, second = world.events.of("ImportBatchSettled")
    assert counts(world) == [(1, 0, 0, 0)] * 2
    assert first["batch_id"] < second["batch_id"]


def test_a_batch_that_others_follow_is_told_as_it_is_and_again_once_its_last_file_has_ended(
    world: DrainWorld,
) -> None:
    world.drop("a.pdf", b"a")
    world.drop("b.pdf", b"b")

    def fail_for_b(file: object, _target: object) -> None:
        if file.name == "b.pdf":  # type: ignore[attr-defined]
            raise DocumentCorrupted("b")

    real, world.dropbox = world.dropbox, Failing(world.dropbox, download=fail_for_b)
    world.answer()
    world.clock.advance(minutes=11)
    world.drop("c.pdf", b"c")
    world.answer()
    world.dropbox = real
    world.clock.advance(hours=1)
    world.answer()

    first, later, last = world.events.of("ImportBatchSettled")
    assert counts(world) == [(1, 0, 0, 1), (1, 0, 0, 0), (2, 0, 0, 0)]
    assert first["batch_id"] == last["batch_id"] != later["batch_id"]
    assert first["drops"] == [outcomes(first["batch_id"], imported=1, waiting=1)]
    assert last["drops"] == [outcomes(first["batch_id"], imported=2)]


def test_a_file_taken_away_before_it_ended_is_not_waited_for(world: DrainWorld) -> None:
    world.drop("a.pdf", b"a")
    world.drop("empty.pdf", b"")
    world.answer()
    world.account.delete("/Apps/Jenji/Auto-Import/empty.pdf")

    world.answer()

    assert counts(world) == [(1, 0, 0, 0)]
    assert "FakeImportStore.tally" not in calls_of_a_drain(world)


def test_a_drain_that_was_short_of_time_leaves_it_to_the_last_of_them(world: DrainWorld) -> None:
    for number in range(3):
        world.drop(f"{number}.pdf", b"receipt %d" % number)
    looks = iter([True, True, False])
    world.has_time = lambda: next(looks, False)
    world.answer()
    told_early = counts(world)
    world.has_time = lambda: True

    world.answer()

    assert told_early == []
    assert counts(world) == [(3, 0, 0, 0)]


def test_a_drain_that_dies_once_it_has_told_is_repeated_under_the_same_id(world: DrainWorld) -> None:
    world.drop("a.pdf", b"a")
    with pytest.raises(Killed):
        world.answer(counter=_dying_after("FakeEventBus.send"))

    world.answer()

    first, again = world.events.of("ImportBatchSettled")
    assert first["id"] == again["id"]


def test_while_the_host_cannot_be_told_files_are_imported_all_the_same(world: DrainWorld) -> None:
    world.drop("a.pdf", b"a")
    world.events = Failing(FakeEventBus(), send=times(1, DOWN))

    answer = world.answer()

    world.check_records()
    assert (answer.reason, answer.unannounced) == ("drained", DOWN)
    assert world.link_row.next_due is not None
    assert world.link_row.next_due <= world.clock() + timedelta(minutes=5)
    assert world.answer().unannounced is None
    assert counts(world) == [(1, 0, 0, 0)]


def test_the_host_is_told_once_that_a_link_needs_attention(world: DrainWorld) -> None:
    world.dropbox = Failing(world.dropbox, list_files=always(REVOKED))

    answers = [world.answer(world.received(correlation_id="request-1")) for _ in range(2)]

    [told] = world.events.of("LinkNeedsAttention")
    assert (told["link_id"], told["status"], told["reason"]) == ("user:alice", "RECONNECT", "token_revoked")
    assert told["correlation_id"] == "request-1"
    assert [answer.link_broke for answer in answers] == [True, False]


def test_another_reason_is_told_and_the_same_again_once_it_worked_in_between(world: DrainWorld) -> None:
    real = world.dropbox
    for trouble in (REVOKED, LinkRevoked(LinkProblem.SCOPE_MISSING), None, REVOKED):
        world.dropbox = real if trouble is None else Failing(real, list_files=always(trouble))
        world.answer()

    reasons = [event["reason"] for event in world.events.of("LinkNeedsAttention")]
    ids = {event["id"] for event in world.events.of("LinkNeedsAttention")}
    assert reasons == ["token_revoked", "scope_missing", "token_revoked"]
    assert len(ids) == 3


def test_a_link_in_trouble_is_told_of_by_the_next_drain_where_the_host_could_not_be_told(
    world: DrainWorld,
) -> None:
    world.dropbox = Failing(world.dropbox, list_files=always(REVOKED))
    world.events = Failing(FakeEventBus(), send=times(1, DOWN))

    answer = world.answer()

    assert (world.link_row.status, answer.unannounced) == (LinkStatus.RECONNECT, DOWN)
    assert world.link_row.next_due is not None
    assert world.link_row.next_due <= world.clock() + timedelta(minutes=5)
    assert (world.answer().unannounced, len(world.events.sent)) == (None, 1)


def test_a_drain_that_dies_once_it_has_told_of_a_link_is_repeated_under_the_same_id(
    world: DrainWorld,
) -> None:
    world.dropbox = Failing(world.dropbox, list_files=always(REVOKED))
    with pytest.raises(Killed):
        world.answer(world.received(message_id="message"), counter=_dying_after("FakeEventBus.send"))

    world.answer(world.received(message_id="message", receive_count=2))

    first, again = world.events.of("LinkNeedsAttention")
    assert first["id"] == again["id"]


def _dying_after(name: str) -> CallCounter:
    class Dying(CallCounter):
        def call(self, label: str, do: object) -> object:
            if label == name:
                self._dies_at, self._after = self.count + 1, True
            return super().call(label, do)  # type: ignore[arg-type]

    return Dying()


def test_a_batch_with_a_new_expense_is_noted_to_be_told_of_once_it_is_read(world: DrainWorld) -> None:
    world.drop("a.pdf", b"lunch")
    world.drop("bad.pdf", b"bad")

    world.answer(world.received(correlation_id="request-1"))

    batch_id = world.rows()[0].batch_id
    noted = world.recorded_batches.notes["alice", batch_id]
    assert (noted.link_id, noted.company_id, noted.correlation_id) == ("user:alice", "atelier", "request-1")
    assert noted.next_look == noted.noted_at + timedelta(minutes=5)
    assert world.reading_doorbells.rung[-1] == ReadingDoorbell("alice", noted.key, "request-1")


def test_a_batch_without_a_new_expense_is_not_noted_as_nothing_of_it_is_read(world: DrainWorld) -> None:
    world.drop("bad.pdf", b"bad")

    world.answer()

    assert counts(world) == [(0, 0, 1, 0)]
    assert world.recorded_batches.notes == {}
    assert world.reading_doorbells.rung == []


def test_it_is_noted_before_the_host_is_told_so_that_no_death_in_between_loses_it(world: DrainWorld) -> None:
    world.drop("a.pdf", b"lunch")

    calls = calls_of_a_drain(world)

    noted, sent = calls.index("FakeRecordedBatches.note"), calls.index("FakeEventBus.send")
    assert noted < sent < calls.index("FakeLinks.note_announced")


def test_a_batch_that_cannot_be_noted_is_told_of_by_the_next_drain(world: DrainWorld) -> None:
    world.drop("a.pdf", b"lunch")
    real, world.recorded_batches = world.recorded_batches, Failing(world.recorded_batches, note=always(DOWN))
    failed = world.answer()
    told_before = counts(world)

    world.recorded_batches = real
    world.clock.advance(minutes=5)
    world.answer()

    assert failed.unannounced is not None
    assert told_before == []
    assert counts(world) == [(1, 0, 0, 0)]
    world.check_invariants()
