"""What a drain asks of stores and of Dropbox: what it asks at once costs no call more."""

from __future__ import annotations

from collections import Counter

from testing.fakes.crashing import CallCounter
from testing.fakes.failing import Failing, once
from tests.unit.document_sync.sync_world import SyncWorld, sync_world


def calls_for(documents: int) -> Counter[str]:
    """The calls of a drain that delivers so many."""
    with sync_world() as world:
        for number in range(documents):
            world.accept(b"receipt %d" % number)
        counter = CallCounter()
        world.answer(counter=counter)
        assert len(world.files()) == documents
        return Counter(counter.names)


def test_a_document_more_costs_its_folder_its_path_and_its_record_and_no_call_to_dropbox() -> None:
    few, many = calls_for(10), calls_for(30)

    more = many - few

    assert more == {
        "FakeEmployeeFolders.folder_for": 20,
        "FakeDeliveries.choose_path": 20,
        "FakeDeliveries.record_delivered": 20,
    }


def test_a_drain_asks_once_what_there_is_to_do_and_looks_at_its_link_before_each_step() -> None:
    calls = calls_for(1)

    assert calls["FakeSharings.of_account"] == 1
    assert calls["FakeResends.under_way"] == 1
    assert calls["FakeDeliveries.pending"] == 2  # what is due, and that no more is
    # To begin with, before sending, before the commit, and before each form of the manifest.
    assert calls["FakeLinks.get"] == calls["FakeLinks.is_everything_paused"] == 5


def test_what_another_drain_records_while_its_bytes_are_sent_is_not_committed_again(
    world: SyncWorld,
) -> None:
    world.accept(b"ticket")
    world.dropbox = Failing(world.dropbox)
    deliveries = world.deliveries
    world.deliveries = Failing(deliveries, choose_path=once(lambda *_: world.answer()))  # type: ignore[assignment]

    answer = world.answer()

    assert answer.recorded == []
    assert world.dropbox.calls.count("commit_documents") == 1
    assert list(world.files().values()) == [b"ticket"]
    world.check_invariants()
