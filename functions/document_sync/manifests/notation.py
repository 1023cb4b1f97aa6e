"""How a CSV is to be written so that a double click opens it rightly: by the company's language and country.

A spreadsheet takes the separator of columns and the decimal mark from the settings of the computer, which
follow the country where one is known, else the language. These are those of Windows, which Excel goes by;
they agree with Unicode's: https://cldr.unicode.org. Dates are ISO 8601, which all of them read as dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Notation:
    """What parts columns, and what parts the units from the decimals."""

    separator: str
    decimal_mark: str

    def number(self, value: Decimal, decimals: int) -> str:
        """`1234,50`: ungrouped, as grouping would make a text of it."""
        return f"{value:.{decimals}f}".replace(".", self.decimal_mark)


ENGLISH = Notation(",", ".")
CONTINENTAL = Notation(";", ",")
SWISS = Notation(";", ".")

_BY_LANGUAGE = {"en": ENGLISH}
_OF_OTHER_LANGUAGES = CONTINENTAL
_COUNTRIES = {
    ENGLISH: "AU DO GB GT HK HN IE IN MT MX NI NZ PA PE PH PR SG SV US",
    CONTINENTAL: "AR AT BE BO BR CL CO CZ DE DK EC ES FI FR GR IT LU MC NL NO PL PT PY SE SM UY VA VE ZA",
    SWISS: "CH LI",
}
_BY_COUNTRY = {country: notation for notation, them in _COUNTRIES.items() for country in them.split()}
# Of one country, Romands write otherwise than the others.
_BY_LOCALE = {("fr", "CH"): CONTINENTAL}
_LOCALE = re.compile(r"([a-z]{2,3})(?:[-_][a-z]{4})?(?:[-_]([a-z]{2}))?(?:[-_.@].*)?", re.IGNORECASE)


def notation_of(locale: str) -> Notation:
    """Of `fr`, `de-CH`, `en_GB`; English for what is no locale."""
    found = _LOCALE.fullmatch(locale)
    if found is None:
        return ENGLISH
    language, country = found[1].lower(), (found[2] or "").upper()
    of_both = _BY_LOCALE.get((language, country)) or _BY_COUNTRY.get(country)
    return of_both or _BY_LANGUAGE.get(language, _OF_OTHER_LANGUAGES)
