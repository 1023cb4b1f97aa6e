"""What a person sees of a run: lines of recorded files, readings and deliveries, and the counts below."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from local.delivery_feed import RecordedDelivery
from local.import_feed import RecordedFile
from local.reading_feed import ReadDocument
from shared.domain.deliveries import DeliveryStatus
from shared.domain.imports import Outcome
from shared.domain.reading_jobs import ReadingJobStatus
from shared.texts.rejections import folder_name

_COLOURS = {Outcome.IMPORTED: "green", Outcome.DUPLICATE: "yellow", Outcome.REJECTED: "red"}
_WIDE_ENOUGH_FOR_IDS = 110
_SHORT_ID = 8
# Names come from users: nothing in them may steer the terminal or turn the text around.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class ProgressTable:
    """A table that grows by a line for each recorded file, and a live counts below it.

    Lines are printed for good, so that 10,000 files scroll by as they should; where the output is not
    a terminal there are the same lines without the live part.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = Live(console=console, refresh_per_second=8, transient=True)

    def __enter__(self) -> Self:
        """Print the head."""
        self._print_row(Text("FILE"), Text("OUTCOME"), Text("EXPENSE"), Text("SECONDS"), style="bold")
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the terminal back."""
        self._live.stop()

    def add(self, files: Iterable[RecordedFile]) -> None:
        """Print a line for each."""
        for file in files:
            self._print_row(
                Text(escape_controls(file.name)),
                Text(outcome_words(file), style=_COLOURS[file.outcome]),
                Text(file.expense_id if self._is_wide else file.expense_id[:_SHORT_ID], style="dim"),
                Text(f"{file.seconds:.1f}"),
            )

    def begin_readings(self) -> None:
        """Print the head of the readings' table."""
        self._console.print()
        head = Text("READ OFF ITS DOCUMENT (? = NOT CONFIRMED)")
        self._print_delivery(Text("EXPENSE"), head, Text("SECONDS"), style="bold")

    def add_readings(self, documents: Iterable[ReadDocument]) -> None:
        """Print a line for each, the seconds from its import."""
        for document in documents:
            is_read = document.state is ReadingJobStatus.DONE
            self._print_delivery(
                Text(document.expense_id[:_SHORT_ID], style="dim"),
                Text(escape_controls(reading_words(document)), style="green" if is_read else "yellow"),
                Text(f"{document.seconds:.1f}"),
            )

    def begin_deliveries(self) -> None:
        """Print the head of the deliveries' table."""
        self._console.print()
        head = Text("ACCEPTED EXPENSE -> FILE IN THE COMPANY'S DROPBOX")
        self._print_delivery(Text("EXPENSE"), head, Text("SECONDS"), style="bold")

    def add_deliveries(self, deliveries: Iterable[RecordedDelivery]) -> None:
        """Print a line for each, the seconds from its acceptance."""
        for delivery in deliveries:
            arrived = delivery.status is DeliveryStatus.DELIVERED
            words = delivery.path if arrived else f"{delivery.status.value.lower()}: {delivery.reason}"
            self._print_delivery(
                Text(delivery.expense_id[:_SHORT_ID], style="dim"),
                Text(escape_controls(words), style="green" if arrived else "red"),
                Text(f"{delivery.seconds:.1f}"),
            )

    def show(self, counts: str, hint: str) -> None:
        """Renew the live part."""
        self._live.update(Spinner("dots", Text.assemble((counts, "bold"), "  ", (hint, "dim"))))

    @property
    def _is_wide(self) -> bool:
        return self._console.width >= _WIDE_ENOUGH_FOR_IDS

    def _print_delivery(self, *cells: Text, style: str = "") -> None:
        """A path is printed whole: it is there to be read."""
        table = Table.grid(padding=(0, 2), expand=True)
        table.add_column(width=_SHORT_ID)
        table.add_column(ratio=1, overflow="fold")
        table.add_column(width=7, justify="right")
        table.add_row(*cells, style=style)
        self._console.print(table)

    def _print_row(self, *cells: Text, style: str = "") -> None:
        table = Table.grid(padding=(0, 2), expand=True)
        table.add_column(ratio=5, no_wrap=True, overflow="ellipsis")
        table.add_column(ratio=4, no_wrap=True, overflow="ellipsis")
        table.add_column(width=36 if self._is_wide else _SHORT_ID)
        table.add_column(width=7, justify="right")
        table.add_row(*cells, style=style)
        self._console.print(table)


def outcome_words(file: RecordedFile) -> str:
    """`rejected: Password-protected`."""
    reason = f": {folder_name(file.reason, 'en')}" if file.reason else ""
    return f"{file.outcome.value}{reason}"


def reading_words(document: ReadDocument) -> str:
    """`Café Lumière?  2026-11-05  46.00 EUR  (possible duplicate of 29d790f6)`."""
    if document.state is ReadingJobStatus.UNREADABLE:
        return f"{document.name}: could not be read"

    def shown(name: str) -> str:
        value = document.values.get(name, "")
        return f"{value}?" if value and name in document.unconfirmed else value

    words = [shown("merchant"), shown("date"), f"{shown('amount')} {shown('currency')}".strip()]
    if document.possible_duplicate_of:
        words.append(f"(possible duplicate of {document.possible_duplicate_of[:_SHORT_ID]})")
    return "  ".join(word for word in words if word)


def escape_controls(name: str) -> str:
    """Show what would be invisible, or act on the terminal, the way Python writes it."""
    return _CONTROLS.sub(lambda match: match.group().encode("unicode_escape").decode("ascii"), name)
