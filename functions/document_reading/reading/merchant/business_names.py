"""Names of businesses as they are printed: where they end, and what is printed around them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from functions.document_reading.reading.lexicon.folding import fold, squashed, tokens
from functions.document_reading.reading.lexicon.tables import (
    DOCUMENT_WORDS,
    HEADINGS,
    LEGAL_FORMS,
    LONGEST_LEGAL_FORM,
    NAME_JOINERS,
    PARTED_TRADES,
    PLACES,
    SELLER,
    STREET_ENDINGS,
    TRADES,
)
from functions.document_reading.reading.print.sections import Party
from functions.document_reading.reading.weights import MERCHANT, Evidence, weighed

TOWN = re.compile(r"[\w.] ?, ?[A-Z]{2}$")
"""`PARIS, FR`, `Austin, TX`."""
_PROVINCE = re.compile(r"\b[A-Z]{2} [A-Z]\d[A-Z] ?\d[A-Z]\d\b")
"""`AB T2P 1B3`: Alberta, no Swedish company."""
_WORD = re.compile(r"[^\s,;]+")
_REGISTRATION = re.compile(r"[(\[]?[^\s()]{0,4}\d{4,}[^\s()]{0,4}(?: ?[A-Z])?[)\]]?(?=\s|$)")
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,40}\d{4,}[^()\[\]]{0,10}[)\]]?")
_BARE_LABEL = re.compile(r"(?i)(?:company|co|business)\.?$")
"""A name may end with one of these, if no number followed: `The Coffee Company`."""
_LABEL_OF_REGISTRATION = re.compile(
    r"(?i)[(\[ ]*\b(?:co|company|roc|ssm|gst|sst|brn?|regd?|registration|business)\b[ .:/]*"
    r"(?:reg|no|id|number)?[ .:]*(?:no)?[ .:]*$"
)
_BULLETS = "\N{MINUS SIGN}\N{BULLET}\N{MIDDLE DOT}\N{BLACK CIRCLE}|"
_SEPARATORS = re.compile(rf"\s+[-\N{{EN DASH}}\N{{EM DASH}}*/{_BULLETS}]\s+|\s{{2,}}|[{_BULLETS}]")
_SDN_BHD = re.compile(r"(?i)(?<=[a-z)\s.])[S5][DOU0][NMH]\.?\s?[B8D][HNM][DOU0]\b\.?")
_MALAYSIA = re.compile(r"\([HNW]\)(?= (?:SDN|BHD))")
"""`(M)` for Malaysia before a legal form, misread."""
_S_B = re.compile(r"(?<=\s)[S5]/[B8](?=\s|$)")
_GLUED = re.compile(
    r"(?<=[a-z)])(?=S(?:dn|DN)\b)|(?<=[^\s(])(?=\()|(?<=\))(?=[A-Za-z])|(?<=\.)(?=[A-Z][A-Za-z]{2})"
)


@dataclass(frozen=True, slots=True)
class NameCandidate:
    """What may be a seller's name, what speaks for it and the line it begins in."""

    name: str
    evidence: Evidence
    line: int
    party: Party | None = None
    """In whose block it stands."""
    is_stated: bool = False
    """Whether the document says in so many words that it is the seller's."""
    is_registered: bool = False
    """Whether registers, tax numbers or accounts stand with it."""
    heads_receipt: bool = False
    """Whether it alone heads a till's receipt, was read whole and stands above its register."""
    is_sender: bool = False
    """Whether it stands where letters have who writes: first on the page, or on one line with its address."""

    @property
    def score(self) -> float:
        """What the evidence comes to."""
        return weighed(self.evidence, MERCHANT)


def tidied(text: str) -> str:
    """A name as one would type it: no registration numbers, no stray marks, blanks where they belong."""
    text = unicodedata.normalize("NFKC", text)
    text = _GLUED.sub(" ", _S_B.sub("S/B", _MALAYSIA.sub("(M)", _SDN_BHD.sub("SDN BHD", text))))
    without = _REGISTRATION.sub(" ", _IN_BRACKETS.sub(" ", text))
    is_number_gone, text = without != text, " ".join(without.split())
    label = _LABEL_OF_REGISTRATION.search(text)
    if label and (is_number_gone or not _BARE_LABEL.fullmatch(label[0].strip(" (["))):
        text = text[: label.start()]
    text = text.strip(" -*#:;,|_=~'\"\N{BULLET}")
    return text[:-1].rstrip() if text.endswith("(") else text


def parts(text: str) -> list[str]:
    """`Name - street - town` in its parts, also where commas part them and there is no legal form."""
    found = [part.strip() for part in _SEPARATORS.split(text) if part and part.strip()]
    head, comma, rest = text.partition(",")
    is_parted = comma and len(found) == 1 and _names_street(rest) and legal_form_end(text) is None
    return [head.strip(), rest.strip()] if is_parted and not any(map(str.isdigit, head)) else found


def legal_form_end(text: str) -> int | None:
    """Where the legal form ends that follows a name in the text, or None where none does."""
    text = _PROVINCE.sub(lambda province: "-" * len(province[0]), text)
    found = [(squashed(match[0]), match) for match in _WORD.finditer(text)]
    end, last = None, 0
    for first in range(1, len(found)):
        if end is not None and first > last + _WORDS_BETWEEN_FORMS:
            break
        for length in range(min(LONGEST_LEGAL_FORM + 1, len(found) - first), 0, -1):
            some = found[first : first + length]
            printed = text[some[0][1].start() : some[-1][1].end()]
            if some[-1][0] and _is_legal_form(tuple(word for word, _match in some if word), printed):
                end, last = some[-1][1].end(), first + length - 1
                break
    return end


def _is_legal_form(form: tuple[str, ...], printed: str) -> bool:
    """Whether it is one, also by its case: `AG` and `SE` are, `ag` and `se` are words."""
    letters = "".join(form)
    if form not in LEGAL_FORMS or not (printed[:1].isupper() or "." in printed):
        return False
    return len(letters) > 2 or letters in {"co", "ek"} or printed.isupper() or printed.count(".") > 1


_WORDS_BETWEEN_FORMS = 2
"""`KENANGA CO. (M) BHD` and `Tea Company Sdn Bhd` have two, one after the other."""


def has_trade(text: str) -> bool:
    """Whether a word of the text is a kind of business."""
    return any(word in TRADES for word in tokens(text))


def is_continuation(text: str) -> bool:
    """Whether a line goes on with the name in the line before: it begins with a trade or a legal form."""
    words = tokens(text)
    if not words or len(words) > 6:
        return False
    return (
        words[0] in TRADES
        or text.lstrip().startswith("&")
        or any(words[: len(form)] == form for form in LEGAL_FORMS if len(form) > 1 or len(form[0]) > 2)
    )


def name_with_form(text: str, end: int) -> str:
    """The name whose legal form ends there: all of a short text, but of a sentence the capitalised words."""
    words, rest = text[:end].split(), text[end:].strip(" ,")
    if len(words) <= _LONGEST_NAME and (not rest or any(map(str.isdigit, rest))):
        return " ".join(words)
    goes_on = not text[end:].startswith(",") and len(rest.split()) <= 2 and rest.istitle()
    goes_on = goes_on and DOCUMENT_WORDS.isdisjoint(tokens(rest))
    if len(words) <= _LONGEST_NAME and (goes_on or text[end:].startswith(",")):
        rest = rest if goes_on else ""
        return f"{' '.join(words)} {rest}".strip()  # a place may be part of it: `Papier AG Singen`
    return _capitalised_end(words)


_LONGEST_NAME = 7


def starts_with_legal_form(text: str) -> bool:
    """Whether it goes on after a name with what the business is: `SAS au capital de…`."""
    return legal_form_end(f"X {text[:40]}") is not None and tokens(text)[:1] in {
        form[:1] for form in LEGAL_FORMS
    }


def _capitalised_end(words: list[str]) -> str:
    first = len(words) - 1
    while first > 0 and _may_be_in_a_name(words[first - 1], is_nearest=first == len(words) - 1):
        first -= 1
    while first < len(words) - 1 and fold(words[first]) in NAME_JOINERS:
        first += 1
    return " ".join(words[first:])


def _may_be_in_a_name(word: str, *, is_nearest: bool) -> bool:
    if word.endswith((":", ";", ".")) and len(word) > 4:
        return False
    return (
        is_nearest
        or word[:1].isupper()
        or word[:1].isdigit()
        or not word[:1].isalnum()
        or fold(word) in NAME_JOINERS
    )


def comparable(name: str) -> str:
    """A name for comparing: folded, without its legal form."""
    words = tokens(name)
    for length in range(min(LONGEST_LEGAL_FORM, len(words) - 1), 0, -1):
        if words[-length:] in LEGAL_FORMS:
            return " ".join(words[:-length])
    return " ".join(words)


def without_label(text: str) -> str:
    """What follows a label: after its colon, or after the words that name a seller."""
    after = text.rpartition(":")[2].strip() if ":" in text else text
    folded = fold(after)
    label = max(SELLER.finditer(folded), key=lambda found: found.end(), default=None)
    rest = after[label.end() :].strip() if label else ""
    is_label = label is not None and (label.start() == 0 or legal_form_end(rest) is not None)
    if not is_label or not rest or len(folded) != len(after) or tokens(rest) in LEGAL_FORMS:
        return after
    return rest


_NEAR_TRADES = {
    trade[:index] + "?" + trade[index + 1 :]: trade
    for trade in sorted(TRADES)
    if len(trade) > 5
    for index in range(len(trade))
}


def trade_meant(word: str) -> str:
    """The trade that a word is but for one misread letter, in capitals; or the word itself."""
    plain = word.lower()
    if plain in TRADES:
        return word
    keys = (plain[:index] + "?" + plain[index + 1 :] for index in range(len(plain)))
    return next((_NEAR_TRADES[key].upper() for key in keys if key in _NEAR_TRADES), word)


_FIGURE_IN_CAPITALS = re.compile(r"[A-Z]{0,12}[0158][A-Z]{2,12}")
_FIGURE_IN_WORD = re.compile(r"[A-Z]?[a-z]{1,12}[015][a-z]{1,12}")
_CAPITALS_LIKE_FIGURES = str.maketrans("0158", "OISB")
_LETTERS_LIKE_FIGURES = str.maketrans("015", "ols")


def letters_meant(word: str) -> str:
    """A word with the letter that a figure in it was: `1DEA` is `IDEA`, `Pub1ic` `Public`."""
    if _FIGURE_IN_CAPITALS.fullmatch(word):
        return word.translate(_CAPITALS_LIKE_FIGURES)
    return word.translate(_LETTERS_LIKE_FIGURES) if _FIGURE_IN_WORD.fullmatch(word) else word


_LONG_TRADES = tuple(trade for trade in sorted(PARTED_TRADES) if len(trade) >= 7)


def trade_parted(word: str) -> str:
    """A long trade parted from what it was read together with: `MEITRADING`. A short one may belong to it."""
    plain = word.lower()
    trade = next((one for one in _LONG_TRADES if plain.endswith(one) and len(plain) > len(one) + 2), None)
    return word if trade is None or plain in TRADES else f"{word[: -len(trade)]} {word[-len(trade) :]}"


POSTCODE = re.compile(
    r"(?<!\d)(?:[A-Z]{1,2}-)?\d{4,5}(?: ?[A-Z]{2})?(?!\d)"
    r"|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
)
"""Of figures alone, then as in Canada and in Britain."""
_UNIT = re.compile(r"[A-Z]{0,2}\d+[-/]\d+[A-Z]?,")
"""`K3-113, …`: a house, not a name."""


def _names_street(text: str) -> bool:
    """Whether a street and a number are in it, not just a postcode or a year."""
    return any(map(str.isdigit, text)) and any(map(_is_place, tokens(text)))


def _is_place(word: str) -> bool:
    return word in PLACES or (len(word) > 6 and word.endswith(STREET_ENDINGS))


def is_address(words: tuple[str, ...], text: str) -> bool:
    """Whether a line seems to be of an address: a street or a place, with a number."""
    has_figure = any(character.isdigit() for character in text)
    places = sum(map(_is_place, words))
    if has_figure and (places or POSTCODE.search(text) or _UNIT.match(text)):
        return True
    return places > 1 or (places == 1 and text.rstrip().endswith((",", ".")))


def is_heading(words: tuple[str, ...]) -> bool:
    """Whether words are nothing but what documents, columns or countries are called."""
    return all(word in HEADINGS or word.isdigit() for word in words)
