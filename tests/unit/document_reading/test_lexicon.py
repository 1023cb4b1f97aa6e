"""Which words the languages have, and that they are written as the rules look them up."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from functions.document_reading.reading.lexicon.folding import fold
from functions.document_reading.reading.lexicon.language import Language, Role, missing_words
from functions.document_reading.reading.lexicon.tables import LANGUAGES, PARTED_TRADES, any_of

LACKING = {
    "es": {"categories.SOFTWARE"},
    "it": {"categories.SOFTWARE", "categories.TAXI", "categories.TELECOM"},
    "ms": {
        "amounts.AMOUNT", "amounts.DISCOUNT", "amounts.GROSS", "amounts.PAYABLE", "amounts.PREPAID", "amounts.SUB",
        "amounts.TAX", "amounts.WITH", "amounts.WITHOUT", "buyers", "categories.CAR_RENTAL",
        "categories.FLIGHT", "categories.FUEL", "categories.HOTEL", "categories.OFFICE_SUPPLIES",
        "categories.PARKING", "categories.PUBLIC_TRANSPORT", "categories.SOFTWARE", "categories.TAXI",
        "categories.TELECOM", "categories.TRAIN", "credit_notes", "dates.DUE", "dates.ISSUE",
        "dates.ORDER", "dates.SERVICE", "document_words", "headings", "invoices", "not_names",
        "receipts", "registers", "sellers",
    },
}  # fmt: skip
"""What the languages lack, each in the knowledge that it does; one that is not named here lacks nothing."""


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_lacks_no_words_but_those_it_is_known_to(code):
    missing = set(missing_words(LANGUAGES[code]))

    assert missing == LACKING.get(code, set())


def test_a_language_without_a_word_for_totals_is_found_out():
    english = LANGUAGES["en"]
    words = {role: text for role, text in english.amounts.items() if role is not Role.TOTAL}

    missing = list(missing_words(replace(english, amounts=words)))

    assert missing == ["amounts.TOTAL"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_are_written_as_they_are_looked_up(code):
    language = LANGUAGES[code]
    texts = [text for name in _folded_fields() for text in _texts(getattr(language, name))]

    unfolded = [text for text in texts if fold(text) != text]

    assert unfolded == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_year_has_twelve_months(code):
    assert len(LANGUAGES[code].months) == 12


@pytest.mark.parametrize(("code", "is_parted"), [("en", True), ("ms", True), ("de", False), ("sv", False)])
def test_only_trades_of_languages_without_compounds_are_parted_from_names(code, is_parted):
    trades = set(LANGUAGES[code].trades.split()) - set(
        LANGUAGES["en" if code != "en" else "ms"].trades.split()
    )

    assert (trades <= PARTED_TRADES) is is_parted


def test_the_longest_of_phrases_that_begin_alike_is_looked_for_first():
    assert any_of(["bill to|sold", "bill to address"]) == "bill to address|bill to|sold"


def test_a_phrase_may_stand_for_any_digit_and_any_letters():
    assert any_of(["page #|tva intra*"]) == r"tva intra\w*|page \d"


def _folded_fields() -> list[str]:
    """Welcomes are matched as printed; in endings of streets both ways of writing are kept."""
    others = {"welcomes", "street_endings", "has_compounds"}
    return [field.name for field in fields(Language) if field.name not in others]


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return list(value) if isinstance(value, tuple) else list(value.values())
