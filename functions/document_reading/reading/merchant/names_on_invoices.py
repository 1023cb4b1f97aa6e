"""Names on invoices and other sheets: letterheads, return addresses, footers, labelled parties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from functions.document_reading.reading.lexicon.folding import fold, squashed, tokens
from functions.document_reading.reading.lexicon.tables import (
    BUYER,
    COMPANY_REGISTER,
    DOCUMENT_WORDS,
    FORMER,
    NAME_LABELS,
    NOT_A_NAME,
    REGISTERED,
    SELLER,
    TITLES,
)
from functions.document_reading.reading.merchant.business_names import (
    TOWN,
    NameCandidate,
    has_trade,
    is_address,
    is_heading,
    legal_form_end,
    name_with_form,
    parts,
    starts_with_legal_form,
    tidied,
    without_label,
)
from functions.document_reading.reading.print.lines import Cell, Line
from functions.document_reading.reading.print.sections import Block, Party, blocks_of
from functions.document_reading.reading.weights import MERCHANT, Evidence, weighed

_HEAD_PART, _FOOT_PART = 0.25, 0.85
_LONGEST_NAME = 8
"""Words; what is longer is a sentence."""
_NEAR = 4
"""Lines in which registers and tax numbers stand by a name, above or below."""
_MOST_BESIDE_HEADING = 12
"""Letters that may stand with a heading: an article, an adjective."""
_BLOCK_GAP = 1.1
"""Heights of print that part one block from the next."""
_BLOCK = 5
"""Lines of an address block, whose heading says whose it is."""


def names_on_invoices(lines: Sequence[Line]) -> Iterator[NameCandidate]:
    """Every cell that may be a name, with what its place and surroundings say."""
    blocks = blocks_of(lines)
    yield from _stated_names(blocks)
    parties = {id(cell): block.party for block in blocks for _index, cell in block.cells}
    first_page = [line for line in lines if line.page == 0]
    usual = median(line.height for line in lines)
    largest = max((cell.height for line in first_page for cell in line.cells), default=usual)
    is_first = True
    for index, line in enumerate(lines):
        for cell in line.cells:
            for name, has_form, is_return_address in _names(cell.text):
                party = parties.get(id(cell))
                registers = _registers(lines, index, cell)
                surroundings = _surroundings(lines, index, cell, name, party)
                is_buyers = "sheet: buyer" in surroundings
                evidence = {
                    "sheet: legal form" if has_form else "sheet: bare": 1.0,
                    "sheet: trade": has_trade(name),
                    "sheet: return address": is_return_address,
                    "sheet: first": is_first,
                    **_place(line, cell, usual, largest),
                    **surroundings,
                    **({} if weighed(surroundings, MERCHANT) < 0 else registers),
                }
                yield NameCandidate(
                    name,
                    evidence,
                    index,
                    Party.BUYER if is_buyers else party,
                    is_registered=has_form and bool(registers),
                    is_sender=has_form and (is_first or is_return_address),
                )
                is_first = False


def _stated_names(blocks: Sequence[Block]) -> Iterator[NameCandidate]:
    """The name in the first of the seller's blocks that has one."""
    sellers = (_name_in(block) for block in blocks if block.party is Party.SELLER)
    name, index = next((found for found in sellers if found is not None), ("", 0))
    if name:
        yield NameCandidate(name, {"sheet: stated": 1.0}, index, Party.SELLER, is_stated=True)


def _name_in(block: Block) -> tuple[str, int] | None:
    """What the block labels as a name, or else its first line that may be one, and the line's index."""
    rows: dict[int, list[str]] = {}
    for index, cell in block.cells:
        rows.setdefault(index, []).append(cell.text)
    labelled = [
        (index, _whole(value))
        for index, (label, colon, value) in (
            (at, " ".join(texts).partition(":")) for at, texts in rows.items()
        )
        if colon and squashed(label) in NAME_LABELS and _is_named(value)
    ]
    bare = [(index, _whole(texts[0])) for index, texts in rows.items() if ":" not in " ".join(texts[:2])]
    index, name = next((one for one in (*labelled, *bare) if _is_named(one[1])), (0, ""))
    following = next((text for at, text in bare if at == index + 1), "")
    if not name:
        return None
    if labelled and (first := _first_half(index, bare, rows)):
        return f"{first} {name}", index
    return (f"{name} {following}" if _is_second_half(name, following) else name), index


def _first_half(index: int, bare: list[tuple[int, str]], rows: dict[int, list[str]]) -> str:
    """The first line of a labelled name, which some set above the label: other labels stand above it."""
    above = next((text for at, text in bare if at == index - 1), "")
    return above if index - 2 in rows and _is_named(above) else ""


def _whole(text: str) -> str:
    """The name in a line of its own, which may begin with a remark."""
    end = legal_form_end(text)
    return tidied(text if end is None else name_with_form(text, end))


def _is_named(text: str) -> bool:
    words = tokens(text)
    letters = sum(map(str.isalpha, text))
    is_name = (
        text.strip()[:1].isalnum()
        and letters >= 3
        and letters * 2 > len(text.replace(" ", ""))
        and len(words) <= _LONGEST_NAME
    )
    is_place = is_address(words, text) or (TOWN.search(text) and legal_form_end(text) is None)
    return is_name and not is_heading(words) and not is_place and "@" not in text


def _is_second_half(name: str, following: str) -> bool:
    """Whether a line goes on with the name above: it has the legal form that one lacks."""
    end = legal_form_end(following)
    return end == len(following) and legal_form_end(name) is None and _is_named(following)


def _names(text: str) -> Iterator[tuple[str, bool, bool]]:
    """The names in a cell, whether each has a legal form, and whether its address follows."""
    pieces = parts(text)
    for position, piece in enumerate(pieces):
        after_label = without_label(piece)
        rest = " ".join(pieces[position + 1 :])
        end = legal_form_end(after_label)
        has_form = end is not None or (bool(rest) and starts_with_legal_form(rest))
        name = tidied(after_label if end is None else name_with_form(after_label, end))
        words = tokens(name)
        is_bare = _may_be_name(name, words) and not is_address(tokens(after_label), after_label)
        is_one = bool(words) and (end is not None or is_bare)
        if words and is_one and len(words) <= _LONGEST_NAME and not is_heading(words):
            yield name, has_form, position == 0 and is_address(tokens(rest), rest)


def _may_be_name(name: str, words: tuple[str, ...]) -> bool:
    letters = sum(map(str.isalpha, name))
    if not words or words[0] in TITLES or not DOCUMENT_WORDS.isdisjoint(words):
        return False
    if letters < 3 or not name[:1].isalnum() or not any(map(str.isupper, name)):
        return False
    if NOT_A_NAME.search(fold(name)) or REGISTERED.search(fold(name)) or BUYER.search(fold(name)):
        return False
    return len(words) <= 5 and not any(map(str.isdigit, name)) and not is_address(words, name)


def _place(line: Line, cell: Cell, usual: float, largest: float) -> Evidence:
    """The head and the foot of a page are the seller's; the largest print is a logo's."""
    height = line.top / line.page_height
    return {
        "sheet: head": height < _HEAD_PART,
        "sheet: foot": height > _FOOT_PART,
        "sheet: right of head": height < _HEAD_PART and cell.left > line.page_width / 2,
        "sheet: largest print": cell.height >= largest * 0.95 and largest > usual * 1.3,
    }


def _surroundings(lines: Sequence[Line], index: int, cell: Cell, name: str, party: Party | None) -> Evidence:
    own = fold(cell.text)
    label = own[: max(own.find(fold(name)), 0)]
    found: dict[str, float] = {}
    if SELLER.search(label):
        found["sheet: seller's label"] = 1.0
    if FORMER.search(label):
        found["sheet: former name"] = 1.0
    if not BUYER.search(label):
        party = party or _party_of_heading_above(lines, index, cell)
    if BUYER.search(label) or party is Party.BUYER:
        found["sheet: buyer"] = 1.0
    elif party is Party.SELLER:
        found["sheet: seller's block"] = 1.0
    return found


def _party_of_heading_above(lines: Sequence[Line], index: int, cell: Cell) -> Party | None:
    """What the nearest heading above in the same column says of the block the name stands in."""
    bottom = cell.top
    for line in reversed(lines[max(0, index - _BLOCK) : index]):
        if line.page != lines[index].page or bottom - line.bottom > _BLOCK_GAP * cell.height:
            break
        for above in line.cells:
            if above.left <= cell.right and above.right >= cell.left:
                bottom = line.top
                if is_heading_of(BUYER, above.text):
                    return Party.BUYER
                if is_heading_of(SELLER, above.text):
                    return Party.SELLER
    return None


def _registers(lines: Sequence[Line], index: int, cell: Cell) -> Evidence:
    """The register just below a name, or beside it, or else the tax number."""
    texts = [
        fold(other.text)
        for line in lines[max(0, index - 1) : index + _NEAR + 1]
        for other in (line.cells if line.page == lines[index].page else ())
        if other.left < cell.right and other.right > cell.left
    ]
    if any(map(COMPANY_REGISTER.search, texts)):
        return {"sheet: register": 1.0}
    return {"sheet: tax number": 1.0} if any(map(REGISTERED.search, texts)) else {}


def is_heading_of(label: re.Pattern[str], text: str) -> bool:
    """Whether the text is nothing but the label: what follows stands below it."""
    folded = fold(text)
    found = label.search(folded)
    rest = folded[: found.start()] + folded[found.end() :] if found else folded
    return found is not None and sum(map(str.isalpha, rest)) <= _MOST_BESIDE_HEADING
