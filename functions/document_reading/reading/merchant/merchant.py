"""Who a document is from: names in its head and foot, weighed by what stands with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from functions.document_reading.reading.merchant.business_names import (
    NameCandidate,
    comparable,
    legal_form_end,
)
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
_NAMED_LIKE_DOMAIN = 1.5
_REPEATED = 1.0
_DISTINCTIVE = 6
"""Letters of a name that does not come up again by chance, as part of an address."""
_DOMAIN, _MENTION = -2.5, 0.5
_MOST_NAMES, _MOST_CANDIDATES, _MOST_DOMAINS = 1_000, 200, 20
"""Each is compared with all the others: of more than documents have, the likeliest are."""
_BUYERS = -3.0
"""For the name of a buyer where it stands again, without the heading that says so."""


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
    buyers = {comparable(one.name) for one in candidates if one.party is Party.BUYER} - {
        comparable(one.name) for one in candidates if one.is_stated
    }
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
    companies = _companies(candidates, domains) - buyers
    for one in candidates:
        name = comparable(one.name)
        if not name:
            continue
        in_domain = agrees(name, domains)
        other_lines = sum(f" {name} " in text for text in texts) - 1
        repeated = max(counted[name] - 1, other_lines) if len(name) >= _DISTINCTIVE else 0
        is_named = is_named_like(name, domains)
        score = one.score + _AGREES_WITH_DOMAIN * in_domain + _NAMED_LIKE_DOMAIN * is_named
        score += _REPEATED * min(max(repeated, 0), 2) + _BUYERS * (name in buyers)
        is_borne_out = is_named or (name in registered and (in_domain or repeated > 0))
        is_single = name not in buyers and not any(_are_others(name, other) for other in companies)
        yield score, one, one.is_stated or (is_borne_out and is_single)


def _companies(candidates: list[NameCandidate], domains: Counter[str]) -> set[str]:
    """The names for which something speaks: of two such, who is the seller is anybody's guess."""
    return {
        comparable(one.name)
        for one in candidates
        if one.is_registered
        or one.is_sender
        or (legal_form_end(one.name) is not None and is_named_like(comparable(one.name), domains))
    }


def _are_others(name: str, other: str) -> bool:
    """Whether two names are not one, be it cut short or with more behind it."""
    one, two = name.replace(" ", ""), other.replace(" ", "")
    return one not in two and two not in one and name.split()[:1] != other.split()[:1]
