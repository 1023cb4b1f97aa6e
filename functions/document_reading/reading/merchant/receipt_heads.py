"""Whether a till receipt's head proves the name that it begins with.

OCR is sure of names that it misreads, and knows no name: of a misread one only the print around it tells. A
name is proven where it alone heads the receipt, as a company or with its kind of business, above its register
or tax number, or its address and telephone, and stands where the lines below it do: of one that has lost a
word to a fold or to fading, the middle is another. A name that says neither needs all of its address, and
must be printed and spelled as names are, since it may as well be a place, or a logo that OCR misreads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from statistics import fmean, median

from functions.document_reading.reading.lexicon.folding import fold, squashed, tokens
from functions.document_reading.reading.lexicon.tables import (
    BUYER,
    HEADINGS,
    NAME_JOINERS,
    OPERATING_COMPANIES,
    ORDER_KINDS,
    PLACES,
    REGISTERED,
    TRADES,
)
from functions.document_reading.reading.merchant.business_names import (
    POSTCODE,
    comparable,
    has_trade,
    is_address,
    is_heading,
    legal_form_end,
)
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.lines import Line

_SURE = 0.97
"""Of every character: less sure ones are wrong in one name of eight."""
_HEAD_LINES = 10
_LINES_BELOW = 4
_LEAST_LINES_BELOW = 2
_CHARACTERS_OFF = 1.3
"""How far the edge or the middle of a whole line may be from those of the lines below."""
_FIGURES_OF_NO_NAME = 2
_ADDRESS_LINES = 7
_LEAST_LETTERS = 3
_REGISTER_NUMBER = re.compile(r"(?:^|[( :])[A-Z]{0,3}\d{6,12}[- ]?[A-Z]{1,3}\b|\(\d{12}\)")
"""`123456-A`, `JM0123456-A`, `(LLP0001234-LGN)`: as Malaysian companies print theirs."""

_TELEPHONE = re.compile(
    r"(?<!\d)[(+]{0,2}\d{2,4}\)?[-. /]{0,2}\d{3,4}[-. ]?\d{3,5}(?!\d)"
    r"|(?i:\b(?:tel|telefon|phone|fon)\b\W{0,4}(?:\d[ ./()-]{0,3}){7,14})"
)
"""By its usual groups, or in any where it is called one: `Tel.: 0 52 51 / 68 90 80`."""
_MONEY = re.compile(r"\d[.,]\d\d(?!\d)")
_LEAST_LETTERS_OF_BARE, _MOST_WORDS_OF_BARE = 4, 4
_HOUSE = re.compile(r"#?\d{1,5}[A-Z]? [^\W\d_]{3}")
"""`12 Broadway`: a street's name that does not say that it is one."""
_LOGO = 1.5
"""Times the height of the print below: drawn letters get lost without any doubt of OCR's."""
_VOWELS = frozenset("aeiouy")


def heads_receipt(name: str, lines: Sequence[Line], index: int, used: int) -> bool:
    """Whether the name on `used` lines from `index` is proven by the print around it."""
    own, below = lines[index : index + used], _rest_of_head(lines, index + used)
    return (
        _is_read_surely(own)
        and (used == 1 or legal_form_end(name) is not None)
        and OPERATING_COMPANIES.isdisjoint(tokens(name))
        and not any(map(_is_mangled, comparable(name).split()))
        and all(_is_no_other_name(line.text, name) for line in lines[:index])
        and _is_closed_by(below)
        and (_is_proven_business(name, own, below) or _is_proven_bare(name, own[0], below))
        and _is_whole(own[-1], below)
    )


def _rest_of_head(lines: Sequence[Line], first: int) -> list[Line]:
    """The lines below a name, down to what is about the buyer or what the document is called."""
    head = lines[first : first + _HEAD_LINES]
    return list(takewhile(lambda line: not _ends_head(line.text), head))


def _ends_head(text: str) -> bool:
    words = tokens(text)
    is_title = len(words) > 1 and is_heading(words) and not any(map(str.isdigit, text))
    return is_title or BUYER.search(fold(text)) is not None


def _is_read_surely(lines: Sequence[Line]) -> bool:
    words = [word for line in lines for word in line.words]
    return lines[0].source is Source.OCR and min(word.confidence for word in words) >= _SURE


def _is_proven_business(name: str, own: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether a name says that it is a company or what it trades in, and is registered or can be reached."""
    is_only_trade = all(word in TRADES for word in tokens(name))
    is_kind = legal_form_end(name) is not None or (has_trade(name) and not is_only_trade)
    return is_kind and (any(_is_register(line.text) for line in [*own, *below]) or _is_reachable(below))


def _is_proven_bare(name: str, line: Line, below: Sequence[Line]) -> bool:
    """Whether a name that says neither stands right above all of its address, and is no place or logo."""
    address = below[:_ADDRESS_LINES]
    street = below[0]
    return (
        (is_address(tokens(street.text), street.text) or _HOUSE.match(street.text) is not None)
        and _is_reachable(below[1:])
        and line.height <= _LOGO * median(other.height for other in address)
        and _is_spelled_like_name(name)
        and not _is_place_of(name, address)
    )


def _is_mangled(word: str) -> bool:
    """Whether a word lacks a vowel, or has figures among its letters: `tvrn`, `gr111`."""
    letters = sum(map(str.isalpha, word))
    return (letters > _LEAST_LETTERS and not _VOWELS & set(word)) or 1 < letters < len(word)


def _is_spelled_like_name(name: str) -> bool:
    """Whether it has words, none with a figure, and each with a vowel: `LDL` has lost one."""
    words = tokens(name)
    is_long = sum(map(str.isalpha, name)) >= _LEAST_LETTERS_OF_BARE and len(words) <= _MOST_WORDS_OF_BARE
    long_words = [word for word in words if len(word) >= _LEAST_LETTERS]
    return (
        is_long
        and bool(long_words)
        and not any(map(str.isdigit, name))
        and all(_VOWELS & set(word) for word in long_words)
    )


def _is_place_of(name: str, address: Sequence[Line]) -> bool:
    """Whether a name has no word that the address below has not: it may be the town, or its mall."""
    said = (
        {word for line in address for word in tokens(line.text)} | PLACES | HEADINGS | TRADES | NAME_JOINERS
    )
    return all(word in said or len(word) < _LEAST_LETTERS for word in tokens(name))


def _is_no_other_name(above: str, name: str) -> bool:
    """Whether a line above a name is but its own brand, a heading or the number of a copy."""
    letters = "".join(filter(str.isalpha, squashed(above)))
    words = [word for word in tokens(above) if not any(map(str.isdigit, word))]
    is_of_order = squashed(above) in ORDER_KINDS or is_heading(tuple(words))
    return len(letters) < _LEAST_LETTERS or letters in squashed(name) or is_of_order


def _is_closed_by(below: Sequence[Line]) -> bool:
    """Whether the next line goes on with figures: those of a register, a street, a telephone."""
    return bool(below) and sum(map(str.isdigit, below[0].text)) >= _FIGURES_OF_NO_NAME


def _is_register(text: str) -> bool:
    return REGISTERED.search(fold(text)) is not None or _REGISTER_NUMBER.search(text) is not None


def _is_reachable(below: Sequence[Line]) -> bool:
    """Whether both a town with its postcode and a telephone stand below the name."""
    parted = [_TELEPHONE.subn(" ", line.text) for line in below[:_ADDRESS_LINES]]
    return any(count for _text, count in parted) and any(POSTCODE.search(text) for text, _count in parted)


def _is_whole(line: Line, below: Sequence[Line]) -> bool:
    """Whether a line begins where the lines below it begin, or where they have their middles, has its own."""
    near = list(takewhile(lambda other: not _MONEY.search(other.text), below[:_LINES_BELOW]))
    if len(near) < _LEAST_LINES_BELOW:
        return False
    edge = min((_left, _middle), key=lambda edge: _spread([edge(other) for other in near]))
    off = _CHARACTERS_OFF * (_right(line) - _left(line)) / max(len(line.text), 1)
    return abs(edge(line) - median(map(edge, near))) <= off


def _spread(places: Sequence[float]) -> float:
    """How far the places are from the one in their middle, on average."""
    return fmean(abs(place - median(places)) for place in places)


def _left(line: Line) -> float:
    return min(word.left for word in line.words)


def _right(line: Line) -> float:
    return max(word.right for word in line.words)


def _middle(line: Line) -> float:
    return (_left(line) + _right(line)) / 2
