"""Dates in lines of print, by figures in any order or names of months, and the day that each means.

Whether `03/04/2018` is in April or in March is decided by the document's other dates, then by its country.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from functions.document_reading.reading.lexicon.countries import COUNTRIES
from functions.document_reading.reading.lexicon.folding import fold
from functions.document_reading.reading.lexicon.tables import BEFORE_MONTH, BEFORE_YEAR, MONTHS, ORDINALS
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import Line

_EARLIEST, _LATEST = 1995, 2069
_BUDDHIST = 543
_TIME_FOLLOWS = r"(?=\d{1,2}:\d\d)"
# Day, month, year by figures, the year first or last, one separator throughout.
_FIGURES = re.compile(
    rf"(?<![\d,/-])(?<!\d\.)(\d{{1,4}})(-| ?[./] ?)(\d{{1,2}})\2(\d{{4}}(?!:\d)|\d\d)"
    rf"(?:{_TIME_FOLLOWS}|(?![\d]|[./-]\d))"
)
# The year first within a longer number: `001-2016-07-31`; the year apart: `14/11 2026`.
_WITHIN = re.compile(rf"(?<=\d[-/])((?:19|20)\d\d)([-/])(\d\d)\2(\d\d)(?:{_TIME_FOLLOWS}|(?!\d))")
_YEAR_APART = re.compile(r"(?<![\d.,/-])(\d{1,2})([/-])(\d{1,2}) ((?:19|20)\d\d)(?![\d:.,/-])")
_CJK = re.compile(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日")
_NAME = r"([a-z]{3,12})"
_DAY_FIRST = re.compile(
    rf"(?<![\d.,])(\d{{1,2}})(?:{ORDINALS}|\.|º)?[ /.-]{{0,2}}(?:{BEFORE_MONTH})?"
    rf"{_NAME}\.?[ ,/.'-]{{0,3}}(?:{BEFORE_YEAR})?(\d{{4}}|\d\d)(?![\d:])"
)
_MONTH_FIRST = re.compile(
    rf"(?<![a-z]){_NAME}\.?[ /-]?(\d{{1,2}})(?:{ORDINALS})?"
    r"(?:[ ,/.'-]{1,4}(\d{4})|(?:'|, ?)(\d\d))(?![\d:])"
)
_LETTERS_IN_FIGURES = str.maketrans("oOlI|", "00111")
_LIKE_FIGURES = re.compile(r"(?<!\w)[\doOlI|]{1,4}[./-][\doOlI|]{1,2}[./-][\doOlI|]{2,4}(?!\w)")
_TILDE = re.compile(r"(?<=\d)~(?=\d)")
_LIKE_SEPARATORS = re.compile(r"(?<![\d/-])(\d\d)([/-])(\d\d)[:;,. ](\d{4}|\d\d)(?![\d:/])")
_TIME = re.compile(r"(?<![\d:])\d{1,2} ?[:h] ?[0-5]\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A date as it stands in a line: one reading, or two where day and month may be either way round."""

    readings: tuple[date, ...]
    """Where there are two, the one with the day first comes first."""
    line: int
    start: int
    end: int
    is_day_first: bool | None
    """For figures that allow one order only: whether the day comes first; None if the year does."""
    has_time: bool


def dates_of(lines: Sequence[Line]) -> list[Mention]:
    """Every date, in reading order."""
    return [mention for index, line in enumerate(lines) for mention in _line_dates(line, index)]


def _line_dates(line: Line, index: int) -> Iterator[Mention]:
    text = fold(line.text)
    if len(text) != len(line.text):  # folding has changed positions: rare ligatures and full-width forms
        text = line.text.lower()
    if line.source is Source.OCR:
        text = _LIKE_FIGURES.sub(lambda found: found[0].translate(_LETTERS_IN_FIGURES), text)
        text = _TILDE.sub("-", text)
        text = _LIKE_SEPARATORS.sub(r"\1\2\3\2\4", text)
    has_time = _TIME.search(text) is not None
    found = sorted(_found(text), key=lambda one: one[0])
    end = -1
    for start, stop, readings, is_day_first in found:
        if start >= end and readings:
            yield Mention(readings, index, start, stop, is_day_first, has_time)
            end = stop


_Found = tuple[int, int, tuple[date, ...], bool | None]


def _found(text: str) -> Iterable[_Found]:
    for figures in (one for pattern in (_FIGURES, _WITHIN, _YEAR_APART) for one in pattern.finditer(text)):
        readings, is_day_first = _readings(figures[1], figures[3], figures[4], figures[2])
        yield figures.start(), figures.end(), readings, is_day_first
    for cjk in _CJK.finditer(text):
        yield cjk.start(), cjk.end(), _valid(cjk[1], cjk[2], cjk[3]), None
    for named in _DAY_FIRST.finditer(text):
        if month := MONTHS.get(named[2]):
            yield named.start(), named.end(), _valid(named[3], month, named[1]), None
    for named in _MONTH_FIRST.finditer(text):
        if month := MONTHS.get(named[1]):
            yield named.start(), named.end(), _valid(named[3] or named[4], month, named[2]), None


def _readings(first: str, second: str, third: str, separator: str) -> tuple[tuple[date, ...], bool | None]:
    if len(first) == 4:
        return _valid(first, second, third), None
    if len(first) > 2:
        return (), None
    day_first, month_first = _valid(third, second, first), _valid(third, first, second)
    if "." in separator:  # nobody writes the month first with points
        return day_first, None
    if day_first and month_first and day_first != month_first:
        return day_first + month_first, None
    return day_first or month_first, bool(day_first) if day_first != month_first else None


def _valid(year: str | int, month: str | int, day: str | int) -> tuple[date, ...]:
    """The date, in this century if the year has two digits; nothing where there is none such.

    Thailand counts from the Buddha's death.
    """
    whole = int(year) + (2000 if len(str(year)) == 2 else 0)
    whole -= _BUDDHIST if _EARLIEST + _BUDDHIST <= whole <= _LATEST + _BUDDHIST else 0
    try:
        found = date(whole, int(month), int(day))
    except ValueError:
        return ()
    return (found,) if _EARLIEST <= whole <= _LATEST else ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """The day a mention means, and whether the document itself left no doubt about it."""

    mention: Mention
    day: date
    is_certain: bool


def resolve(mentions: Sequence[Mention], digits: str, country: str | None) -> list[Resolved]:
    """Every mention with its day.

    `digits` are the document's runs of digits, since receipt numbers often begin with the day;
    `country` is where the document is from, or else the company.
    """
    orders = Counter(mention.is_day_first for mention in mentions)
    certain = {mention.readings[0] for mention in mentions if len(mention.readings) == 1}
    is_month_first = country in COUNTRIES and COUNTRIES[country].is_month_first
    return [_resolved(mention, orders, certain, digits, is_month_first) for mention in mentions]


def _resolved(
    mention: Mention, orders: Counter[bool | None], certain: set[date], digits: str, is_month_first: bool
) -> Resolved:
    if len(mention.readings) == 1:
        return Resolved(mention, mention.readings[0], is_certain=True)
    day_first, month_first = mention.readings
    if bool(orders[True]) != bool(orders[False]):
        return Resolved(mention, day_first if orders[True] else month_first, is_certain=True)
    confirmed = [day for day in mention.readings if day in certain or _is_in(day, digits)]
    if len(confirmed) == 1:
        return Resolved(mention, confirmed[0], is_certain=True)
    return Resolved(mention, month_first if is_month_first else day_first, is_certain=False)


def _is_in(day: date, digits: str) -> bool:
    """Whether a number holds the day as `20180306` or `180306`."""
    return f"{day:%y%m%d}" in digits
