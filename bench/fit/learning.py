"""Weights that make the right candidates the likeliest, in plain Python and always the same."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bench.fit.examples import Candidate, Example
from functions.document_reading.reading.weights import Weights, weighed

_STEPS = 100
_RATE = 0.5
_FOLDS = 5
_MOST_MARGIN = 10.0


@dataclass(frozen=True, slots=True)
class _Choice:
    """An example made ready: candidates with the same evidence are one, with their number."""

    share: float
    """What it counts: documents of one merchant or layout count once together."""
    options: tuple[tuple[tuple[tuple[str, float], ...], bool, int], ...]


def fitted(examples: Sequence[Example], start: Weights, loyalty: float) -> dict[str, float]:
    """The weights that explain the examples best and differ little from those set by hand.

    A candidate's chance is the part of its exponentiated score in those of all candidates. `loyalty` is what
    a weight's difference from its start costs. Adagrad, in as many steps always.
    """
    weights = dict(start)
    squares = dict.fromkeys(start, 1e-6)
    choices = _choices(examples)
    for _ in range(_STEPS):
        slope = {piece: loyalty * (start[piece] - weight) for piece, weight in weights.items()}
        for one in choices:
            _add_slope(one, weights, slope)
        for piece, by in slope.items():
            squares[piece] += by * by
            weights[piece] += _RATE * by / math.sqrt(squares[piece])
    return weights


def _choices(examples: Sequence[Example]) -> list[_Choice]:
    """What can be learnt from: the examples in which other weights could make a difference."""
    solvable = [one for one in examples if one.is_solvable]
    sizes = Counter(one.group for one in solvable)
    found = []
    for one in solvable:
        alike = Counter(
            (tuple((piece, by) for piece, by in each.evidence.items() if by), each.is_right)
            for each in one.candidates
        )
        options = tuple((pieces, is_right, count) for (pieces, is_right), count in alike.items())
        found.append(_Choice(1 / sizes[one.group], options))
    return found


def _add_slope(one: _Choice, weights: Weights, slope: dict[str, float]) -> None:
    """How the likelihood of a right choice grows with each weight."""
    scores = [sum(weights[piece] * by for piece, by in pieces) for pieces, _, _ in one.options]
    most = max(scores)
    chances = [
        math.exp(score - most) * count for score, (_, _, count) in zip(scores, one.options, strict=True)
    ]
    whole = sum(chances)
    right = sum(chance for chance, (_, is_right, _) in zip(chances, one.options, strict=True) if is_right)
    for chance, (pieces, is_right, _) in zip(chances, one.options, strict=True):
        by = one.share * ((chance / right if is_right and right else 0.0) - chance / whole)
        for piece, amount in pieces:
            slope[piece] += by * amount


def best_of(one: Example, weights: Weights) -> Candidate | None:
    """The candidate with the greatest score."""
    return max(one.candidates, key=lambda each: weighed(each.evidence, weights), default=None)


def is_chosen_right(one: Example, weights: Weights) -> bool:
    """Whether the candidate with the greatest score is right."""
    best = best_of(one, weights)
    return best is not None and best.is_right


def margin_of(one: Example, weights: Weights) -> float:
    """By how much the best candidate's score is above that of the best one of another value."""
    best = best_of(one, weights)
    if best is None:
        return 0.0
    others = [weighed(each.evidence, weights) for each in one.candidates if each.value != best.value]
    return min(weighed(best.evidence, weights) - max(others, default=0.0), _MOST_MARGIN)


def folds(examples: Sequence[Example]) -> list[tuple[list[Example], list[Example]]]:
    """What is fitted to and what is judged, five times: each group is judged once."""
    ordered = sorted({one.group for one in examples})
    fold_of = {group: index % _FOLDS for index, group in enumerate(ordered)}
    return [
        (
            [one for one in examples if fold_of[one.group] != fold],
            [one for one in examples if fold_of[one.group] == fold],
        )
        for fold in range(_FOLDS)
    ]


def once(results: Sequence[tuple[Example, bool]]) -> float:
    """The share that is right where every group counts once."""
    groups: dict[int, list[bool]] = {}
    for one, is_right in results:
        groups.setdefault(one.group, []).append(is_right)
    return sum(sum(some) / len(some) for some in groups.values()) / max(len(groups), 1)
