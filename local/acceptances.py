"""What a run has people do with imported expenses: accept some, refuse one, leave the rest waiting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from local.host import Person
from local.host_expense_rows import Details, HostExpense
from local.host_expenses import HostExpenses
from shared.domain.expenses import ExpenseStatus


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read off a document, and what a file's name must show of it: None where nobody can know."""

    details: Details
    shown: str | None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An accepted expense."""

    person: Person
    expense: HostExpense
    reading: Reading

    def folder_in(self, path: str) -> str | None:
        """The employee's folder in a path below `Jenji`, or None where that is not as it must be.

        `2026/03/Jane Doe/2026-03-14 SNCF 84.00 EUR [7F3K2].pdf`
        """
        date, name = self.reading.details.date, re.escape(self.person.name)
        month, shown = (
            f"{date[:4]}/{date[5:7]}",
            ".+" if self.reading.shown is None else re.escape(self.reading.shown),
        )
        expected = rf"{month}/({name}(?: \(\d\))?)/{date} {shown} \[[0-9A-Z]{{5,}}\]\.\w{{3,4}}"
        match = re.fullmatch(expected, path)
        return match[1] if match else None


def _read(merchant: str, date: str, amount: str, shown: str, currency: str = "EUR") -> Reading:
    return Reading(Details(merchant, date, amount, currency), f"{merchant} {shown}")


_LUNCH = _read("Café Lumière", "2026-11-05", "46", "46.00 EUR")
_PARKING = _read("Parking Gare", "2026-11-06", "24.6", "24.60 EUR")
_OF_SAMPLES = {
    "Déjeuner Café Lumière.jpg": _LUNCH,
    "Déjeuner Café Lumière (1).jpg": _LUNCH,
    "IMG_4127.HEIC": _read("The Copper Kettle", "2026-11-03", "69.00", "69.00 EUR"),
    "Scan parking.tif": _PARKING,
    "parking.jpg": _PARKING,
    "Screenshot 2026-11-05 at 23.08.png": _read("VéloTaxi", "2026-11-05", "32.00", "32.00 EUR"),
    "boulangerie.webp": _read("Au Bon Levain", "2026-11-06", "12.70", "12.70 EUR"),
    "Paris-Lyon 5 November.pdf": _read("Rail Hexagone", "2026-11-05", "89.00", "89.00 EUR"),
    "Lyon-Paris 6 November.pdf": _read("Rail Hexagone", "2026-11-06", "89.00", "89.00 EUR"),
    "Hôtel des Lumières 2026-11-0318.pdf": _read("Hôtel des Lumières", "2026-11-06", "145.75", "145.75 EUR"),
    "Nuage Mobile November 2026.pdf": _read("Nuage Mobile", "2026-11-01", "41.75", "41.75 EUR"),
    "Taxi Flughafen.jpg": _read("Taxi Spreebogen", "2026-11-12", "37.90", "37.90 EUR"),
    "Berlin-Hamburg.pdf": _read("Spree Express", "2026-11-12", "54.90", "54.90 EUR"),
}


def details_of(name: str) -> Details | None:
    """What a person reads off a sample, by its file's name."""
    reading = _OF_SAMPLES.get(name)
    return reading.details if reading else None


def decide(
    host: HostExpenses, person: Person, expenses: Sequence[HostExpense], *, refused: int, accepted: int
) -> list[Acceptance]:
    """Refuse the first so many of a person's expenses, accept the next so many, leave the others waiting.

    A document that is no sample is accepted with what was read off it; one that lacks a date or an amount
    waits for a person.
    """
    for expense in expenses[:refused]:
        host.set_status(expense.expense_id, ExpenseStatus.REFUSED)
    known = [(expense, _reading_of(expense)) for expense in expenses[refused:]]
    acceptances = [Acceptance(person, expense, reading) for expense, reading in known if reading][:accepted]
    for acceptance in acceptances:
        host.complete_and_accept(acceptance.expense.expense_id, acceptance.reading.details)
    return acceptances


def _reading_of(expense: HostExpense) -> Reading | None:
    sample = _OF_SAMPLES.get(expense.documents[0].name)
    if sample or not (expense.date and expense.amount and expense.currency):
        return sample
    details = Details(expense.merchant or expense.label, expense.date, expense.amount, expense.currency)
    return Reading(details, shown=None)
