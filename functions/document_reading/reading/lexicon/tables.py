"""The words of all languages together, made ready for looking up: what every rule asks.

A language is a module of this package named by its ISO 639 code; each module of that form counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules

from functions.document_reading.reading.lexicon import __name__ as _package
from functions.document_reading.reading.lexicon import __path__ as _folders
from functions.document_reading.reading.lexicon import countries
from functions.document_reading.reading.lexicon.folding import Vocabulary, listed, phrases, squashed
from functions.document_reading.reading.lexicon.language import DateLabel, Language, Role
from functions.document_reading.reading.model import Category

_LENGTH_OF_CODE = 2


def _languages() -> dict[str, Language]:
    codes = sorted(module.name for module in iter_modules(_folders) if len(module.name) == _LENGTH_OF_CODE)
    return {code: import_module(f"{_package}.{code}").LANGUAGE for code in codes}


LANGUAGES = _languages()
"""Every language by its code."""
_ALL = tuple(LANGUAGES.values())


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(listed, texts))


def _phrases(texts: Iterable[str]) -> list[str]:
    """Every phrase once, the longest first, so that of those that begin alike it is the one found."""
    found = {" ".join(phrase) for text in texts for phrase in phrases(text)}
    return sorted(found, key=lambda phrase: (-len(phrase), phrase))


def any_of(texts: Iterable[str]) -> str:
    """A pattern for any of the phrases, for folded text; `#` stands for a digit, `*` for any letters."""
    return "|".join(_WILDCARDS.sub(_as_pattern, phrase) for phrase in _phrases(texts))


_WILDCARDS = re.compile(r"[^a-z0-9 ]")
_PATTERNS = {"#": r"\d", "*": r"\w*", "'": "['\N{RIGHT SINGLE QUOTATION MARK}]"}


def _as_pattern(character: re.Match[str]) -> str:
    return _PATTERNS.get(character[0], re.escape(character[0]))


def _pattern(texts: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(texts)})\b")


def _suffixes(texts: Iterable[str]) -> str:
    """A pattern for any of short pieces, in which blanks count."""
    pieces = {piece for text in texts for piece in text.split("|") if piece}
    return "|".join(map(re.escape, sorted(pieces)))


AMOUNT_PHRASES = {
    phrase: role for role in Role for one in _ALL for phrase in phrases(one.amounts.get(role, ""))
}
"""Every phrase before an amount with its role; of phrases that begin alike the longest counts."""
LONGEST_AMOUNT_PHRASE = max(map(len, AMOUNT_PHRASES))

LOOK_ALIKES = _words(one.look_alikes for one in _ALL)

DATE_PHRASES = {
    phrase: label for label in DateLabel for one in _ALL for phrase in phrases(one.dates.get(label, ""))
}
"""Every word or phrase before a date with what it makes of it; the longest counts."""
LONGEST_DATE_PHRASE = max(map(len, DATE_PHRASES))
TITLE_ENDINGS = tuple(sorted(_words(one.title_endings for one in _ALL)))

MONTHS = {name: index for index in range(1, 13) for one in _ALL for name in one.months[index - 1].split()}
"""Number of every month's name or abbreviation."""
ORDINALS = _suffixes(one.ordinals for one in _ALL)
BEFORE_MONTH = _suffixes(one.before_month for one in _ALL)
BEFORE_YEAR = _suffixes(one.before_year for one in _ALL)
RANGE_WORDS = any_of(one.range_words for one in _ALL)

INVOICES = frozenset(_phrases(one.invoices for one in _ALL))
DOCUMENTS = any_of(text for one in _ALL for text in (one.invoices, one.receipts))
NUMBER_JOINERS = any_of(one.number_joiners for one in _ALL)
CREDIT_NOTE = _pattern(one.credit_notes for one in _ALL)
SELF_BILLED = re.compile(any_of(one.self_billed for one in _ALL))
DOCUMENT_WORDS = _words(one.document_words for one in _ALL)
TITLES = DOCUMENT_WORDS | _words(one.titles for one in _ALL)

SELLER = _pattern(one.sellers for one in _ALL)
BUYER = _pattern(one.buyers for one in _ALL)
REGISTERED = _pattern(one.registers for one in _ALL)
COMPANY_REGISTER = re.compile(
    rf"\b(?!(?:{any_of(one.tax_numbers for one in _ALL)})\b)(?:{any_of(one.registers for one in _ALL)})\b"
)
"""What a seller alone must print: a register that is no tax number."""
FORMER = _pattern(one.former_names for one in _ALL)
NOT_A_NAME = re.compile(rf"{_pattern(one.not_names for one in _ALL).pattern}|@|\bwww\.|:\d\d|\(c\)|©")
PARTY_HEADINGS = {
    squashed(phrase): kind
    for kind, texts in (("buyer", [one.buyers for one in _ALL]), ("seller", [one.sellers for one in _ALL]))
    for phrase in _phrases(texts)
}
"""Headings of blocks that name a party, squashed; of words that may be both the seller's count."""
OTHER_HEADINGS = frozenset(map(squashed, _phrases(one.section_headings for one in _ALL)))
NAME_LABELS = frozenset(map(squashed, _phrases(one.name_labels for one in _ALL)))
WELCOME = re.compile(rf"(?i)^\W*(?:{any_of(one.welcomes for one in _ALL)})\s+")

ORDER_KINDS = frozenset(map(squashed, _phrases(one.order_kinds for one in _ALL)))
THANKS = re.compile(rf"\b(?:{any_of(one.thanks for one in _ALL)})\s+")

LEGAL_FORMS = frozenset(
    phrase for text in (countries.LEGAL_FORMS, *(one.legal_forms for one in _ALL)) for phrase in phrases(text)
)
LONGEST_LEGAL_FORM = max(map(len, LEGAL_FORMS))
TRADES = _words(one.trades for one in _ALL)
PARTED_TRADES = _words(one.trades for one in _ALL if not one.has_compounds)
OPERATING_COMPANIES = _words(one.operating_companies for one in _ALL)
NAME_JOINERS = _words(one.name_joiners for one in _ALL) | {"&", "+", "-"}
OPEN_ENDS = ("&", ",", "-", *(f" {word}" for word in sorted(_words(one.open_ends for one in _ALL))))
PLACES = _words(one.places for one in _ALL)
STREET_ENDINGS = tuple(sorted(_words(one.street_endings for one in _ALL)))
HEADINGS = (
    _words(one.headings for one in _ALL)
    | countries.COUNTRY_NAMES
    | (
        frozenset(
            phrase[0] for table in (AMOUNT_PHRASES, DATE_PHRASES) for phrase in table if len(phrase) == 1
        )
        - TRADES
    )
)
"""Single words that documents, columns, labels and countries consist of."""

CATEGORIES = {
    category: Vocabulary.of("\n".join(one.categories.get(category, "") for one in _ALL))
    for category in Category
}
