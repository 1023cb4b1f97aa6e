"""Who a document is from: names in its head and foot, weighed by what stands with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from functions.document_reading.reading.lexicon.folding import squashed
from functions.document_reading.reading.merchant.business_names import (
    NameCandidate,
    comparable,
    legal_form_end,
)
from functions.document_reading.reading.merchant.names_on_invoices import names_on_invoices
from functions.document_reading.reading.merchant.names_on_receipts import HEAD_LINES, names_on_receipts
from functions.document_reading.reading.merchant.web_names import (
    agrees,
    is_named_like,
    is_spelled_by,
    own_names,
    printed_name,
    web_names,
)
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.print.layout import is_receipt_layout
from functions.document_reading.reading.print.lines import Line
from functions.document_reading.reading.print.sections import Party

_DISTINCTIVE = 6
"""Letters of a name that does not come up again by chance, as part of an address."""
_TIME = re.compile(r"\b\d{1,2}:\d\d\b")
_MOST_NAMES, _MOST_CANDIDATES, _MOST_DOMAINS = 1_000, 200, 20
"""Each is compared with all the others: of more than documents have, the likeliest are."""


@dataclass(frozen=True, slots=True)
class Merchant:
    """The name read."""

    name: str
    is_confirmed: bool
    line: int


@dataclass(frozen=True, slots=True)
class WeighedName:
    """A candidate with all the evidence, and whether independent evidence says that it is the seller."""

    candidate: NameCandidate
    is_confirmed: bool


def merchant_of(lines: Sequence[Line]) -> Merchant | None:
    """The seller's name, or None where nothing looks like one."""
    weighed = weighed_names(lines)
    if not weighed:
        return None
    best = max(weighed, key=lambda one: one.candidate.score)
    name = best.candidate
    return Merchant(name.name, best.is_confirmed, name.line) if name.score > 0 else None


def weighed_names(lines: Sequence[Line]) -> list[WeighedName]:
    """Every name that may be the seller's."""
    if not lines:
        return []
    names = names_on_receipts(lines) if is_receipt_layout(lines) else names_on_invoices(lines)
    candidates = _likeliest(list(islice(names, _MOST_NAMES)))
    buyers = {comparable(one.name) for one in candidates if one.party is Party.BUYER} - {
        comparable(one.name) for one in candidates if one.is_stated
    }
    domains = _domains(lines, buyers)
    return list(_weighed([*candidates, *_of_domains(domains, lines)], lines, domains, buyers))


def _likeliest(candidates: list[NameCandidate]) -> list[NameCandidate]:
    """All of them in their order, unless there are more than any document has."""
    least = sorted((one.score for one in candidates), reverse=True)[:_MOST_CANDIDATES][-1:]
    kept = (one for one in candidates if [one.score] >= least)
    return list(islice(kept, _MOST_CANDIDATES))


def _domains(lines: Sequence[Line], buyers: set[str]) -> Counter[str]:
    """The domains on the document that are not the buyer's, since those speak for nobody else."""
    found = web_names(lines)
    named = found if len(found) <= _MOST_DOMAINS else dict(found.most_common(_MOST_DOMAINS))
    return Counter(
        {
            domain: count
            for domain, count in named.items()
            if not any(agrees(buyer, Counter([domain])) for buyer in buyers)
        }
    )


def _of_domains(domains: Counter[str], lines: Sequence[Line]) -> Iterator[NameCandidate]:
    """The names of web pages, for a document whose seller is but a picture."""
    for domain, count in domains.items():
        evidence = {"web page": 1.0, "mention of web page": min(count, 3)}
        yield NameCandidate(printed_name(domain, lines), evidence, line=0)


def _weighed(
    candidates: list[NameCandidate], lines: Sequence[Line], domains: Counter[str], buyers: set[str]
) -> Iterator[WeighedName]:
    """Each candidate with what the whole document says of it."""
    texts = [f" {comparable(line.text)} " for line in lines]
    counted = Counter(comparable(one.name) for one in candidates)
    registered = {comparable(one.name) for one in candidates if one.is_registered}
    companies = _companies(candidates, domains) - buyers
    rivals = _businesses(candidates, lines) - buyers
    said = domains + own_names(lines) + _companies_below(lines)
    for one in candidates:
        name = comparable(one.name)
        if not name:
            continue
        in_domain = agrees(name, domains)
        other_lines = sum(f" {name} " in text for text in texts) - 1
        repeated = max(counted[name] - 1, other_lines) if len(name) >= _DISTINCTIVE else 0
        is_named = is_named_like(name, said)
        evidence = {
            **one.evidence,
            "agrees with domain": in_domain,
            "named like domain": is_named,
            "repeated": min(max(repeated, 0), 2),
            "buyer's name": name in buyers,
        }
        is_read = lines[0].source is Source.TEXT or is_spelled_by(name, domains)
        is_borne_out = (is_named and "web page" not in one.evidence) or (
            name in registered and ((in_domain and is_read) or repeated > 0)
        )
        is_single = name not in buyers and not any(_are_others(name, other) for other in companies)
        is_misspelt = in_domain and not is_named and not is_spelled_by(name, domains)
        has_rival = is_misspelt or any(_are_others(name, other) for other in rivals)
        is_alone = one.heads_receipt and is_single and not has_rival
        is_confirmed = one.is_stated or (is_borne_out and is_single) or is_alone
        yield WeighedName(replace(one, evidence=evidence), is_confirmed)


def _companies_below(lines: Sequence[Line]) -> Counter[str]:
    """The companies that a receipt names below its head: `Kornblum GmbH`, of the shop `KORNBLUM`."""
    if not is_receipt_layout(lines):
        return Counter()
    ends = ((line.text, legal_form_end(line.text)) for line in lines[HEAD_LINES:])
    return Counter(squashed(comparable(text[:end])) for text, end in ends if end is not None)


def _companies(candidates: list[NameCandidate], domains: Counter[str]) -> set[str]:
    """The names for which something speaks: of two such, who is the seller is anybody's guess."""
    return {
        comparable(one.name)
        for one in candidates
        if one.is_registered
        or one.is_sender
        or (legal_form_end(one.name) is not None and is_named_like(comparable(one.name), domains))
    }


def _businesses(candidates: list[NameCandidate], lines: Sequence[Line]) -> set[str]:
    """The names on a receipt's head of which each may be the shop's: companies, and those with a trade.

    Below the time of the sale a trade is but of what was sold: `DINING ROOM`.
    """
    sale = next((index for index, line in enumerate(lines) if _TIME.search(line.text)), len(lines))
    return {
        comparable(one.name)
        for one in candidates
        if one.evidence.get("receipt: legal form") or (one.evidence.get("receipt: trade") and one.line < sale)
    }


def _are_others(name: str, other: str) -> bool:
    """Whether two names are not one, be it cut short or with more behind it."""
    one, two = name.replace(" ", ""), other.replace(" ", "")
    return one not in two and two not in one and name.split()[:1] != other.split()[:1]
