"""A proof of a company's folder: what lies in Dropbox, compared with what was delivered there."""

from __future__ import annotations

import unicodedata
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import quote

from shared.domain.cloud_files import ListedPage
from shared.domain.deliveries import Delivery
from shared.domain.links import Link, Space

WORKED_ON_FOR = timedelta(days=1)
"""A proof that did not come to its end within a day is given up: what it has listed is old by then."""
MOST_FILES = 1_000_000
"""More than these are not compared: the disk of a drain has an end."""
FINDINGS_A_PAGE = 200
MOST_FINDINGS = 100_000
"""Of more than these the numbers are right and the list ends."""
FINDINGS_KEPT_FOR = timedelta(days=90)
"""A little longer the bucket keeps them."""
_LAST_DAY = 28
_MINUTES = _LAST_DAY * 24 * 60


class Finding(StrEnum):
    """What can be said of a document that does not lie alone where it was delivered to."""

    MISSING = "missing"
    CHANGED = "changed"
    MOVED = "moved"
    DOUBLED = "doubled"


class ProofProblem(StrEnum):
    """Why a proof came to no result."""

    NOT_IN_TIME = "not_in_time"
    LINK_CHANGED = "link_changed"
    NO_PERMISSION = "no_permission"
    TOO_MANY_FILES = "too_many_files"
    DROPBOX_REFUSED = "dropbox_refused"

    @classmethod
    def _missing_(cls, _value: object) -> ProofProblem:
        """Read what a later release wrote."""
        return cls.DROPBOX_REFUSED


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A finding. `path` is where it was delivered; `found_at` where its bytes lie, or lie too."""

    finding: Finding
    path: str
    found_at: str | None
    expense_id: str
    document_id: str


@dataclass(frozen=True, slots=True)
class ProofCounts:
    """What a proof came to.

    `documents` were looked for: each is present, moved, changed or missing. `doubled` counts the
    files beside them with the same bytes. Not looked for was what lies in an account linked before
    (`other_account`) or in the team's other space (`other_space`). `files` lay in the folder, which is there
    at all unless `is_folder_missing`.
    """

    documents: int = 0
    present: int = 0
    missing: int = 0
    changed: int = 0
    moved: int = 0
    doubled: int = 0
    other_account: int = 0
    other_space: int = 0
    files: int = 0
    is_folder_missing: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether every document lies where it was delivered, unaltered."""
        return self.present == self.documents

    @property
    def findings(self) -> int:
        """How long a whole list of findings is."""
        return self.missing + self.changed + self.moved + self.doubled

    @property
    def not_present(self) -> int:
        """How many of them, the first ones, are of documents that do not lie where they were delivered."""
        return self.missing + self.changed + self.moved


@dataclass(frozen=True, slots=True)
class PendingProof:
    """A proof that was asked for, and how far it is.

    `by` is who asked, None of the monthly one. `generation` is the link's whose token lists the folder, and
    `started_at` when it began to; both are None before. `pages` of the listing are kept, with `files` on
    them; it goes on at `cursor`, and `is_listed` once it is whole. `counts` are there once it is compared.
    `tries` failed so far, nothing is tried before `next_try`. After some `failed_listings` in a row it
    `is_flat`: listed folder by folder. Next are those that page `folders_page` has from `folders_at` on.
    """

    run_id: str
    by: str | None
    requested_at: datetime
    correlation_id: str
    generation: int | None = None
    started_at: datetime | None = None
    cursor: str | None = None
    pages: int = 0
    files: int = 0
    is_listed: bool = False
    is_folder_missing: bool = False
    counts: ProofCounts | None = None
    tries: int = 0
    next_try: datetime | None = None
    failed_listings: int = 0
    is_flat: bool = False
    folders_page: int = 0
    folders_at: int = 0

    def is_over(self, now: datetime) -> bool:
        """Whether its time is over."""
        return now >= self.requested_at + WORKED_ON_FOR

    def begun(self, generation: int, at: datetime) -> PendingProof:
        """At the beginning of a listing, with nothing kept of what was listed before."""
        fresh = PendingProof(self.run_id, self.by, self.requested_at, self.correlation_id)
        return replace(fresh, generation=generation, started_at=at, tries=self.tries, is_flat=self.is_flat)

    def listed(self, page: ListedPage) -> PendingProof:
        """One page further."""
        return replace(
            self,
            cursor=page.cursor,
            pages=self.pages + 1,
            files=self.files + len(page.entries),
            is_listed=not page.has_more,
            failed_listings=0,
            next_try=None,
        )

    def compared(self, counts: ProofCounts) -> PendingProof:
        """With a result, which is not written to Dropbox yet."""
        return replace(self, counts=counts, tries=0, next_try=None)


@dataclass(frozen=True, slots=True)
class EndedProof:
    """A proof that came to an end: with counts, or with a problem.

    It says how things stood at `started_at`. `path` is that of its file in Dropbox, None where it could
    not be written.
    """

    run_id: str
    by: str | None
    started_at: datetime
    at: datetime
    counts: ProofCounts | None = None
    problem: ProofProblem | None = None
    path: str | None = None

    def is_kept(self, now: datetime) -> bool:
        """Whether what it found can still be read."""
        return now < self.at + FINDINGS_KEPT_FOR

    @property
    def name(self) -> str:
        """What the manifests call it: `2026-11-27 10:15 UTC (3f2a9c1e)`."""
        return f"{self.started_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC ({self.run_id[:8]})"


@dataclass(frozen=True, slots=True)
class PutBack:
    """A request to deliver again what a proof found missing.

    It goes on at `page` of that proof's findings; `documents` were made pending so far. It is under way
    until it has ended (`at`).
    """

    request_id: str
    run_id: str
    by: str
    requested_at: datetime
    correlation_id: str
    page: int = 0
    documents: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProofFile:
    """The file of a month's proofs in Dropbox; chosen and stored before each writing, as a manifest's is."""

    month: str
    path: str
    content_hash: str
    rev: str | None = None


@dataclass(frozen=True, slots=True)
class FolderProof:
    """What is known of the proofs of a company's folder in one Dropbox account.

    `proved` is the last proof that had a result, `ended` the last one that came to an end. Every write names
    the `version` that it has read.
    """

    company_id: str
    account_id: str
    version: int = 0
    pending: PendingProof | None = None
    ended: EndedProof | None = None
    proved: EndedProof | None = None
    put_back: PutBack | None = None
    file: ProofFile | None = None

    @property
    def is_putting_back(self) -> bool:
        """Whether a drain has something to put back."""
        return self.put_back is not None and self.put_back.at is None

    @property
    def was_put_back(self) -> bool:
        """Whether what the last proof found missing is on its way again, or there by now."""
        if self.put_back is None or self.proved is None:
            return False
        return self.put_back.at is not None and self.put_back.run_id == self.proved.run_id


def place_of(path: str) -> str:
    """The form in which two paths are equal that Dropbox takes for one another: case does not count."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).lower())


def pages_of(proved: EndedProof) -> int:
    """How many pages of findings a proof has kept."""
    findings = proved.counts.findings if proved.counts else 0
    return -(-min(findings, MOST_FINDINGS) // FINDINGS_A_PAGE)


def month_of(moment: datetime) -> str:
    """`2026-11`."""
    return f"{moment.astimezone(UTC):%Y-%m}"


def is_in_space_of(delivery: Delivery, link: Link) -> bool:
    """Whether it was delivered to where the link's paths begin now; who had one space only had their own."""
    return (delivery.space or Space.MEMBER_FOLDER) is link.space


def was_looked_for(delivery: Delivery, link: Link, proved: EndedProof) -> bool:
    """Whether a proof says anything of a document: not of what was delivered since, or to another space."""
    is_older = delivery.delivered_at is not None and delivery.delivered_at <= proved.started_at
    return is_older and is_in_space_of(delivery, link)


def monthly_moment(company_id: str, now: datetime) -> datetime:
    """The last moment at which the company's monthly proof fell due: of each month another minute by company.

    Spread over the first 28 days, companies that link on one day are not proved in one hour.
    """
    minutes = zlib.crc32(f"proof {company_id}".encode()) % _MINUTES
    month = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    moment = month + timedelta(minutes=minutes)
    if moment > now:
        moment = (month - timedelta(days=1)).replace(day=1) + timedelta(minutes=minutes)
    return moment


def next_monthly_moment(company_id: str, now: datetime) -> datetime:
    """The next such moment."""
    last = monthly_moment(company_id, now)
    following = (last.replace(day=1) + timedelta(days=32)).replace(day=1)
    return monthly_moment(company_id, following + timedelta(days=_LAST_DAY))


def is_monthly_due(proof: FolderProof, link: Link, now: datetime) -> bool:
    """Whether the month's proof is to begin: not where somebody had one made since, nor of a new link."""
    if proof.pending is not None or proof.is_putting_back:
        return False
    moment = monthly_moment(link.company_id, now)
    last = proof.ended.started_at if proof.ended else link.linked_at
    return max(last, link.linked_at) < moment


def findings_prefix_of(company_id: str) -> str:
    """What the keys of a company's findings begin with, and nobody else's."""
    return f"proofs/findings/{quote(company_id, safe='')}/"


def listings_prefix_of(company_id: str) -> str:
    """The same of listings, which nobody needs once they are compared."""
    return f"proofs/listings/{quote(company_id, safe='')}/"
