"""What a line of a manifest says of its document, its expense and the VAT, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from functions.document_sync.manifests.rates import MOST_RATES, OtherRate, by_rate, rates_of
from functions.document_sync.manifests.rows import ManifestRow, manifest_rows
from functions.document_sync.manifests.vat import Vat
from shared.aws.host.expense_rows import ExpenseRow, to_host_expense
from shared.domain.deliveries import Delivery, DeliveryKey, DeliveryStatus, Place
from shared.domain.host_expenses import HostExpense, ReadingNow
from shared.domain.links import Space
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.readings import Mark, ReadValue, VatOfRate, WhatWasRead
from tests.unit.document_sync.sync_world import SyncWorld

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MARK = Mark(is_confirmed=True, source="text")
TWENTY = VatOfRate("14.00", "20", "70.00")


def delivered(expense_id: str, document: str = "1", folder: str = "Jane Doe", **fields: Any) -> Delivery:
    key = DeliveryKey("atelier", "dbid:first", expense_id, document)
    place = Place(f"/Jenji/2026/03/{folder}/{expense_id} {document}.pdf", "2026-03", folder)
    row = Delivery(key, DeliveryStatus.DELIVERED, NOW, NOW, NOW, place=place, sha256="ab" * 32)
    return replace(row, delivered_at=NOW, **fields)


def expense(expense_id: str = "expense-1", **fields: Any) -> HostExpense:
    agreed = to_host_expense(
        ExpenseRow(
            expense_id,
            company_id="atelier",
            employee_name="Jane Doe",
            date="2026-03-14",
            merchant="SNCF",
            amount="84.00",
            currency="EUR",
            category="Travel",
        )
    )
    return replace(agreed, **fields)


def read(*vat: VatOfRate, amount: str = "84.00", currency: str = "EUR", number: str = "") -> ReadingNow:
    fields = {"amount": ReadValue(amount, MARK), "currency": ReadValue(currency, MARK)}
    beside = {"document_number": ReadValue(number, MARK)} if number else {}
    return ReadingNow(ReadingJobStatus.DONE, what=WhatWasRead(fields=fields, beside=beside, vat=vat))


def rows_of(deliveries: Iterable[Delivery], *expenses: HostExpense) -> list[ManifestRow]:
    known = {each.expense_id: each for each in expenses}

    def get(expense_ids: Iterable[str]) -> dict[str, HostExpense]:
        return {expense_id: known[expense_id] for expense_id in expense_ids if expense_id in known}

    return manifest_rows(deliveries, get, None)


def vat_of(expense: HostExpense) -> Vat | None:
    [row] = rows_of([delivered(expense.expense_id)], expense)
    return row.vat


def test_a_line_says_what_the_host_says_of_its_expense() -> None:
    [row] = rows_of([delivered("expense-1")], expense(document_number="F-7"))

    assert (row.employee, row.date, row.merchant) == ("Jane Doe", date(2026, 3, 14), "SNCF")
    assert (row.amount, row.currency, row.category) == (Decimal("84.00"), "EUR", "Travel")
    assert (row.document_number, row.position) == ("F-7", 1)


def test_what_an_expense_costs_stands_in_the_line_of_its_first_document_alone() -> None:
    deliveries = [delivered("expense-1", document) for document in ("3", "1", "2")]

    rows = rows_of(deliveries, expense(vat=(TWENTY,)))

    assert [(row.position, row.amount) for row in rows] == [(1, Decimal("84.00")), (2, None), (3, None)]
    assert [row.vat is None for row in rows] == [False, True, True]
    assert {row.merchant for row in rows} == {"SNCF"}


def test_an_expense_that_was_deleted_since_leaves_its_line() -> None:
    [row] = rows_of([delivered("expense-1")])

    assert (row.path, row.employee, row.amount) == ("/Jenji/2026/03/Jane Doe/expense-1 1.pdf", "", None)


def test_two_employees_of_one_name_go_by_their_folders() -> None:
    deliveries = [
        delivered("expense-1", folder="Jane Doe"),
        delivered("expense-2", folder="Jane Doe (2)"),
        delivered("expense-3", folder="Bob"),
    ]

    rows = rows_of(
        deliveries,
        expense("expense-1"),
        expense("expense-2", employee_name="JANE DOE"),
        expense("expense-3", employee_name="Bob Dupont"),
    )

    assert sorted(row.employee for row in rows) == ["Bob Dupont", "Jane Doe", "Jane Doe (2)"]


def test_a_currency_that_a_person_typed_is_one_visible_line_too() -> None:
    [row] = rows_of([delivered("expense-1")], expense(currency="EUR\u202e\n=1+1"))

    assert row.currency == "EUR =1+1"


def test_the_expenses_of_a_large_month_are_read_some_at_a_time() -> None:
    asked: list[int] = []

    def get(expense_ids: Iterable[str]) -> dict[str, HostExpense]:
        asked.append(len(list(expense_ids)))
        return {}

    rows = manifest_rows((delivered(f"expense-{number:05}") for number in range(1_200)), get, None)

    assert len(rows) == 1_200
    assert asked == [500, 500, 200]


@pytest.mark.parametrize(
    ("team_space_id", "space", "is_certain"),
    [
        (None, None, True),
        ("7", Space.TEAM_SPACE, True),
        ("7", Space.MEMBER_FOLDER, False),
        ("7", None, False),
    ],
)
def test_a_document_has_an_address_at_dropbox_where_that_is_certain(
    world: SyncWorld, team_space_id: str | None, space: Space | None, is_certain: bool
) -> None:
    link = replace(world.link_row, team_space_id=team_space_id, account_id="dbid:first")

    [row] = manifest_rows([delivered("expense-1", space=space)], lambda _: {}, link)

    assert (row.web_url is not None) is is_certain


def test_what_was_read_of_vat_is_shown_and_said_to_be_read() -> None:
    vat = vat_of(expense(reading=read(TWENTY)))

    assert vat is not None
    assert (vat.amount, vat.net, vat.is_read) == (Decimal("14.00"), Decimal("70.00"), True)


def test_the_hosts_own_vat_and_number_come_first() -> None:
    own = VatOfRate("7.64", "10.0")
    said = expense(vat=(own,), document_number="OWN", reading=read(TWENTY, number="READ"))

    [row] = rows_of([delivered("expense-1")], said)

    assert row.vat is not None
    assert [(line.rate, line.amount) for line in row.vat.lines] == [(Decimal(10), Decimal("7.64"))]
    assert (row.vat.is_read, row.document_number) == (False, "OWN")


def test_the_hosts_vat_is_read_in_numbers_as_in_texts() -> None:
    row = ExpenseRow("e", amount=None, vat=[{"rate": 20, "amount": "14.00", "base": 70}])

    stored = ExpenseRow.from_raw_data(row.serialize())

    assert to_host_expense(stored).vat == (VatOfRate("14.00", "20", "70"),)


@pytest.mark.parametrize("vat", ["20 %", 7, [7], [{"rate": "20"}], [{"amount": ["1"]}], {"amount": "1"}])
def test_vat_of_another_form_than_agreed_is_none(vat: Any) -> None:
    row = ExpenseRow.from_raw_data({"expense_id": {"S": "e"}})
    row.vat = vat

    assert to_host_expense(row).vat == ()


def test_a_number_that_was_read_stands_where_the_host_has_none() -> None:
    [row] = rows_of([delivered("expense-1")], expense(reading=read(number="F-2026\n-17")))

    assert row.document_number == "F-2026 -17"


@pytest.mark.parametrize(
    "said",
    [
        expense(amount=Decimal("42.00"), reading=read(TWENTY), edited_fields=frozenset({"amount"})),
        expense(currency="CHF", reading=read(TWENTY), edited_fields=frozenset({"currency"})),
        expense(amount=None, reading=read(TWENTY)),
        expense(reading=read(VatOfRate("840.00", "20"))),
        expense(reading=read(VatOfRate("-14.00", "20"))),
        expense(reading=read(VatOfRate("fourteen", "20"))),
        expense(reading=read(VatOfRate("9" * 60, "20"))),
        expense(reading=read()),
        expense(),
    ],
    ids=[
        "other amount",
        "other currency",
        "no amount",
        "more",
        "opposite",
        "word",
        "digits",
        "none",
        "unread",
    ],
)
def test_vat_that_does_not_fit_the_expense_is_not_shown(said: HostExpense) -> None:
    assert vat_of(said) is None


def test_vat_stays_where_a_person_typed_the_amount_that_was_read() -> None:
    said = expense(reading=read(TWENTY, amount="84"), edited_fields=frozenset({"amount"}))

    assert vat_of(said) is not None


def test_of_a_credit_note_vat_is_negative_too() -> None:
    said = expense(
        amount=Decimal("-84.00"), reading=read(VatOfRate("-14.00", "20", "-70.00"), amount="-84.00")
    )

    vat = vat_of(said)

    assert vat is not None
    assert vat.net == Decimal("-70.00")


@pytest.mark.parametrize(
    ("lines", "net"),
    [
        ((TWENTY,), Decimal("70.00")),
        ((VatOfRate("14.00", "20", "70.01"),), Decimal("70.01")),
        ((VatOfRate("14.00", "20", "65.00"),), None),
        ((VatOfRate("14.00", "20"),), None),
        ((VatOfRate("1.00", "5.5", "18.18"), VatOfRate("10.80", "20", "54.02")), Decimal("72.20")),
    ],
)
def test_net_is_known_where_every_rate_states_it_and_all_adds_up(
    lines: tuple[VatOfRate, ...], net: Decimal | None
) -> None:
    vat = vat_of(expense(vat=lines))

    assert vat is not None
    assert vat.net == net


def test_equal_rates_are_one_column_and_what_is_no_rate_another() -> None:
    months = [
        expense("expense-1", vat=(VatOfRate("1", "20.00"), VatOfRate("2", "5.50"))),
        expense("expense-2", vat=(VatOfRate("3", "20"), VatOfRate("4", "a fifth"), VatOfRate("5"))),
    ]
    rows = rows_of([delivered(each.expense_id) for each in months], *months)

    rates = rates_of(rows)

    assert rates == (Decimal("5.5"), Decimal(20), OtherRate.NOT_STATED)
    assert by_rate(rows[1].vat, rates)[OtherRate.NOT_STATED].amount == Decimal(9)


def test_rates_beyond_the_most_frequent_share_a_column() -> None:
    often = [expense(f"often-{rate}", vat=(VatOfRate("1", str(rate)),)) for rate in range(MOST_RATES)]
    twice = [replace(each, expense_id=f"{each.expense_id}-again") for each in often]
    rare = expense("rare", vat=(VatOfRate("7", "19.37"), VatOfRate("8", "93.7")))
    everything = [*often, *twice, rare]
    rows = rows_of([delivered(each.expense_id) for each in everything], *everything)

    rates = rates_of(rows)

    assert rates == (*map(Decimal, range(MOST_RATES)), OtherRate.OTHER)
    assert by_rate(rows[-1].vat, rates)[OtherRate.OTHER].amount == Decimal(15)
