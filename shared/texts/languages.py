"""Texts by key and language. A further language is one more file of texts, and a line here."""

from __future__ import annotations

from shared.texts import en, fr

LANGUAGES = {"en": en.TEXTS, "fr": fr.TEXTS}
_DEFAULT = "en"


def language_of(locale: str) -> str:
    """`fr` of `fr`, `fr-CA` or `fr_FR`; English for a language that there are no texts in."""
    language = locale.replace("_", "-").partition("-")[0].casefold()
    return language if language in LANGUAGES else _DEFAULT


def text(key: str, locale: str) -> str:
    """The text of that key in the reader's language."""
    return LANGUAGES[language_of(locale)][key]
