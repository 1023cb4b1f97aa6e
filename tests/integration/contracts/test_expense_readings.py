"""What reading documents may rely on of the host's expenses: whose word counts, whatever happens at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import boto3
import pytest

from functions.document_reading.ports import Expenses
from shared.aws.host.expense_readings import ExpenseReadings
from shared.domain.errors import ExpenseChanged
from shared.domain.expenses import ExpenseStatus, SupportingDocument
from shared.domain.host_expenses import HostExpense, ReadingNow
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.readings import ExpenseReading, Mark, VatOfRate
from testing.fakes.expenses_to_read import FakeExpensesToRead, expense_to_read
from tests.integration.contracts.conftest import FAKE

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
VALUES = {"merchant": "Café Lumière", "date": "2026-11-05", "amount": "46.00", "currency": "EUR"}
PLACE = (0, 0.5, 0.25, 0.75, 0.2734)
READING = ExpenseReading(
    state=ReadingJobStatus.DONE,
    read_at=NOW,
    values=VALUES,
    marks={name: Mark(name != "merchant", "ocr", PLACE if name == "amount" else None) for name in VALUES},
    document_number="T-14",
    category="meal",
    vat=[VatOfRate("4.18", "10", "41.82"), VatOfRate("0.50")],
    contradictions=["date-differs-from-page"],
    is_credit_note=True,
    possible_duplicate_of="expense-0",
)


@dataclass
class Host:
    """What fills in expenses, and the host with its users."""

    expenses: Expenses
    put: Callable[[HostExpense], None]

    def now(self) -> HostExpense:
        found = self.expenses.get("expense-1")
        assert found is not None
        return found


@pytest.fixture
def host(kind: str, request: pytest.FixtureRequest) -> Host:
    if kind == FAKE:
        fake = FakeExpensesToRead()

        def put_fake(expense: HostExpense) -> None:
            fake.expenses[expense.expense_id] = expense

        return Host(fake, put_fake)
    request.getfixturevalue("aws")

    def put(expense: HostExpense) -> None:
        table().put_item(Item=item_of(expense))

    return Host(ExpenseReadings("expenses"), put)


def table() -> Any:
    return boto3.resource("dynamodb").Table("expenses")


def item_of(expense: HostExpense) -> dict[str, Any]:
    return {
        "expense_id": expense.expense_id,
        "user_id": expense.user_id,
        "status": expense.status.value if expense.status else "ARCHIVED",
        "documents": [document_item(document) for document in expense.documents],
        **expense.values,
        **({"edited_fields": sorted(expense.edited_fields)} if expense.edited_fields else {}),
        **({"reading": {"state": expense.reading_state.value}} if expense.reading_state else {}),
    }


def document_item(document: SupportingDocument) -> dict[str, Any]:
    return {
        name: getattr(document, name)
        for name in ("document_id", "s3_key", "sha256", "name", "content_type", "size")
    }


@pytest.mark.parametrize(
    "expense",
    [
        expense_to_read(),
        expense_to_read(values={"merchant": "Chez moi"}, edited_fields=frozenset({"merchant", "date"})),
        expense_to_read(status=None, state=None, documents=()),
        expense_to_read(status=ExpenseStatus.ACCEPTED, state=ReadingJobStatus.UNREADABLE),
    ],
    ids=["fresh", "edited", "bare", "over"],
)
def test_an_expense_is_read_as_it_is(host: Host, expense: HostExpense) -> None:
    host.put(expense)

    assert host.now() == expense
    assert host.expenses.get("unknown") is None


def test_what_was_read_is_filled_in(host: Host) -> None:
    host.put(expense_to_read(values={"currency": "EUR"}, edited_fields=frozenset({"currency"})))

    host.expenses.fill(
        host.now(), replace(READING, values={"amount": "46.00"}, marks={}, kept={"currency": "EUR"})
    )

    filled = host.now()
    assert filled.values == {"amount": "46.00", "currency": "EUR"}
    assert filled.reading_state is ReadingJobStatus.DONE


CHANGES: dict[str, dict[str, Any]] = {
    "another merchant was typed": {"values": {"merchant": "Chez moi"}},
    "the merchant was typed and emptied again": {"edited_fields": frozenset({"merchant"})},
    "it was accepted": {"status": ExpenseStatus.ACCEPTED},
    "it was deleted": {"status": ExpenseStatus.DELETED},
    "it was filled in by another": {"state": ReadingJobStatus.DONE},
    "it was given up by another": {"state": ReadingJobStatus.UNREADABLE},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_nothing_is_filled_in_where_something_has_changed(host: Host, change: dict[str, Any]) -> None:
    as_read = expense_to_read()
    host.put(expense_to_read(**change))
    before = host.now()

    with pytest.raises(ExpenseChanged):
        host.expenses.fill(as_read, READING)

    assert host.now() == before


def test_a_currency_that_has_changed_gets_no_amount(host: Host) -> None:
    host.put(expense_to_read(values={"currency": "CHF"}))

    with pytest.raises(ExpenseChanged):
        host.expenses.fill(
            expense_to_read(), replace(READING, values={"amount": "46.00"}, kept={"currency": "EUR"})
        )

    assert host.now().values == {"currency": "CHF"}


def test_an_expense_that_is_gone_is_not_made_anew(host: Host) -> None:
    with pytest.raises(ExpenseChanged):
        host.expenses.fill(expense_to_read(), READING)

    assert host.expenses.get("expense-1") is None


def test_one_made_without_a_reading_is_filled_in_too(host: Host) -> None:
    host.put(expense_to_read(state=None))

    host.expenses.fill(host.now(), READING)

    assert host.now().values == VALUES


def test_what_is_held_back_is_to_be_filled_in_by_hand_until_it_is_read(host: Host) -> None:
    host.put(expense_to_read())
    host.expenses.fill(
        host.now(),
        ExpenseReading(state=ReadingJobStatus.WAITING, read_at=NOW, by_hand_until=date(2026, 11, 28)),
    )
    held = host.now().reading

    host.expenses.fill(host.now(), READING)

    assert held == ReadingNow(ReadingJobStatus.WAITING, is_held_back=True)
    assert (host.now().values, host.now().reading_state) == (VALUES, ReadingJobStatus.DONE)
    assert host.now().reading != held


@pytest.mark.usefixtures("aws")
def test_the_expense_says_until_which_day_it_is_held_back() -> None:
    table().put_item(Item=item_of(expense_to_read()))
    expenses = ExpenseReadings("expenses")

    held = ExpenseReading(state=ReadingJobStatus.WAITING, read_at=NOW, by_hand_until=date(2026, 11, 28))
    expenses.fill(expense_to_read(), held)

    item = table().get_item(Key={"expense_id": "expense-1"})["Item"]
    assert item["reading"] == {"state": "WAITING", "by_hand_until": "2026-11-28"}


def test_those_live_that_are_there_and_not_deleted(host: Host) -> None:
    host.put(expense_to_read("one"))
    host.put(expense_to_read("two", status=ExpenseStatus.ACCEPTED))
    host.put(expense_to_read("three", status=ExpenseStatus.DELETED))

    assert host.expenses.live(["one", "two", "three", "four"]) == {"one", "two"}


def test_the_expense_says_what_was_read_in_the_hosts_own_notation(aws: Any) -> None:
    table().put_item(Item=item_of(expense_to_read()) | {"label": "Berlin trip", "amount": "", "date": None})

    ExpenseReadings("expenses").fill(expense_to_read(), READING)

    item = table().get_item(Key={"expense_id": "expense-1"})["Item"]
    assert {name: item[name] for name in (*VALUES, "label")} == {**VALUES, "label": "Berlin trip"}
    assert item["reading"] == {
        "state": "DONE",
        "read_at": "2026-11-22T09:00:00.000000Z",
        "fields": {
            "merchant": {"confirmed": False, "source": "ocr", "value": VALUES["merchant"]},
            "date": {"confirmed": True, "source": "ocr", "value": VALUES["date"]},
            "amount": {
                "confirmed": True,
                "source": "ocr",
                "value": VALUES["amount"],
                "place": [0, Decimal("0.5"), Decimal("0.25"), Decimal("0.75"), Decimal("0.2734")],
            },
            "currency": {"confirmed": True, "source": "ocr", "value": VALUES["currency"]},
        },
        "document_number": "T-14",
        "category": "meal",
        "vat": [{"rate": "10", "amount": "4.18", "base": "41.82"}, {"amount": "0.50"}],
        "contradictions": ["date-differs-from-page"],
        "credit_note": True,
        "possible_duplicate_of": "expense-0",
    }


def test_what_was_not_read_is_absent(aws: Any) -> None:
    table().put_item(Item=item_of(expense_to_read()))

    ExpenseReadings("expenses").fill(
        expense_to_read(), ExpenseReading(state=ReadingJobStatus.UNREADABLE, read_at=NOW)
    )

    item = table().get_item(Key={"expense_id": "expense-1"})["Item"]
    assert item["reading"] == {"state": "UNREADABLE", "read_at": "2026-11-22T09:00:00.000000Z", "fields": {}}
    assert not set(VALUES) & set(item)


@pytest.mark.parametrize("edited", [["merchant"], {"merchant"}], ids=["a list", "a set"])
def test_edited_fields_may_be_a_list_or_a_set(aws: Any, edited: Any) -> None:
    table().put_item(Item=item_of(expense_to_read()) | {"edited_fields": edited})
    expenses = ExpenseReadings("expenses")
    found = expenses.get("expense-1")

    with pytest.raises(ExpenseChanged):
        expenses.fill(expense_to_read(), READING)

    assert found is not None
    assert found.edited_fields == {"merchant"}


def test_a_field_of_another_form_is_filled_in_already(aws: Any) -> None:
    table().put_item(Item=item_of(expense_to_read()) | {"amount": 46, "merchant": ["a", "b"]})

    found = ExpenseReadings("expenses").get("expense-1")

    assert found is not None
    assert found.values == {"amount": "", "merchant": ""}
