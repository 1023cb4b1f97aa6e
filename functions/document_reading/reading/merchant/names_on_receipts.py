"""Names at the head of till receipts.

A receipt begins with its shop: brand or legal entity first, then registration numbers, address and
telephone, then what it is (`TAX INVOICE`). Where a company is named by its legal form, that is who sells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from functions.document_reading.reading.lexicon.folding import fold, squashed, tokens
from functions.document_reading.reading.lexicon.tables import (
    BUYER,
    DOCUMENT_WORDS,
    FORMER,
    LEGAL_FORMS,
    MONTHS,
    NAME_LABELS,
    NOT_A_NAME,
    OPEN_ENDS,
    OPERATING_COMPANIES,
    ORDER_KINDS,
    PARTY_HEADINGS,
    PLACES,
    REGISTERED,
    SELLER,
    TRADES,
    WELCOME,
)
from functions.document_reading.reading.merchant.business_names import (
    POSTCODE,
    TOWN,
    NameCandidate,
    has_trade,
    is_address,
    is_continuation,
    is_heading,
    legal_form_end,
    letters_meant,
    tidied,
    trade_meant,
    trade_parted,
    without_label,
)
from functions.document_reading.reading.merchant.receipt_heads import heads_receipt
from functions.document_reading.reading.model import Source, Word
from functions.document_reading.reading.print.lines import Line
from functions.document_reading.reading.weights import Evidence

HEAD_LINES = 12
_PLACE = ("receipt: line 1", "receipt: line 2", "receipt: line 3", "receipt: later line")
_DOUBT = 0.9
_PLACE_LIKE = re.compile(r"[\d,:]")
_MONEY = re.compile(r"\d[.,]\d\d(?!\d)")
_LARGER = 1.25
# `5 November`, as a ticket or a screen shows it beside the name.
_DAY_BEHIND = re.compile(r"\s+\d{1,2}\.?\s([^\W\d_]{3,10})\.?(?:\s\d{4})?$")
_TOWN_BEHIND = re.compile(r"^[^,]*\w{3}, [A-Z][\w-]{2,}$")
_MOST_NAME_LINES = 3
_SHORT = 2
"""Words of a name that needs another line to say what it is."""
_GOES_ON = re.compile(r"(?:of|de|du|di|von|van|at|by) [A-Z]")
_SURE = 0.97
_LONG_TRADE = 8
"""Letters of a trade that no other word is like but for one of them."""
_REGISTERED_BELOW = 3
_REGISTER_NUMBER = re.compile(r"\(\d{4,7}-?[A-Z]\)|\(\d{12}\)")
"""`(123456-A)`: that of a Malaysian company."""


def names_on_receipts(lines: Sequence[Line]) -> Iterator[NameCandidate]:
    """The lines of the head that may be names, those over two lines joined."""
    usual = median(line.height for line in lines)
    place = 0
    is_former = False
    index = 0
    while index < min(HEAD_LINES, len(lines)):
        text = _cut(_unlabelled(tidied(_as_meant(lines[index]))))
        is_former = is_former or bool(FORMER.search(fold(text)))
        if _ends_head(lines[index].text) and place:
            break
        if _is_buyers(lines, index) or not _may_be_name(text) or _is_bare_address(lines[index].text):
            is_former = is_former and bool(FORMER.search(fold(text)))
            index += 1
            continue
        name, used = _joined(text, lines, index)
        evidence = {
            **_evidence(name, lines[index], usual),
            _PLACE[min(place, len(_PLACE) - 1)]: 1.0,
            "receipt: above an address": _is_address_below(lines, index + used) and not _is_no_name(name),
            "receipt: in doubt": is_doubtful(lines[index]),
            "receipt: former name": is_former,
            "receipt: operates it": place > 0 and not OPERATING_COMPANIES.isdisjoint(tokens(name)),
        }
        is_registered = _is_registered(lines, index, used) and legal_form_end(name) is not None
        yield NameCandidate(
            name,
            evidence,
            index,
            # OCR is sure of names that it misreads, too.
            is_stated=is_registered and not is_former and lines[index].source is Source.TEXT,
            is_registered=is_registered and not is_former,
            heads_receipt=not is_former and heads_receipt(name, lines, index, used),
        )
        place += 1
        index += used
        is_former = False


def _is_buyers(lines: Sequence[Line], index: int) -> bool:
    """Whether the line above is a heading of the buyer's, or a label in the line itself says that it is."""
    above = squashed(lines[index - 1].text) if index else ""
    label, _colon, _name = fold(lines[index].text).rpartition(":")
    return PARTY_HEADINGS.get(above) == "buyer" or BUYER.search(label) is not None


def _is_bare_address(text: str) -> bool:
    """Whether a line is a postcode and a town, or a street, and says nothing of a business: `81750 Masai`."""
    words = tokens(text)
    begins = POSTCODE.match(text) is not None or not PLACES.isdisjoint(words)
    return begins and is_address(words, text) and not has_trade(text) and legal_form_end(text) is None


def _is_address_below(lines: Sequence[Line], index: int) -> bool:
    """Whether the shop's address begins in the line: a name stands above it, a slogan does not."""
    return index < len(lines) and is_address(tokens(lines[index].text), lines[index].text)


def _is_registered(lines: Sequence[Line], index: int, used: int) -> bool:
    """Whether the number of a register or a tax office stands with a name or just below it."""
    texts = (line.text for line in lines[index : index + used + _REGISTERED_BELOW])
    return any(REGISTERED.search(fold(text)) or _REGISTER_NUMBER.search(text) for text in texts)


def _is_no_name(name: str) -> bool:
    """Whether a line is of a place, or only says what kind of shop it is."""
    words = tokens(name)
    is_place = _PLACE_LIKE.search(name) is not None or not PLACES.isdisjoint(words)
    return is_place or all(word in TRADES for word in words)


def is_doubtful(line: Line) -> bool:
    """Whether OCR is not sure of a character: logos are drawn, and the name likely stands again in print."""
    return min((word.confidence for word in line.words), default=1.0) < _DOUBT


def _as_meant(line: Line) -> str:
    """The line's text, words that are nearly a trade taken for it, and figures within words for letters."""
    return WELCOME.sub("", " ".join(trade_parted(_meant(word)) for word in line.words))


def _meant(word: Word) -> str:
    """A word as the shop writes it. Of a long trade OCR is sure, too, when it has misread a letter."""
    is_sure = word.confidence >= _SURE
    text = word.text if is_sure and len(word.text) < _LONG_TRADE else trade_meant(word.text)
    return text if is_sure else letters_meant(text)


def _unlabelled(text: str) -> str:
    """The name that a label says to be the shop's, or a company's; nothing where it is of something else.

    `Table: Bar`, `Server: Kim`.
    """
    label, colon, _rest = text.rpartition(":")
    after = without_label(text)
    is_shops = SELLER.search(fold(label)) or squashed(label) in NAME_LABELS
    return after if not colon or is_shops or legal_form_end(after) is not None else ""


def _cut(text: str) -> str:
    """The name alone: an address may follow its legal form in the line, a day or a town any name."""
    day = _DAY_BEHIND.search(text)
    if day is not None and fold(day[1]) in MONTHS:
        text = text[: day.start()]
    end = legal_form_end(text)
    if end is None and _TOWN_BEHIND.search(text):
        return text.partition(",")[0]
    if end is None or not (text[end:].startswith(",") or any(map(str.isdigit, text[end:]))):
        return text
    return text[:end]


def _evidence(name: str, line: Line, usual: float) -> Evidence:
    return {
        "receipt: legal form": legal_form_end(name) is not None,
        "receipt: trade": has_trade(name),
        "receipt: large print": line.height > _LARGER * usual,
    }


def _ends_head(text: str) -> bool:
    """Whether what follows is no longer about the shop: the document's own heading."""
    words = tokens(text)
    return len(words) > 1 and is_heading(words) and not all(map(str.isdigit, words))


def _may_be_name(text: str) -> bool:
    words = tokens(text)
    letters = sum(map(str.isalpha, text))
    if letters < 3 or letters * 2 < len(text.replace(" ", "")) or is_heading(words):
        return False
    if (
        squashed(text) in ORDER_KINDS
        or words in LEGAL_FORMS
        or _MONEY.search(text)
        or not any(map(str.isupper, text))
        or ":" in text
        or "@" in text
    ):
        return False
    if legal_form_end(text) is not None:
        return True
    if TOWN.search(text):
        return False
    is_something_else = NOT_A_NAME.search(fold(text)) or BUYER.search(fold(text))
    return not is_something_else and DOCUMENT_WORDS.isdisjoint(words) and not is_address(words, text)


def _joined(text: str, lines: Sequence[Line], index: int) -> tuple[str, int]:
    """The name with the lines it goes on in, and how many lines it takes."""
    used = 1
    while used < _MOST_NAME_LINES and index + used < len(lines):
        following = tidied(_as_meant(lines[index + used]))
        if used == 1 and _is_said_again(text, following):
            return following, used + 1
        is_kind = used == 1 and _is_kind_of_shop(text, lines, index + used)
        if not (is_kind or _goes_on(text, following)):
            break
        text, used = f"{text} {following}", used + 1
    return text, used


def _is_said_again(text: str, following: str) -> bool:
    """Whether the next line has the name again, and the kind of business behind it: `Juno`, `JUNO FOOD`."""
    name, words = tokens(text), tokens(following)
    return words[: len(name)] == name and len(words) > len(name) and set(words[len(name) :]) <= TRADES


def _is_kind_of_shop(text: str, lines: Sequence[Line], index: int) -> bool:
    """Whether a line says what kind of shop the one above it names: `Primo`, `Family Restaurant`."""
    words = tokens(lines[index].text)
    following = tokens(lines[index + 1].text) if index + 1 < len(lines) else ()
    is_kind = bool(words) and words[-1] in TRADES and len(words) > 1
    goes_on = bool(following) and all(word in TRADES for word in following)
    is_short = len(tokens(text)) <= _SHORT and len(words) <= _MOST_NAME_LINES
    is_bare = legal_form_end(text) is None and not has_trade(text) and not text.endswith(".")
    is_other_name = not words or words[0] in tokens(text) or "(" in lines[index].text
    may_join = is_short and is_bare and not is_other_name
    return may_join and (is_kind or goes_on) and _may_be_name(lines[index].text)


def _goes_on(text: str, following: str) -> bool:
    """Whether a name ends open, or the next line only goes on with one."""
    if text.count("(") > text.count(")"):
        return following.count(")") > following.count("(")
    if legal_form_end(text) is not None:
        return False
    if tokens(following) in LEGAL_FORMS and len(tokens(following)) > 1:
        return True
    if not (_may_be_name(following) or _GOES_ON.match(following)):
        return False
    if _GOES_ON.match(following) and len(tokens(following)) <= _MOST_NAME_LINES:
        return True
    is_only_trade = all(word in TRADES for word in tokens(text))
    return fold(text).endswith(OPEN_ENDS) or is_only_trade or is_continuation(following)
