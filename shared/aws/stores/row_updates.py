"""Writes what a model became onto its row: only the attributes that a change is about."""

from __future__ import annotations

from collections.abc import Iterable

from pynamodb.expressions.update import Action
from pynamodb.models import Model


def written(row: Model, names: Iterable[str]) -> list[Action]:
    """Updates that set what `row` has of these attributes, and remove what it lacks of them."""
    attributes = type(row).get_attributes()
    actions: list[Action] = []
    for name in names:
        value = getattr(row, name)
        actions.append(attributes[name].remove() if value is None else attributes[name].set(value))
    return actions


def differences(before: Model, after: Model) -> list[Action]:
    """Updates that make the row `before`, which must still be as it was read, into `after`."""
    return written(after, _changed(before, after))


def _changed(before: Model, after: Model) -> list[str]:
    return [name for name in type(after).get_attributes() if getattr(before, name) != getattr(after, name)]
