"""An expense is read from whatever the host has written: what is odd is missing, nothing raises."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.aws.host.expense_rows import ExpenseRow, accepted_from_image, to_host_expense
from shared.aws.stores.delivery_rows import delivery_key
from shared.domain.deliveries import DeliveryKey
from shared.domain.errors import MalformedMessage
from shared.domain.expenses import ExpenseStatus, is_company_id
from shared.domain.host_expenses import HostExpense, ReadingNow
from shared.domain.reading_jobs import ReadingJobStatus
from tests.expense_items import accepted_expense, document, image_of

TEXTS = st.text() | st.sampled_from(
    ["ACCEPTED", "2026-03-14", "2026-03-14T09:00:00Z", "84.00", "NaN", "1E+999999", "9" * 5000, "\ud800"]
)
KEYS = st.sampled_from(["document_id", "size", "state", "fields", "merchant", "confirmed"])
VALUES = st.recursive(
    st.fixed_dictionaries({"S": TEXTS})
    | st.fixed_dictionaries({"N": TEXTS})
    | st.fixed_dictionaries({"NULL": st.booleans()})
    | st.none()
    | st.integers()
    | TEXTS,
    lambda inner: (
        st.fixed_dictionaries({"L": st.lists(inner, max_size=3)})
        | st.fixed_dictionaries({"M": st.dictionaries(KEYS, inner)})
    ),
    max_leaves=8,
)
IMAGES = st.fixed_dictionaries(
    {"expense_id": VALUES, "company_id": VALUES},
    optional=dict.fromkeys(
        [
            "status",
            "accepted_at",
            "date",
            "merchant",
            "amount",
            "currency",
            "category",
            "documents",
            "reading",
            "edited_fields",
        ],
        VALUES,
    ),
)


def read(image: dict[str, Any]) -> HostExpense:
    return to_host_expense(ExpenseRow.from_raw_data({name: value for name, value in image.items() if value}))


def with_attribute(name: str, value: Any) -> dict[str, Any]:
    return image_of(accepted_expense()) | {name: value}


@settings(max_examples=500, deadline=None, derandomize=True)
@given(image=IMAGES | VALUES)
@example(image={"expense_id": {"S": "e"}, "company_id": {"S": "c" * 2000}})
@example(
    image=image_of(accepted_expense()) | {"documents": {"L": [{"M": {"document_id": {"S": "x" * 5000}}}]}}
)
def test_whatever_lies_in_the_stream_is_somebodys_expense_or_malformed(image: object) -> None:
    try:
        expense = accepted_from_image(image)
    except MalformedMessage:
        return

    assert expense.expense_id
    assert is_company_id(expense.company_id)
    assert expense.accepted_at is None or expense.accepted_at.tzinfo is UTC
    assert expense.amount is None or len(f"{expense.amount:f}") < 60
    for found in expense.documents:
        key = DeliveryKey(expense.company_id, "dbid:" + "a" * 120, expense.expense_id, found.document_id)
        assert len(delivery_key(key).encode()) <= 1024


def test_an_expense_is_read_as_the_host_writes_it() -> None:
    expense = accepted_expense(documents=(document("one"), document("two", size=300_000_000)))

    assert accepted_from_image(image_of(expense)) == expense


@pytest.mark.parametrize("name", ["expense_id", "company_id"])
@pytest.mark.parametrize("value", [None, {"S": ""}, {"N": "7"}, {"NULL": True}, "atelier"])
def test_an_expense_nobody_can_own_is_malformed(name: str, value: object) -> None:
    with pytest.raises(MalformedMessage):
        accepted_from_image(with_attribute(name, value))


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        ({"S": "84.00"}, Decimal("84.00")),
        ({"S": "-12.5"}, Decimal("-12.5")),
        ({"S": "1E+2"}, Decimal(100)),
        ({"N": "84"}, Decimal(84)),
        ({"S": ""}, None),
        ({"S": "84,00"}, None),
        ({"S": "84_00"}, None),
        ({"S": "NaN"}, None),
        ({"S": "-Infinity"}, None),
        ({"S": "1E+999999"}, None),
        ({"S": "1E-999999"}, None),
        ({"S": "9" * 1000}, None),
        ({"NULL": True}, None),
        (None, None),
    ],
)
def test_an_amount_is_a_number_somebody_may_have_paid_or_missing(
    value: object, amount: Decimal | None
) -> None:
    assert read(with_attribute("amount", value)).amount == amount


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-14", date(2026, 3, 14)),
        ("2026-03-14T23:30:00-05:00", date(2026, 3, 14)),
        ("2026-02-30", None),
        ("14/03/2026", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_is_a_day_or_missing(text: str, day: date | None) -> None:
    assert read(with_attribute("date", {"S": text})).date == day


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-22T09:00:00Z", datetime(2026, 11, 22, 9, tzinfo=UTC)),
        ("2026-11-22T10:00:00+01:00", datetime(2026, 11, 22, 9, tzinfo=UTC)),
        ("2026-11-22T09:00:00", None),
        ("0001-01-01T00:00:00+23:59", None),
        ("soon", None),
    ],
)
def test_an_acceptance_is_an_instant_or_missing(text: str, instant: datetime | None) -> None:
    assert read(with_attribute("accepted_at", {"S": text})).accepted_at == instant


def test_a_status_of_a_later_release_is_none_of_ours() -> None:
    assert read(with_attribute("status", {"S": "ARCHIVED"})).status is None
    assert read(with_attribute("status", {"S": "REFUSED"})).status is ExpenseStatus.REFUSED


def test_documents_without_an_id_are_counted_and_hide_no_other() -> None:
    readable = {"M": {"document_id": {"S": "one"}}}
    value = {"L": [{"M": {}}, readable, {"S": "two"}, {"M": {"document_id": {"S": ""}}}, readable]}

    expense = read(with_attribute("documents", value))

    assert [found.document_id for found in expense.documents] == ["one"]
    assert expense.unreadable_documents == 3


def test_what_is_missing_of_a_document_is_empty() -> None:
    value = {"L": [{"M": {"document_id": {"S": "one"}, "size": {"N": "-5"}, "s3_key": {"N": "1"}}}]}

    [found] = read(with_attribute("documents", value)).documents

    assert found == document("one", s3_key="", sha256="", name="", content_type="", size=0)


def with_reading(**attributes: Any) -> dict[str, Any]:
    fields = {
        "merchant": {"M": {"confirmed": {"BOOL": False}, "source": {"S": "ocr"}}},
        "amount": {"M": {"confirmed": {"BOOL": True}, "source": {"S": "ocr"}}},
        "date": {"M": {"confirmed": {"BOOL": False}}},
        "odd": {"S": "of a later release"},
    }
    reading = {"state": {"S": "DONE"}, "fields": {"M": fields}} | attributes
    return with_attribute("reading", {"M": reading}) | {"edited_fields": {"L": [{"S": "date"}]}}


def test_a_reading_says_what_it_was_not_sure_of_and_nobody_has_edited() -> None:
    image = with_reading(possible_duplicate_of={"S": "expense-2"})

    assert read(image).reading == ReadingNow(ReadingJobStatus.DONE, ("merchant",), "expense-2")


def test_what_was_edited_may_be_a_set() -> None:
    image = with_reading() | {"edited_fields": {"SS": ["merchant"]}}

    assert read(image).reading == ReadingNow(ReadingJobStatus.DONE, ("date",))


@pytest.mark.parametrize("state", [{"S": "OF A LATER RELEASE"}, {"N": "1"}, {"M": {}}])
def test_a_reading_that_is_not_as_agreed_is_none(state: dict[str, Any]) -> None:
    assert read(with_reading(state=state)).reading is None
    assert read(with_attribute("reading", state)).reading is None


def test_a_reading_without_fields_is_sure_of_everything() -> None:
    image = with_reading(fields={"S": "none"})

    assert read(image).reading == ReadingNow(ReadingJobStatus.DONE)
