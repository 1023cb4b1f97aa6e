"""Texts by key and language. A further language is one more file of texts, named by its two letters."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import shared.texts

_LETTERS_OF_A_LANGUAGE = 2
LANGUAGES: dict[str, dict[str, str]] = {
    module.name: import_module(f"shared.texts.{module.name}").TEXTS
    for module in pkgutil.iter_modules(shared.texts.__path__)
    if len(module.name) == _LETTERS_OF_A_LANGUAGE
}
_DEFAULT = "en"


def language_of(locale: str) -> str:
    """`fr` of `fr`, `fr-CA` or `fr_FR`; English for a language that there are no texts in."""
    language = locale.replace("_", "-").partition("-")[0].casefold()
    return language if language in LANGUAGES else _DEFAULT


def text(key: str, locale: str) -> str:
    """The text of that key in the reader's language."""
    return LANGUAGES[language_of(locale)][key]
