"""How often a score is right: what chance a choice has, judged on documents it was not fitted to."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bench.fit.examples import Example
from bench.fit.learning import best_of, folds, margin_of
from functions.document_reading.reading.weights import Weights

_STEPS, _RATE, _LOYALTY = 400, 0.3, 0.02
_CLASSES = (0.0, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)


@dataclass(frozen=True, slots=True)
class Chance:
    """What chance documents of other merchants and layouts give a reading, and whether it was right."""

    example: Example
    chance: float

    @property
    def is_right(self) -> bool:
        """Whether the reader read the field right."""
        return self.example.is_read_right


def chances(examples: Sequence[Example], weights: Weights) -> list[Chance]:
    """The chance of every reading, each given by the folds it is not in."""
    found: list[Chance] = []
    for known, judged in folds([one for one in examples if one.is_read]):
        model = _logistic(known, weights)
        found.extend(Chance(one, _chance(_signs(one, weights), model)) for one in judged)
    return sorted(found, key=lambda one: -one.chance)


def curve(found: Sequence[Chance]) -> list[tuple[float, float, int, int]]:
    """How many readings had a chance in each class, and how many of them were right."""
    rows = []
    for low, high in pairwise(_CLASSES):
        some = [one for one in found if low <= one.chance < high or one.chance == high == 1.0]
        rows.append((low, high, len(some), sum(one.is_right for one in some)))
    return rows


def threshold(found: Sequence[Chance], precision: float) -> tuple[float, int, int]:
    """The least chance from which on readings are right often enough; how many, and how many wrong."""
    best, wrong = (1.0, 0, 0), 0
    for count, one in enumerate(found, 1):
        wrong += not one.is_right
        is_last = count == len(found) or found[count].chance < one.chance
        if is_last and wrong <= count * (1 - precision):
            best = (one.chance, count, wrong)
    return best


def _signs(one: Example, weights: Weights) -> tuple[float, ...]:
    """What tells how sure a choice is: its margin, proof by the reader's rules, what OCR doubts."""
    best = best_of(one, weights)
    doubt = best.doubt if best else 1.0
    doubts = (min(10 * doubt, 1.0), min(100 * doubt, 1.0))
    return (1.0, margin_of(one, weights) / 5, one.is_confirmed, one.is_text, *doubts)


def _chance(signs: tuple[float, ...], model: Sequence[float]) -> float:
    return 1 / (1 + math.exp(-sum(weight * sign for weight, sign in zip(model, signs, strict=True))))


def _logistic(examples: Sequence[Example], weights: Weights) -> list[float]:
    """A logistic regression in which every group counts once. Adagrad, a fixed number of steps."""
    rows = [(_signs(one, weights), one.is_read_right, one.group) for one in examples]
    sizes = Counter(group for _, _, group in rows)
    model = [0.0] * len(rows[0][0])
    squares = [1e-6] * len(model)
    for _ in range(_STEPS):
        slope = [-_LOYALTY * weight for weight in model]
        for signs, is_right, group in rows:
            by = (is_right - _chance(signs, model)) / sizes[group]
            slope = [one + by * sign for one, sign in zip(slope, signs, strict=True)]
        squares = [one + by * by for one, by in zip(squares, slope, strict=True)]
        model = [w + _RATE * by / math.sqrt(s) for w, by, s in zip(model, slope, squares, strict=True)]
    return model
