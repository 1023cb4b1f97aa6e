"""A document's preview is a help: it is made once, and what cannot be shown is read all the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from functions.document_reading.job.preview_document import DocumentPreviewer
from functions.document_reading.outcomes import DocumentUnreadable, ReaderDied
from functions.document_reading.reading.model import Reading
from shared.domain.errors import AwsUnavailable, ConfinementFailed, DocumentMissing
from shared.domain.expenses import sheet_id_for
from shared.domain.previews import Preview, PreviewPage
from shared.domain.reading_jobs import ReadingFailure, ReadingJobStatus
from testing.fakes.expenses_to_read import expense_to_read
from testing.fakes.failing import always
from tests.unit.document_reading.reading_world import ReadingWorld

PREVIEW = Preview(12, (PreviewPage(0, 704, 995), PreviewPage(11, 704, 995)))


class Previewing:
    """Everything that a preview is made by, in memory."""

    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {}
        self.failures = 0
        self.fetch: Any = lambda key, path: Path(path).write_bytes(key.encode())
        self.render: Any = lambda *_, **__: (PREVIEW, [b"first", b"last"])

    def fail(self) -> None:
        self.failures += 1

    def make(self, content_type: str = "image/jpeg") -> Preview | None:
        expense = expense_to_read()
        [document] = expense.documents
        document = type(document)(
            document.document_id, document.s3_key, "00", "a", content_type, document.size
        )
        return self.previewer()(expense, document, Reading())

    def previewer(self) -> DocumentPreviewer:
        return DocumentPreviewer(self.fetch, self.render, self.pictures.__setitem__, self.fail)


def test_each_page_is_kept_under_its_users_and_its_expenses_name() -> None:
    previewing = Previewing()

    assert previewing.make() == PREVIEW
    assert previewing.pictures == {
        "previews/alice/expense-1/0.jpg": b"first",
        "previews/alice/expense-1/11.jpg": b"last",
    }


@pytest.mark.parametrize(
    "error",
    [
        ReaderDied("of it"),
        DocumentUnreadable(ReadingFailure.UNREADABLE),
        ConfinementFailed("a worker did not start"),
        AwsUnavailable("SlowDown"),
        DocumentMissing("documents/alice/1"),
    ],
)
def test_what_cannot_be_shown_is_counted_and_stops_nothing(error: Exception) -> None:
    previewing = Previewing()
    previewing.render = always(error)

    assert previewing.make() is None
    assert previewing.failures == 1
    assert previewing.pictures == {}


def test_a_document_of_which_no_page_can_be_shown_has_no_preview() -> None:
    previewing = Previewing()
    previewing.render = lambda *_, **__: (Preview(0, ()), [])

    assert previewing.make() is None
    assert previewing.failures == 1


def test_data_alone_without_a_sheet_is_not_even_fetched() -> None:
    previewing = Previewing()
    previewing.fetch = always(AssertionError("fetched"))

    assert previewing.make("application/xml") is None
    assert previewing.failures == 0


@pytest.mark.parametrize(("folder", "is_shown"), [("documents/alice", True), ("documents/mallory", False)])
def test_an_e_invoice_of_data_alone_is_shown_by_its_users_own_sheet(folder: str, is_shown: bool) -> None:
    expense = expense_to_read()
    [imported] = expense.documents
    invoice = replace(imported, s3_key="documents/alice/xml", content_type="application/xml")
    sheet = replace(
        imported,
        document_id=sheet_id_for(expense.expense_id),
        s3_key=f"{folder}/sheet",
        content_type="application/pdf",
    )
    previewing = Previewing()
    shown: list[str] = []
    previewing.fetch = lambda key, _: shown.append(key)

    preview = previewing.previewer()(replace(expense, documents=(invoice, sheet)), invoice, Reading())

    assert (preview == PREVIEW) is is_shown
    assert shown == (["documents/alice/sheet"] if is_shown else [])
    assert previewing.failures == 0


@pytest.fixture
def world() -> ReadingWorld:
    world = ReadingWorld()
    world.imported()
    world.make_preview = lambda *_: PREVIEW
    return world


def test_an_expense_says_which_pages_of_its_document_can_be_seen(world: ReadingWorld) -> None:
    world.answer()

    assert world.reading().preview == PREVIEW


def test_what_could_not_be_read_can_be_seen_and_filled_in_by_hand(world: ReadingWorld) -> None:
    world.reader.before = always(DocumentUnreadable(ReadingFailure.UNREADABLE))

    world.answer()

    assert world.reading().state is ReadingJobStatus.UNREADABLE
    assert world.reading().preview == PREVIEW


def test_what_took_too_long_to_read_is_not_opened_again_to_be_seen(world: ReadingWorld) -> None:
    world.reader.before = always(DocumentUnreadable(ReadingFailure.TOOK_TOO_LONG))

    world.answer()

    assert world.reading().preview is None


def test_what_was_read_and_is_in_no_field_is_kept_beside(world: ReadingWorld) -> None:
    world.expenses.type_in("expense-1", merchant="Chez Lumière")

    world.answer()

    beside = world.reading().beside
    assert sorted(beside) == ["document_number", "merchant"]
    assert beside["merchant"].value == "Café Lumière"
