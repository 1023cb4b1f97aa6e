"""The languages that users are spoken to in: French where their locale says so, else English."""

from __future__ import annotations


def is_french(locale: str) -> bool:
    """Whether a locale such as `fr`, `fr-CA` or `fr_FR` is a French one."""
    return locale.replace("_", "-").split("-", maxsplit=1)[0].casefold() == "fr"
