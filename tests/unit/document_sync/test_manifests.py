"""When the monthly manifest is written, and whose file it never overwrites."""

from __future__ import annotations

from shared.domain.errors import DropboxUnavailable
from testing.fakes.failing import Failing, always
from tests.unit.document_sync.sync_world import SyncWorld

PATH = "/Jenji/2026/03/Expenses 2026-03.csv"


def test_the_manifest_lists_what_the_month_received(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.accept(b"dinner", merchant="The Copper Kettle")

    world.answer()

    [row] = [line for line in world.manifest_files()[PATH].splitlines() if "Copper" in line]
    [path] = [path for path, data in world.files().items() if data == b"dinner"]
    assert path in row
    assert "84.00" in row
    assert len(world.manifest_files()[PATH].splitlines()) == 3


def test_it_is_rewritten_an_hour_later_and_not_before(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.answer()
    first = world.manifest_files()[PATH]
    world.accept(b"dinner")
    world.answer()
    soon = world.manifest_files()[PATH]
    due = world.link_row.next_due

    world.clock.advance(minutes=61)
    world.answer()

    assert soon == first
    assert due is not None
    assert due <= world.clock()
    assert len(world.manifest_files()[PATH].splitlines()) == 3
    assert list(world.manifest_files()) == [PATH]


def test_a_manifest_somebody_changed_is_left_alone_and_another_written(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.answer()
    world.account.write(PATH, b"my notes")
    world.accept(b"dinner")
    world.clock.advance(minutes=61)

    world.answer()
    world.come_to_rest()

    assert world.account.read(PATH) == b"my notes"
    second = world.manifest_files()["/Jenji/2026/03/Expenses 2026-03 (2).csv"]
    assert len(second.splitlines()) == 3


def test_a_manifest_somebody_deleted_is_written_again_with_the_next_change(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.answer()
    world.account.delete(PATH)
    world.accept(b"dinner")
    world.clock.advance(minutes=61)

    world.answer()

    assert list(world.manifest_files()) == [PATH]


def test_a_manifest_that_cannot_be_written_fails_no_delivery(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.dropbox = Failing(world.dropbox, upload_small=always(DropboxUnavailable("503")))

    answer = world.answer()

    assert answer.reason == "drained"
    assert list(world.files().values()) == [b"ticket"]
    assert world.manifest_files() == {}
    assert world.link_row.next_due is not None


def test_months_have_manifests_of_their_own(world: SyncWorld) -> None:
    from datetime import date

    world.accept(b"ticket")
    world.accept(b"hotel", date=date(2026, 4, 2))

    world.answer()

    assert sorted(world.manifest_files()) == [PATH, "/Jenji/2026/04/Expenses 2026-04.csv"]
