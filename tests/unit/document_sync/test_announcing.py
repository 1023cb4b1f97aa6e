"""What the host is told of deliveries: each at least once, whatever becomes of the drain that made it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.cloud_uploads import Commit, CommitReport
from shared.domain.errors import AwsUnavailable, DropboxRefused, QuotaFull
from shared.domain.expenses import ExpenseStatus
from shared.domain.host_events import HostEvent
from shared.domain.links import LinkStatus
from testing.fakes.crashing import CallCounter, Killed
from testing.fakes.event_bus import FakeEventBus
from testing.fakes.failing import Failing, always, times
from tests.unit.document_sync.sync_world import SyncWorld

DOWN = AwsUnavailable("AWS call failed: InternalException")


def told(world: SyncWorld) -> list[str]:
    """The delivered documents, as often as they were told."""
    return [
        document["document_id"]
        for event in world.events.of("DocumentsDelivered")
        for document in event["documents"]
    ]


def calls_of_a_drain(world: SyncWorld) -> list[str]:
    counter = CallCounter()
    world.answer(counter=counter)
    return counter.names


def test_what_the_index_does_not_show_yet_is_told_by_the_drain_that_recorded_it(
    world: SyncWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.deliveries, "recorded_since", lambda *_: [])
    world.accept(b"ticket", b"seat reservation")

    world.answer()

    assert len(told(world)) == len(set(told(world))) == 2


def test_what_a_drain_has_delivered_is_told_together(world: SyncWorld) -> None:
    world.accept(b"ticket", b"seat reservation")
    world.accept(b"dinner")
    received = world.received(message_id="message-7")

    world.answer(received)
    world.answer()

    [event] = world.events.of("DocumentsDelivered")
    assert sorted(told(world)) == ["document-1-0", "document-1-1", "document-2-0"]
    assert (event["link_id"], event["company_id"], event["user_id"]) == ("company:atelier", "atelier", "bob")
    assert event["correlation_id"] == "message-7"
    assert {document["correlation_id"] for document in event["documents"]} == {
        "accepted-expense-1",
        "accepted-expense-2",
    }
    assert world.link_row.announced_until is None


def test_more_than_a_hundred_are_told_in_several_events(world: SyncWorld) -> None:
    world.accept(*(b"page %d" % number for number in range(250)))

    world.answer()

    sizes = [len(event["documents"]) for event in world.events.of("DocumentsDelivered")]
    assert sizes == [100, 100, 50]
    assert len(set(told(world))) == 250


def test_ids_as_long_as_the_host_likes_are_told_in_events_that_can_be_sent(world: SyncWorld) -> None:
    for number in range(30):
        world.accept(b"receipt", expense_id=f"{number:02}{'x' * 8_000}")

    world.answer()

    assert len(told(world)) == 30
    assert max(len(event.body) for event in world.events.sent) < 256 * 1024


def test_what_cannot_be_delivered_is_told_one_by_one_with_the_reason(world: SyncWorld) -> None:
    world.accept(b"ticket", b"receipt")
    for key in list(world.documents.objects):
        del world.documents.objects[key]

    world.answer()

    failures = [event["document"] for event in world.events.of("DocumentDeliveryFailed")]
    assert {(each["document_id"], each["reason"]) for each in failures} == {
        ("document-1-0", "document_missing"),
        ("document-1-1", "document_missing"),
    }
    assert told(world) == []


def test_what_was_cancelled_is_not_told(world: SyncWorld) -> None:
    withdrawn = world.accept(b"taxi")
    world.set_status(withdrawn, ExpenseStatus.REFUSED)

    world.answer()

    assert world.events.sent == []


def test_nobody_is_told_names_or_paths(world: SyncWorld) -> None:
    world.accept(b"ticket")

    world.answer()

    [event] = world.events.sent
    words = ("Alice", "Martin", "SNCF", "84.00", "Jenji", "example.com")
    assert not [word for word in words if word in event.body]


def test_a_doorbell_that_brings_nothing_asks_and_writes_no_more_than_before(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.answer()

    calls = calls_of_a_drain(world)

    assert not {"FakeEventBus.send", "FakeDeliveries.recorded_since", "FakeLinks.note_unannounced"} & set(
        calls
    )
    assert calls.count("FakeLinks.update") == 1


def test_a_drain_that_delivers_asks_and_writes_once_more(world: SyncWorld) -> None:
    world.accept(b"ticket")

    calls = calls_of_a_drain(world)

    assert calls.count("FakeLinks.update") == 1
    assert calls.count("FakeLinks.note_unannounced") == 1
    assert calls.count("FakeEventBus.send") == 1
    assert calls.count("FakeDeliveries.recorded_since") == 1


def test_a_drain_that_dies_once_it_has_told_is_repeated_under_the_same_id(world: SyncWorld) -> None:
    world.accept(b"ticket", b"receipt")
    last = id_told_by_a_drain_that_dies_of_it(world)
    world.accept(b"dinner")

    world.answer()

    events = [event["id"] for event in world.events.of("DocumentsDelivered")]
    assert last == events[0] == events[1] != events[2]
    assert told(world)[:2] == told(world)[2:4]
    assert sorted(set(told(world))) == documents_of(world)


def documents_of(world: SyncWorld) -> list[str]:
    return sorted(row.key.document_id for row in world.rows())


def id_told_by_a_drain_that_dies_of_it(world: SyncWorld) -> str:

    class DiesOnceTold(FakeEventBus):
        def send(self, events: list[HostEvent]) -> None:  # type: ignore[override]
            bus.send(events)
            raise Killed

    bus = world.events
    world.events = DiesOnceTold()
    with pytest.raises(Killed):
        world.answer()
    world.events = bus
    return str(bus.sent[-1].detail["id"])


def test_while_the_host_cannot_be_told_documents_are_delivered_all_the_same(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.events = Failing(FakeEventBus(), send=times(2, DOWN))

    answers = [world.answer()]
    world.accept(b"dinner")
    answers += [world.answer(), world.answer()]

    assert [answer.reason for answer in answers] == ["drained"] * 3
    assert [answer.unannounced for answer in answers] == [DOWN, DOWN, None]
    assert sorted(told(world)) == documents_of(world)
    assert len(world.files()) == 2


def test_what_the_host_could_not_be_told_is_told_within_minutes(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.events = Failing(FakeEventBus(), send=times(1, DOWN))

    world.answer()

    assert world.link_row.next_due is not None
    assert world.link_row.next_due <= world.clock() + timedelta(minutes=5)


def test_what_fitted_into_an_account_that_is_full_now_is_told_while_it_is_still_full(
    world: SyncWorld,
) -> None:
    world.accept(b"ticket")
    world.accept(b"dinner")
    real = world.dropbox

    class Full(type(real)):  # type: ignore[misc]
        room = 1

        def commit_documents(self, commits: list[Commit]) -> CommitReport:
            report = super().commit_documents(commits[: self.room])
            report.failed.update({commit.document.key: QuotaFull() for commit in commits[self.room :]})
            self.room = 0
            return report

    world.dropbox = Full(world.account)
    world.answer()
    told_early = told(world)
    world.answer()

    assert world.link_row.status is LinkStatus.FULL
    assert (told_early, len(told(world))) == ([], 1)
    assert [event["reason"] for event in world.events.of("LinkNeedsAttention")] == ["quota_full"]


def test_what_dropbox_refuses_for_good_is_told_as_dropbox_calls_it(world: SyncWorld) -> None:
    world.accept(b"ticket")
    real = world.dropbox

    class Refusing(type(real)):  # type: ignore[misc]
        def commit_documents(self, commits: list[Commit]) -> CommitReport:
            refused = DropboxRefused("path/disallowed_name")
            return CommitReport(failed={commit.document.key: refused for commit in commits})

    world.dropbox = Refusing(world.account)

    world.answer()

    [event] = world.events.of("DocumentDeliveryFailed")
    assert event["document"]["reason"] == "path/disallowed_name"


def test_records_that_cannot_be_read_put_the_doorbell_back_and_lose_nothing(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.events = Failing(FakeEventBus(), send=times(1, DOWN))
    world.answer()
    world.deliveries = Failing(world.deliveries, recorded_since=times(1, AwsUnavailable("throttled")))

    world.come_to_rest()

    assert told(world) == ["document-1-0"]


def test_a_host_that_can_never_be_told_holds_nothing_up(world: SyncWorld) -> None:
    world.events = Failing(FakeEventBus(), send=always(DOWN))
    for number in range(3):
        world.accept(b"receipt %d" % number)
        world.answer()

    assert len(world.files()) == 3
