"""Amounts at the limits of what is read, added up and compared, one case on each side."""

from __future__ import annotations

from decimal import Decimal

import pytest

from functions.document_reading.reading.amounts.arithmetic import Arithmetic, Proof
from functions.document_reading.reading.amounts.currency import Currency, currency_of
from functions.document_reading.reading.amounts.labels import label_of
from functions.document_reading.reading.amounts.parse import Amount, amounts_of, parse, style_of
from functions.document_reading.reading.amounts.total import total_of, weighed_totals
from functions.document_reading.reading.amounts.vat import vat_lines_of
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import lines_of
from functions.document_reading.reading.read_pages import money_on
from tests.unit.document_reading.papers.sheets import Sheet
from tests.unit.document_reading.papers.typewriter import typed

TABLE = "VAT 7 %  13.55  0.95\nVAT 19 %  7.93  1.51\n"
SIX_TAXES = "VAT 0.50\nVAT 1.00\nVAT 2.00\nVAT 4.00\nVAT 8.00\nVAT 16.00\n"
SIX_PAYMENTS = "Cash 2.00\nCash 3.00\nCash 4.00\nCash 5.00\nCash 6.00\nCash 50.00\n"


@pytest.mark.parametrize(
    ("text", "value", "proofs"),
    [
        (f"Net 100.00\n{SIX_TAXES}Total 131.00", "131.00", {Proof.NET_PLUS_TAX}),
        (f"Net 100.00\n{SIX_TAXES}Total 131.50", "131.50", set()),
        (f"Total 9.00\n{SIX_PAYMENTS}Change 2.00", "9.00", {Proof.CASH_MINUS_CHANGE}),
        (f"Total 42.00\n{SIX_PAYMENTS}Change 8.00", "42.00", set()),
        ("Total 119.00\nincl. 0 % VAT 0.01", "119.00", set()),
        ("Net 20.00\nVAT 5.00\nDiscount 5.00\nTotal 20.00", "20.00", {Proof.REPEATED}),
        ("Total 80.00\nTip 0.00\nTotal 80.00", "80.00", {Proof.REPEATED}),
        ("Total 80.00\nTip 10.00   Total 90.00", "90.00", {Proof.NET_PLUS_TAX, Proof.TIPPED}),
        ("Total 80.00   Tip 10.00\nTotal 90.00", "90.00", {Proof.NET_PLUS_TAX}),
        ("Total 30.00\nDeposit paid 30.00\nAmount due 0.00", "30.00", set()),
        ("Total 100.00\nDeposit paid 0.00", "100.00", set()),
        (f"Total 23.94\n{TABLE}VAT  21.48  2.46", "23.94", {Proof.NET_PLUS_TAX, Proof.TAX_TABLE}),
        ("Bread 2.50\nTotal 2.50", "2.50", set()),
        ("Bread 2.50\nMilk 1.50\nCash 9.00\nTotal 4.00", "4.00", {Proof.ITEMS}),
        ("Bread 2.50\nMilk 1.50\nVAT 0.20\nEggs 3.00\nTotal 4.00", "4.00", {Proof.ITEMS}),
        ("Bread 2.50\nMilk 1.50\nNet 3.80\nEggs 3.00\nTotal 4.00", "4.00", {Proof.ITEMS}),
        ("Bread 2.50\nMilk 1.50\nPoints 12\nTotal 4.00", "4.00", {Proof.ITEMS}),
        ("Bread   2.50\nMilk    1.50\nEggs        3.00\nTotal 4.00", "4.00", {Proof.ITEMS}),
        ("Bread   2.50\nMilk    1.50\nEggs      3.00\nTotal 7.00", "7.00", {Proof.ITEMS}),
        ("Bread   2.50\nMilk    1.50\nEggs       3.00\nTotal 4.00", "4.00", {Proof.ITEMS}),
    ],
)
def test_adds_up_what_a_document_may_have_and_no_more(text, value, proofs):
    assert arithmetic(text).proofs(Decimal(value)) == proofs


@pytest.mark.parametrize(("roundings", "is_rounded"), [(5, True), (6, False)])
def test_of_many_roundings_the_first_are_looked_at(roundings, is_rounded):
    steps = "".join(f"Rounding 0.{10 + number}\n" for number in range(roundings))
    value = Decimal("60.00") + Decimal(f"0.{9 + roundings}")

    found = arithmetic(f"Total 60.00\n{steps}Payable {value}")

    assert (Proof.ROUNDED in found.proofs(value)) is is_rounded


@pytest.mark.parametrize(("rates", "is_asked"), [(5, True), (6, False)])
def test_of_many_rates_the_first_are_asked(rates, is_asked):
    percents = [Decimal(30 - number) for number in range(rates - 1)] + [Decimal(19)]
    _numbers, amounts = money("Total 119.00\nincl. VAT 19.00")

    found = weighed_totals(amounts, percents)[0]

    assert (Proof.TAX_RATE in found.proofs(Decimal("119.00"))) is is_asked


def test_a_tax_and_a_discount_that_cancel_each_other_out_are_no_step():
    found = arithmetic("Total 20.00\nVAT 5.00\nDiscount 5.00")

    assert not found.is_before_taxes(Decimal("20.00"), is_subtotal=False)


def test_more_stands_on_a_line_below_not_on_the_same():
    found = arithmetic("Total 20.00   Total 22.00\nDonation 2.00")

    assert not found.is_before_more(Decimal("20.00"), 0)


def test_a_deposit_of_nothing_has_left_no_rest():
    assert not arithmetic("Total 100.00\nDeposit paid 0.00").is_rest(Decimal("100.00"))


@pytest.mark.parametrize(("rounding", "has_one"), [("0.99", True), ("1.00", False), ("0.00", False)])
def test_a_rounding_is_less_than_one_and_more_than_nothing(rounding, has_one):
    assert bool(arithmetic(f"Rounding {rounding}").roundings) is has_one


@pytest.mark.parametrize(
    ("digits", "value"), [("123456789012", "123456789012"), ("1234567890123", None), ("", "0")]
)
def test_more_than_twelve_figures_are_no_amount(digits, value):
    found = parse(digits, ".")

    assert (found and found[0]) == (None if value is None else Decimal(value))


def test_three_figures_are_thousands_unless_amounts_have_three_decimals():
    amounts = amounts_of(lines_of([typed("Total 8.250 KWD\nRent 1,250 KWD")]))

    assert [one.value for one in amounts] == [Decimal("8.250"), Decimal(1250)]
    assert parse("1.250", None) == (Decimal(1250), 0)


@pytest.mark.parametrize(
    ("text", "mark"),
    [("12.50\n3,20", "."), ("12,50\n3,20\n1.00", ","), ("1.250,5", None)],
)
def test_a_point_parts_decimals_where_as_many_amounts_have_it_as_a_comma(text, mark):
    assert style_of(lines_of([typed(text)])).mark == mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("8.250 KWD\n1,500", "."),
        ("8,250 KWD\n1,500\n1.000", ","),
        ("8.250 KWD", "."),
        ("8.25 KWD", "."),
    ],
)
def test_so_it_does_where_amounts_have_three_decimals(text, mark):
    style = style_of(lines_of([typed(text)]))

    assert (style.mark, style.decimals) == (mark, 3)


@pytest.mark.parametrize(
    ("written", "value", "currency"),
    [
        ("(4.10)", "-4.10", None),
        ("(4.10", "4.10", None),
        ("4.10)", "4.10", None),
        ("RM12", "12", "MYR"),
        ("RM12.50", "12.50", "MYR"),
        ("KR600", "600", None),
        ("KR 600", "600", "kr"),
        ("KR6.50", "6.50", "kr"),
        ("php 12", "12", None),
        ("eur 12", "12", "EUR"),
        ("chf 12", "12", "CHF"),
        ("PHP 12", "12", "PHP"),
        ("12 php", "12", None),
        ("12 EUR", "12", "EUR"),
        ("12 kr", "12", "kr"),
        ("1.250 €", "1250", "EUR"),
        ("1,250", "1250", None),
        ("0.250", "0.250", None),
        ("00,250", "0.250", None),
        ("1.250.500", "1250500", None),
    ],
)
def test_reads_signs_and_marks_as_they_are_meant(written, value, currency):
    (amount,) = amounts_of(lines_of([typed(f"Total {written}")]))

    assert amount.value == Decimal(value)
    assert amount.currency == (amount.currency if currency == "kr" and amount.currency else currency)


@pytest.mark.parametrize(
    ("value", "decimals", "of_money", "currency", "is_percent", "is_money"),
    [
        ("12.50", 2, 2, None, False, True),
        ("12.5", 1, 2, None, False, False),
        ("12.5", 1, 2, "EUR", False, True),
        ("12.50", 2, 2, "EUR", True, False),
        ("100", 0, 0, None, False, True),
        ("-100", 0, 0, None, False, True),
        ("99", 0, 0, None, False, False),
        ("0.99", 2, 2, None, False, True),
        ("100", 0, 2, None, False, False),
    ],
)
def test_an_amount_is_written_as_money_by_its_decimals_its_size_or_its_sign(
    value, decimals, of_money, currency, is_percent, is_money
):
    amount = Amount(
        Decimal(value), decimals, currency, 0, 0, 1, 0, 1, is_percent=is_percent, decimals_of_money=of_money
    )

    assert amount.is_money is is_money


@pytest.mark.parametrize(
    ("read", "value", "is_repaired"),
    [
        ("5O.0c", None, None),
        ("50.OO", None, None),
        ("50.0O", "50.00", True),
        ("1O.00", "10.00", True),
        ("100.OO", "100.00", True),
        ("10O.OO", None, None),
        ("50.00", "50.00", False),
        ("12 50", "12.50", True),
        ("1234 50", "1234.50", True),
        ("Total 50.00 x 50.0O", None, None),
    ],
)
def test_letters_are_figures_in_what_is_mostly_figures(read, value, is_repaired):
    found = [one for one in amounts_of(lines_of([typed(f"CASH {read}", Source.OCR)])) if one.is_money]

    if value is not None:
        assert [(one.value, one.is_repaired) for one in found] == [(Decimal(value), is_repaired)]
    elif "x" not in read:
        assert found == []
    else:
        assert [one.is_repaired for one in found] == [False, True]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Tip 5.00\nTip 6.00\nTotal 83.00", "TIP TIP TOTAL"),
        ("19 %  19.00  1.00  2.00  100.00", "TAX NONE NONE BASE"),
        ("19 %  19.00  1.00  2.00  3.00  100.00", "NONE NONE NONE NONE NONE"),
        ("1 %  101.10  1.00", "BASE TAX"),
        ("1 %  101.20  1.00", "NONE NONE"),
        ("30   100.00   30.00", "NONE BASE TAX"),
        ("0 %  100.00  0.00", "NONE NONE"),
        ("Sub   Total   a   b   c   9.00", "TOTAL"),
        ("Total\n                    119.00 approx", "NONE"),
        ("Total\nx\n                    119.00", "NONE"),
        ("Total\n                    119.00", "TOTAL"),
        ("Total  1.00\n                    119.00", "TOTAL NONE"),
        ("Total 29.99   2 TTC", "TOTAL GROSS"),
        ("Total 1.00 abc 2.00", "TOTAL TOTAL"),
        ("Total 1.00 abcd 2.00", "TOTAL NONE"),
        ("29.99 x TTC", "GROSS"),
        ("29.99 x y TTC", "NONE"),
        ("1.45   VAT   2.90", "NONE TAX"),
        ("Total 100.00   Total 19.00", "TOTAL TOTAL"),
        ("incl. 19 % VAT 0.00\nTotal 119.00", "TAX_OR_GROSS TOTAL"),
    ],
)
def test_an_amount_is_what_is_beside_it_or_right_above(text, labels):
    assert [one.label.name for one in money(text)[1]] == labels.split()


@pytest.mark.parametrize(("lines_above", "label"), [(3, "TOTAL"), (4, "NONE")])
def test_a_label_stands_at_most_three_lines_above_even_of_large_print(lines_above, label):
    sheet = Sheet()
    sheet.put(60, 100, "119.00", 20)
    for row in range(lines_above):
        sheet.put(60, 90 - 10 * row, "Total" if row == lines_above - 1 else "x", 5)

    _numbers, amounts = money_on(lines_of([sheet.as_page()]), None)

    assert [one.label.name for one in amounts] == [label]


def total(text: str) -> tuple[Decimal, bool]:
    """The total of a typed page, and whether it is confirmed."""
    numbers, amounts = money(text)
    found = total_of(amounts, [one.value for one in numbers if one.is_percent])
    assert found is not None
    return found.value, found.is_confirmed


@pytest.mark.parametrize(
    ("text", "value", "is_confirmed"),
    [
        ("VAT 1.00\nTotal 40.00\nVisa 40.00", "40.00", True),
        ("VAT 0.99\nTotal 40.00\nVisa 40.00", "40.00", False),
        ("Total 60.31\nCoffee 0.04", "60.31", False),
        ("Nett Total 12.00\nCash 20.00\nChange 8.00\nPayable 13.00", "12.00", True),
        ("Nett Total 12.00\nCash 20.00\nChange 8.00\nPayable 13.00\nPayable 13.00", "12.00", False),
        ("Total 60.31\nRounding 0.04", "60.35", False),
        ("Total 60.31\nRounding 0.04\nCash 100.00\nChange 39.65", "60.35", True),
        ("Total 60.30\nRounding 0.05", "60.30", False),
    ],
)
def test_a_total_is_borne_out_by_what_is_large_enough_to_say_so(text, value, is_confirmed):
    assert total(text) == (Decimal(value), is_confirmed)


@pytest.mark.parametrize(
    ("text", "value", "piece", "amount"),
    [
        ("Total 100.00\nDeposit paid 30.00\nAmount due 70.00", "70.00", "before more", 1),
        ("Total 100.00\nDeposit paid 30.00\nAmount due 60.00", "60.00", "before more", 0),
        ("Total 60.31\nRounding -0.01\nPayable 60.30", "60.31", "before more", 1),
        ("Total 0.00\nCash 5.00", "0.00", "before more", 1),
        ("Total 20.00\nDonation 2.00\nTotal 22.00", "20.00", "before more", 1),
        ("Total 80.00\nTip 10.00\nTotal 90.00", "80.00", "before more", 1),
        ("Total 42.15\nTotal 50.00\nCash 50.00\nChange 7.85", "42.15", "less than another", 0),
        ("Total 42.15\nTotal 50.00", "42.15", "less than another", 1),
        ("Net 100.00\nVAT 19.00\nCoffee 119.00", "119.00", "proof: net plus tax", 1),
        ("Net 100.00\nVAT 19.00\nCoffee 119.00\nTotal 130.00", "119.00", "proof: net plus tax", None),
        ("Subtotal 100.00\nVAT 19.00\n119.00", "100.00", "before taxes", 1),
        ("Total 100.00\nVAT 19.00\n119.00", "100.00", "before taxes", 0),
        ("Tea 1.00\nTotal 5.00\nThanks 1.00\nx 9.00", "5.00", "low on the page", 0.25),
        ("Total   5.00", "5.00", "label: total", 1),
        ("Total\n5.00", "5.00", "label: total", 0.6),
        ("Total   5", "5", "label: total", 0.4),
    ],
)
def test_what_the_other_amounts_and_its_place_say_of_a_total(text, value, piece, amount):
    _numbers, amounts = money(text)

    found = weighed_totals(amounts, [])[1]

    assert next(one for one in found if one.value == Decimal(value)).evidence.get(piece) == amount


def test_figures_that_were_guessed_speak_less_for_a_total():
    _numbers, amounts = money("Total   5O.00", Source.OCR)

    assert weighed_totals(amounts, [])[1][0].evidence["label: total"] == 0.7


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Total 1", ["1"]),
        ("Total 3   1\nTea 2.00", ["2.00", "3"]),
        ("Total 0\nTea 2.00", ["2.00"]),
        ("Total 1\nTea 2.00", ["1", "2.00"]),
    ],
)
def test_a_whole_figure_may_be_a_total_from_one_upwards(text, values):
    _numbers, amounts = money(text)

    assert sorted(str(one.value) for one in weighed_totals(amounts, [])[1]) == values


@pytest.mark.parametrize(
    ("text", "total", "rows"),
    [
        ("VAT 1 % 101.10 1.00", None, [("1", "1.00", "101.10")]),
        ("VAT 1 % 101.20 1.00", None, [("1", "1.00", None)]),
        ("VAT 19.00", "0.00", [(None, "19.00", None)]),
        ("30  100.00  30.00", None, [("30", "30.00", "100.00")]),
        ("VAT 31  100.00  31.00", None, [(None, "31.00", None)]),
        ("VAT 100.00   19.00", None, [(None, "19.00", None)]),
        ("VAT 100 %  5.00  5.00", None, [("100", "5.00", None)]),
        ("VAT 7 % 19 %  3.00", None, [(None, "3.00", None)]),
    ],
)
def test_a_tax_is_what_a_rate_makes_of_a_base_to_the_cent(text, total, rows):
    numbers, amounts = money(text)
    percents = [one for one in numbers if one.is_percent]

    found = vat_lines_of(amounts, percents, None if total is None else Decimal(total))

    assert [(one.rate, one.amount, one.base) for one in found] == [
        tuple(None if value is None else Decimal(value) for value in row) for row in rows
    ]


def test_of_many_taxes_the_first_eight_are_told():
    numbers, amounts = money("".join(f"VAT {rate} %  100.00  {rate}.00\n" for rate in range(1, 11)))

    found = vat_lines_of(amounts, [one for one in numbers if one.is_percent], None)

    assert [one.rate for one in found] == list(range(1, 9))


@pytest.mark.parametrize(
    ("text", "country", "code", "is_confirmed"),
    [
        ("Coffee 1.00 EUR\nTotal 12.50", None, "EUR", True),
        ("EUR\nTotal 12.50", None, "EUR", False),
        ("Coffee 1.00   EUR   x\nTotal 12.50", None, "EUR", True),
        ("Total $ 12.50", "MY", "MYR", False),
        ("Total $ 12.50", "DE", "USD", False),
        ("Total $ 12.50", "CA", "CAD", False),
    ],
)
def test_one_sign_at_an_amount_says_the_currency(text, country, code, is_confirmed):
    assert currency(text, country, clues=0) == Currency(code, is_confirmed)


@pytest.mark.parametrize(
    ("text", "clues", "is_confirmed"),
    [
        ("Total 12.50", 2, False),
        ("Total 12.50", 3, True),
        ("Total $ 12.50", 0, False),
        ("Total $ 12.50", 1, True),
        ("CAD\nTotal 12.50", 2, False),
        ("CAD\nTotal 12.50", 3, True),
    ],
)
def test_what_else_is_from_the_country_confirms_its_currency(text, clues, is_confirmed):
    assert currency(text, "CA", clues=clues) == Currency("CAD", is_confirmed)


@pytest.mark.parametrize(
    ("others", "is_confirmed"),
    [("", True), ("Tea 1.00 USD\n", True), ("Tea 1.00 USD\nUSD\n", True), ("Tea 1.00 USD\n" * 2, False)],
)
def test_another_currency_at_more_than_a_third_as_much_leaves_doubt(others, is_confirmed):
    assert currency(f"Total 12.50 EUR\n{others}", None, clues=0) == Currency("EUR", is_confirmed)


def currency(text: str, country: str | None, *, clues: int) -> Currency | None:
    """The currency of a typed page whose total is what its last label says."""
    _numbers, amounts = money(text)
    lines = lines_of([typed(text)])
    return currency_of(amounts, total_of(amounts, []), lines, country, clues=clues)


@pytest.mark.parametrize(
    ("read", "label"),
    [
        ("TOTL", "TOTAL"),
        ("TTL", "TOTAL"),
        ("TTA", "NONE"),
        ("CHANG", "CHANGE"),
        ("CASE", "NONE"),
        ("TOTALL", "TOTAL"),
        ("TO TAL", "TOTAL"),
        ("T OTAL", "TOTAL"),
        ("CASH T OTAL", "PAID"),
        ("12345", "NONE"),
    ],
)
def test_a_word_that_ocr_read_wrong_is_a_label_if_it_is_long_enough(read, label):
    assert label_of(read, is_ocr=True).name == label


def money(text: str, source: Source = Source.TEXT):
    return money_on(lines_of([typed(text, source)]), None)


def arithmetic(text: str) -> Arithmetic:
    """What is known of the amounts of a typed page."""
    numbers, amounts = money(text)
    return weighed_totals(amounts, [one.value for one in numbers if one.is_percent])[0]
