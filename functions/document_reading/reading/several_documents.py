"""Whether a file holds several documents, such as three receipts scanned into one PDF, and where each is.

Pages of one document agree about its number and total, or only one of them has a total. That there are
several is said only where two are certain; once it is, others are told apart by less.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from functions.document_reading.reading.lexicon.folding import squashed, tokens
from functions.document_reading.reading.lexicon.language import Role
from functions.document_reading.reading.lexicon.tables import AMOUNT_PHRASES
from functions.document_reading.reading.model import Box, PageWords, Part, Reading, Source
from functions.document_reading.reading.print.lines import Line, lines_of
from functions.document_reading.reading.print.regions import regions_of

ReadLines = Callable[[Sequence[Line]], Reading]

_TOTAL_WORDS = frozenset(
    phrase[0] for phrase, role in AMOUNT_PHRASES.items() if role in {Role.TOTAL, Role.PAYABLE, Role.GROSS}
)
_MONEY = re.compile(r"\d[.,]\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page, or a region of a page that is a paper of its own, and what it says by itself."""

    lines: Sequence[Line]
    reading: Reading
    box: Box | None = None

    @property
    def page(self) -> int:
        """Counted from 0, in the file."""
        return self.lines[0].page_number

    @property
    def states_total(self) -> bool:
        """Whether any of its lines may be that of a total."""
        return may_state_total(self.lines)


def may_state_total(lines: Sequence[Line]) -> bool:
    """Whether a word for totals and an amount stand on one line."""
    return any(
        _MONEY.search(line.text) is not None and not _TOTAL_WORDS.isdisjoint(tokens(line.text))
        for line in lines
    )


def sheets_of(pages: Sequence[PageWords], lines: Sequence[Line], read: ReadLines) -> list[Sheet]:
    """The sheets of a file that certainly holds several documents; empty for one document."""
    by_page = [list(page) for _number, page in groupby(lines, key=lambda line: line.page)]
    cut = {index: sheets for index, page in enumerate(pages) if (sheets := _side_by_side(page, read))}
    stating = sum(map(may_state_total, by_page))
    if not cut and stating < 2:
        return []
    sheets = [
        sheet
        for page in by_page
        for sheet in cut.get(page[0].page) or [Sheet(page, _read_if_telling(page, read))]
    ]
    return sheets if cut or _are_several([sheet.reading for sheet in sheets]) else []


def _read_if_telling(page: Sequence[Line], read: ReadLines) -> Reading:
    return read(page) if may_state_total(page) else Reading()


def _side_by_side(page: PageWords, read: ReadLines) -> list[Sheet]:
    """The papers in one picture, if each of them is certainly another than all others."""
    if page.source is not Source.OCR:
        return []
    regions = regions_of(page, _may_be_paper)
    sheets = [Sheet(found, read(found), each.box) for each in regions if (found := lines_of([each.words]))]
    readings = [sheet.reading for sheet in sheets]
    return sheets if len(sheets) > 1 and all(_are_two(*pair) for pair in combinations(readings, 2)) else []


def _may_be_paper(region: PageWords) -> bool:
    words = [word.text for word in region.words]
    is_telling = any(map(_MONEY.search, words)) and any(
        not _TOTAL_WORDS.isdisjoint(tokens(text)) for text in words
    )
    return is_telling and may_state_total(lines_of([region]))


def _are_several(readings: Sequence[Reading]) -> bool:
    """Whether two of the pages, read each by itself, are certainly not of one document."""
    return any(_are_two(one, other) for one, other in combinations(readings, 2))


def _are_two(one: Reading, other: Reading) -> bool:
    """Both totals must be proven, and differ, and so must what says which document it is."""
    if not one.total or not other.total or one.total.value == other.total.value:
        return False
    if not (one.total.is_confirmed and other.total.is_confirmed):
        return False
    if one.document_number and other.document_number:
        return one.document_number.value != other.document_number.value
    return _differ_in_merchant(one, other) and _differ_in_date(one, other)


def _seem_two(one: Reading, other: Reading) -> bool:
    """What tells two apart in a file that certainly holds several: another total, and number, name or day."""
    if not one.total or not other.total or one.total.value == other.total.value:
        return False
    if one.document_number and other.document_number:
        return one.document_number.value != other.document_number.value
    return _differ_in_merchant(one, other) or _differ_in_date(one, other)


def _differ_in_merchant(one: Reading, other: Reading) -> bool:
    if not one.merchant or not other.merchant:
        return False
    names = squashed(one.merchant.value), squashed(other.merchant.value)
    return names[0] not in names[1] and names[1] not in names[0]


def _differ_in_date(one: Reading, other: Reading) -> bool:
    return one.date is not None and other.date is not None and one.date.value != other.date.value


def parts_of(sheets: Sequence[Sheet], read: ReadLines) -> list[Part]:
    """The documents, each of the sheets that belong together, in the order of their first ones."""
    return [_part(group, read) for group in _groups(sheets, read)]


def _part(sheets: Sequence[Sheet], read: ReadLines) -> Part:
    first = sheets[0]
    lines = [line for sheet in sheets for line in sheet.lines]
    pages = tuple(dict.fromkeys(sheet.page for sheet in sheets))
    if len(sheets) == 1:
        return Part(pages, first.box, first.reading)
    return Part(pages, None, read(lines))


def _groups(sheets: Sequence[Sheet], read: ReadLines) -> list[list[Sheet]]:
    groups: list[list[Sheet]] = []
    leading: list[Sheet] = []
    for sheet in sheets:
        if not sheet.states_total:
            leading.append(sheet)
            continue
        before, own = _divided(leading, groups, sheet, read)
        if before:
            groups[-1] += before
        home = next((group for group in groups if _is_of(sheet, group)), None)
        if home is None:
            groups.append([*own, sheet])
        else:
            home += [*own, sheet]
        leading = []
    groups[-1] += leading
    return groups


def _is_of(sheet: Sheet, group: Sequence[Sheet]) -> bool:
    """Whether nothing says that the sheet is of another document than this."""
    stating = [other for other in group if other.states_total]
    return any(not _seem_two(sheet.reading, other.reading) for other in stating)


def _divided(
    leading: Sequence[Sheet], groups: Sequence[Sequence[Sheet]], sheet: Sheet, read: ReadLines
) -> tuple[list[Sheet], list[Sheet]]:
    """Sheets without a total between two that have one: those that end the former, and begin the latter.

    At the beginning of the file there is none to end: what leads is the first one's, or its cover.
    """
    if not groups:
        return [], _without_cover(list(leading), sheet, read)
    for index, page in enumerate(leading):
        if _begins(read(page.lines), sheet.reading, groups[-1][-1].reading):
            return list(leading[:index]), list(leading[index:])
    return list(leading), []


def _begins(page: Reading, following: Reading, before: Reading) -> bool:
    """Whether a page has the number, or else the merchant, of what follows, and not of what comes before."""
    if page.document_number:
        number = page.document_number.value
        return _has_number(following, number) and not _has_number(before, number)
    if not page.merchant or not following.merchant or not before.merchant:
        return False
    return not _differ_in_merchant(page, following) and _differ_in_merchant(page, before)


def _has_number(reading: Reading, number: str) -> bool:
    return reading.document_number is not None and reading.document_number.value == number


def _without_cover(leading: list[Sheet], sheet: Sheet, read: ReadLines) -> list[Sheet]:
    kept = after_cover([page.lines for page in [*leading, sheet]], read)
    return leading[len(leading) + 1 - len(kept) :]


def after_cover(pages: Sequence[Sequence[Line]], read: ReadLines) -> Sequence[Sequence[Line]]:
    """The pages behind a cover: a letter or a sheet before an invoice, which is no document itself.

    It states no total, no amount that the others do not have, and no day as its own where theirs is doubted;
    and without it nothing is missing.
    """
    first_stating = next((index for index, page in enumerate(pages) if may_state_total(page)), 0)
    if not first_stating:
        return pages
    covers, others = pages[:first_stating], pages[first_stating:]
    lines = [line for page in others for line in page]
    amounts = set(_amounts_in(lines))
    if any(amount not in amounts for page in covers for amount in _amounts_in(page)):
        return pages
    rest, cover = read(lines), read([line for page in covers for line in page])
    return others if _is_complete(rest) and not _knows_better(cover, rest) else pages


def _amounts_in(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        yield from (word.text.strip("€$£.,;:()") for word in line.words if _MONEY.search(word.text))


def _is_complete(rest: Reading) -> bool:
    is_proven = rest.total is not None and rest.total.is_confirmed
    return is_proven and rest.merchant is not None and rest.date is not None


def _knows_better(cover: Reading, rest: Reading) -> bool:
    """Whether it is likely the invoice's own first page: the same number, or something proven only there."""
    if cover.document_number and _has_number(rest, cover.document_number.value) and cover.merchant:
        return not _differ_in_merchant(cover, rest)
    fields = ((cover.merchant, rest.merchant), (cover.date, rest.date))
    return any(own and own.is_confirmed and not (its and its.is_confirmed) for own, its in fields)
