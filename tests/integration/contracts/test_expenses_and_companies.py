"""What the synchronisation may rely on of the host's expenses and companies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from functions.document_sync.ports import Expenses
from shared.aws.dynamodb import transaction_connection
from shared.aws.host.company_directory import CompanyDirectory
from shared.aws.host.expense_reader import ExpenseReader
from shared.domain.errors import AwsRefused, AwsUnavailable
from shared.domain.expenses import Company, ExpenseStatus
from shared.domain.host_expenses import HostExpense
from testing.fakes.synchronisation import FakeCompanies, FakeExpenses
from tests.expense_items import accepted_expense, document, image_of
from tests.integration.conftest import Aws
from tests.integration.contracts.conftest import FAKE

NOW = datetime(2026, 11, 22, 9, 0, 0, tzinfo=UTC)


@dataclass
class Host:
    """What reads the host's expenses, and the host."""

    expenses: Expenses
    put: Callable[[Sequence[HostExpense]], None]

    def accepted_ids(self, since: datetime, limit: int = 200) -> list[str]:
        """Of every page."""
        ids: list[str] = []
        cursor: str | None = None
        while True:
            page = self.expenses.accepted_between("atelier", since, cursor=cursor, limit=limit)
            assert len(page.expense_ids) <= limit
            ids += page.expense_ids
            cursor = page.cursor
            if cursor is None:
                return ids


@pytest.fixture
def host(kind: str, request: pytest.FixtureRequest) -> Host:
    if kind == FAKE:
        fake = FakeExpenses()

        def put_fakes(expenses: Sequence[HostExpense]) -> None:
            for expense in expenses:
                fake.put(expense)

        return Host(fake, put_fakes)
    request.getfixturevalue("aws")

    def put(expenses: Sequence[HostExpense]) -> None:
        for expense in expenses:
            put_image(image_of(expense))

    return Host(ExpenseReader("expenses"), put)


def put_image(image: dict[str, Any]) -> None:
    boto3.client("dynamodb").put_item(TableName="expenses", Item=image)


def test_expenses_are_read_by_their_ids_as_they_are(host: Host) -> None:
    full = accepted_expense("full", documents=(document("one"), document("two", size=300_000_000)))
    bare = accepted_expense(
        "bare",
        company_id="",
        status=None,
        accepted_at=None,
        date=None,
        merchant=None,
        amount=None,
        currency=None,
        category=None,
        documents=(),
    )
    host.put([full, bare, accepted_expense("not asked for")])

    found = host.expenses.get_many(["full", "bare", "unknown", "full"])

    assert found == {"full": full, "bare": bare}
    assert host.expenses.get_many([]) == {}


def test_hundreds_are_read_at_once(host: Host) -> None:
    expenses = [accepted_expense(f"expense-{number}") for number in range(201)]
    host.put(expenses)

    found = host.expenses.get_many(expense.expense_id for expense in expenses)

    assert found == {expense.expense_id: expense for expense in expenses}


def test_a_companys_acceptances_come_oldest_first_and_page_by_page(host: Host) -> None:
    host.put(
        [
            *(accepted_expense(f"expense-{n}", accepted_at=NOW + timedelta(minutes=n)) for n in range(5)),
            accepted_expense("too early", accepted_at=NOW - timedelta(seconds=1)),
            accepted_expense("another's", company_id="elsewhere", accepted_at=NOW),
            accepted_expense("never", status=ExpenseStatus.WAITING, accepted_at=None),
        ]
    )

    assert host.accepted_ids(NOW) == [f"expense-{number}" for number in range(5)]
    assert host.accepted_ids(NOW + timedelta(minutes=3)) == ["expense-3", "expense-4"]
    assert host.accepted_ids(NOW, limit=2) == [f"expense-{number}" for number in range(5)]
    assert host.accepted_ids(NOW + timedelta(days=1)) == []


def test_acceptances_of_one_moment_are_on_one_page_or_the_next_never_on_none(host: Host) -> None:
    host.put([accepted_expense(f"expense-{number}", accepted_at=NOW) for number in range(5)])

    assert sorted(host.accepted_ids(NOW, limit=2)) == [f"expense-{number}" for number in range(5)]


def test_what_was_accepted_and_then_refused_or_reimbursed_is_among_them(host: Host) -> None:
    """The index knows times, not states: whoever asks looks at each again."""
    for status in (ExpenseStatus.REFUSED, ExpenseStatus.REIMBURSED):
        host.put([accepted_expense(status.value, status=status, accepted_at=NOW)])

    assert sorted(host.accepted_ids(NOW)) == ["REFUSED", "REIMBURSED"]


def test_a_host_that_writes_whole_seconds_is_understood(aws: Aws) -> None:
    image = image_of(accepted_expense()) | {"accepted_at": {"S": "2026-11-22T09:00:00Z"}}
    put_image(image)
    reader = ExpenseReader("expenses")

    pages = [
        reader.accepted_between("atelier", since, until).expense_ids
        for since, until in [
            (NOW, None),
            (NOW, NOW),
            (NOW - timedelta(days=1), NOW),
            (NOW + timedelta(seconds=1), None),
            (NOW - timedelta(days=1), NOW - timedelta(seconds=1)),
        ]
    ]

    assert pages == [("expense-1",), ("expense-1",), ("expense-1",), (), ()]
    assert reader.get_many(["expense-1"])["expense-1"].accepted_at == NOW


def test_one_odd_expense_keeps_no_other_from_being_read(aws: Aws) -> None:
    put_image(
        {
            "expense_id": {"S": "odd"},
            "company_id": {"N": "7"},
            "status": {"L": []},
            "accepted_at": {"BOOL": True},
            "amount": {"M": {}},
            "documents": {"S": "none"},
        }
    )
    put_image(image_of(accepted_expense()))

    found = ExpenseReader("expenses").get_many(["odd", "expense-1"])

    assert found["expense-1"] == accepted_expense()
    assert (found["odd"].status, found["odd"].company_id, found["odd"].documents) == (None, "", ())


def test_more_than_one_answer_can_hold_is_read_in_several(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    expenses = [accepted_expense(f"expense-{number}") for number in range(3)]
    for expense in expenses:
        put_image(image_of(expense))
    reader = ExpenseReader("expenses")
    _answer_one_key_at_a_time(monkeypatch)

    found = reader.get_many(expense.expense_id for expense in expenses)

    assert found == {expense.expense_id: expense for expense in expenses}


def test_a_table_that_is_not_there_is_a_refusal(aws: Aws) -> None:
    gone = ExpenseReader("gone")

    with pytest.raises(AwsRefused):
        gone.get_many(["expense-1"])
    with pytest.raises(AwsRefused):
        gone.accepted_between("atelier", NOW)


def test_a_throttled_aws_is_unavailable(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    """As DynamoDB answers a batch of which it can read nothing at all."""
    reader = ExpenseReader("expenses")
    client = transaction_connection().client
    throttled = client.exceptions.ProvisionedThroughputExceededException(
        {"Error": {"Code": "ProvisionedThroughputExceededException"}}, "BatchGetItem"
    )

    def refuse(*_: object) -> None:
        raise throttled

    monkeypatch.setattr(client, "_make_api_call", refuse)

    with pytest.raises(AwsUnavailable):
        reader.get_many(["expense-1"])


def _answer_one_key_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """As DynamoDB does with large items; moto does not."""
    client = transaction_connection().client
    whole = client._make_api_call

    def answer_one(operation: str, request: dict[str, Any]) -> dict[str, Any]:
        [(table, wanted)] = request["RequestItems"].items()
        first, rest = wanted["Keys"][:1], wanted["Keys"][1:]
        answer = whole(operation, {"RequestItems": {table: wanted | {"Keys": first}}})
        unprocessed = {table: wanted | {"Keys": rest}} if rest else {}
        return answer | {"UnprocessedKeys": unprocessed}

    monkeypatch.setattr(client, "_make_api_call", answer_one)


@pytest.fixture
def companies(kind: str, request: pytest.FixtureRequest) -> CompanyDirectory:
    atelier = Company("atelier", "Atelier Martin", "team")
    if kind == FAKE:
        return FakeCompanies({"atelier": atelier})
    request.getfixturevalue("aws")
    boto3.client("dynamodb").put_item(
        TableName="companies",
        Item={"company_id": {"S": "atelier"}, "name": {"S": "Atelier Martin"}, "plan": {"S": "team"}},
    )
    return CompanyDirectory("companies")


def test_a_company_is_read_as_the_host_keeps_it(companies: CompanyDirectory) -> None:
    assert companies.get("atelier") == Company("atelier", "Atelier Martin", "team")
    assert companies.get("nobody") is None
