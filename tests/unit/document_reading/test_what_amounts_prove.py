"""What the amounts of a document prove of each other, one case on each side of every rule."""

from __future__ import annotations

from decimal import Decimal

import pytest

from functions.document_reading.reading.amounts.arithmetic import Arithmetic, Proof
from functions.document_reading.reading.amounts.total import weighed_totals
from functions.document_reading.reading.amounts.vat import vat_lines_of
from functions.document_reading.reading.print.lines import lines_of
from functions.document_reading.reading.read_pages import money_on
from tests.unit.document_reading.papers.typewriter import typed

TAXED = "Net 100.00\nVAT 19.00\n"
TABLE = "VAT 7 %  13.55  0.95\nVAT 19 %  7.93  1.51"


@pytest.mark.parametrize(
    ("text", "value", "proofs"),
    [
        ("Total 42.15\nCash 50.00\nChange 7.85", "42.15", {Proof.CASH_MINUS_CHANGE}),
        ("Total 42.15\nCash 50.00\nChange 7.86", "42.15", set()),
        ("Total 42.15\nCash 20.00\nVisa 30.00\nChange 7.85", "42.15", {Proof.CASH_MINUS_CHANGE}),
        ("Total 42.15\nCash 50.00\nChange 0.00", "42.15", set()),
        ("Total 42.15\nCash 42.15", "42.15", {Proof.PAID_EXACTLY}),
        ("Cash 42.15", "42.15", set()),
        (f"{TAXED}Total 119.00", "119.00", {Proof.NET_PLUS_TAX}),
        (f"{TAXED}Total 119.01", "119.01", set()),
        ("Net 100.00\nVAT 50.00\nTotal 150.00", "150.00", {Proof.NET_PLUS_TAX}),
        ("Net 100.00\nVAT 50.01\nTotal 150.01", "150.01", set()),
        (f"{TAXED}Service 10.00\nTotal 129.00", "129.00", {Proof.NET_PLUS_TAX}),
        (f"{TAXED}Discount 9.00\nTotal 110.00", "110.00", {Proof.NET_PLUS_TAX}),
        (f"{TAXED}Rounding 0.02\nTotal 119.02", "119.02", {Proof.NET_PLUS_TAX}),
        ("Subtotal 20.00\nDiscount 5.00\nTotal 15.00", "15.00", {Proof.LESS_DISCOUNT}),
        ("Subtotal 20.00\nDiscount -5.00\nTotal 15.00", "15.00", {Proof.LESS_DISCOUNT}),
        ("Subtotal 20.00\nDiscount 0.00\nTotal 20.00", "20.00", {Proof.REPEATED}),
        ("Net 20.00\nVAT 0.00\nTotal 20.00", "20.00", {Proof.REPEATED, Proof.TAX_FREE}),
        ("Net 20.00\nVAT 0.00\nVAT 1.00\nTotal 20.00", "20.00", {Proof.REPEATED}),
        (f"Total 23.94\n{TABLE}", "23.94", {Proof.NET_PLUS_TAX, Proof.TAX_TABLE}),
        (f"Total 14.50\n{TABLE}", "14.50", {Proof.TAX_RATE}),
        ("Total 119.00\nincl. 19 % VAT 19.01", "119.00", {Proof.TAX_RATE}),
        ("Total 119.00\nincl. 19 % VAT 19.02", "119.00", set()),
        ("Total 139.00\nincl. 39 % VAT 39.00", "139.00", {Proof.TAX_RATE}),
        ("Total 140.00\nincl. 40 % VAT 40.00", "140.00", set()),
        ("Total 60.31\nRounding -0.01\nTotal rounded 60.30", "60.30", {Proof.ROUNDED}),
        ("Total 60.31\nRounding 0.01\nTotal rounded 60.30", "60.30", {Proof.ROUNDED}),
        ("Total 60.31\nRounding 0.99\nTotal rounded 61.30", "61.30", {Proof.ROUNDED}),
        ("Total 60.31\nRounding 1.00\nTotal rounded 61.31", "61.31", set()),
        ("Bread 2.50\nMilk 1.50\nTotal 4.00", "4.00", {Proof.ITEMS}),
        ("Bread 2.50\nMilk 1.50\n   Weight 0.30      \nTotal 4.00", "4.00", {Proof.ITEMS}),
        ("Bread 2.50\nMilk 1.50\nTotal 4.10", "4.10", set()),
        ("Total 4.00", "4.00", set()),
        ("Total 4.00\nGrand total 4.00", "4.00", {Proof.REPEATED}),
        ("Total 80.00\nTip 10.00\nTotal 90.00", "90.00", {Proof.NET_PLUS_TAX, Proof.TIPPED}),
        ("Total 90.00\nTotal 80.00\nTip 10.00", "90.00", {Proof.NET_PLUS_TAX}),
        ("Total 100.00\nDeposit paid 30.00\nAmount due 70.00", "100.00", {Proof.PREPAID_AND_LEFT}),
        ("Total 100.00\nDeposit paid 30.00\nAmount due 60.00", "100.00", set()),
    ],
)
def test_proves_an_amount_by_the_others(text, value, proofs):
    assert arithmetic(text).proofs(Decimal(value)) == proofs


@pytest.mark.parametrize(
    ("text", "is_less"),
    [
        ("Total 5.00\nPayable 5.05", False),
        ("Total 5.00\nPayable 5.06", True),
        ("Total 5.00\nTotal 8.00\nDiscount 3.00", False),
        ("Total 5.00\nTotal 8.00\nDiscount 2.00", True),
        ("Total 5.00\nTotal 4.00", False),
    ],
)
def test_a_larger_total_is_one_that_no_step_leads_down_from(text, is_less):
    assert arithmetic(text).has_larger_total(Decimal("5.00")) is is_less


@pytest.mark.parametrize(
    ("payments", "is_underpaid"),
    [
        ("Cash 4.99", True),
        ("Cash 5.00", False),
        ("Cash 2.00\nVisa 3.00", False),
        ("", False),
        ("Cash 0.00", False),
    ],
)
def test_payments_are_less_only_all_together(payments, is_underpaid):
    assert arithmetic(f"Total 5.00\n{payments}").is_underpaid(Decimal("5.00")) is is_underpaid


@pytest.mark.parametrize(
    ("text", "value", "is_before"),
    [
        ("Total 60.31\nRounding -0.01\nPayable 60.30", "60.31", True),
        ("Total 60.30\nRounding 0.05\nPayable 60.35", "60.30", False),
        ("Total 60.31\nRounding -0.02\nPayable 60.30", "60.31", False),
    ],
)
def test_an_amount_is_from_before_rounding_if_it_is_no_multiple_of_a_coin(text, value, is_before):
    assert arithmetic(text).is_before_rounding(Decimal(value)) is is_before


@pytest.mark.parametrize(
    ("text", "value", "line", "is_before"),
    [
        ("Total 20.00\nDonation 2.00\nTotal 22.00", "20.00", 0, True),
        ("Total 22.00\nDonation 2.00\nTotal 20.00", "20.00", 2, False),
        ("Total 20.00\nDonation 3.00\nTotal 22.00", "20.00", 0, False),
        ("Total 20.00\nDonation 10.00\nTotal 30.00", "20.00", 0, True),
        ("Total 20.00\nDonation 10.01\nTotal 30.01", "20.00", 0, False),
    ],
)
def test_more_comes_on_top_only_below_and_not_beyond_half_of_it(text, value, line, is_before):
    assert arithmetic(text).is_before_more(Decimal(value), line) is is_before


def test_what_a_deposit_has_left_is_a_rest():
    paid_in_part = arithmetic("Total 100.00\nDeposit paid 30.00\nAmount due 70.00")

    assert paid_in_part.is_rest(Decimal("70.00"))
    assert not paid_in_part.is_rest(Decimal("100.00"))


@pytest.mark.parametrize(("is_subtotal", "is_before"), [(True, True), (False, False)])
def test_only_a_subtotal_is_before_taxes_of_an_amount_without_a_label(is_subtotal, is_before):
    text = "Subtotal 100.00\nVAT 19.00\n119.00"

    assert arithmetic(text).is_before_taxes(Decimal("100.00"), is_subtotal=is_subtotal) is is_before


@pytest.mark.parametrize(("tax", "has_tax"), [("0.00", False), ("0.01", True)])
def test_a_tax_of_nothing_is_none(tax, has_tax):
    assert arithmetic(f"VAT {tax}").has_tax is has_tax


def test_of_several_taxes_one_is_the_largest():
    assert arithmetic("VAT 3.00\nVAT 19.00\nVAT 7.00").largest_tax == Decimal("19.00")


@pytest.mark.parametrize(
    ("lines_between", "charge", "is_near"),
    [(7, "2.00", True), (8, "2.00", False), (0, "20.00", False), (0, "0.00", False)],
)
def test_a_charge_for_service_stands_among_the_sums_and_is_a_part(lines_between, charge, is_near):
    text = f"Service {charge}\n" + "Thank you\n" * lines_between + "Total 20.00"

    found = arithmetic(text).has_service_near(lines_between + 1, Decimal("20.00"))

    assert found is is_near


@pytest.mark.parametrize(
    ("text", "total", "rows"),
    [
        (TABLE, "23.94", [("7", "0.95", "13.55"), ("19", "1.51", "7.93")]),
        ("VAT 19 % 19.00", "119.00", [("19", "19.00", None)]),
        ("VAT 19.00", "119.00", [(None, "19.00", None)]),
        ("VAT 0.00", "119.00", []),
        ("VAT 35.71", "119.00", []),
        ("VAT 35.70", "119.00", [(None, "35.70", None)]),
        ("VAT -19.00", "119.00", []),
        ("VAT 19 % 19.00\nVAT 19.00", "119.00", [("19", "19.00", None)]),
        ("VAT 19 % 100.00 19.00\nVAT 19 % 19.00", "119.00", [("19", "19.00", "100.00")]),
        ("VAT 30 % 100.00 30.00", "130.00", [("30", "30.00", "100.00")]),
        ("VAT 3.00\nVAT 4.00", None, [(None, "3.00", None)]),
    ],
)
def test_each_tax_is_told_once_with_what_is_known_of_it(text, total, rows):
    numbers, amounts = money_on(lines_of([typed(text)]), None)
    percents = [one for one in numbers if one.is_percent]

    found = vat_lines_of(amounts, percents, None if total is None else Decimal(total))

    assert [(one.rate, one.amount, one.base) for one in found] == [
        tuple(None if value is None else Decimal(value) for value in row) for row in rows
    ]


def arithmetic(text: str) -> Arithmetic:
    """What is known of the amounts of a typed page."""
    numbers, amounts = money_on(lines_of([typed(text)]), None)
    return weighed_totals(amounts, [one.value for one in numbers if one.is_percent])[0]
