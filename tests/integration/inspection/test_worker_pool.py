"""Documents that kill, hang or starve the process that reads them, and the pool that goes on."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from functions.auto_import.inspection.verdicts import (
    MEBIBYTE,
    DocumentType,
    InspectionLimits,
    InspectionUnavailable,
)
from functions.auto_import.inspection.worker_pool import WorkerPool
from shared.domain.active_content import ActiveContent
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason
from tests.unit.inspection import documents

MISBEHAVING = "tests.integration.inspection.misbehaving_worker"
LIMITS = InspectionLimits(memory_bytes=256 * MEBIBYTE, cpu_seconds=1, wall_seconds=0.5)
PATIENT = InspectionLimits(memory_bytes=256 * MEBIBYTE, cpu_seconds=1, wall_seconds=30)

Document = Callable[[str], Path]


@pytest.fixture
def document(tmp_path: Path) -> Document:
    def write(behaviour: str) -> Path:
        path = tmp_path / behaviour
        path.write_text(behaviour)
        return path

    return write


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(PATIENT, workers=1, worker_module=MISBEHAVING) as pool:
        yield pool


@pytest.fixture
def impatient_pool() -> Iterator[WorkerPool]:
    with WorkerPool(LIMITS, workers=1, worker_module=MISBEHAVING) as pool:
        yield pool


def rejection(pool: WorkerPool, path: Path) -> DocumentRejected:
    with pytest.raises(DocumentRejected) as caught:
        pool.inspect(path, owner="alice")
    return caught.value


def wait_for_end_of(process_id: int, seconds: float = 10) -> None:
    try:
        descriptor = os.pidfd_open(process_id)
    except ProcessLookupError:
        return
    try:
        ended, _, _ = select.select([descriptor], [], [], seconds)
        assert ended, "the worker lives on"
    finally:
        os.close(descriptor)


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("crash", RejectionReason.UNREADABLE),
        ("leave", RejectionReason.UNREADABLE),
        ("garble", RejectionReason.UNREADABLE),
        ("allocate", RejectionReason.TOO_COMPLEX),
        ("spin", RejectionReason.TOO_COMPLEX),
    ],
)
def test_a_document_that_ruins_its_worker_is_rejected_alone(
    pool: WorkerPool, document: Document, behaviour: str, reason: RejectionReason
) -> None:
    rejected = rejection(pool, document(behaviour))

    assert rejected.reason is reason
    assert not rejected.may_be_incomplete
    assert pool.inspect(document("who are you"), owner="alice").complete


def test_a_document_that_hangs_its_worker_is_rejected_in_time(
    impatient_pool: WorkerPool, document: Document
) -> None:
    started = time.monotonic()

    rejected = rejection(impatient_pool, document("hang"))

    assert rejected.reason is RejectionReason.TOO_COMPLEX
    assert time.monotonic() - started < 5
    assert impatient_pool.inspect(document("who are you"), owner="alice").complete


def test_a_worker_is_kept_for_the_next_document(pool: WorkerPool, document: Document) -> None:
    first = pool.inspect(document("who are you"), owner="alice").pages

    second = pool.inspect(document("who are you"), owner="alice").pages

    assert first == second != os.getpid()


def test_a_document_is_not_blamed_for_the_one_before(pool: WorkerPool, document: Document) -> None:
    maimed = pool.inspect(document("maim"), owner="alice").pages

    answered_by = pool.inspect(document("who are you"), owner="alice").pages

    assert answered_by != maimed


def test_a_document_is_not_blamed_for_memory_that_was_never_freed(
    pool: WorkerPool, document: Document
) -> None:
    hoarding = pool.inspect(document("hoard"), owner="alice").pages

    answered_by = pool.inspect(document("hoard"), owner="alice").pages

    assert answered_by != hoarding


def test_a_document_is_not_blamed_for_a_worker_that_died_while_idle(
    pool: WorkerPool, document: Document
) -> None:
    idle = pool.inspect(document("who are you"), owner="alice").pages
    os.kill(idle, 9)

    answered_by = pool.inspect(document("who are you"), owner="alice").pages

    assert answered_by != idle


def test_a_document_tried_by_a_used_and_a_fresh_worker_is_rejected(
    pool: WorkerPool, document: Document
) -> None:
    pool.inspect(document("who are you"), owner="alice")

    rejected = rejection(pool, document("crash"))

    assert rejected.reason is RejectionReason.UNREADABLE


def test_a_worker_is_replaced_after_its_share_of_documents(document: Document) -> None:
    limits = InspectionLimits(documents_per_worker=2)

    with WorkerPool(limits, workers=1, worker_module=MISBEHAVING) as pool:
        workers = [pool.inspect(document("who are you"), owner="alice").pages for _ in range(5)]

    assert workers == [workers[0]] * 2 + [workers[2]] * 2 + [workers[4]]
    assert len(set(workers)) == 3


def test_what_libraries_print_is_neither_an_answer_nor_shown(
    pool: WorkerPool, document: Document, capfd: pytest.CaptureFixture[str]
) -> None:
    inspection = pool.inspect(document("shout"), owner="alice")

    assert inspection.complete
    assert capfd.readouterr() == ("", "")


def test_a_worker_sees_nothing_of_the_environment(
    pool: WorkerPool, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "SECRET")

    inspection = pool.inspect(document("refuse_if_trusted"), owner="alice")

    assert inspection.complete


def test_a_failure_of_ours_is_no_verdict(pool: WorkerPool, document: Document) -> None:
    with pytest.raises(InspectionUnavailable) as caught:
        pool.inspect(document("fail"), owner="alice")

    assert "RuntimeError" in str(caught.value)
    assert "SECRET" not in str(caught.value)


def test_a_missing_file_is_no_verdict(tmp_path: Path) -> None:
    with WorkerPool(workers=1) as pool, pytest.raises(InspectionUnavailable):
        pool.inspect(tmp_path / "not downloaded", owner="alice")


def test_a_worker_that_cannot_start_is_no_verdict(document: Document) -> None:
    with WorkerPool(workers=1, worker_module="no.such.module") as pool, pytest.raises(InspectionUnavailable):
        pool.inspect(document("who are you"), owner="alice")


def test_no_more_workers_are_started_beforehand_than_documents_will_need(document: Document) -> None:
    with WorkerPool(PATIENT, workers=3, worker_module=MISBEHAVING) as pool:
        pool.prepare(1, owner="alice")
        started = wait_for_workers(1)

        who = pool.inspect(document("who are you"), owner="alice").pages

        assert started == workers_of_ours() == {who}


def test_a_worker_that_waits_is_not_started_again(pool: WorkerPool, document: Document) -> None:
    who = pool.inspect(document("who are you"), owner="alice").pages

    pool.prepare(5, owner="alice")

    assert pool.inspect(document("who are you"), owner="alice").pages == who


def test_a_worker_that_is_started_beforehand_has_seen_nobody_elses(
    pool: WorkerPool, document: Document
) -> None:
    alices = pool.inspect(document("who are you"), owner="alice").pages

    pool.prepare(1, owner="bob")

    wait_for_end_of(alices)
    assert pool.inspect(document("who are you"), owner="bob").pages != alices


def test_a_document_is_not_blamed_for_a_worker_that_died_before_it_came(
    pool: WorkerPool, document: Document
) -> None:
    pool.prepare(1, owner="alice")
    (started,) = wait_for_workers(1)
    (place,) = pool._workers._places.queue
    place.starting.result()  # it is ready
    os.kill(started, signal.SIGKILL)

    who = pool.inspect(document("who are you"), owner="alice").pages

    assert who != started


def test_a_worker_that_cannot_be_started_beforehand_is_no_verdict(document: Document) -> None:
    with WorkerPool(workers=1, worker_module="no.such.module") as pool:
        pool.prepare(1, owner="alice")

        with pytest.raises(InspectionUnavailable):
            pool.inspect(document("who are you"), owner="alice")


def workers_of_ours() -> set[int]:
    """The processes that run the worker, of this one's children."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        for child in (task / "children").read_text().split():
            if MISBEHAVING.encode() in Path(f"/proc/{child}/cmdline").read_bytes():
                found.add(int(child))
    return found


def wait_for_workers(count: int, seconds: float = 10) -> set[int]:
    deadline = time.monotonic() + seconds
    while len(found := workers_of_ours()) < count:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return found


def test_many_threads_share_few_workers(document: Document, tmp_path: Path) -> None:
    invoice = tmp_path / "invoice"
    invoice.write_bytes(documents.pdf())
    who = document("who are you")
    crashing = document("crash")

    with (
        WorkerPool(PATIENT, workers=2, worker_module=MISBEHAVING) as pool,
        ThreadPoolExecutor(max_workers=16) as threads,
    ):
        rejected = [threads.submit(rejection, pool, crashing) for _ in range(8)]
        inspections = list(threads.map(partial(pool.inspect, owner="alice"), [invoice, who] * 50))

    assert {future.result().reason for future in rejected} == {RejectionReason.UNREADABLE}
    types = [inspection.type for inspection in inspections]
    assert types == [DocumentType.PDF, DocumentType.TIFF] * 50
    assert len({inspection.pages for inspection in inspections[1::2]}) >= 2


def test_closing_ends_the_workers_and_the_service(document: Document) -> None:
    pool = WorkerPool(workers=1, worker_module=MISBEHAVING)
    worker = pool.inspect(document("who are you"), owner="alice").pages

    pool.close()

    wait_for_end_of(worker)
    with pytest.raises(RuntimeError):
        pool.inspect(document("who are you"), owner="alice")


PARENT = f"""
import sys
from pathlib import Path
from functions.auto_import.inspection.verdicts import InspectionLimits
from functions.auto_import.inspection.worker_pool import WorkerPool

pool = WorkerPool(InspectionLimits(wall_seconds=1), workers=1, worker_module={MISBEHAVING!r})
print(pool.inspect(Path(sys.argv[1]), owner="alice").pages, flush=True)
pool.inspect(Path(sys.argv[2]), owner="alice")
"""


def test_a_worker_does_not_outlive_a_killed_parent(document: Document, tmp_path: Path) -> None:
    endless = tmp_path / "endless"
    os.mkfifo(endless)
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, document("who are you"), endless],
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
    ) as parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())

        with endless.open("wb"):  # from here on the worker reads, and nothing ever comes
            parent.kill()

            wait_for_end_of(worker)


def test_an_idle_worker_does_not_outlive_a_killed_parent(document: Document) -> None:
    idle = PARENT.replace('pool.inspect(Path(sys.argv[2]), owner="alice")', "sys.stdin.read()")
    with subprocess.Popen(
        [sys.executable, "-c", idle, document("who are you")],
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())

        parent.kill()

        wait_for_end_of(worker)


def test_an_invoice_that_is_but_data_may_have_active_content_too(tmp_path: Path) -> None:
    path = tmp_path / "invoice.xml"
    path.write_bytes(
        b'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="http://x.test/a.xsl"?>'
        b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"></Invoice>'
    )

    with WorkerPool(workers=1) as pool:
        inspection = pool.inspect(path, owner="alice")

    assert inspection.type is DocumentType.XML
    assert inspection.active_content == (ActiveContent.OPENS_BY_ITSELF,)
