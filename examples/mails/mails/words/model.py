"""What a language has words for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Forms = Mapping[str, str]
"""A sentence by the plural form of its number `{n}`: `{"one": …, "other": …}`, as many as the language has."""


def one_is_one(number: int) -> str:
    """The plural of English, German, Italian and Spanish."""
    return "one" if number == 1 else "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language. `plural` names the form that goes with a number, `thousands` stands between its groups."""

    code: str
    plural: Callable[[int], str]
    thousands: str
    greeting: str
    button: str
    footer: str
    unsubscribe: str
    batch_subjects: Mapping[str, Forms]
    batch: Mapping[str, Forms]
    link_subject: str
    link_reasons: Mapping[str, str]
    link_other: str
    delivery_subject: str
    delivery: str

    def count(self, forms: Forms, number: int) -> str:
        """`1 receipt` or `1,234 receipts`."""
        return forms[self.plural(number)].format(n=f"{number:,}".replace(",", self.thousands))
