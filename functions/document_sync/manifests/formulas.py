"""Formulas that count and sum the lines of a group, under any name of the group.

SUMIFS is what accountants know, but takes `*`, `?`, `<` and numbers in a name for patterns, and capitals for
small letters. Where a name is not plain letters, or is another one but for its capitals, EXACT compares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_MOST_OF_A_CRITERION = 255
_PLAIN = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .,'\u2019&()/-])*")
# Words of these languages that a criterion takes for a truth.
_TRUTHS = frozenset(["true", "false", "vrai", "faux", "wahr", "falsch", "verdadero", "falso", "vero"])


@dataclass(frozen=True, slots=True)
class Condition:
    """That the cells of a range say what another cell says."""

    range: str
    cell: str
    is_plain: bool


def is_plain(label: str) -> bool:
    """Whether SUMIFS takes it for what it is."""
    return (
        len(label) <= _MOST_OF_A_CRITERION
        and bool(_PLAIN.fullmatch(label))
        and label.casefold() not in _TRUTHS
    )


def plain_labels(labels: Iterable[str]) -> frozenset[str]:
    """Those that SUMIFS tells from all others, too."""
    different = set(labels)
    folded = [label.casefold() for label in different]
    return frozenset(label for label in different if is_plain(label) and folded.count(label.casefold()) == 1)


def sum_of(values: str, conditions: Sequence[Condition]) -> str:
    """The sum of the values where all hold."""
    if all(condition.is_plain for condition in conditions):
        return f"=SUMIFS({values},{_pairs(conditions)})"
    return f"=SUMPRODUCT({_exactly(conditions)},{values})"


def count_of(conditions: Sequence[Condition], *, positions: str | None = None) -> str:
    """How many lines all hold for; with `positions`, of those that say 1."""
    if all(condition.is_plain for condition in conditions):
        first = f"{positions},1," if positions else ""
        return f"=COUNTIFS({first}{_pairs(conditions)})"
    first = f"--({positions}=1)," if positions else ""
    return f"=SUMPRODUCT({first}{_exactly(conditions)})"


def _pairs(conditions: Sequence[Condition]) -> str:
    return ",".join(f"{condition.range},{condition.cell}" for condition in conditions)


def _exactly(conditions: Sequence[Condition]) -> str:
    return ",".join(f"--EXACT({condition.range},{condition.cell})" for condition in conditions)
