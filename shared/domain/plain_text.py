"""Text of strangers as it may stand in other people's lists: one bounded line, nothing invisible."""

from __future__ import annotations

import unicodedata

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls, marks of direction and joiners, halves of pairs, what is private or not assigned, separators."""
_JOINERS = frozenset("\u200c\u200d")
"""Part of the spelling of Persian, Hindi and others, and of pictures of families."""
# Letters and symbols by their kind, and as wide as a blank: Hangul's fillers, and Braille without a dot.
_BLANK_LETTERS = dict.fromkeys(map(ord, "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"), " ")
_ADDED_TO_LETTERS = frozenset({"Mn", "Me"})


def one_line(text: str, longest: int) -> str:
    """The visible characters, blanks folded, cut to so many; empty where nothing is left.

    Marks of direction make a name read as another one; a control may be taken for a command.
    """
    visible = (
        character
        if character in _JOINERS or (kind := unicodedata.category(character)) not in _INVISIBLE
        else _instead_of(kind)
        for character in text[: longest * 8].translate(_BLANK_LETTERS)
    )
    line = " ".join("".join(visible).split())[:longest].rstrip()
    return line if any(map(_is_seen, line)) else ""


def _is_seen(character: str) -> bool:
    """Joiners, marks and selectors show nothing where there is no letter to join or to mark."""
    is_added = character in _JOINERS or unicodedata.category(character) in _ADDED_TO_LETTERS
    return not is_added and character != " "


def _instead_of(kind: str) -> str:
    """A blank for what parts words, nothing for what only hides between letters."""
    return "" if kind in {"Cf", "Cs"} else " "
