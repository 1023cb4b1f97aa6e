"""Where rules begin and end to hold: one case on each side."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from functions.document_reading.reading.amounts.parse import amounts_of, style_of
from functions.document_reading.reading.lexicon.countries import currency_of_sign
from functions.document_reading.reading.merchant.business_names import (
    comparable,
    has_trade,
    is_address,
    is_continuation,
    is_heading,
    name_with_form,
    parts,
    starts_with_legal_form,
    trade_meant,
    trade_parted,
    without_label,
)
from functions.document_reading.reading.merchant.names_on_invoices import names_on_invoices
from functions.document_reading.reading.merchant.web_names import agrees, is_named_like, web_names
from functions.document_reading.reading.model import PageWords, Source, Word
from functions.document_reading.reading.print.layout import is_receipt_layout, origin_of
from functions.document_reading.reading.print.lines import Line, lines_of
from functions.document_reading.reading.read_pages import read_pages
from tests.unit.document_reading.papers.sheets import Sheet
from tests.unit.document_reading.papers.typewriter import typed


def lines_on(text: str, source: Source = Source.TEXT) -> list[Line]:
    return lines_of([typed(text, source)])


@pytest.mark.parametrize(
    ("name", "domain", "does"),
    [
        ("shop paris", "shopparis", True),
        ("alpha beta gamma", "abg", True),
        ("alpha beta", "ab", False),
        ("kronberg technik", "kronbergshop", True),
        ("kron technik", "kronshop", True),
        ("kro technik", "kroshop", False),
        ("big blue", "mybigblueshop", True),
        ("abc", "xabcx", False),
        ("wolkenwerk online services", "wolkenwerkonline", True),
        ("kronberg", "wolke", False),
        ("", "wolke", False),
        ("the blue door", "bluedoorcafe", True),
        ("the", "thewolke", False),
    ],
)
def test_a_domain_agrees_whole_by_its_beginning_or_by_initials(name, domain, does):
    assert agrees(name, Counter([domain])) is does


def test_a_trade_that_is_all_of_a_name_is_still_the_name():
    assert is_named_like("market", Counter(["market"]))
    assert not is_named_like("market", Counter(["marketplaces"]))


def test_a_domain_need_not_have_the_article_of_a_name():
    assert is_named_like("the blue door", Counter(["bluedoor"]))
    assert is_named_like("the place 2 be", Counter(["place2bect"]))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("www.shop-paris.fr", {"shopparis": 1}),
        ("https://www.kronberg.co.uk/a info@kronberg.co.uk", {"kronberg": 2}),
        ("jane@gmail.com www.gmail.com", {"gmail": 1}),
        ("www.facebook.com/kronberg", {}),
        ("12.50 eur. sofort.bezahlt", {}),
        ("www.ab.de", {}),
        ("www.abc.de", {"abc": 1}),
    ],
)
def test_finds_the_own_part_of_web_and_mail_addresses(text, names):
    assert web_names(lines_on(text)) == names


def page_of(shape: tuple[float, float], right: float, source: Source = Source.TEXT) -> list[Line]:
    words = (Word("TOTAL", 0, 10, 60, 20), Word("12.50", right - 60, 10, right, 20))
    return lines_of([PageWords(words, *shape, source)])


@pytest.mark.parametrize(
    ("shape", "right", "source", "is_receipt"),
    [
        ((595, 842), 500, Source.TEXT, False),
        ((612, 792), 500, Source.TEXT, False),
        ((595, 842), 320, Source.TEXT, True),
        ((595, 842), 500, Source.OCR, True),
        ((595, 600), 500, Source.TEXT, True),
        ((595, 900), 500, Source.TEXT, True),
        ((900, 1000), 765, Source.OCR, True),
        ((900, 1000), 775, Source.OCR, False),
    ],
)
def test_a_receipt_is_narrow_and_no_set_sheet(shape, right, source, is_receipt):
    assert is_receipt_layout(page_of(shape, right, source)) is is_receipt


def test_nothing_is_a_receipt_without_words():
    assert not is_receipt_layout(lines_on("abc"))


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Springfield, IL 62701\nSales Tax", "US"),
        ("20 % MwSt GmbH", "DE"),
        ("12.50", None),
        ("SDN BHD RM5", "MY"),
    ],
)
def test_clues_name_the_country(text, country):
    assert origin_of(lines_on(text)).country == country


@pytest.mark.parametrize(
    ("text", "country", "mark", "decimals"),
    [
        ("12,50\n3,20\n1.00", None, ",", 2),
        ("12.50\n3.20\n1,00", None, ".", 2),
        ("1.250", "ID", None, 0),
        ("1.250", "FR", None, 2),
        ("Rp 57.000", None, None, 0),
        ("1.250 2,500", "TN", ".", 3),
        ("57", "ZZ", None, 2),
    ],
)
def test_decimals_are_those_of_the_figures_or_of_the_currency(text, country, mark, decimals):
    style = style_of(lines_on(text), country)

    assert style.decimals == decimals
    assert mark is None or style.mark == mark


def test_thousands_of_a_currency_without_decimals_are_whole():
    values = [one.value for one in amounts_of(lines_on("Total Rp 57.000"), "ID")]

    assert values == [Decimal(57000)]


@pytest.mark.parametrize(("sign", "code"), [("RM", "MYR"), ("€", "EUR"), ("xyz", None), ("Kč", "CZK")])
def test_a_sign_is_a_currency_s_or_none(sign, code):
    assert currency_of_sign(sign) == code


def sheet_with(*put: tuple[float, float, str, float]) -> list[Line]:
    sheet = Sheet()
    for left, top, text, size in put:
        sheet.put(left, top, text, size)
    for row in range(5):
        sheet.put(60, 400 + 20 * row, "one line of items 12.50", 10)
    return lines_of([sheet.as_page()])


def score_of(name: str, lines: list[Line]) -> float:
    return max(one.score for one in names_on_invoices(lines) if comparable(one.name) == comparable(name))


def test_a_name_gains_at_the_head_and_the_foot():
    first = (60, 30, "Wolke AG", 10)
    head, middle, foot = (
        score_of("Kronberg GmbH", sheet_with(first, (60, top, "Kronberg GmbH", 10)))
        for top in (100, 300, 780)
    )

    assert (head - middle, foot - middle) == (1.5, 1.0)


def test_a_name_loses_at_the_right_of_the_head_alone():
    first = (60, 30, "Wolke AG", 10)

    def score(left: float, top: float) -> float:
        return score_of("Kronberg GmbH", sheet_with(first, (left, top, "Kronberg GmbH", 10)))

    assert score(60, 100) - score(320, 100) == 1.0
    assert score(60, 300) == score(320, 300)


def test_the_first_name_and_the_largest_print_gain():
    lines = sheet_with((60, 30, "Wolke AG", 10), (60, 100, "Kronberg GmbH", 10))
    larger = sheet_with((60, 30, "Wolke AG", 10), (60, 100, "Kronberg GmbH", 16))
    hardly = sheet_with((60, 30, "Wolke AG", 10), (60, 100, "Kronberg GmbH", 12))

    assert score_of("Wolke AG", lines) - score_of("Kronberg GmbH", lines) == 1.5
    assert score_of("Kronberg GmbH", larger) - score_of("Kronberg GmbH", lines) == 2.0
    assert score_of("Kronberg GmbH", hardly) == score_of("Kronberg GmbH", lines)


@pytest.mark.parametrize(
    ("below", "gain"), [("HRB 1234", 3.0), ("USt-IdNr. DE811223344", 1.0), ("Telefon 0221", 0.0)]
)
def test_registers_just_below_a_name_gain(below, gain):
    first = (60, 30, "Wolke AG", 10)

    def score(text: str, top: float = 140, left: float = 60) -> float:
        return score_of(
            "Kronberg GmbH", sheet_with(first, (60, 100, "Kronberg GmbH", 10), (left, top, text, 10))
        )

    assert score(below) - score("nothing") == gain
    assert score(below, left=400) == score("nothing")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("12 rue des Lilas", True),
        ("75019 Paris", True),
        ("rue des Lilas,", True),
        ("rue des Lilas", False),
        ("Musterstraße 42", True),
        ("Atelier 12", False),
        ("B-1000 Bruxelles", True),
        ("Leeds LS1 6AA", True),
        ("K3-113, Jl Ibrahim", True),
        ("Kedai 3-113", False),
    ],
)
def test_knows_an_address(text, is_one):
    words = tuple(text.lower().replace(",", "").replace("ß", "ss").split())

    assert is_address(words, text) is is_one


def test_names_are_compared_without_their_legal_form():
    assert comparable("Kronberg Technik GmbH & Co. KG") == "kronberg technik"
    assert comparable("GmbH") == "gmbh"
    assert comparable("Élan S.A.S.") == "elan"


@pytest.mark.parametrize(
    ("text", "does"),
    [("Trading Co", True), ("& Sons", True), ("Sdn Bhd", True), ("Lilas Trading", False), ("", False)],
)
def test_a_name_goes_on_with_a_trade_or_a_legal_form(text, does):
    assert is_continuation(text) is does


@pytest.mark.parametrize(
    ("text", "end", "name"),
    [
        ("Papier AG Singen", 9, "Papier AG Singen"),
        ("Papier AG, Singen", 9, "Papier AG"),
        ("Papier AG 12345", 9, "Papier AG"),
        ("this is an offer made to all of you by Papier AG today", 48, "Papier AG"),
    ],
)
def test_a_name_ends_with_its_legal_form_or_its_place(text, end, name):
    assert name_with_form(text, end) == name


def test_parts_are_parted_by_marks_and_by_an_address_behind_a_comma():
    assert parts("Wolke - rue 3 - Paris") == ["Wolke", "rue 3", "Paris"]
    assert parts("Wolke, 3 rue des Lilas") == ["Wolke", "3 rue des Lilas"]
    assert parts("Wolke, Berge und Meer") == ["Wolke, Berge und Meer"]


def test_what_follows_a_label_is_the_name():
    assert without_label("Seller: Kronberg") == "Kronberg"
    assert without_label("Sold by Kronberg") == "Kronberg"
    assert without_label("Kronberg") == "Kronberg"


def test_trades_are_mended_and_parted():
    assert trade_meant("RESTAURAMT") == "RESTAURANT"
    assert trade_meant("RESTAURANT") == "RESTAURANT"
    assert trade_meant("KRONBERG") == "KRONBERG"
    assert trade_parted("MEITRADING") == "MEI TRADING"
    assert trade_parted("TRADING") == "TRADING"
    assert trade_parted("AUTRADING") == "AUTRADING"
    assert has_trade("Mei Trading")
    assert not has_trade("Mei")


def test_a_legal_form_may_be_followed_by_what_the_business_is():
    assert starts_with_legal_form("SAS au capital de 10 000 euros")
    assert not starts_with_legal_form("rue des Lilas")


def test_a_heading_is_nothing_but_words_of_headings():
    assert is_heading(("tax", "invoice", "12"))
    assert not is_heading(("tax", "kronberg"))


@pytest.mark.parametrize(
    ("number", "is_confirmed"),
    [("RE-2026-118", True), ("4711", False)],
)
def test_a_long_number_that_stands_twice_is_confirmed(number, is_confirmed):
    reading = read_pages([typed(f"Rechnung Nr. {number}\nZahlung: {number}\nSumme 12,50 EUR")], country=None)

    assert reading.document_number.is_confirmed is is_confirmed
