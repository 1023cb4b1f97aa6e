"""The names in a document's web and e-mail addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from functions.document_reading.reading.lexicon.folding import fold, listed, squashed
from functions.document_reading.reading.lexicon.tables import NAME_JOINERS, THANKS, TRADES
from functions.document_reading.reading.print.lines import Line

_DOMAIN = re.compile(
    r"(?:@|www\.|https?://(?:www\.)?|\b)((?:[a-z0-9-]{1,40}\.){1,3}[a-z]{2,10})(?![a-z0-9@])"
)
_WORD = re.compile(r"\w{3,}")
_HANDLE = re.compile(
    r"(?<![\w.@])@([a-z]\w{3,29})(?![\w.@])|\b(?:facebook|instagram|twitter)\.com/([a-z][\w.-]{3,39})"
)
"""`@bluedoor`, `facebook.com/bluedoor`; not the `@` of a price, nor that of a mail address."""
_MAILBOXES = listed("""
    gmail hotmail yahoo outlook live icloud aol gmx web orange wanadoo free laposte sfr bbox t-online
    freenet
    ziggo kpnmail hetnet libero tiscali virgilio telefonica terra     """)
"""Providers of mailboxes, whose names say nothing of who writes from them."""
_ANYBODYS = listed("facebook instagram twitter linkedin google tcpdf paypal example localhost ec whatsapp")
_SECOND_LEVEL = listed("co com org net gov ac or ne")
_ENDINGS = listed("""
    com net org eu fr de at ch be nl lu es it pt uk ie us ca au nz my sg hk in id th ph vn jp cn biz info
    io shop
    store online app cloud re cat bzh paris berlin tv dk se no fi pl cz hu ro bg gr tr ma tn za br mx ae
    """)


def web_names(lines: Sequence[Line]) -> Counter[str]:
    """Each domain's own part with how often it occurs: `www.shop-paris.fr` counts as `shopparis`."""
    found = (match for line in lines for match in _DOMAIN.finditer(fold(line.text)))
    names = (_own_part(match[1], is_mailbox=match[0].startswith("@")) for match in found)
    return Counter(squashed(name) for name in names if len(name) > 2)


def own_names(lines: Sequence[Line]) -> Counter[str]:
    """What the sender calls itself to its customers: its handles, and whom it thanks in the name of."""
    texts = [fold(line.text) for line in lines]
    handles = [match[1] or match[2] for text in texts for match in _HANDLE.finditer(text)]
    thanks = [text[found.end() :] for text in texts if (found := THANKS.search(text))]
    return Counter(name for name in map(squashed, (*handles, *thanks)) if name)


def printed_name(domain: str, lines: Sequence[Line]) -> str:
    """The domain's name as a word of the document has it, or else in capitals."""
    words = (word for line in lines for text in line.words for word in _WORD.findall(text.text))
    return next((word for word in words if word[:1].isupper() and squashed(word) == domain), domain.upper())


def _own_part(domain: str, *, is_mailbox: bool) -> str:
    labels = domain.split(".")
    if labels[-1] not in _ENDINGS or len(labels) < 2:
        return ""
    has_second_level = len(labels) > 2 and labels[-2] in _SECOND_LEVEL
    name = labels[-3] if has_second_level else labels[-2]
    return "" if name in _ANYBODYS or (is_mailbox and name in _MAILBOXES) else name


def agrees(name: str, domains: Counter[str]) -> bool:
    """Whether a folded name is in one of the domains: whole, by its first word or by its initials."""
    words = _without_article(name.split())
    return bool(words) and any(_is_of(words, domain) for domain in domains)


def _without_article(words: list[str]) -> list[str]:
    """`The Blue Door` is at `bluedoor.com`."""
    return words[1:] if len(words) > 1 and words[0] in NAME_JOINERS else words


def _is_of(words: list[str], domain: str) -> bool:
    whole = "".join(words)
    initials = "".join(word[0] for word in words) if len(words) > 2 else ""
    is_part = len(whole) > 3 and (whole in domain or (len(domain) > 3 and domain in whole))
    begins = len(words[0]) > 3 and domain.startswith(words[0])
    return is_part or begins or domain in {whole, initials}


def is_named_like(name: str, domains: Counter[str]) -> bool:
    """Whether a domain is the whole of a folded name, or that with little else: a part proves nothing.

    The kind of business and a country's code at its end are not needed: `dominos.com` is Domino's Pizza's.
    """
    words = _without_article(name.split())
    whole = "".join(words)
    while len(words) > 1 and (words[-1] in TRADES or len(words[-1]) == _LENGTH_OF_CODE):
        words.pop()
    forms = {name.replace(" ", ""), whole, "".join(words)}
    return any(
        len(form) > 3 and form in domain and len(form) > _MOST_OF * len(domain)
        for form in forms
        for domain in domains
    )


def is_spelled_by(name: str, domains: Counter[str]) -> bool:
    """Whether a domain has every word of a folded name but for trades: OCR did not misread the others."""
    needless = TRADES | NAME_JOINERS | _ENDINGS
    own = [word for word in name.split() if word not in needless]
    return bool(own) and any(all(word in domain for word in own) for domain in domains)


_LENGTH_OF_CODE = 2


_MOST_OF = 0.6
