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
    words: str = ""
    """Phrases that no other country has, folded: its names, towns, taxes, registers."""
    clues: str | None = None
    """A pattern for folded text: its telephone and tax numbers, signs, abbreviations with points."""
    is_month_first: bool = False
    """Whether 03/04 is in March."""
    has_coins_of_five: bool = False
    """Whether amounts in cash are rounded to 0.05."""


_CANADIAN_AREAS = (
    "204|226|236|249|250|257|263|289|306|343|354|365|367|368|382|403|416|418|428|431|437|438|450|468|474|506"
    "|514|519|548|579|581|584|587|604|613|639|647|672|683|705|709|742|753|778|780|782|807|819|825|867|873|879"
    "|902|905|942"
)
_AREAS_OF_OTHERS = "242|246|264|268|284|345|441|473|649|658|664|721|758|767|784|809|829|849|868|869|876"
"""Of the Caribbean countries that share the numbering plan."""
_AREAS_OF_BOTH = "800|833|844|855|866|877|888|900"
"""Of calls that are free, or dear, from all of those countries."""
_AMERICAN_AREAS = rf"(?!{_CANADIAN_AREAS}|{_AREAS_OF_OTHERS})[2-9]\d\d"


def _telephone(areas: str) -> str:
    """A North American number of these areas, as it is printed."""
    return rf"|\((?:{areas})\) ?\d{{3}}-\d{{4}}\b|(?<![\d-])(?:{areas})[-.]\d{{3}}[-.]\d{{4}}\b"


COUNTRIES = {
    "MY": Country(
        "MYR",
        words=(
            "jalan|jln|selangor|johor|kuala lumpur|penang|malaysia|myr|taman|lorong|sst|jumlah"
            "|tunai|resit|kopitiam"
        ),
        clues=(r"\bsdn\.? ?bhd|\brm ?\d|\(rm\)|\bgst (?:id|reg)\b"),
        has_coins_of_five=True,
    ),
    "SG": Country(
        "SGD",
        words="sgd|singapore",
        clues=(r"\bpte\.? ?ltd|\bsingapore \d{6}|\bs\$|\bgst reg no [m\d]"),
    ),
    "FR": Country(
        "EUR",
        words="siret|siren|rcs|tva|cedex|ttc|facture",
        clues=(r"\bfr ?\d{2} ?\d{3} ?\d{3} ?\d{3}\b|\+33"),
    ),
    "DE": Country(
        "EUR",
        words="ust|mwst|gmbh|rechnung|hrb",
        clues=(r"\bde ?\d{9}\b|\bust-?id|\+49"),
    ),
    "NL": Country(
        "EUR",
        words="btw|kvk|factuur",
        clues=(r"\bnl ?\d{9}b\d\d\b|\+31|\b\d{4} ?[a-z]{2} [a-z]{3}"),
    ),
    "ES": Country(
        "EUR",
        words="factura|espana",
        clues=(r"\besp?-?[a-z]\d{8}\b|\bc\.?i\.?f\b|\bn\.?i\.?f\b|\+34"),
    ),
    "IT": Country(
        "EUR",
        words="partita iva|fattura|scontrino|italia",
        clues=(r"\bit ?\d{11}\b|\bp\.? ?iva\b|\+39"),
    ),
    "BE": Country(
        "EUR",
        clues=(r"\bbe ?0\d{9}\b|\bbe 0\d{3}\.\d{3}\.\d{3}\b|\+32|\bbelgi(?:e|um|que)\b"),
    ),
    "AT": Country(
        "EUR",
        words="osterreich",
        clues=(r"\batu ?\d{8}\b|\+43"),
    ),
    "CH": Country(
        "CHF",
        words="chf|schweiz|suisse",
        clues=(r"\bche-?\d{3}\.\d{3}\.\d{3}|\+41"),
        has_coins_of_five=True,
    ),
    "GB": Country(
        "GBP",
        words="united kingdom|gbp",
        clues=(r"\bgb ?\d{9}\b|\+44|£|\b[a-z]{1,2}\d{1,2}[a-z]? \d[a-z]{2}\b"),
    ),
    "US": Country(
        "USD",
        words="usd|united states|usa|sales tax|gratuity|suggested tip|tip guide",
        clues=(r"\bus dollars?\b" + _telephone(_AMERICAN_AREAS)),
        is_month_first=True,
    ),
    "AU": Country(
        "AUD",
        words="abn|aud|australia",
        clues=(r"\+61"),
    ),
    "CA": Country(
        "CAD",
        words="hst|qst|tvq|tps|cad|canada",
        clues=(
            r"\b(?:ab|bc|mb|nb|nl|ns|on|pe|qc|sk),? [a-z]\d[a-z] ?\d[a-z]\d\b|\b\d{9} ?rt ?\d{4}\b"
            + _telephone(f"{_CANADIAN_AREAS}|{_AREAS_OF_BOTH}")
        ),
    ),
    "IN": Country(
        "INR",
        words="gstin|cgst|sgst|inr|india|pvt",
        clues=(r"\+91|₹"),
    ),
    "HK": Country(
        "HKD",
        words="hkd|hong kong",
        clues=(r"\bhk\$"),
    ),
    "IE": Country(
        "EUR",
        words="ireland|dublin",
        clues=(r"\bie ?\d{7}[a-z]{1,2}\b|\+353"),
    ),
    "PT": Country(
        "EUR",
        words="portugal|lda|fatura|lisboa",
        clues=(r"\bpt ?\d{9}\b|\+351|\bnif\b.{0,4}\d{9}"),
    ),
    "FI": Country(
        "EUR",
        words="suomi|helsinki|yhteensa",
        clues=(r"\bfi ?\d{8}\b|\+358|\boyj?\b|\by-tunnus\b|\b\d{7}-\d\b"),
    ),
    "JP": Country(
        "JPY",
        words="japan|tokyo",
        clues=(r"円|\+81|領収|消費税|合計"),
    ),
    "CN": Country(
        "CNY",
        words="china|shanghai|beijing|shenzhen|guangzhou|rmb|cny|wechat pay|alipay",
        clues=(r"\+86|发票|元"),
    ),
    "ID": Country(
        "IDR",
        words="indonesia|jakarta|bandung|surabaya|bali|npwp|ppn",
        clues=(r"\brp\.? ?\d|\+62|\bjl\.? [a-z]"),
    ),
    "TH": Country(
        "THB",
        words="thailand|bangkok|thb|baht",
        clues=(r"฿|\+66|[\u0e00-\u0e7f]{3}"),
    ),
    "VN": Country(
        "VND",
        words="vietnam|viet nam|ha noi|hanoi|ho chi minh|vnd",
        clues=(r"₫|\+84"),
    ),
    "KR": Country(
        "KRW",
        words="korea|seoul",
        clues=(r"₩|\+82"),
    ),
    "IS": Country(
        "ISK",
        words="iceland|island|reykjavik|ehf|isk",
        clues=(r"\+354|\bkt\. ?\d{6}"),
    ),
    "KW": Country(
        "KWD",
        words="kuwait|kwd",
        clues=(r"\+965"),
    ),
    "AE": Country(
        "AED",
        words="dubai|abu dhabi|aed",
        clues=(r"\bu\.?a\.?e\b|\+971"),
    ),
    "UA": Country(
        "UAH",
        words="ukraine",
        clues=(r"україн|₴|\bпдв|\+380"),
    ),
    "CL": Country(
        "CLP",
        words="chile|santiago|clp",
        clues=(r"\brut\b.{0,3}\d|\+56"),
    ),
    "CO": Country(
        "COP",
        words="colombia|bogota|medellin|cop",
        clues=(r"\+57"),
    ),
    "AR": Country(
        "ARS",
        words="argentina|buenos aires|cuit",
        clues=(r"\+54"),
    ),
    "SE": Country(
        "SEK",
        words="sverige|sweden|stockholm|goteborg|malmo|moms|sek|kvitto",
        clues=(r"\borg\.? ?nr\.?:? ?\d{6}-\d{4}|\+46|\bse ?\d{12}\b"),
    ),
    "NO": Country(
        "NOK",
        words="norge|norway|oslo|bergen|mva|nok|kvittering|salgskvittering",
        clues=(r"\+47|\bno ?\d{3} ?\d{3} ?\d{3}\b"),
    ),
    "DK": Country(
        "DKK",
        words="danmark|denmark|kobenhavn|copenhagen|aarhus|cvr|dkk|heraf moms|aps",
        clues=(r"\+45"),
    ),
    "PL": Country(
        "PLN",
        words="polska|poland|warszawa|nip|pln|zl|paragon|faktura vat",
        clues=(r"\+48|\bsp\. ?z ?o\.?o|\bul\. [a-z]"),
    ),
    "CZ": Country(
        "CZK",
        words="ceska republika|czech|praha|brno|dic|dph|czk|kc",
        clues=(r"\+420|\bs\.? ?r\.? ?o\b"),
    ),
    "HU": Country(
        "HUF",
        words="magyarorszag|hungary|budapest|afa|adoszam|huf|kft|nyugta|szamla",
        clues=(r"\d ft\b|\+36"),
    ),
    "RO": Country(
        "RON",
        words="romania|bucuresti|cluj|cui|lei|ron|bon fiscal",
        clues=(r"\+40|\bsc .{2,30} srl\b"),
    ),
    "TR": Country(
        "TRY",
        words="turkiye|turkey|istanbul|ankara|izmir|kdv|topkdv|fis no|vkn|toplam",
        clues=(r"\+90|₺|\btry\b.{0,2}\d|\d tl\b"),
    ),
    "MA": Country(
        "MAD",
        words="maroc|morocco|casablanca|rabat|marrakech",
        clues=(r"\bice ?:? ?\d{15}\b|\+212|\d ?dhs?\b"),
    ),
    "TN": Country(
        "TND",
        words="tunisie|tunisia|tunis|tnd|la marsa|sousse",
        clues=(r"\+216|\d dt\b|\bmf ?:? ?\d{7}/?[a-z]"),
    ),
    "BR": Country(
        "BRL",
        words="brasil|brazil|sao paulo|cnpj|cupom fiscal",
        clues=(r"r\$|\+55"),
    ),
    "MX": Country(
        "MXN",
        words="mexico|cdmx|rfc|mxn|cfdi",
        clues=(r"\+52|\bs\.?a\.? de c\.?v\b"),
    ),
    "LI": Country("CHF"),
    "NZ": Country("NZD"),
    "PH": Country("PHP", is_month_first=True),
    "BG": Country("BGN"),
    "ZA": Country("ZAR"),
    "FM": Country("USD", is_month_first=True),
    "PW": Country("USD", is_month_first=True),
} | dict.fromkeys(listed("CY EE GR HR LT LU LV MT SI SK MC"), Country("EUR"))
"""By ISO 3166 code; of countries with as many clues the first counts."""

_STATES_BY_POSTCODE = {
    "0": "CT MA ME NH NJ RI VT",
    "1": "NY PA",
    "2": "DC MD NC SC VA WV",
    "3": "AL FL GA MS TN",
    "4": "IN KY MI OH",
    "5": "IA MN MT ND SD WI",
    "6": "IL KS MO NE",
    "7": "AR LA OK TX",
    "8": "AZ CO ID NM NV UT WY",
    "9": "AK CA HI OR WA",
}
"""States by the first figure of their postcodes; not Delaware, since German addresses begin with `DE`."""
US_STATES = {state: figure for figure, states in _STATES_BY_POSTCODE.items() for state in states.split()}
"""The first figure of each state's postcodes."""
US_TOWN = re.compile(rf"\b({'|'.join(US_STATES)})(?:[.,]{{1,2}} ?| )(\d)\d{{4}}(?:-\d{{4}})?\b")
"""A state and its postcode, as printed."""
MONTH_FIRST = re.compile(r"\b(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/(?:20)?\d\d\b")
"""A day that can only be one with the month first."""

COUNTRY_NAMES = listed("""
    france deutschland germany allemagne nederland netherlands belgique belgie belgium luxembourg suisse
    schweiz switzerland osterreich austria espana spain espagne italia italy italie portugal ireland england
    london paris berlin kingdom united states usa uk singapore
""")
"""Single words of them, and of towns that are written alone in a line."""

LEGAL_FORMS = "oy|oyj|ab|as|asa|aps|a s|sp z o o|s r o|kft|doo|d o o|ood|eood|sia|uab|ou"
"""Those of countries whose language has no file."""
