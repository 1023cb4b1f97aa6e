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
from functions.document_reading.reading.merchant.names_on_receipts import (
    HEAD_LINES,
    is_doubtful,
    names_on_receipts,
)
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
from functions.document_reading.reading.weights import Evidence

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
    document = _Document.of(candidates, lines, domains, buyers)
    for one in candidates:
        name = comparable(one.name)
        if name:
            evidence = {**one.evidence, **document.evidence_for(name)}
            yield WeighedName(replace(one, evidence=evidence), document.confirms(one, name))


@dataclass(frozen=True, slots=True)
class _Document:
    """What all of a document says of the names in it."""

    lines: Sequence[Line]
    domains: Counter[str]
    said: Counter[str]
    """What the sender calls itself: its domains and handles, whom it thanks in the name of, its company."""
    said_surely: Counter[str]
    """The same in lines of which OCR doubts no character."""
    texts: Sequence[str]
    counted: Counter[str]
    buyers: set[str]
    registered: set[str]
    companies: set[str]
    rivals: set[str]

    @classmethod
    def of(
        cls,
        candidates: list[NameCandidate],
        lines: Sequence[Line],
        domains: Counter[str],
        buyers: set[str],
    ) -> _Document:
        """Gather it once, for all candidates."""
        return cls(
            lines=lines,
            domains=domains,
            said=_said(lines, domains),
            said_surely=_said_surely(lines, domains),
            texts=[f" {comparable(line.text)} " for line in lines],
            counted=Counter(comparable(one.name) for one in candidates),
            buyers=buyers,
            registered={comparable(one.name) for one in candidates if one.is_registered},
            companies=_companies(candidates, domains) - buyers,
            rivals=_businesses(candidates, lines) - buyers,
        )

    def evidence_for(self, name: str) -> Evidence:
        """What speaks for a name beside its own place."""
        is_named = is_named_like(name, self.said)
        return {
            **({"sheet: bare": 0.0} if is_named else {}),
            "agrees with domain": agrees(name, self.domains),
            "named like domain": is_named,
            "repeated": min(self._times_again(name), 2),
            "buyer's name": name in self.buyers,
        }

    def confirms(self, one: NameCandidate, name: str) -> bool:
        """Whether what speaks for a name is independent of how it was found, and for no second company."""
        if one.is_stated:
            return True
        is_proven = (
            (one.heads_receipt and not self._has_rival(name))
            or self._is_called_so(one, name)
            or self._is_registered(name)
        )
        return (
            is_proven
            and name not in self.buyers
            and not any(_are_others(name, other) for other in self.companies)
        )

    def _is_called_so(self, one: NameCandidate, name: str) -> bool:
        """Whether the sender calls itself so: what OCR doubts it may misread alike in two places."""
        said = self.said_surely if is_doubtful(self.lines[one.line]) else self.said
        return "web page" not in one.evidence and is_named_like(name, said)

    def _is_registered(self, name: str) -> bool:
        """Whether a register stands with it, and it stands again or is at one of the domains."""
        if name not in self.registered:
            return False
        is_read = self.lines[0].source is Source.TEXT or is_spelled_by(name, self.domains)
        return self._times_again(name) > 0 or (is_read and agrees(name, self.domains))

    def _has_rival(self, name: str) -> bool:
        """Whether a second business is on the head, or a domain that spells the name in another way."""
        is_misspelt = (
            agrees(name, self.domains)
            and not is_named_like(name, self.said)
            and not is_spelled_by(name, self.domains)
        )
        return is_misspelt or any(_are_others(name, other) for other in self.rivals)

    def _times_again(self, name: str) -> int:
        """How often a name that does not come up by chance stands again."""
        other_lines = sum(f" {name} " in text for text in self.texts) - 1
        return max(self.counted[name] - 1, other_lines, 0) if len(name) >= _DISTINCTIVE else 0


def _said(lines: Sequence[Line], domains: Counter[str]) -> Counter[str]:
    """What the sender calls itself."""
    companies = _companies_in(lines[HEAD_LINES:]) if is_receipt_layout(lines) else Counter[str]()
    return domains + own_names(lines) + companies


def _said_surely(lines: Sequence[Line], domains: Counter[str]) -> Counter[str]:
    """The same in lines of which OCR doubts no character."""
    below = [line for line in lines[HEAD_LINES:] if not is_doubtful(line)]
    kept = [*(line for line in lines[:HEAD_LINES] if not is_doubtful(line)), *below]
    if len(kept) == len(lines):
        return _said(lines, domains)
    companies = _companies_in(below) if is_receipt_layout(lines) else Counter[str]()
    return (web_names(kept) & domains) + own_names(kept) + companies


def _companies_in(lines: Sequence[Line]) -> Counter[str]:
    """The companies that a receipt names below its head: `Kornblum GmbH`, of the shop `KORNBLUM`."""
    ends = ((line.text, legal_form_end(line.text)) for line in lines)
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
