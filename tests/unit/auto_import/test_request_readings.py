"""What is imported is read at once, and no import depends on that."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any, cast

from shared.domain.cloud_files import RemoteFile
from shared.domain.errors import AwsUnavailable
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.recorded_batches import batch_id_in_key
from testing.fakes.failing import Failing, always
from testing.fakes.stores import FakeReadingDoorbells
from tests.unit.auto_import.drain_world import DrainWorld


def rung(world: DrainWorld) -> list[str]:
    """The expenses: a batch that has ended is rung for as well."""
    keys = [doorbell.expense_id for doorbell in world.reading_doorbells.rung]
    return [key for key in keys if batch_id_in_key(key) is None]


def test_every_imported_document_is_to_be_read_and_rung_for(world: DrainWorld) -> None:
    for name, data in {"a.pdf": b"one", "b.pdf": b"two", "copy.pdf": b"one", "c.pdf": b"bad"}.items():
        world.drop(name, data)

    world.answer()

    jobs = world.records.jobs.rows.values()
    assert sorted(rung(world)) == sorted(world.records.expenses) == sorted(job.expense_id for job in jobs)
    assert {job.user_id for job in jobs} == {"alice"}
    assert {job.status for job in jobs} == {ReadingJobStatus.WAITING}
    assert len(jobs) == 2


def test_an_import_succeeds_though_nobody_can_be_rung(world: DrainWorld) -> None:
    silent: Any = Failing(world.reading_doorbells, ring=always(AwsUnavailable("no")))
    world.reading_doorbells = silent
    world.drop("a.pdf", b"one")

    answer = world.answer()

    assert answer.reason == "drained"
    assert world.outcomes() == {"a.pdf": "imported"}
    assert len(world.records.jobs.rows) == 1
    world.check_invariants()


def test_the_first_documents_are_read_while_the_last_is_still_downloaded(world: DrainWorld) -> None:
    has_rung = Event()
    waited: list[bool] = []

    def wait_for_a_ring(file: RemoteFile, _place: Path) -> None:
        if file.name == "z.pdf":
            waited.append(has_rung.wait(timeout=30))

    world.reading_doorbells = cast(
        "FakeReadingDoorbells", Failing(world.reading_doorbells, ring=lambda _doorbells: has_rung.set())
    )
    world.dropbox = Failing(world.dropbox, download=wait_for_a_ring)
    for name in (*"abcdefghijkl", "z"):
        world.drop(f"{name}.pdf", name.encode())

    world.answer()

    assert waited == [True]
    assert len(set(rung(world))) == len(rung(world)) == 13
