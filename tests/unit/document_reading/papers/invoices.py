"""Invented invoices in the layouts that invoicing software makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from functions.document_reading.reading.model import PageWords
from tests.unit.document_reading.papers.languages import LANGUAGES, Language
from tests.unit.document_reading.papers.sheets import Sheet

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Paper:
    """An invented document and what it says."""

    page: PageWords
    merchant: str
    day: date
    total: Decimal
    currency: str
    number: str
    layout: str


@dataclass(frozen=True)
class _Facts:
    language: Language
    random: Random
    seller: str
    buyer: str
    day: date
    due: date
    ordered: date
    number: str
    items: list[tuple[str, int, Decimal]]
    net: Decimal
    rate: str
    tax: Decimal
    write_day: Callable[[date], str]
    sign: str

    @property
    def total(self) -> Decimal:
        return self.net + self.tax

    def say(self, labels: tuple[str, ...]) -> str:
        return self.random.choice(labels).format(rate=self.rate)

    def money(self, amount: Decimal) -> str:
        return self.sign.format(self.language.amount(amount))

    def address(self) -> list[str]:
        return [self.random.choice(self.language.streets), self.random.choice(self.language.towns)]


def invoice(seed: int) -> Paper:
    """The invoice of that number: language, layout, wording and amounts are chosen by it."""
    random = Random(seed)
    facts = _facts(random)
    layout = random.choice(LAYOUTS)
    page = layout(facts).as_page()
    return Paper(
        page, facts.seller, facts.day, facts.total, facts.language.currency, facts.number, layout.__name__
    )


def _facts(random: Random) -> _Facts:
    language = random.choice(LANGUAGES)
    day = date(2017, 1, 3) + timedelta(days=random.randrange(2900))
    items = [
        (random.choice(language.items), random.randint(1, 5), Decimal(random.randrange(199, 90_000)) / 100)
        for _ in range(random.randint(1, 5))
    ]
    net = sum((count * price for _name, count, price in items), Decimal(0))
    rate = random.choice(language.rates)
    tax = (net * Decimal(rate.replace(",", ".")) / 100).quantize(CENT, ROUND_HALF_UP)
    return _Facts(
        language, random, random.choice(language.sellers), random.choice(language.buyers), day,
        day + timedelta(days=random.choice((0, 14, 30))), day - timedelta(days=random.randint(0, 9)),
        random.choice(("{y}-{n:04}", "F{y}{n:05}", "{n:08}", "INV-{n:05}")).format(y=day.year, n=random.randrange(1, 9999)),
        items, net, rate, tax, random.choice(language.dates), random.choice((*language.signs, "{}")),
    )  # fmt: skip


def letterhead(facts: _Facts) -> Sheet:
    """A large name at the top, meta data on the right, totals at the lower right."""
    sheet = Sheet()
    sheet.put(50, 40, facts.seller, 18)
    for row, text in enumerate(facts.address()):
        sheet.put(50, 70 + 13 * row, text)
    sheet.put(400, 40, facts.say(facts.language.titles), 16)
    _meta(sheet, facts, 350, 80)
    _buyer(sheet, facts, 50, 150)
    bottom = _table(sheet, facts, 270)
    _totals(sheet, facts, bottom + 15)
    sheet.put(50, 790, facts.say(facts.language.registration), 8)
    return sheet


def window_letter(facts: _Facts) -> Sheet:
    """A German business letter: return address over the window, a footer in columns."""
    sheet = Sheet()
    street, town = facts.address()
    separator = facts.random.choice((" - ", " • ", " | ", " · "))
    sheet.put(57, 130, separator.join((facts.seller, street, town)), 7)
    sheet.put(57, 148, facts.buyer)
    for row, text in enumerate(facts.address()):
        sheet.put(57, 161 + 13 * row, text)
    sheet.put(57, 240, f"{facts.say(facts.language.titles)} {facts.number}", 14)
    _meta(sheet, facts, 370, 140)
    bottom = _table(sheet, facts, 290)
    _totals(sheet, facts, bottom + 10)
    for row, text in enumerate((facts.seller, street, town)):
        sheet.put(57, 770 + 10 * row, text, 7)
    sheet.put(230, 770, facts.say(facts.language.registration), 7)
    sheet.put(430, 780, "IBAN DE12 5001 0517 0648 4898 90", 7)
    return sheet


def stacked_labels(facts: _Facts) -> Sheet:
    """Labels over their values, in columns; the sum asked for in large print."""
    sheet = Sheet()
    sheet.put(50, 40, facts.say(facts.language.titles), 20)
    labels = (
        facts.say(facts.language.number),
        facts.say(facts.language.issued),
        facts.say(facts.language.due),
    )
    values = (facts.number, facts.write_day(facts.day), facts.write_day(facts.due))
    for column, (label, value) in enumerate(zip(labels, values, strict=True)):
        sheet.put(50 + 170 * column, 80, label, 8)
        sheet.put(50 + 170 * column, 92, value, 9)
    sheet.put(50, 125, facts.seller, 11)
    for row, text in enumerate(facts.address()):
        sheet.put(50, 140 + 12 * row, text, 9)
    sheet.put(320, 125, facts.say(facts.language.billed_to), 9)
    sheet.put(320, 138, facts.buyer, 9)
    sheet.put(50, 200, f"{facts.say(facts.language.to_pay)} {facts.money(facts.total)}", 16)
    bottom = _table(sheet, facts, 250)
    _totals(sheet, facts, bottom + 10)
    sheet.put(50, 800, facts.say(facts.language.registration), 7)
    return sheet


def totals_in_columns(facts: _Facts) -> Sheet:
    """The totals as a small table: headings in one row, amounts in the next."""
    sheet = Sheet()
    sheet.put(60, 45, facts.seller, 15)
    sheet.put(60, 66, ", ".join(facts.address()), 9)
    sheet.put(60, 80, facts.say(facts.language.registration), 8)
    _buyer(sheet, facts, 350, 110)
    sheet.put(60, 170, f"{facts.say(facts.language.number)} {facts.number}", 12)
    sheet.put(60, 188, f"{facts.say(facts.language.issued)} {facts.write_day(facts.day)}")
    bottom = _table(sheet, facts, 230)
    headings = (facts.say(facts.language.net), facts.say(facts.language.tax), facts.say(facts.language.gross))
    for column, (heading, amount) in enumerate(
        zip(headings, (facts.net, facts.tax, facts.total), strict=True)
    ):
        sheet.put_right(240 + 140 * column, bottom + 20, heading, 9)
        sheet.put_right(240 + 140 * column, bottom + 34, facts.money(amount))
    sheet.put(60, bottom + 70, f"{facts.say(facts.language.due)} {facts.write_day(facts.due)}", 9)
    return sheet


def footer_only(facts: _Facts) -> Sheet:
    """No letterhead in the text (a logo is a picture): the seller is named at the foot alone."""
    sheet = Sheet()
    sheet.put(330, 60, facts.buyer)
    for row, text in enumerate(facts.address()):
        sheet.put(330, 73 + 13 * row, text)
    sheet.put(50, 150, f"{facts.say(facts.language.number)} {facts.number}", 13)
    _meta(sheet, facts, 50, 175)
    bottom = _table(sheet, facts, 260)
    _totals(sheet, facts, bottom + 12)
    street, town = facts.address()
    sheet.put_centred(785, f"{facts.seller} - {street} - {town}", 7)
    sheet.put_centred(797, facts.say(facts.language.registration), 7)
    return sheet


LAYOUTS = (letterhead, window_letter, stacked_labels, totals_in_columns, footer_only)


def _meta(sheet: Sheet, facts: _Facts, left: float, top: float) -> None:
    rows = [
        (facts.say(facts.language.number), facts.number),
        (facts.say(facts.language.issued), facts.write_day(facts.day)),
        (facts.say(facts.language.ordered), facts.write_day(facts.ordered)),
        (facts.say(facts.language.due), facts.write_day(facts.due)),
    ]
    facts.random.shuffle(rows)
    for row, (label, value) in enumerate(rows):
        sheet.put(left, top + 14 * row, label, 9)
        sheet.put(left + 120, top + 14 * row, value, 9)


def _buyer(sheet: Sheet, facts: _Facts, left: float, top: float) -> None:
    sheet.put(left, top, facts.say(facts.language.billed_to), 9)
    for row, text in enumerate((facts.buyer, *facts.address())):
        sheet.put(left, top + 14 + 13 * row, text)


def _table(sheet: Sheet, facts: _Facts, top: float) -> float:
    rights = (330, 430, 540)
    sheet.put(50, top, facts.language.table[0], 9)
    for right, heading in zip(rights, facts.language.table[1:], strict=True):
        sheet.put_right(right, top, heading, 9)
    for name, count, price in facts.items:
        top += 18
        sheet.put(50, top, name)
        for right, text in zip(
            rights, (str(count), facts.money(price), facts.money(count * price)), strict=True
        ):
            sheet.put_right(right, top, text)
    return top + 18


def _totals(sheet: Sheet, facts: _Facts, top: float) -> None:
    rows = [
        (facts.say(facts.language.net), facts.net),
        (facts.say(facts.language.tax), facts.tax),
        (facts.say(facts.language.gross), facts.total),
    ]
    if facts.random.random() < 0.4:
        rows.append((facts.say(facts.language.to_pay), facts.total))
    for row, (label, amount) in enumerate(rows):
        sheet.put(340, top + 15 * row, label)
        sheet.put_right(540, top + 15 * row, facts.money(amount))
