"""Currencies and countries: how money is written, whose it is, and what betrays where a paper is from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from functions.document_reading.reading.lexicon.folding import listed

# Signs and words, folded to lower case. One of several currencies stands for itself until it is known whose.
SIGNS = {
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "$": "$",
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
    "¥": "¥",
    "円": "JPY",
    "元": "CNY",
    "jpy": "JPY",
    "cny": "CNY",
    "rmb": "CNY",
    "krw": "KRW",
    "₩": "KRW",
    "inr": "INR",
    "₹": "INR",
    "rs.": "INR",
    "idr": "IDR",
    "rp": "IDR",
    "rp.": "IDR",
    "thb": "THB",
    "฿": "THB",
    "php": "PHP",
    "vnd": "VND",
    "₫": "VND",
    "đ": "VND",
    "₱": "PHP",
    "sek": "SEK",
    "nok": "NOK",
    "dkk": "DKK",
    "kr": "kr",
    "kr.": "kr",
    "isk": "ISK",
    "pln": "PLN",
    "zł": "PLN",
    "czk": "CZK",
    "kč": "CZK",
    "huf": "HUF",
    "ron": "RON",
    "lei": "RON",
    "uah": "UAH",
    "₴": "UAH",
    "грн": "UAH",
    "bgn": "BGN",
    "try": "TRY",
    "tl": "TRY",
    "₺": "TRY",
    "aed": "AED",
    "sar": "SAR",
    "mad": "MAD",
    "dh": "MAD",
    "tnd": "TND",
    "dt": "TND",
    "kwd": "KWD",
    "kd": "KWD",
    "omr": "OMR",
    "jod": "JOD",
    "xof": "XOF",
    "fcfa": "XOF",
    "zar": "ZAR",
    "brl": "BRL",
    "r$": "BRL",
    "mxn": "MXN",
    "mx$": "MXN",
    "clp": "CLP",
    "ars": "ARS",
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

SHARED_SIGNS = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "CLP", "COP", "ARS"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "¥": ("JPY", "CNY"),
}
"""Signs of several currencies, with those; the first is meant where nothing says which."""

_DECIMALS = (
    dict.fromkeys(listed("CLP ISK JPY KRW PYG UGX VND XAF XOF"), 0)
    | dict.fromkeys(listed("HUF IDR"), 0)
    | dict.fromkeys(listed("BHD IQD JOD KWD LYD OMR TND"), 3)
)
"""By ISO 4217, where they are not two; forints and rupiahs have two that nobody prints."""


def decimals_of(currency: str | None) -> int:
    """How many decimals amounts in a currency are printed with."""
    return _DECIMALS.get(currency or "", 2)


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


_AMERICAN_TELEPHONE = r"|\(\d{3}\) ?\d{3}-\d{4}\b|(?<![\d-])\d{3}[-.]\d{3}[-.]\d{4}\b"

COUNTRIES = {
    "MY": Country(
        "MYR",
        r"\bsdn\.? ?bhd|\bjalan\b|\bjln\b|\bselangor\b|\bjohor\b|\bkuala lumpur\b|\bpenang\b"
        r"|\bmalaysia\b"
        r"|\bmyr\b|\brm ?\d|\(rm\)|\btaman\b|\blorong\b|\bsst\b|\bjumlah\b|\btunai\b|\bresit\b"
        r"|\bkopitiam\b"
        r"|\bgst (?:id|reg)\b",
        has_coins_of_five=True,
    ),
    "SG": Country(
        "SGD",
        r"\bpte\.? ?ltd|\bsingapore \d{6}|\bsgd\b|\bs\$|\bsingapore\b|\bgst reg no [m\d]",
    ),
    "FR": Country(
        "EUR",
        r"\bfr ?\d{2} ?\d{3} ?\d{3} ?\d{3}\b|\bsiret\b|\bsiren\b|\brcs\b|\+33|\btva\b|\bcedex\b|\bttc\b"
        r"|\bfacture\b",
    ),
    "DE": Country("EUR", r"\bde ?\d{9}\b|\bust\b|\bust-?id|\bmwst\b|\+49|\bgmbh\b|\brechnung\b|\bhrb\b"),
    "NL": Country(
        "EUR",
        r"\bnl ?\d{9}b\d\d\b|\bbtw\b|\bkvk\b|\+31|\bfactuur\b|\b\d{4} ?[a-z]{2} [a-z]{3}",
    ),
    "ES": Country(
        "EUR",
        r"\besp?-?[a-z]\d{8}\b|\bc\.?i\.?f\b|\bn\.?i\.?f\b|\+34|\bfactura\b|\bespana\b",
    ),
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
    "US": Country(
        "USD", r"\busd\b|\bus dollars?\b|\bunited states\b|\busa\b" + _AMERICAN_TELEPHONE, is_month_first=True
    ),
    "AU": Country("AUD", r"\babn\b|\baud\b|\baustralia\b|\+61"),
    "CA": Country(
        "CAD",
        r"\bhst\b|\bqst\b|\btvq\b|\btps\b|\bcad\b|\bcanada\b"
        r"|\b(?:ab|bc|mb|nb|nl|ns|on|pe|qc|sk),? [a-z]\d[a-z] ?\d[a-z]\d\b"
        r"|\b\d{9} ?rt ?\d{4}\b" + _AMERICAN_TELEPHONE,
    ),
    "IN": Country("INR", r"\bgstin\b|\bcgst\b|\bsgst\b|\binr\b|\bindia\b|\+91|₹|\bpvt\b"),
    "HK": Country("HKD", r"\bhk\$|\bhkd\b|\bhong kong\b"),
    "LI": Country("CHF"),
    "IE": Country("EUR", r"\bie ?\d{7}[a-z]{1,2}\b|\+353|\bireland\b|\bdublin\b"),
    "PT": Country(
        "EUR", r"\bpt ?\d{9}\b|\+351|\bportugal\b|\blda\b|\bnif\b.{0,4}\d{9}|\bfatura\b|\blisboa\b"
    ),
    "FI": Country(
        "EUR", r"\bfi ?\d{8}\b|\+358|\bsuomi\b|\bhelsinki\b|\boyj?\b|\by-tunnus\b|\byhteensa\b|\b\d{7}-\d\b"
    ),
    "NZ": Country("NZD"),
    "JP": Country("JPY", r"\bjapan\b|\btokyo\b|円|\+81|領収|消費税|合計"),
    "CN": Country(
        "CNY",
        r"\bchina\b|\bshanghai\b|\bbeijing\b|\bshenzhen\b|\bguangzhou\b|\brmb\b|\bcny\b|\+86|发票|元"
        r"|\bwechat pay\b|\balipay\b",
    ),
    "ID": Country(
        "IDR",
        r"\brp\.? ?\d|\bindonesia\b|\bjakarta\b|\bbandung\b|\bsurabaya\b|\bbali\b|\bnpwp\b|\bppn\b"
        r"|\+62|\bjl\.? [a-z]",
    ),
    "TH": Country("THB", r"\bthailand\b|\bbangkok\b|\bthb\b|฿|\+66|\bbaht\b|[\u0e00-\u0e7f]{3}"),
    "VN": Country(
        "VND",
        r"\bvietnam\b|\bviet nam\b|\bha noi\b|\bhanoi\b|\bho chi minh\b|\bvnd\b|₫|\+84",
    ),
    "KR": Country("KRW", r"\bkorea\b|\bseoul\b|₩|\+82"),
    "IS": Country("ISK", r"\biceland\b|\bisland\b|\breykjavik\b|\behf\b|\bisk\b|\+354|\bkt\. ?\d{6}"),
    "KW": Country("KWD", r"\bkuwait\b|\bkwd\b|\+965"),
    "AE": Country("AED", r"\bdubai\b|\babu dhabi\b|\bu\.?a\.?e\b|\baed\b|\+971"),
    "UA": Country("UAH", r"\bukraine\b|україн|₴|\bпдв|\+380"),
    "CL": Country("CLP", r"\bchile\b|\bsantiago\b|\brut\b.{0,3}\d|\bclp\b|\+56"),
    "CO": Country("COP", r"\bcolombia\b|\bbogota\b|\bmedellin\b|\bcop\b|\+57"),
    "AR": Country("ARS", r"\bargentina\b|\bbuenos aires\b|\bcuit\b|\+54"),
    "PH": Country("PHP", is_month_first=True),
    "SE": Country(
        "SEK",
        r"\bsverige\b|\bsweden\b|\bstockholm\b|\bgoteborg\b|\bmalmo\b|\bmoms\b"
        r"|\borg\.? ?nr\.?:? ?\d{6}-\d{4}|\bsek\b|\+46|\bkvitto\b|\bse ?\d{12}\b",
    ),
    "NO": Country(
        "NOK",
        r"\bnorge\b|\bnorway\b|\boslo\b|\bbergen\b|\bmva\b|\bnok\b|\+47|\bkvittering\b"
        r"|\bsalgskvittering\b|\bno ?\d{3} ?\d{3} ?\d{3}\b",
    ),
    "DK": Country(
        "DKK",
        r"\bdanmark\b|\bdenmark\b|\bkobenhavn\b|\bcopenhagen\b|\baarhus\b|\bcvr\b|\bdkk\b|\+45"
        r"|\bheraf moms\b|\baps\b",
    ),
    "PL": Country(
        "PLN",
        r"\bpolska\b|\bpoland\b|\bwarszawa\b|\bnip\b|\bpln\b|\bzl\b|\+48|\bsp\. ?z ?o\.?o"
        r"|\bparagon\b|\bfaktura vat\b|\bul\. [a-z]",
    ),
    "CZ": Country(
        "CZK",
        r"\bceska republika\b|\bczech\b|\bpraha\b|\bbrno\b|\bdic\b|\bdph\b|\bczk\b|\bkc\b|\+420"
        r"|\bs\.? ?r\.? ?o\b",
    ),
    "HU": Country(
        "HUF",
        r"\bmagyarorszag\b|\bhungary\b|\bbudapest\b|\bafa\b|\badoszam\b|\bhuf\b|\d ft\b|\+36"
        r"|\bkft\b|\bnyugta\b|\bszamla\b",
    ),
    "RO": Country(
        "RON",
        r"\bromania\b|\bbucuresti\b|\bcluj\b|\bcui\b|\blei\b|\bron\b|\+40|\bbon fiscal\b"
        r"|\bsc .{2,30} srl\b",
    ),
    "BG": Country("BGN"),
    "TR": Country(
        "TRY",
        r"\bturkiye\b|\bturkey\b|\bistanbul\b|\bankara\b|\bizmir\b|\bkdv\b|\btopkdv\b|\bfis no\b"
        r"|\bvkn\b|\+90|₺|\btry\b.{0,2}\d|\d tl\b|\btoplam\b",
    ),
    "MA": Country(
        "MAD",
        r"\bmaroc\b|\bmorocco\b|\bcasablanca\b|\brabat\b|\bmarrakech\b|\bice ?:? ?\d{15}\b|\+212"
        r"|\d ?dhs?\b",
    ),
    "TN": Country(
        "TND",
        r"\btunisie\b|\btunisia\b|\btunis\b|\btnd\b|\+216|\d dt\b|\bmf ?:? ?\d{7}/?[a-z]"
        r"|\bla marsa\b|\bsousse\b",
    ),
    "ZA": Country("ZAR"),
    "BR": Country("BRL", r"\bbrasil\b|\bbrazil\b|\bsao paulo\b|\bcnpj\b|r\$|\+55|\bcupom fiscal\b"),
    "MX": Country("MXN", r"\bmexico\b|\bcdmx\b|\brfc\b|\bmxn\b|\+52|\bs\.?a\.? de c\.?v\b|\bcfdi\b"),
    "FM": Country("USD", is_month_first=True),
    "PW": Country("USD", is_month_first=True),
} | dict.fromkeys(listed("CY EE GR HR LT LU LV MT SI SK MC"), Country("EUR"))
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
