"""The words of the mails, a file for each language: another language is another file."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from .model import Words

__all__ = ["Words", "languages", "words_of"]
_NOT_A_LANGUAGE = "model"


@cache
def languages() -> dict[str, Words]:
    """Those there are, by their code."""
    names = [module.name for module in iter_modules(__path__) if module.name != _NOT_A_LANGUAGE]
    found = [import_module(f"{__name__}.{name}").WORDS for name in names]
    return {words.code: words for words in found}


def words_of(locale: str) -> Words:
    """Of `fr`, `fr-BE` or `fr_BE`; English where there are none."""
    known = languages()
    return known.get(locale.replace("_", "-").partition("-")[0].lower(), known["en"])
