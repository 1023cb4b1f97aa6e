"""The lines of a month's manifest: one for each delivered document, as the host says of it now.

What an expense costs stands in the line of its first document alone, so that a column adds up.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from functions.document_sync.manifests.vat import Vat, vat_of
from shared.batching import batched
from shared.domain.deliveries import Delivery
from shared.domain.dropbox_web import file_url
from shared.domain.filing.amounts import currency_code
from shared.domain.host_expenses import HostExpense
from shared.domain.links import Link, Space
from shared.domain.money import is_bearable
from shared.domain.plain_text import one_line

GetExpenses = Callable[[Iterable[str]], dict[str, HostExpense]]
LastProof = Callable[[Delivery], str | None]
OfExpense = Callable[[str], Iterable[Delivery]]
_Turn = tuple[datetime, str]
"""By which the months that an expense's documents lie in come one after the other."""

_READ_TOGETHER = 500  # an expense is much larger than its line
_MOST_OF_NAME = 500


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One delivered document.

    `position` counts the documents of its expense from 1; amount, net and VAT are those of the whole
    expense, and None in every line but the first. `path` is its path in Dropbox, below `space` where a
    team has two; `web_url` shows it at Dropbox, where that is certain. `sha256` is hexadecimal.
    `last_proof` names the run that last looked for it, and says what it found unless it lay in its place.
    """

    expense_id: str
    employee: str
    date: date | None
    merchant: str | None
    amount: Decimal | None
    currency: str | None
    category: str | None
    path: str
    sha256: str
    delivered_at: datetime
    space: Space | None = None
    document_number: str | None = None
    vat: Vat | None = None
    position: int = 1
    employee_folder: str = ""
    web_url: str | None = None
    last_proof: str | None = None

    @property
    def order(self) -> tuple[str, str, str]:
        """By which lines stand in a manifest: the same for the same lines in any order."""
        return self.path, self.expense_id, self.sha256


def manifest_rows(
    deliveries: Iterable[Delivery],
    get_expenses: GetExpenses,
    link: Link | None,
    last_proof: LastProof = lambda _: None,
    of_expense: OfExpense = lambda _: (),
) -> list[ManifestRow]:
    """The lines of one month's deliveries, in order. `get_expenses` is asked for some at a time.

    `of_expense` finds all deliveries of an expense, and is asked of those alone that have documents beside
    the month's: perhaps in the folder of another month.
    """
    rows: list[ManifestRow] = []
    delivered: list[Delivery] = []
    documents: Counter[str] = Counter()
    for some in batched(deliveries, _READ_TOGETHER):
        expenses = get_expenses({delivery.key.expense_id for delivery in some})
        documents.update({expense_id: len(expense.documents) for expense_id, expense in expenses.items()})
        delivered += some
        rows += [
            replace(
                manifest_row(delivery, expenses.get(delivery.key.expense_id), link),
                last_proof=last_proof(delivery),
            )
            for delivery in some
        ]
    before = _filed_before(delivered, documents, of_expense)
    return _told_apart(_numbered(sorted(rows, key=lambda row: row.order), before))


def manifest_row(delivery: Delivery, expense: HostExpense | None, link: Link | None = None) -> ManifestRow:
    """The line of a delivery; an expense that was deleted since has left its document and its line."""
    row = ManifestRow(
        expense_id=delivery.key.expense_id,
        employee="",
        date=None,
        merchant=None,
        amount=None,
        currency=None,
        category=None,
        path=delivery.path or "",
        sha256=delivery.sha256 or "",
        delivered_at=delivery.delivered_at or delivery.changed_at,
        space=delivery.space,
        employee_folder=delivery.place.employee_folder if delivery.place else "",
        web_url=file_url(link, delivery),
    )
    return _with_expense(row, expense) if expense else row


def _with_expense(row: ManifestRow, expense: HostExpense) -> ManifestRow:
    return replace(
        row,
        employee=_line(expense.employee_name) or "",
        date=expense.date,
        merchant=_line(expense.merchant),
        amount=_amount(expense.amount),
        currency=currency_code(expense.currency) or _line(expense.currency),
        category=_line(expense.category),
        document_number=_line(_document_number(expense)),
        vat=vat_of(expense),
    )


def _document_number(expense: HostExpense) -> str | None:
    """The host's own, else what was read."""
    read = expense.reading.what.beside.get("document_number") if expense.reading else None
    return expense.document_number or (read.value if read else None)


def _amount(amount: Decimal | None) -> Decimal | None:
    return amount if amount is not None and is_bearable(amount) else None


def _line(text: str | None) -> str | None:
    """What a person has typed or a document says, without what would hide in a table or turn it round."""
    return one_line(text, _MOST_OF_NAME) if text else text


def _filed_before(
    delivered: Sequence[Delivery], documents: Mapping[str, int], of_expense: OfExpense
) -> Counter[str]:
    """How many documents of each expense lie in months that come before this one: what it costs stands there.

    The order of its months does not change when a document is delivered, or delivered again.
    """
    turns: dict[str, list[_Turn]] = defaultdict(list)
    for delivery in delivered:
        turns[delivery.key.expense_id].append(_turn_of(delivery))
    return Counter(
        {
            expense_id: _in_months_before(
                min(of_month), map(_turn_of, filter(_is_filed, of_expense(expense_id)))
            )
            for expense_id, of_month in turns.items()
            if documents[expense_id] > len(of_month)
        }
    )


def _in_months_before(first: _Turn, turns: Iterable[_Turn]) -> int:
    by_month: dict[str, list[_Turn]] = defaultdict(list)
    for turn in turns:
        by_month[turn[1]].append(turn)
    return sum(
        len(of_month) for month, of_month in by_month.items() if month != first[1] and min(of_month) < first
    )


def _turn_of(delivery: Delivery) -> _Turn:
    return delivery.accepted_at, delivery.place.month if delivery.place else ""


def _is_filed(delivery: Delivery) -> bool:
    """Also while it is on its way again."""
    return delivery.delivered_at is not None


def _numbered(rows: Sequence[ManifestRow], before: Mapping[str, int]) -> list[ManifestRow]:
    seen = Counter(before)
    numbered: list[ManifestRow] = []
    for row in rows:
        seen[row.expense_id] += 1
        position = seen[row.expense_id]
        numbered.append(row if position == 1 else replace(row, position=position, amount=None, vat=None))
    return numbered


def _told_apart(rows: Sequence[ManifestRow]) -> list[ManifestRow]:
    """Of one name, two employees go by their folders, of which no two are alike."""
    folders: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        folders[row.employee.casefold()].add(row.employee_folder)
    shared = {name for name, of_name in folders.items() if len(of_name) > 1}
    return [
        replace(row, employee=_line(row.employee_folder) or row.employee)
        if row.employee.casefold() in shared and row.employee
        else row
        for row in rows
    ]
