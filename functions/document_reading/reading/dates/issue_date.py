"""The day a document was issued: of all dates in it the one that its label, place and time speak for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from functions.document_reading.reading.dates.parse import Mention, Resolved, dates_of, resolve
from functions.document_reading.reading.lexicon.countries import COUNTRIES
from functions.document_reading.reading.lexicon.folding import tokens
from functions.document_reading.reading.lexicon.language import DateLabel
from functions.document_reading.reading.lexicon.tables import (
    DATE_PHRASES,
    LONGEST_DATE_PHRASE,
    RANGE_WORDS,
    TITLE_ENDINGS,
)
from functions.document_reading.reading.print.layout import is_receipt_layout
from functions.document_reading.reading.print.lines import Line
from functions.document_reading.reading.weights import DATE, Evidence, weighed

_LABEL_ABOVE = 3.0
"""Heights of print within which a label stands above its date."""
_WORD = re.compile(r"[^\W\d]{3}")
_RUNS_OF_DIGITS = re.compile(r"\d{6,}")
_RANGE = re.compile(rf"^ ?(?:-|\N{{EN DASH}}|{RANGE_WORDS}) ?$")


@dataclass(frozen=True, slots=True)
class IssueDate:
    """The date read."""

    day: date
    is_confirmed: bool
    is_certain: bool
    """Whether day and month cannot be the other way round."""
    is_labelled: bool
    """Whether words say that it is the document's."""
    mention: Mention
    """Where it stands."""


def issue_date_of(lines: Sequence[Line], country: str | None, *, clues: int = 0) -> IssueDate | None:
    """The date, or None where there is none.

    `clues` is how many say on the document itself that it is from the country: many say what its 03/04 is.
    """
    digits = _digits_of_numbers(lines)
    resolved, labels, evidence = weighed_dates(lines, country)
    if not resolved:
        return None
    scores = [weighed(one, DATE) for one in evidence]
    best = max(range(len(scores)), key=scores.__getitem__)
    day = resolved[best].day
    of_day = [label for one, label in zip(resolved, labels, strict=True) if one.day == day]
    of_others = [label for one, label in zip(resolved, labels, strict=True) if one.day != day]
    is_certain = any(one.is_certain for one in resolved if one.day == day) or _is_surely_american(
        country, clues
    )
    return IssueDate(
        day,
        is_confirmed=is_certain
        and _OWN.isdisjoint(of_others)
        and (
            _is_repeated(of_day)
            or (f"{day:%y%m%d}" in digits and _OTHERS.isdisjoint(of_day))
            or (not _OWN.isdisjoint(of_day) and _is_read_surely(resolved, labels, day, lines))
            or _is_clearly_printed(resolved, labels, lines)
        ),
        is_certain=is_certain,
        is_labelled=labels[best] in {DateLabel.ISSUE, DateLabel.TITLE, DateLabel.DATE},
        mention=resolved[best].mention,
    )


def weighed_dates(
    lines: Sequence[Line], country: str | None
) -> tuple[list[Resolved], list[DateLabel], list[Evidence]]:
    """Every date that is printed, with its label and what speaks for it."""
    mentions = dates_of(lines)
    resolved = list(resolve(mentions, _digits_of_numbers(lines), country))
    labels = [_label_of(mention, mentions, lines) for mention in mentions] if resolved else []
    return resolved, labels, _evidence(resolved, labels, lines)


def _digits_of_numbers(lines: Sequence[Line]) -> str:
    return " ".join(run for line in lines for run in _RUNS_OF_DIGITS.findall(line.text))


def _evidence(
    resolved: Sequence[Resolved], labels: Sequence[DateLabel], lines: Sequence[Line]
) -> list[Evidence]:
    """What speaks for each date that is printed."""
    counted = Counter(one.day for one in resolved)
    time = "time on receipt" if is_receipt_layout(lines) else "time on sheet"
    return [
        {
            f"label: {label.name.lower()}": 1.0,
            time: one.mention.has_time,
            "repeated": min(counted[one.day] - 1, 2) * (label not in _NOT_ISSUED),
            "high on the page": 1 - one.mention.line / len(lines),
        }
        for one, label in zip(resolved, labels, strict=True)
    ]


_NOT_ISSUED = {DateLabel.SERVICE, DateLabel.DUE, DateLabel.OTHER}
"""Labels of days that are none of issue, however often they are printed."""
_OWN = {DateLabel.ISSUE, DateLabel.TITLE}
"""Labels that speak of the document itself: two days cannot both have them."""
_OTHERS = {DateLabel.SERVICE, DateLabel.ORDER, DateLabel.DUE, DateLabel.OTHER}
"""Labels that speak of something else, of which a day that is printed again says nothing."""


def _is_clearly_printed(
    resolved: Sequence[Resolved], labels: Sequence[DateLabel], lines: Sequence[Line]
) -> bool:
    """Whether a till printed one day only, with the time, and no character of it is in doubt."""
    stamps = [one for one, label in zip(resolved, labels, strict=True) if label not in _OTHERS]
    return (
        len(stamps) == len(resolved)
        and len({one.day for one in resolved}) == 1
        and any(one.mention.has_time for one in stamps)
        and min(_confidence(one.mention, lines) for one in stamps) >= _SURE
    )


def _is_read_surely(
    resolved: Sequence[Resolved], labels: Sequence[DateLabel], day: date, lines: Sequence[Line]
) -> bool:
    """Whether the day has a label of the document's own, and was not misread there."""
    return any(
        one.day == day and label in _OWN and _confidence(one.mention, lines) >= _SURE
        for one, label in zip(resolved, labels, strict=True)
    )


def _is_surely_american(country: str | None, clues: int) -> bool:
    """Whether tills there have the month first, and the document says often enough that it is from there."""
    return clues >= _MANY_CLUES and country in COUNTRIES and COUNTRIES[country].is_month_first


def _confidence(mention: Mention, lines: Sequence[Line]) -> float:
    """How sure OCR is of the least sure word of a date."""
    position, found = 0, [1.0]
    for word in lines[mention.line].words:
        if position < mention.end and position + len(word.text) > mention.start:
            found.append(word.confidence)
        position += len(word.text) + 1
    return min(found)


_SURE = 0.99
_MANY_CLUES = 3


def _is_repeated(labels: Sequence[DateLabel]) -> bool:
    """Whether a day is printed twice as the document's, be it that one has no label."""
    return len([label for label in labels if label not in _OTHERS]) > 1


def _label_of(mention: Mention, mentions: Sequence[Mention], lines: Sequence[Line]) -> DateLabel:
    """What the words before the date in its line call it, or else those above it."""
    line = lines[mention.line]
    begin = max(
        (one.end for one in mentions if one.line == mention.line and one.end <= mention.start), default=0
    )
    next_start = min(
        (one.start for one in mentions if one.line == mention.line and one.start >= mention.end),
        default=mention.end,
    )
    begins_range = _RANGE.match(line.text[mention.end : next_start].casefold())
    if begins_range or (begin and _RANGE.match(line.text[begin : mention.start].casefold())):
        return DateLabel.SERVICE
    label = _nearest(line, begin, mention.start)
    before = _own_cell(line, mention.start)
    is_alone = not _WORD.search(before) if not begin else not before
    if label is DateLabel.NONE and is_alone:
        return _label_above(mention, lines)
    return label


def _own_cell(line: Line, start: int) -> str:
    """What stands in the date's own cell before it."""
    offset = 0
    for cell in line.cells:
        if offset <= start < offset + len(cell.text):
            return line.text[offset:start]
        offset += len(cell.text) + 1
    return ""


def _nearest(line: Line, begin: int, end: int) -> DateLabel:
    """The label in the cell nearest to the date that has one."""
    position = len(line.text)
    for cell in reversed(line.cells):
        position -= len(cell.text)
        if position + len(cell.text) > begin:
            label = _meaning(line.text[max(position, begin) : end])
            if label is not DateLabel.NONE:
                return label
        position -= 1
    return DateLabel.NONE


def _label_above(mention: Mention, lines: Sequence[Line]) -> DateLabel:
    line = lines[mention.line]
    left = line.cells[0].left
    offset = 0
    for cell in line.cells:
        if offset <= mention.start < offset + len(cell.text):
            left = cell.left
        offset += len(cell.text) + 1
    for above in reversed(lines[max(0, mention.line - 3) : mention.line]):
        if above.page != line.page or line.top - above.bottom > _LABEL_ABOVE * line.height:
            break
        for cell in above.cells:
            if cell.left - line.height * 2 <= left <= cell.right:
                return _meaning(cell.text)
    return DateLabel.NONE


def _meaning(text: str) -> DateLabel:
    """What the words together make of a date: the last to say something, unless it only says `date`."""
    words = tokens(text)
    found: list[DateLabel] = []
    position = 0
    while position < len(words):
        for length in range(min(LONGEST_DATE_PHRASE, len(words) - position), 0, -1):
            if label := _phrase(words[position : position + length]):
                found.append(label)
                position += length
                break
        else:
            position += 1
    decisive = next((label for label in _DECISIVE if label in found), None)
    telling = [label for label in found if label is not DateLabel.DATE]
    return decisive or (telling or found or [DateLabel.NONE])[-1]


def _phrase(words: tuple[str, ...]) -> DateLabel | None:
    """What a phrase makes of a date, also where a compound is parted: `Beleg-Datum`."""
    is_title = len(words) == 1 and words[0].endswith(TITLE_ENDINGS)
    return (
        DATE_PHRASES.get(words)
        or DATE_PHRASES.get(("".join(words),))
        or (DateLabel.TITLE if is_title else None)
    )


_DECISIVE = (DateLabel.DUE, DateLabel.OTHER, DateLabel.ISSUE)
