"""Who a document is from: names in its head and foot, weighed by what stands with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from functions.document_reading.reading.merchant.business_names import NameCandidate, comparable
from functions.document_reading.reading.merchant.names_on_invoices import names_on_invoices
from functions.document_reading.reading.merchant.names_on_receipts import names_on_receipts
from functions.document_reading.reading.merchant.web_names import (
    agrees,
    is_named_like,
    printed_name,
    web_names,
)
from functions.document_reading.reading.print.layout import is_receipt_layout
from functions.document_reading.reading.print.lines import Line
from functions.document_reading.reading.print.sections import Party

_AGREES_WITH_DOMAIN = 3.0
_REPEATED = 1.0
_DISTINCTIVE = 6
"""Letters of a name that does not come up again by chance, as part of an address."""
_DOMAIN, _MENTION = -2.5, 0.5
_MOST_NAMES, _MOST_CANDIDATES, _MOST_DOMAINS = 1_000, 200, 20
"""Each is compared with all the others: of more than documents have, the likeliest are."""


@dataclass(frozen=True, slots=True)
class Merchant:
    """The name read."""

    name: str
    is_confirmed: bool
    line: int


def merchant_of(lines: Sequence[Line]) -> Merchant | None:
    """The seller's name, or None where nothing looks like one."""
    if not lines:
        return None
    names = names_on_receipts(lines) if is_receipt_layout(lines) else names_on_invoices(lines)
    candidates = _likeliest(list(islice(names, _MOST_NAMES)))
    buyers = {comparable(one.name) for one in candidates if one.party is Party.BUYER}
    domains = _domains(lines, buyers)
    weighed = list(_weighed([*candidates, *_of_domains(domains, lines)], lines, domains, buyers))
    if not weighed:
        return None
    score, best, is_confirmed = max(weighed, key=lambda one: one[0])
    return Merchant(best.name, is_confirmed, best.line) if score > 0 else None


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
        yield NameCandidate(printed_name(domain, lines), _DOMAIN + _MENTION * min(count, 3), line=0)


def _weighed(
    candidates: list[NameCandidate], lines: Sequence[Line], domains: Counter[str], buyers: set[str]
) -> Iterator[tuple[float, NameCandidate, bool]]:
    """Each candidate with its score, and whether independent evidence says that it is the seller."""
    texts = [f" {comparable(line.text)} " for line in lines]
    counted = Counter(comparable(one.name) for one in candidates)
    registered = {comparable(one.name) for one in candidates if one.is_registered}
    for one in candidates:
        name = comparable(one.name)
        if not name:
            continue
        in_domain = agrees(name, domains)
        other_lines = sum(f" {name} " in text for text in texts) - 1
        repeated = max(counted[name] - 1, other_lines) if len(name) >= _DISTINCTIVE else 0
        score = one.score + _AGREES_WITH_DOMAIN * in_domain + _REPEATED * min(max(repeated, 0), 2)
        is_borne_out = is_named_like(name, domains) or (name in registered and (in_domain or repeated > 0))
        yield score, one, name not in buyers and (one.is_stated or is_borne_out)
