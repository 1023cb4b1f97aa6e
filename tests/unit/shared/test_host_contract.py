"""docs/host/*.json say what our adapters write into the host's rows and make of them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from boto3.dynamodb.types import TypeDeserializer
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from shared.aws.host.expense_rows import ExpenseRow, to_expense_row, to_host_expense
from shared.aws.host.people_rows import CompanyRow, UserRow
from shared.aws.host.reading_maps import to_reading_map, to_reading_now
from shared.domain.active_content import ActiveContent
from shared.domain.expenses import ExpenseStatus, NewExpense, SupportingDocument, User
from shared.domain.host_expenses import FILLED_IN
from shared.domain.previews import Preview, PreviewPage
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.readings import ExpenseReading, Mark, ReadPart, ReadValue, VatOfRate
from tests.expense_items import accepted_expense, image_of

SCHEMAS = Path(__file__).parents[3] / "docs" / "host"
ROWS = {"expense": ExpenseRow, "user": UserRow, "company": CompanyRow}
BOX = (0, 0.1, 0.2, 0.3, 0.4)
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
DOCUMENT = SupportingDocument("document-1", "documents/alice/a1", "0" * 64, "train.pdf", "application/pdf", 5)


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(loaded)
    return loaded


def check(name: str, row: dict[str, Any]) -> None:
    """Raises ValidationError for a row in DynamoDB's notation that is not as agreed."""
    plain = {key: TypeDeserializer().deserialize(value) for key, value in row.items()}
    Draft202012Validator(schema(name), format_checker=FormatChecker()).validate(
        json.loads(json.dumps(plain, default=_as_json))
    )


def _as_json(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return sorted(value) if isinstance(value, set) else value


@pytest.mark.parametrize("name", ROWS)
def test_a_schema_names_every_attribute_that_we_know_and_no_other(name: str) -> None:
    known = {attribute.attr_name for attribute in ROWS[name].get_attributes().values()}

    assert set(schema(name)["properties"]) == known


def test_the_row_we_create_is_as_agreed() -> None:
    user = User(user_id="alice", name="Alice Martin", company_id="atelier", locale="fr", active=True)
    expense = NewExpense("expense-1", user, "Berlin trip", DOCUMENT, NOW)

    row = to_expense_row(expense).serialize()

    check("expense", row)
    assert row["status"] == {"S": "WAITING"}
    assert set(row) == {
        "expense_id",
        "user_id",
        "company_id",
        "employee_name",
        "status",
        "created_at",
        "source",
        "label",
        "documents",
        "reading",
    }


def test_a_document_with_active_content_says_which_and_another_one_nothing() -> None:
    user = User(user_id="alice", name="Alice Martin", company_id="atelier", locale="fr", active=True)
    document = replace(DOCUMENT, active_content=tuple(ActiveContent))

    rows = [
        to_expense_row(NewExpense("expense-1", user, "", each, NOW)).serialize()
        for each in (document, DOCUMENT)
    ]

    for row in rows:
        check("expense", row)
    read = [to_host_expense(ExpenseRow.from_raw_data(row)).documents[0] for row in rows]
    assert [set(each.active_content) for each in read] == [set(ActiveContent), set()]
    written = schema("expense")["properties"]["documents"]["items"]["properties"]["active_content"]
    assert written["items"]["enum"] == [kind.value for kind in ActiveContent]
    assert ["active_content" in row["documents"]["L"][0]["M"] for row in rows] == [True, False]


def test_what_a_reading_writes_is_as_agreed() -> None:
    reading = ExpenseReading(
        state=ReadingJobStatus.DONE,
        read_at=NOW,
        values=dict.fromkeys(FILLED_IN, "said"),
        marks={name: Mark(is_confirmed=True, source="text", place=BOX) for name in FILLED_IN},
        beside={"document_number": ReadValue("F-1", Mark(is_confirmed=False, source="e-invoice"))},
        vat=(VatOfRate(rate="20", amount="14.00", base="70.00", place=BOX),),
        document_number="F-1",
        category="Travel",
        contradictions=("amount",),
        is_credit_note=True,
        possible_duplicate_of="expense-2",
        preview=Preview(12, (PreviewPage(0, 704, 995),)),
    )
    one = ReadPart((0, 1), None, replace(reading, values={"amount": "84.00"}))
    several = replace(reading, parts=(one, replace(one, pages=(2,), box=(0.0, 0.25, 0.5, 1.0))))
    held = ExpenseReading(
        state=ReadingJobStatus.WAITING, read_at=NOW, by_hand_until=NOW.date() + timedelta(days=1)
    )

    maps = [to_reading_map(each) for each in (reading, held, several)]
    found = to_reading_now(as_read(maps[-1]), frozenset())
    assert found is not None
    maps += [dict(part.reading) for part in found.parts]
    rows = [ExpenseRow("expense-1", reading=each).serialize() for each in maps]

    for row in rows:
        check("expense", row)
    written = {name for row in rows for name in row["reading"]["M"]}
    assert written == set(schema("expense")["properties"]["reading"]["properties"])


def as_read(written: dict[str, Any]) -> Any:
    """A map as it comes back from the table: its numbers are decimals."""
    stored = ExpenseRow("expense-1", reading=written).serialize()
    return ExpenseRow.from_raw_data(stored).reading


def test_a_row_as_agreed_is_read_as_it_says() -> None:
    document = {"document_id": "document-1", "sha256": "0" * 64}
    image = image_of(accepted_expense(documents=(DOCUMENT,)))

    read = to_host_expense(ExpenseRow.from_raw_data(image))

    check("expense", image)
    assert (read.status, read.date, read.amount) == (
        ExpenseStatus.ACCEPTED,
        date(2026, 3, 14),
        Decimal("84.00"),
    )
    assert [(each.document_id, each.sha256) for each in read.documents] == [tuple(document.values())]


def test_every_status_we_know_is_in_the_schema_and_the_reverse() -> None:
    properties = schema("expense")["properties"]

    assert set(properties["status"]["enum"]) == {status.value for status in ExpenseStatus}
    states = properties["reading"]["properties"]["state"]["enum"]
    assert set(states) == {status.value for status in ReadingJobStatus}


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("expense", {"expense_id": {"S": "e"}, "status": {"S": "accepted"}}),
        ("expense", {"expense_id": {"S": "e"}, "documents": {"L": [{"M": {"document_id": {"S": "d"}}}]}}),
        ("user", {"user_id": {"S": "alice"}, "active": {"S": "true"}}),
        ("company", {"name": {"S": "Atelier"}}),
    ],
)
def test_what_is_not_as_agreed_is_told(name: str, row: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        check(name, row)
