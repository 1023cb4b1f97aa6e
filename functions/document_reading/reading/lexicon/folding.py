"""Text made comparable: without case, accents, ligatures or punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

# What NFKD leaves whole.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "\N{LATIN SMALL LETTER DOTLESS I}": "i"}
)
_NOT_A_WORD = re.compile(r"[^a-z0-9%]+")


def fold(text: str) -> str:
    """Lower case, no accents, full-width forms made plain; punctuation and blanks are kept."""
    return _fold_again(text) if len(text) <= _LONGEST_KEPT else _fold(text)


_LONGEST_KEPT = 100
"""Characters of what is likely to be folded again: a word, a cell, not a page."""


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


_fold_again = lru_cache(maxsize=4096)(_fold)


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, folded; abbreviations lose their points: `T.V.A.` is `tva`."""
    joined = re.sub(r"\b((?:[a-z]\.){2,})", lambda found: found[1].replace(".", "") + " ", fold(text))
    return tuple(_NOT_A_WORD.sub(" ", joined).split())


def squashed(text: str) -> str:
    """Letters and digits alone."""
    return _squash_again(text) if len(text) <= _LONGEST_KEPT else _squash(text)


def _squash(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


_squash_again = lru_cache(maxsize=4096)(_squash)


def listed(text: str) -> frozenset[str]:
    """The words of a table, which may be parted by blanks and line ends."""
    return frozenset(text.split())


def phrases(text: str) -> list[tuple[str, ...]]:
    """The phrases of a table, parted by bars and line ends, each as its words."""
    parts = (phrase.split() for line in text.splitlines() for phrase in line.split("|"))
    return [tuple(phrase) for phrase in parts if phrase]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Phrases to be counted in texts: looking up words is quicker than any pattern of them."""

    words: frozenset[str]
    phrases: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Vocabulary:
        """The phrases of a table, parted by bars and line ends."""
        found = {" ".join(tokens(" ".join(phrase))) for phrase in phrases(text)}
        return cls(
            frozenset(phrase for phrase in found if " " not in phrase),
            tuple(sorted(f" {phrase} " for phrase in found if " " in phrase)),
        )

    def count_in(self, text: Words) -> int:
        """How many different ones are in a text."""
        return len(self.words & text.distinct) + sum(phrase in text.whole for phrase in self.phrases)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, made ready for counting vocabularies in it."""

    distinct: frozenset[str]
    whole: str

    @classmethod
    def of(cls, texts: Iterable[str]) -> Words:
        """The words of several texts, one after the other."""
        words = [word for text in texts for word in tokens(text)]
        return cls(frozenset(words), f" {' '.join(words)} ")
