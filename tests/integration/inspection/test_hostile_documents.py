"""Documents made to exhaust a parser, and documents broken at random: each gets a verdict in time."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.auto_import.inspection.verdicts import MEBIBYTE, DocumentType, Inspection, InspectionLimits
from functions.auto_import.inspection.worker_pool import WorkerPool
from shared.domain.active_content import ActiveContent
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason
from tests.unit.inspection import documents

LIMITS = InspectionLimits(cpu_seconds=2, wall_seconds=15)


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(LIMITS, workers=2) as pool:
        yield pool


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile") / "document"


def verdict(pool: WorkerPool, path: Path, content: bytes) -> Inspection | DocumentRejected:
    """The verdict, which must come within the limits."""
    path.write_bytes(content)
    started = time.monotonic()
    try:
        return pool.inspect(path, owner="alice")
    except DocumentRejected as rejected:
        return rejected
    finally:
        assert time.monotonic() - started < 2 * LIMITS.wall_seconds


def exponential_forms(levels: int) -> bytes:
    """Each form draws the next one ten times."""
    box = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    resources = b"/Resources << /XObject << /X %d 0 R >> >>"
    forms = {
        number: documents.stream(b"/X Do " * 10, box + resources % (number + 1))
        for number in range(6, 6 + levels)
    }
    page = documents.page().replace(b"/Font", b"/XObject << /X 6 0 R >> /Font")
    return documents.pdf(
        {3: page, 4: documents.stream(b"/X Do"), **forms, 6 + levels: documents.stream(b"", box)}
    )


def scans_without_end(count: int) -> bytes:
    """A progressive JPEG whose last scan, a few bytes long, comes again and again."""
    whole = documents.image(
        "JPEG", documents.picture(4000, 4000).convert("L").point(lambda _: 0), progressive=True
    )
    last_scan = whole[whole.rindex(b"\xff\xc4") : -2]
    return whole[:-2] + last_scan * count + b"\xff\xd9"


EXHAUSTING = {
    "a gigabyte of zeros": lambda: documents.flate_bomb(megabytes=1024),
    "four gigabytes in two layers": lambda: documents.flate_bomb(megabytes=4096, layers=2),
    "forms that draw each other": lambda: exponential_forms(30),
    "graphics states without end": lambda: documents.pdf(
        {4: documents.stream(zlib.compress(b"q " * (50 << 20)), b"/Filter /FlateDecode")}
    ),
    "scans without end": lambda: scans_without_end(3000),
}


@pytest.mark.parametrize("make", EXHAUSTING.values(), ids=EXHAUSTING.keys())
def test_rejects_what_exhausts_the_parser(pool: WorkerPool, path: Path, make: Callable[[], bytes]) -> None:
    rejected = verdict(pool, path, make())

    assert isinstance(rejected, DocumentRejected)
    assert rejected.reason in {RejectionReason.TOO_COMPLEX, RejectionReason.UNREADABLE}
    assert isinstance(verdict(pool, path, documents.pdf()), Inspection)


def objects_without_end(count: int) -> bytes:
    """Ever so many objects that the first page has no need of."""
    numbers = range(10, 10 + count)
    listed = b" ".join(b"%d 0 R" % number for number in numbers)
    catalog = b"<< /Type /Catalog /Pages 2 0 R /More [%s] >>" % listed
    return documents.pdf({1: catalog, **dict.fromkeys(numbers, b"<< /AA << /O << /S /GoTo >> >> >>")})


def bomb_among_the_objects(megabytes: int) -> bytes:
    """An object stream that nobody opens who only shows the page."""
    catalog = b"<< /Type /Catalog /Pages 2 0 R /More 6 0 R >>"
    return documents.packed_pdf({1: catalog}, {6: b"null"}, megabytes=megabytes)


SEARCHED_IN_VAIN = {
    "objects without end": lambda: objects_without_end(300_000),
    "a bomb among the objects": lambda: bomb_among_the_objects(2048),
}


@pytest.mark.parametrize("make", SEARCHED_IN_VAIN.values(), ids=SEARCHED_IN_VAIN.keys())
def test_a_search_for_active_content_rejects_nothing_however_it_ends(
    pool: WorkerPool, path: Path, make: Callable[[], bytes]
) -> None:
    inspection = verdict(pool, path, make())

    assert inspection == Inspection(DocumentType.PDF, 1, True, (ActiveContent.NOT_KNOWN,))
    assert verdict(pool, path, documents.pdf()) == Inspection(DocumentType.PDF, 1, complete=True)


def test_a_large_picture_cut_short_is_not_held_twice(path: Path) -> None:
    cut_short = documents.png(12_000, 12_000, documents.zeros(megabytes=138))[:70_000]
    room_for_one = InspectionLimits(memory_bytes=256 * MEBIBYTE)

    with WorkerPool(room_for_one, workers=1) as pool:
        outcome = verdict(pool, path, cut_short)

    assert outcome == Inspection(DocumentType.PNG, pages=1, complete=False)


ORDINARY = [
    documents.pdf(),
    documents.image("JPEG"),
    documents.image("JPEG", progressive=True),
    documents.image("PNG"),
    documents.image("GIF"),
    documents.image("WEBP"),
    documents.image("WEBP", lossless=True),
    documents.image("TIFF"),
    documents.image("TIFF", compression="tiff_lzw"),
    documents.image("TIFF", compression="jpeg"),
    documents.tiff_of_pages(3),
    documents.heic(),
]
HEADER = 600


@st.composite
def broken_documents(draw: st.DrawFn) -> bytes:
    content = bytearray(draw(st.sampled_from(ORDINARY)))
    for _ in range(draw(st.integers(1, 8))):
        reach = draw(st.sampled_from([HEADER, len(content)]))
        start = draw(st.integers(0, min(reach, len(content))))
        length = draw(st.sampled_from([0, 1, 4, 100]))
        content[start : start + length] = draw(
            st.one_of(
                st.binary(max_size=8), st.just(bytes(4)), st.just(b"\xff" * 4), st.just(bytes(content[:100]))
            )
        )
    return bytes(content)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(content=st.one_of(broken_documents(), st.binary(max_size=200)))
def test_every_file_gets_a_verdict_in_time(pool: WorkerPool, path: Path, content: bytes) -> None:
    outcome = verdict(pool, path, content)

    assert isinstance(outcome, Inspection | DocumentRejected)
