"""Currencies and countries: how money is written, whose it is, and what betrays where a paper is from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from functions.document_reading.reading.lexicon.folding import listed

# Signs and words, folded to lower case; a dollar may be anybody's.
SIGNS = {
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "chf": "CHF",
    "sfr": "CHF",
    "fr.": "CHF",
    "rm": "MYR",
    "myr": "MYR",
    "s$": "SGD",
    "sgd": "SGD",
    "hk$": "HKD",
    "hkd": "HKD",
    "a$": "AUD",
    "aud": "AUD",
    "ca$": "CAD",
    "c$": "CAD",
    "cad": "CAD",
    "nz$": "NZD",
    "nzd": "NZD",
    "¥": "JPY",
    "jpy": "JPY",
    "cny": "CNY",
    "rmb": "CNY",
    "krw": "KRW",
    "₩": "KRW",
    "inr": "INR",
    "₹": "INR",
    "rs.": "INR",
    "idr": "IDR",
    "thb": "THB",
    "฿": "THB",
    "php": "PHP",
    "vnd": "VND",
    "sek": "SEK",
    "nok": "NOK",
    "dkk": "DKK",
    "kr": "SEK",
    "pln": "PLN",
    "zł": "PLN",
    "czk": "CZK",
    "kč": "CZK",
    "huf": "HUF",
    "ron": "RON",
    "bgn": "BGN",
    "try": "TRY",
    "₺": "TRY",
    "aed": "AED",
    "sar": "SAR",
    "mad": "MAD",
    "dh": "MAD",
    "tnd": "TND",
    "xof": "XOF",
    "fcfa": "XOF",
    "zar": "ZAR",
    "brl": "BRL",
    "r$": "BRL",
    "mxn": "MXN",
    "ils": "ILS",
    "₪": "ILS",
}

CURRENCY_NAMES = {
    "us dollars": "USD",
    "us dollar": "USD",
    "pounds sterling": "GBP",
    "ringgit": "MYR",
    "swiss francs": "CHF",
}
"""Currencies in words, folded."""

DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"})


def currency_of_sign(sign: str) -> str | None:
    """The ISO code of a sign or word, None for one that is no currency's."""
    return SIGNS.get(sign.lower())


@dataclass(frozen=True, slots=True)
class Country:
    """What a country's documents have in common."""

    currency: str
    """Its ISO 4217 code."""
    clues: str | None = None
    """A pattern for folded text: telephone and tax numbers, names, words that no other country has."""
    is_month_first: bool = False
    """Whether 03/04 is in March."""
    has_coins_of_five: bool = False
    """Whether amounts in cash are rounded to 0.05."""


COUNTRIES = {
    "MY": Country(
        "MYR",
        r"\bsdn\.? ?bhd|\bjalan\b|\bjln\b|\bselangor\b|\bjohor\b|\bkuala lumpur\b|\bpenang\b|\bmalaysia\b"
        r"|\bmyr\b|\brm ?\d|\(rm\)|\btaman\b|\blorong\b|\bsst\b|\bjumlah\b|\btunai\b|\bresit\b|\bkopitiam\b"
        r"|\bgst (?:id|reg)\b",
        has_coins_of_five=True,
    ),
    "SG": Country("SGD", r"\bpte\.? ?ltd|\bsingapore \d{6}|\bsgd\b|\bs\$"),
    "FR": Country(
        "EUR",
        r"\bfr ?\d{2} ?\d{3} ?\d{3} ?\d{3}\b|\bsiret\b|\bsiren\b|\brcs\b|\+33|\btva\b|\bcedex\b|\bttc\b"
        r"|\bfacture\b",
    ),
    "DE": Country("EUR", r"\bde ?\d{9}\b|\bust\b|\bust-?id|\bmwst\b|\+49|\bgmbh\b|\brechnung\b|\bhrb\b"),
    "NL": Country("EUR", r"\bnl ?\d{9}b\d\d\b|\bbtw\b|\bkvk\b|\+31|\bfactuur\b|\b\d{4} ?[a-z]{2} [a-z]{3}"),
    "ES": Country("EUR", r"\besp?-?[a-z]\d{8}\b|\bc\.?i\.?f\b|\bn\.?i\.?f\b|\+34|\bfactura\b|\bespana\b"),
    "IT": Country(
        "EUR",
        r"\bit ?\d{11}\b|\bp\.? ?iva\b|\bpartita iva\b|\+39|\bfattura\b|\bscontrino\b|\bitalia\b",
    ),
    "BE": Country("EUR", r"\bbe ?0\d{9}\b|\bbe 0\d{3}\.\d{3}\.\d{3}\b|\+32|\bbelgi(?:e|um|que)\b"),
    "AT": Country("EUR", r"\batu ?\d{8}\b|\+43|\bosterreich\b"),
    "CH": Country(
        "CHF", r"\bche-?\d{3}\.\d{3}\.\d{3}|\bchf\b|\+41|\bschweiz\b|\bsuisse\b", has_coins_of_five=True
    ),
    "GB": Country(
        "GBP", r"\bgb ?\d{9}\b|\+44|\bunited kingdom\b|\bgbp\b|£|\b[a-z]{1,2}\d{1,2}[a-z]? \d[a-z]{2}\b"
    ),
    "US": Country("USD", r"\busd\b|\bus dollars?\b|\bunited states\b|\busa\b", is_month_first=True),
    "AU": Country("AUD", r"\babn\b|\baud\b|\baustralia\b|\+61"),
    "CA": Country("CAD", r"\bhst\b|\bqst\b|\bcad\b|\bcanada\b"),
    "IN": Country("INR", r"\bgstin\b|\bcgst\b|\bsgst\b|\binr\b|\bindia\b|\+91|₹|\bpvt\b"),
    "HK": Country("HKD", r"\bhk\$|\bhkd\b|\bhong kong\b"),
    "LI": Country("CHF"),
    "NZ": Country("NZD"),
    "JP": Country("JPY"),
    "CN": Country("CNY"),
    "ID": Country("IDR"),
    "TH": Country("THB"),
    "PH": Country("PHP", is_month_first=True),
    "SE": Country("SEK"),
    "NO": Country("NOK"),
    "DK": Country("DKK"),
    "PL": Country("PLN"),
    "CZ": Country("CZK"),
    "HU": Country("HUF"),
    "RO": Country("RON"),
    "BG": Country("BGN"),
    "TR": Country("TRY"),
    "MA": Country("MAD"),
    "TN": Country("TND"),
    "ZA": Country("ZAR"),
    "BR": Country("BRL"),
    "MX": Country("MXN"),
    "FM": Country("USD", is_month_first=True),
    "PW": Country("USD", is_month_first=True),
} | dict.fromkeys(listed("CY EE FI GR HR IE LT LU LV MT PT SI SK MC"), Country("EUR"))
"""By ISO 3166 code; of countries with as many clues the first counts."""

# Not Delaware's, since German addresses begin with `DE` as well.
US_TOWN = re.compile(
    r"\b(?:AL|AK|AZ|AR|CA|CO|CT|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND"
    r"|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY),? \d{5}(?:-\d{4})?\b"
)
"""A state and its postcode, as printed."""

COUNTRY_NAMES = listed("""
    france deutschland germany allemagne nederland netherlands belgique belgie belgium luxembourg suisse
    schweiz switzerland osterreich austria espana spain espagne italia italy italie portugal ireland england
    london paris berlin kingdom united states usa uk singapore
""")
"""Single words of them, and of towns that are written alone in a line."""

LEGAL_FORMS = "oy|oyj|ab|as|asa|aps|a s|sp z o o|s r o|kft|doo|d o o|ood|eood|sia|uab|ou"
"""Those of countries whose language has no file."""
