"""Words that OCR got wrong in a letter, matched to those that labels are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from functions.document_reading.reading.lexicon.label_words import PHRASES

_SHORTEST = 5
"""Letters a word must have to be found in spite of an error: `cash` is too near to `case`."""
_SHORTEST_PIECE = 2
_LOOK_ALIKE = str.maketrans("01358", "oiesb")


def _deletions(word: str) -> Iterator[str]:
    """The word and all it can become by losing a letter: two words one error apart share one of them."""
    yield word
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


def _index(words: Iterable[str]) -> dict[str, str]:
    index: dict[str, str] = {}
    for word in words:
        for key in _deletions(word):
            index.setdefault(key, word)
    return index


_KNOWN = {phrase[0] for phrase in PHRASES if len(phrase) == 1} | {
    word for phrase in PHRASES for word in phrase if len(word) >= _SHORTEST
}
_NEAR = _index(sorted((word for word in _KNOWN if len(word) >= _SHORTEST), key=len))


@lru_cache(maxsize=4096)
def corrected(word: str) -> str:
    """The label word meant, or the word itself where it is known or near none."""
    if word in _KNOWN or len(word) < _SHORTEST - 1 or word.isdigit():
        return word
    plain = word.translate(_LOOK_ALIKE)
    if plain in _KNOWN:
        return plain
    return next((_NEAR[key] for key in _deletions(plain) if key in _NEAR), word)


def corrected_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """Each word corrected; two pieces of one word (`rour ding`) joined."""
    result: list[str] = []
    for word in words:
        is_piece = result and word.isalpha() and (result[-1] not in _KNOWN or len(word) < _SHORTEST_PIECE)
        joined = corrected(result[-1] + word) if is_piece else ""
        if word not in _KNOWN and joined in _KNOWN:
            result[-1] = joined
        else:
            result.append(corrected(word))
    return tuple(result)
