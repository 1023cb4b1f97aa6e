"""Where a document is from, as far as it says: for the order of day and month, and for its currency."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from functions.document_reading.reading.lexicon.folding import fold
from functions.document_reading.reading.print.lines import Line

_CLUES = {
    "MY": r"\bsdn\.? ?bhd|\bjalan\b|\bjln\b|\bselangor\b|\bjohor\b|\bkuala lumpur\b|\bpenang\b|\bmalaysia\b"
    r"|\bmyr\b|\brm ?\d|\(rm\)|\btaman\b|\blorong\b|\bsst\b|\bjumlah\b|\btunai\b|\bresit\b|\bkopitiam\b"
    r"|\bgst (?:id|reg)\b",
    "SG": r"\bpte\.? ?ltd|\bsingapore \d{6}|\bsgd\b|\bs\$",
    "FR": r"\bfr ?\d{2} ?\d{3} ?\d{3} ?\d{3}\b|\bsiret\b|\bsiren\b|\brcs\b|\+33|\btva\b|\bcedex\b|\bttc\b"
    r"|\bfacture\b",
    "DE": r"\bde ?\d{9}\b|\bust\b|\bust-?id|\bmwst\b|\+49|\bgmbh\b|\brechnung\b|\bhrb\b",
    "NL": r"\bnl ?\d{9}b\d\d\b|\bbtw\b|\bkvk\b|\+31|\bfactuur\b|\b\d{4} ?[a-z]{2} [a-z]{3}",
    "ES": r"\besp?-?[a-z]\d{8}\b|\bc\.?i\.?f\b|\bn\.?i\.?f\b|\+34|\bfactura\b|\bespana\b",
    "IT": r"\bit ?\d{11}\b|\bp\.? ?iva\b|\bpartita iva\b|\+39|\bfattura\b|\bscontrino\b|\bitalia\b",
    "BE": r"\bbe ?0\d{9}\b|\bbe 0\d{3}\.\d{3}\.\d{3}\b|\+32|\bbelgi(?:e|um|que)\b",
    "AT": r"\batu ?\d{8}\b|\+43|\bosterreich\b",
    "CH": r"\bche-?\d{3}\.\d{3}\.\d{3}|\bchf\b|\+41|\bschweiz\b|\bsuisse\b",
    "GB": r"\bgb ?\d{9}\b|\+44|\bunited kingdom\b|\bgbp\b|£|\b[a-z]{1,2}\d{1,2}[a-z]? \d[a-z]{2}\b",
    "US": r"\busd\b|\bus dollars?\b|\bunited states\b|\busa\b",
    "AU": r"\babn\b|\baud\b|\baustralia\b|\+61",
    "CA": r"\bhst\b|\bqst\b|\bcad\b|\bcanada\b",
    "IN": r"\bgstin\b|\bcgst\b|\bsgst\b|\binr\b|\bindia\b|\+91|₹|\bpvt\b",
    "HK": r"\bhk\$|\bhkd\b|\bhong kong\b",
}
_PATTERNS = {country: re.compile(pattern) for country, pattern in _CLUES.items()}
# Not Delaware's, since German addresses begin with `DE` as well.
_US_TOWN = re.compile(
    r"\b(?:AL|AK|AZ|AR|CA|CO|CT|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND"
    r"|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY),? \d{5}(?:-\d{4})?\b"
)
_MOST = 5


def country_of(lines: Sequence[Line]) -> str | None:
    """The country most clues point to, or None without any."""
    printed = " \n ".join(line.text for line in lines)
    text = fold(printed)
    found = Counter(
        {country: min(len(set(pattern.findall(text))), _MOST) for country, pattern in _PATTERNS.items()}
    )
    found["US"] += len(set(_US_TOWN.findall(printed)))
    country, clues = found.most_common(1)[0]
    return country if clues else None
