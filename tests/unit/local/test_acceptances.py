"""What a run accepts by itself: samples as a person reads them, other documents as they were read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

from local.acceptances import decide
from local.host import ALICE
from local.host_expense_rows import Details, HostDocument, HostExpense
from local.host_expenses import HostExpenses
from shared.domain.expenses import ExpenseStatus


@dataclass
class Host:
    """Remembers what was asked of it."""

    statuses: dict[str, ExpenseStatus] = field(default_factory=dict)
    accepted: dict[str, Details] = field(default_factory=dict)

    def set_status(self, expense_id: str, status: ExpenseStatus) -> None:
        self.statuses[expense_id] = status

    def complete_and_accept(self, expense_id: str, details: Details) -> datetime:
        self.accepted[expense_id] = details
        return datetime.now(UTC)


def _expense(name: str, **values: str) -> HostExpense:
    document = HostDocument(f"document of {name}", name, "sha256", "key")
    return HostExpense(name, ALICE.user_id, ExpenseStatus.WAITING, (document,), **values)


def test_a_document_of_ones_own_is_accepted_with_what_was_read_off_it() -> None:
    host = Host()
    read = _expense("hotel.pdf", merchant="Hotel Adria", date="2026-02-03", amount="120.5", currency="HRK")

    acceptances = decide(cast("HostExpenses", host), ALICE, [read], refused=0, accepted=1)

    assert host.accepted == {"hotel.pdf": Details("Hotel Adria", "2026-02-03", "120.5", "HRK")}
    assert (
        acceptances[0].folder_in("2026/02/Alice Martin/2026-02-03 Hotel Adria [AB3DE].pdf") == "Alice Martin"
    )
    assert acceptances[0].folder_in("2026/03/Alice Martin/2026-02-03 Hotel Adria [AB3DE].pdf") is None


def test_what_lacks_an_amount_waits_for_a_person_and_takes_nobodys_place() -> None:
    host = Host()
    blank = _expense("blank.jpg", merchant="Somebody", date="2026-02-03")
    sample = _expense("parking.jpg")

    decide(cast("HostExpenses", host), ALICE, [blank, sample], refused=0, accepted=1)

    assert list(host.accepted) == ["parking.jpg"]
    assert host.statuses == {}
